"""An ingest without a model, and what must hold of both stores afterwards."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ingest.pipeline import Ingest
from ingest.worker import WorkLimits
from search.catalogue import Catalogue, FileStatus, open_catalogue
from search.embed.port import Vectors
from search.index.edge import EdgeStore
from search.inspection import inspect

ROOT = Path(__file__).resolve().parents[2]
DIMENSIONS = 8


class CheapEmbedder:
    """Eight numbers from a hash: the embedding is not what is measured here."""

    identity = "test/cheap/1"
    dimensions = DIMENSIONS

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = [list(hashlib.sha256(text.encode()).digest()[:DIMENSIONS]) for text in texts]
        vectors = np.array(rows, dtype=np.float32) + 1.0
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed_queries(texts)


def catalogue_of(home: Path) -> Catalogue:
    home.mkdir(parents=True, exist_ok=True)
    return open_catalogue(f"sqlite:///{home / 'catalogue.sqlite'}")


def make_ingest(
    home: Path,
    catalogue: Catalogue,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _of: None,
    limits: WorkLimits | None = None,
) -> Ingest:
    """Return an ingest into a home folder of its own, with the collection's register of laws."""
    store = EdgeStore(home / "index")
    return Ingest(catalogue, store, CheapEmbedder, ROOT / "corpus", progress, limits)


def faults_of(home: Path, indexed: bool = True) -> list[str]:
    """Return what is wrong with the stores of a home folder; `indexed`: both must agree."""
    path = home / "catalogue.sqlite"
    if not path.is_file():
        return []
    with sqlite3.connect(path) as connection:
        found = [f"integrity: {row[0]}" for row in connection.execute("PRAGMA integrity_check")]
        found = [fault for fault in found if fault != "integrity: ok"]
        found += [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    connection.close()
    catalogue = catalogue_of(home)
    try:
        held = [file for file in catalogue.files() if file.status is FileStatus.ADDED]
        if sum(file.passages for file in held) != len(catalogue.passage_hashes()):
            found.append("a file has not the passages it was stored with")
        if indexed and held:
            store = EdgeStore(home / "index")
            index = store.open()
            said = inspect(catalogue, store, "qdrant-edge", CheapEmbedder.identity, index)
            index.close()
            found += said.problems
    finally:
        catalogue.close()
    return found
