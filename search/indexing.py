"""Build a generation of the index from the catalogue: embed what is new, encode, publish.

The catalogue is the truth; a build may be killed at any point and begun again. Embeddings are
committed in small batches, so that nothing embedded is embedded twice.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TypeVar

from search.adapter import adapter_for
from search.catalogue import Catalogue
from search.embed.port import Embedder
from search.errors import StoreBusy
from search.fingerprint import fingerprint_of
from search.index.port import (
    SCHEMA_VERSION,
    IndexBuilder,
    IndexStore,
    Manifest,
    Point,
    SparseVector,
    Vector,
)
from search.lexical import encode_document
from search.model import Access, Passage, Role
from search.text.tokens import analyse

EMBED_BATCH = 32  # texts a call: keeps the model's working memory small
COMMIT_EVERY = 256  # embeddings a transaction: what a kill can cost
POINTS_BATCH = 1000
BUILD_WAIT_S = 900.0  # how long to wait for another process's build

T = TypeVar("T")

Progress = Callable[[str, int, int], None]  # step, done, of


def no_progress(_step: str, _done: int, _total: int) -> None:
    """Report nothing."""


def is_current(catalogue: Catalogue, store: IndexStore, embedder_identity: str) -> bool:
    """Tell whether the published generation was built from the catalogue as it is now."""
    manifest = store.current()
    return (
        manifest is not None
        and manifest.revision == catalogue.revision()
        and manifest.embedder == embedder_identity
        and manifest.adapter == adapter_for(embedder_identity).name
        and manifest.schema_version == SCHEMA_VERSION
    )


def is_behind(catalogue: Catalogue, store: IndexStore, embedder_identity: str) -> bool:
    """Tell whether the catalogue has moved on since this embedder's generation was built.

    An index of another embedder is not behind: to replace it is the user's decision.
    """
    manifest = store.current()
    if manifest is None:
        return catalogue.revision() > 0
    return manifest.embedder == embedder_identity and not is_current(
        catalogue, store, embedder_identity
    )


def build_index(
    catalogue: Catalogue,
    store: IndexStore,
    embedder: Embedder,
    progress: Progress = no_progress,
) -> Manifest:
    """Embed what has no vector yet, write a new generation and publish it."""
    embed_missing(catalogue, embedder, progress)
    builder = _begin(store, progress)
    try:
        manifest = _fill(catalogue, builder, embedder, progress)
        return builder.publish(manifest)
    finally:
        builder.discard()


def embed_missing(
    catalogue: Catalogue, embedder: Embedder, progress: Progress = no_progress
) -> int:
    """Embed the passages whose content has no vector of this embedder; return how many."""
    hashes = {content_hash for _, content_hash in catalogue.passage_hashes()}
    missing = catalogue.missing_embeddings(hashes, embedder.identity)
    if not missing:
        return 0
    wanted = {p.content_hash: p for p in catalogue.iterate_passages() if p.content_hash in missing}
    done = 0
    for vectors in embed_passages(embedder, wanted.values(), progress):
        catalogue.put_embeddings(embedder.identity, vectors)
        done += len(vectors)
    return done


def embed_passages(
    embedder: Embedder, passages: Iterable[Passage], progress: Progress = no_progress
) -> Iterator[dict[str, Vector]]:
    """Yield content hash → vector, COMMIT_EVERY at a time.

    A phrasing is embedded as the query it imitates, a text as a passage.
    """
    # Texts of like length share a batch: a batch costs as much as its longest text.
    ordered = sorted(passages, key=lambda p: (p.role, len(p.index_text), p.content_hash))
    done = 0
    for chunk in _chunks(iter(ordered), COMMIT_EVERY):
        vectors: dict[str, Vector] = {}
        for role, same in groupby(chunk, key=lambda p: p.role):
            embed = embedder.embed_passages if role is Role.TEXT else embedder.embed_queries
            for batch in _chunks(same, EMBED_BATCH):
                rows = embed([passage.index_text for passage in batch])
                vectors.update(zip((p.content_hash for p in batch), rows, strict=True))
                done += len(batch)
                progress("embed", done, len(ordered))
        yield vectors


def _begin(store: IndexStore, progress: Progress) -> IndexBuilder:
    deadline = time.monotonic() + BUILD_WAIT_S
    while True:
        try:
            return store.build()
        except StoreBusy:
            if time.monotonic() > deadline:
                raise
            progress("wait", 0, 1)
            time.sleep(0.25)


def _fill(
    catalogue: Catalogue, builder: IndexBuilder, embedder: Embedder, progress: Progress
) -> Manifest:
    """Write every passage that has its vector; one added meanwhile waits for its own build."""
    revision = catalogue.revision()
    adapter = adapter_for(embedder.identity)
    terms = _terms(catalogue)
    spoken = [len(of) for of in terms.values() if of]
    average = sum(spoken) / len(spoken) if spoken else 1.0
    hidden = catalogue.hidden_passages()
    written: list[tuple[str, str]] = []
    for batch in _chunks(catalogue.iterate_passages(), POINTS_BATCH):
        known = [passage for passage in batch if passage.id in terms]
        vectors = catalogue.get_embeddings(
            [passage.content_hash for passage in known], embedder.identity
        )
        builder.add(
            [
                _point(
                    passage,
                    adapter.apply(vectors[passage.content_hash]),
                    encode_document(terms[passage.id], average),
                    hidden.get(passage.id, Access.OPEN),
                )
                for passage in known
                if passage.content_hash in vectors
            ]
        )
        written += [(p.id, p.content_hash) for p in known if p.content_hash in vectors]
        progress("index", len(written), len(terms))
    return Manifest(
        generation="",  # the store names it
        schema_version=SCHEMA_VERSION,
        embedder=embedder.identity,
        adapter=adapter.name,
        dimensions=embedder.dimensions,
        revision=revision,
        fingerprint=fingerprint_of(written),
        points=len(written),
        average_terms=average,
        built_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )


def _terms(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return each passage's terms: a text's own and those of the phrasings that lead to it.

    A phrasing has none of its own: by words it is found as part of the text, by meaning alone.
    """
    texts: dict[str, list[str]] = {}
    leading: dict[str, list[str]] = {}  # terms of an expression's phrasings
    expression_of: dict[str, str] = {}
    for passage in catalogue.iterate_passages():
        terms = [token.term for token in analyse(passage.index_text)]
        if passage.role is Role.PHRASING:
            leading.setdefault(passage.expression, []).extend(terms)
            texts[passage.id] = []
        else:
            texts[passage.id] = terms
            expression_of[passage.id] = passage.expression
    for identifier, expression in expression_of.items():
        texts[identifier] += leading.get(expression, [])
    return texts


def _point(passage: Passage, dense: Vector, sparse: SparseVector, access: Access) -> Point:
    return Point(
        passage=passage.id,
        content_hash=passage.content_hash,
        dense=dense,
        sparse=sparse,
        group=passage.group,
        work=passage.work,
        kind=passage.kind,
        language=passage.language,
        authority=passage.authority,
        valid_from=passage.valid_from,
        valid_to=passage.valid_to,
        role=passage.role,
        access=access,
    )


def _chunks(items: Iterator[T], size: int) -> Iterator[Sequence[T]]:
    while chunk := list(islice(items, size)):
        yield chunk
