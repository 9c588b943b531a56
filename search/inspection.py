"""Compare the catalogue with the index: what `tamyeez status` proves."""

from __future__ import annotations

from importlib.metadata import version

from search.catalogue import Catalogue, Counts
from search.errors import TamyeezError
from search.fingerprint import fingerprint_of
from search.index.port import SCHEMA_VERSION, IndexStore, Manifest, VectorIndex
from search.results import CollectionStatus

ADVICE = "Run `tamyeez reindex`."


def inspect(
    catalogue: Catalogue,
    store: IndexStore,
    backend: str,
    embedder: str,
    index: VectorIndex | None,
) -> CollectionStatus:
    """Describe both stores; `index` is the open generation, asked point by point when given."""
    problems: list[str] = []
    manifest = _manifest(store, problems)
    counts, fingerprint = catalogue.counts(), catalogue.fingerprint()
    if manifest is None and not problems and counts.passages:
        problems.append(f"There is no index yet. {ADVICE}")
    if manifest is not None:
        problems += _differences(manifest, fingerprint, counts.passages, embedder)
    if manifest is not None and index is not None:
        problems += _contents_differ(manifest, index)
    points = index.count() if index else (manifest.points if manifest else None)
    of = (counts, fingerprint)
    return _status(catalogue, of, backend, embedder, manifest, points, problems)


def inspect_cleared(
    catalogue: Catalogue, store: IndexStore, backend: str, embedder: str
) -> CollectionStatus:
    """Describe what a reader may see who may not see everything.

    Whether catalogue and index agree is said of the revision alone: of what is hidden nothing is
    counted, not even in a difference.
    """
    problems: list[str] = []
    manifest = _manifest(store, problems)
    revision = catalogue.revision()
    if manifest is not None and manifest.revision != revision:
        problems.append(f"The index is of another revision than the catalogue. {ADVICE}")
    counts = catalogue.counts()
    points = counts.passages if manifest else None
    of = (counts, catalogue.fingerprint())
    return _status(catalogue, of, backend, embedder, manifest, points, problems)


def _manifest(store: IndexStore, problems: list[str]) -> Manifest | None:
    try:
        return store.current()
    except TamyeezError as exc:
        problems.append(str(exc))
        return None


def _status(
    catalogue: Catalogue,
    of: tuple[Counts, str],
    backend: str,
    embedder: str,
    manifest: Manifest | None,
    points: int | None,
    problems: list[str],
) -> CollectionStatus:
    counts, fingerprint = of
    return CollectionStatus(
        version=version("tamyeez"),
        instruments=counts.instruments,
        provisions=counts.provisions,
        judgments=counts.judgments,
        concepts=counts.concepts,
        expressions=counts.expressions,
        passages=counts.passages,
        passages_by_authority=counts.passages_by_authority,
        passages_by_language=counts.passages_by_language,
        files=counts.files,
        quarantined=counts.quarantined,
        revision=catalogue.revision(),
        fingerprint=fingerprint,
        index_backend=backend,
        index_generation=manifest.generation if manifest else None,
        index_points=points,
        index_revision=manifest.revision if manifest else None,
        embedder=embedder,
        index_embedder=manifest.embedder if manifest else None,
        agree=not problems,
        problems=tuple(problems),
    )


def _differences(manifest: Manifest, fingerprint: str, passages: int, embedder: str) -> list[str]:
    found = []
    if manifest.embedder != embedder:
        found.append(
            f"The index was made with {manifest.embedder}, the settings name {embedder}. {ADVICE}"
        )
    if manifest.schema_version != SCHEMA_VERSION:
        found.append(
            f"The index has format {manifest.schema_version}, not {SCHEMA_VERSION}. {ADVICE}"
        )
    if manifest.fingerprint != fingerprint:
        found.append(
            f"The index holds {manifest.points} passages of revision {manifest.revision}, "
            f"the catalogue {passages} that differ from them. {ADVICE}"
        )
    return found


def _contents_differ(manifest: Manifest, index: VectorIndex) -> list[str]:
    held = list(index.contents())
    if len(held) == manifest.points and fingerprint_of(held) == manifest.fingerprint:
        return []
    return [
        f"The index's points ({len(held)}) are not those its manifest names "
        f"({manifest.points}). {ADVICE}"
    ]
