"""The index port: what the service and the builder need of a vector index, and nothing more.

An index is derived from the catalogue and may be deleted at any time. It is written once, as a
*generation*, beside the one in use, and published when complete; a published generation never
changes. Two adapters: `edge` (Qdrant's embedded engine) and `server` (qdrant-client).
Ties are broken by passage id here and in fusion, so that every adapter ranks alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from search.model import Access, Authority, Kind, Language, Role

Vector = npt.NDArray[np.float32]

SCHEMA_VERSION = 2  # raise when the payload, the vectors' names or the analysis change


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term weights; `indices` are ascending and unique."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One passage as the index holds it."""

    passage: str
    content_hash: str
    dense: Vector  # unit length
    sparse: SparseVector  # BM25 term-frequency part; the index supplies IDF
    group: str
    work: str
    kind: Kind
    language: Language
    authority: Authority
    valid_from: dt.date | None
    valid_to: dt.date | None
    role: Role = Role.TEXT
    access: Access = Access.OPEN


@dataclass(frozen=True, slots=True)
class IndexFilter:
    """What a search in the index is limited to; empty values do not limit."""

    role: Role | None = None
    kind: Kind | None = None
    work: str | None = None
    language: Language | None = None
    authority: Authority | None = None
    as_at: dt.date | None = None
    groups: tuple[str, ...] = ()
    hidden: tuple[Access, ...] = ()  # passages of documents that may not be seen


class Scored(NamedTuple):  # hundreds are made for every query: a tuple takes a third of the time
    """One hit of one arm: passage, score, and its rank from 0."""

    passage: str
    group: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from; stored inside it and checked before it is asked."""

    generation: str  # e.g. "000012"
    schema_version: int
    embedder: str  # Embedder.identity
    dimensions: int
    revision: int  # the catalogue's revision it was built from
    fingerprint: str  # of all (passage id, content hash) pairs, as catalogue.fingerprint() gives
    points: int
    average_terms: float  # mean number of terms per passage, the BM25 length norm
    built_at: str  # ISO 8601, UTC
    adapter: str = ""  # Adapter.name: how the embedder's space was turned


class VectorIndex(Protocol):
    """A published generation, open for reading. Safe to use from several threads."""

    @property
    def manifest(self) -> Manifest: ...

    def search_dense(self, vector: Vector, limit: int, where: IndexFilter) -> list[Scored]:
        """Return the `limit` nearest passages by cosine, best first; exact, not approximate."""
        ...

    def search_sparse(self, vector: SparseVector, limit: int, where: IndexFilter) -> list[Scored]:
        """Return the best passages by BM25 (query weights times stored weights times IDF)."""
        ...

    def count(self, where: IndexFilter | None = None) -> int: ...

    def contents(self) -> Iterator[tuple[str, str]]:
        """Yield (passage id, content hash) of everything held, in no particular order."""
        ...

    def close(self) -> None: ...


class IndexBuilder(Protocol):
    """A generation being written. Nothing is visible to readers before `publish`."""

    def add(self, points: Sequence[Point]) -> None: ...

    def publish(self, manifest: Manifest) -> Manifest:
        """Check the count against the manifest, make it current, drop generations before the
        previous one. Returns the manifest with the generation's name."""
        ...

    def discard(self) -> None:
        """Remove what was written; does nothing after `publish`."""
        ...


class IndexStore(Protocol):
    """Where generations live. `open` and `build` may be used from different processes."""

    def current(self) -> Manifest | None:
        """Return the published generation's manifest without opening it; None if there is none.

        Cheap enough to be called before every query: this is how a running server notices that
        another process has published a new generation.
        """
        ...

    def open(self) -> VectorIndex:
        """Open the published generation.

        Raises IndexNotReady (none), StoreBusy (held by another process, naming it where known),
        StoreDamaged (cannot be read).
        """
        ...

    def build(self) -> IndexBuilder:
        """Begin a new generation; leftovers of killed builds are removed first."""
        ...

    def forget_former(self) -> None:
        """Remove every generation but the published one: they hold what was withdrawn since."""
        ...


def ranked(scored: Iterable[tuple[str, str, float]], limit: int) -> list[Scored]:
    """Order (passage, group, score) by score, ties by passage id, and number from 0."""
    best = sorted(scored, key=lambda hit: (-hit[2], hit[0]))[:limit]
    return [Scored(passage, group, score, n) for n, (passage, group, score) in enumerate(best)]
