"""Put the parts together: settings in, a ready service out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from search.access import OPERATOR, current_reader
from search.audit import Trail
from search.catalogue import Catalogue, open_catalogue
from search.clearance import for_readers
from search.duty_assessments import Assessments
from search.embed import load_embedder
from search.embed.port import Embedder
from search.index import index_store
from search.index.port import IndexStore
from search.reranking import LoadReranker, no_reranker, reranker_loader
from search.service import SearchService
from search.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """Both stores and the embedder, as the settings name them. Models load when first asked for."""

    catalogue: Catalogue
    store: IndexStore
    load_embedder: Callable[[], Embedder]
    backend: str
    assessments: Assessments
    trail: Trail
    load_reranker: LoadReranker = no_reranker


def open_parts(settings: Settings, threads: int | None = None, shared: bool = False) -> Parts:
    """Open the catalogue and find the index named by the settings.

    `threads` limits the embedder: a server answers several queries at once, one thread each.
    `shared`: other processes have the embedded index open at the same time.
    """
    return Parts(
        catalogue=open_catalogue(settings.database_url),
        store=index_store(settings, shared),
        load_embedder=cache(lambda: load_embedder(settings.embedder, threads)),
        backend="qdrant-server" if settings.qdrant_url else "qdrant-edge",
        assessments=Assessments(settings.home),
        trail=Trail(settings.home, settings.audit_queries),
        load_reranker=reranker_loader(settings.reranker, settings.rerank_first),
    )


def open_service(settings: Settings) -> SearchService:
    """Open the service the settings describe."""
    service = service_of(open_parts(settings))
    return service if current_reader() is OPERATOR else for_readers(service)


def service_of(parts: Parts, findings: bool = True) -> SearchService:
    """Build the service over parts already opened.

    `findings`: whether what persons find of treaty duties is shown and kept.
    """
    assessments = parts.assessments if findings else None
    return SearchService(
        parts.catalogue,
        parts.store,
        parts.load_embedder,
        parts.backend,
        assessments,
        parts.trail,
        load_reranker=parts.load_reranker,
    )
