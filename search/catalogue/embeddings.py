"""The cache of embeddings: one vector per text and embedder, kept in half precision.

A float16 halves the database; a component of a unit vector loses at most 2^-12 of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from search.catalogue import tables as t
from search.catalogue.engine import chunks, insert_one

Vector = npt.NDArray[np.float32]

_STORED = np.dtype("<f2")


def missing(conn: Connection, hashes: Iterable[str], embedder: str) -> set[str]:
    """Return those of `hashes` that have no vector of this embedder."""
    wanted = set(hashes)
    key = _embedder_id(conn, embedder)
    if key is None:
        return wanted
    held: set[str] = set()
    for chunk in chunks(sorted(wanted)):
        held.update(conn.execute(_select(key, chunk, t.embeddings.c.content_hash)).scalars())
    return wanted - held


def get(conn: Connection, hashes: Iterable[str], embedder: str) -> dict[str, Vector]:
    """Return the vectors held, by hash; what has none is left out."""
    key = _embedder_id(conn, embedder)
    found: dict[str, Vector] = {}
    if key is None:
        return found
    columns = (t.embeddings.c.content_hash, t.embeddings.c.vector)
    for chunk in chunks(sorted(set(hashes))):
        rows = conn.execute(_select(key, chunk, *columns)).all()
        found |= {name: np.frombuffer(data, _STORED).astype(np.float32) for name, data in rows}
    return found


def put(conn: Connection, embedder: str, vectors: Mapping[str, Vector]) -> None:
    """Keep vectors; one that is there already stays as it is."""
    if not vectors:
        return
    key = _embedder_id(conn, embedder)
    if key is None:
        key = insert_one(conn, t.embedders, {"identity": embedder})
    rows = [
        {
            "content_hash": name,
            "embedder_id": key,
            "vector": np.asarray(vector).astype(_STORED).tobytes(),
        }
        for name, vector in vectors.items()
    ]
    insert = sqlite.insert if conn.dialect.name == "sqlite" else postgresql.insert
    conn.execute(insert(t.embeddings).on_conflict_do_nothing(), rows)


def prune(conn: Connection) -> int:
    """Forget the vectors that no passage uses any more; return how many."""
    used = sa.exists().where(t.passages.c.content_hash == t.embeddings.c.content_hash)
    return conn.execute(t.embeddings.delete().where(~used)).rowcount


def _embedder_id(conn: Connection, embedder: str) -> int | None:
    return conn.execute(
        sa.select(t.embedders.c.id).where(t.embedders.c.identity == embedder)
    ).scalar()


def _select(embedder_id: int, hashes: list[str], *columns: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(*columns).where(
        t.embeddings.c.content_hash.in_(hashes), t.embeddings.c.embedder_id == embedder_id
    )
