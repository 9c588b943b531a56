"""Fill a sheet from an answer of the service and the state of both stores."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from search.adapter import adapter_for
from search.index.port import IndexFilter, VectorIndex
from search.model import Filters, Kind, Query, Role, Treatment
from search.record.sheet import (
    CollectionStamp,
    EngineStamp,
    NotSearched,
    RecordedPassage,
    RecordedResult,
    RecordedTreatment,
    Sheet,
)
from search.results import CollectionStatus, Hit, SearchResult, ShownPassage
from search.retrieval import DEPTH, index_filter

_LEARNED = ("ranking.json", "abstention.npz", "distinction/model.npz")


def make_sheet(
    query: Query,
    result: SearchResult,
    status: CollectionStatus,
    edition: str | None,
    index: VectorIndex,
    groups: tuple[str, ...] | None,
    reranker: str = "",
) -> Sheet:
    """Return the sheet of an answer that `index` has given.

    `groups` are the provisions and judgments that have the traits asked for; None: no such filter.
    """
    citation = result.citation
    return Sheet(
        recorded_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        query=query,
        language=result.language,
        collection=CollectionStamp(
            edition,
            status.revision,
            status.fingerprint,
            status.instruments,
            status.judgments,
            status.passages,
        ),
        engine=_engine(status, index, reranker),
        not_searched=_not_searched(query.filters, status, index, groups),
        total=result.total,
        nothing_fits=result.nothing_fits,
        results=tuple(_result(query.offset + n, hit) for n, hit in enumerate(result.hits, 1)),
        read_as=(citation.provision or citation.instrument) if citation else None,
        concepts=tuple(concept.id for concept in result.concepts),
    )


@cache
def ranking_identity() -> str:
    """Return a digest of what ranking has learned, the same on every machine."""
    digest = hashlib.sha256()
    for name in _LEARNED:
        digest.update(files("search").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def _engine(status: CollectionStatus, index: VectorIndex, reranker: str) -> EngineStamp:
    manifest = index.manifest
    return EngineStamp(
        program=status.version,
        embedder=manifest.embedder,
        adapter=adapter_for(manifest.embedder).name,
        ranking=ranking_identity(),
        index_format=manifest.schema_version,
        index_backend=status.index_backend,
        index_generation=manifest.generation,
        index_revision=manifest.revision,
        reranker=reranker,
    )


def _not_searched(
    filters: Filters,
    status: CollectionStatus,
    index: VectorIndex,
    groups: tuple[str, ...] | None,
) -> NotSearched:
    texts = index.count(IndexFilter(role=Role.TEXT))
    where = replace(index_filter(filters, groups or ()), role=Role.TEXT)
    within = 0 if groups == () else index.count(where)
    return NotSearched(
        passages_filtered=texts - within,
        kinds_filtered=tuple(k for k in Kind if filters.kind is not None and k != filters.kind),
        files_refused=status.quarantined,
        depth=DEPTH,
    )


def _result(place: int, hit: Hit) -> RecordedResult:
    return RecordedResult(
        place=place,
        id=hit.id,
        kind=hit.kind,
        work=hit.work,
        title=hit.title,
        citation=hit.citation,
        score=hit.score,
        cited=hit.why.citation,
        passages=tuple(map(_passage, hit.passages)),
        treatments=tuple(map(_treatment, hit.treatments)),
        confidence=hit.confidence,
    )


def _passage(shown: ShownPassage) -> RecordedPassage:
    return RecordedPassage(
        shown.id,
        shown.language,
        shown.authority,
        shown.text,
        shown.confirmed,
        shown.repealed,
        shown.ocr_confidence,
    )


def _treatment(treatment: Treatment) -> RecordedTreatment:
    return RecordedTreatment(
        treatment.kind, treatment.scope, treatment.by, treatment.date, treatment.clause
    )
