"""Figures about the server in Prometheus's format: how often, how fast, how much is held.

Requests are told apart by the template of their route, never by path or parameters. What is held
is read from both stores when the figures are asked for. Several workers share one folder of
counters, named by PROMETHEUS_MULTIPROC_DIR before this module is imported.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = CONTENT_TYPE_LATEST
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Held:
    """What both stores hold when the figures are asked for; None where a store does not answer."""

    revision: int | None = None
    generation: int | None = None
    index_revision: int | None = None
    points: int | None = None
    files: int | None = None
    quarantined: int | None = None
    provisions: int | None = None
    judgments: int | None = None
    passages: int | None = None


_HELD = {
    "revision": ("tamyeez_catalogue_revision", "Revision of the catalogue."),
    "generation": ("tamyeez_index_generation", "Number of the published index generation."),
    "index_revision": (
        "tamyeez_index_revision",
        "Revision of the catalogue the index was built from.",
    ),
    "points": ("tamyeez_index_passages", "Passages the index holds."),
    "files": ("tamyeez_files_held", "Ingested files that contribute to the collection."),
    "quarantined": ("tamyeez_files_quarantined", "Files refused by an ingest, each with a reason."),
    "provisions": ("tamyeez_provisions_held", "Provisions in the catalogue."),
    "judgments": ("tamyeez_judgments_held", "Judgments and matters in the catalogue."),
    "passages": ("tamyeez_passages_held", "Passages in the catalogue."),
}


class Metrics:
    """The figures of one server; safe to use from several threads."""

    def __init__(self, held: Callable[[], Held]) -> None:
        """Begin at nought; `held` says what the stores hold."""
        self._held = _HeldCollector(held)
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "tamyeez_requests",
            "Answered requests.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "tamyeez_request_seconds",
            "Seconds from a request's beginning to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._searches = Histogram(
            "tamyeez_search_seconds",
            "Seconds the service takes for a search, without HTTP and page.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.in_hand = Gauge(
            "tamyeez_requests_in_hand",
            "Requests being answered now.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_search(self, seconds: float) -> None:
        """Count a search the service has answered."""
        self._searches.observe(seconds)

    def text(self) -> bytes:
        """Return all figures; of several workers, their sum."""
        registry = CollectorRegistry()
        if FOLDER_VARIABLE in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry) + generate_latest(self._held)
        ProcessCollector(registry=registry)
        return b"".join(map(generate_latest, (self._registry, registry, self._held)))


class _HeldCollector(Collector):
    def __init__(self, held: Callable[[], Held]) -> None:
        self._held = held

    def collect(self) -> Iterator[Metric]:
        held = self._held()
        for field, (name, help_text) in _HELD.items():
            value = getattr(held, field)
            if value is not None:
                yield GaugeMetricFamily(name, help_text, value=value)
