"""An optional last stage: a cross-encoder reads the query beside the first results' texts.

Off unless TAMYEEZ_RERANKER names a folder. It only changes the order among the first results: which
ones are found, their facets and whether anything fits stay as the arms and learned ranking left
them. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from search.errors import BadSetting, EngineUnavailable
from search.fusion import Group
from search.index.port import Scored
from search.model import Passage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

RERANKER = "reranker"  # the name its places and scores bear among a group's arms
_BATCH = 32
_WINDOW = 512  # word pieces of query and text together; what is longer is cut


class Reranker(Protocol):
    """Says how well each text answers a query; higher is better, the scale is the model's own."""

    @property
    def identity(self) -> str: ...
    @property
    def first(self) -> int:
        """How many results it reads."""
        ...

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]: ...


LoadReranker = Callable[[], Reranker | None]


def no_reranker() -> Reranker | None:
    """Stand for the stage that is switched off."""
    return None


def reranker_loader(folder: str, first: int) -> LoadReranker:
    """Return what loads the cross-encoder in `folder` when first asked; "": none.

    Raises BadSetting at once for a folder that does not exist. What is returned raises
    EngineUnavailable if the library is missing or cannot load the folder.
    """
    if not folder:
        return no_reranker
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise BadSetting(
            f"TAMYEEZ_RERANKER names the folder {folder}, which does not exist. "
            "Name a folder with a cross-encoder, or leave it empty."
        )
    return cache(lambda: CrossEncoderReranker(path, first))


class CrossEncoderReranker:
    """A cross-encoder that sentence-transformers loads from a folder; it runs on the CPU."""

    def __init__(self, folder: Path, first: int) -> None:
        self.first = first
        self._name = folder.name
        self._model = _load(folder)
        self._lock = threading.Lock()  # its tokenizer refuses to be used from two threads at once

    @cached_property
    def identity(self) -> str:
        """Name, number of results read, and hash of the weights as loaded."""
        digest = hashlib.sha256()
        for name, tensor in self._model.state_dict().items():
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
            digest.update(memoryview(tensor.detach().contiguous().flatten().numpy()).cast("B"))
        return f"cross-encoder/{self._name}/{digest.hexdigest()[:12]}/{self.first}"

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """Return the model's score of each text, in the texts' order."""
        if not texts:
            return []
        with self._lock:
            found = self._model.predict(
                [(query, text) for text in texts], batch_size=_BATCH, show_progress_bar=False
            )
        return [float(score) for score in found]


def _load(folder: Path) -> CrossEncoder:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the library is imported
    try:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 - 5 s, an extra
    except ImportError as exc:
        raise EngineUnavailable(
            "TAMYEEZ_RERANKER asks for sentence-transformers, which is not installed. "
            "Run `make models`, or leave TAMYEEZ_RERANKER empty."
        ) from exc
    # Its bar for loading weights would run through ours.
    import_module("transformers.utils.logging").disable_progress_bar()
    try:
        model: CrossEncoder = CrossEncoder(
            str(folder), device="cpu", local_files_only=True, max_length=_WINDOW
        )
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as exc:
        reason = (str(exc).splitlines() or [type(exc).__name__])[0][:200]
        raise EngineUnavailable(
            f"The cross-encoder in {folder.name} cannot be loaded: {reason}. "
            "Check TAMYEEZ_RERANKER; it names a folder that sentence-transformers can load.",
            model=folder.name,
        ) from exc
    if model.num_labels != 1:
        raise EngineUnavailable(
            f"The cross-encoder in {folder.name} gives {model.num_labels} values, not one score. "
            "Check TAMYEEZ_RERANKER; it names a model for ranking.",
            model=folder.name,
        )
    return model


def rerank(
    reranker: Reranker | None,
    query: str,
    groups: tuple[Group, ...],
    load: Callable[[Sequence[str]], Mapping[str, Passage]],
) -> tuple[Group, ...]:
    """Put the first groups in the reranker's order; without one, return them as they are.

    Each is judged by its best passage; one that has none keeps its place. Places keep their
    scores, so that scores still fall from first to last; the reranker's own stand among the arms.
    """
    if reranker is None:
        return groups
    places = [n for n, group in enumerate(groups[: reranker.first]) if group.members]
    passages = load([groups[n].members[0].passage for n in places])
    places = [n for n in places if groups[n].members[0].passage in passages]
    texts = [passages[groups[n].members[0].passage].text for n in places]
    scored = zip(reranker.scores(query, texts), places, strict=True)
    ordered = list(groups)
    for rank, (score, old) in enumerate(sorted(scored, key=lambda pair: (-pair[0], pair[1]))):
        group, place = groups[old], places[rank]
        said = Scored(group.members[0].passage, group.id, score, rank)
        arms = {**group.arms, RERANKER: said}
        ordered[place] = group._replace(score=groups[place].score, arms=arms)
    return tuple(ordered)
