"""The index on a Qdrant server: one collection per generation, one alias for the current one.

Its three modules (`server`, `server_build`, `server_connection`) are the only ones that import
`qdrant_client`, whose import takes most of a second; its exceptions end in the last of them.
A generation's manifest is kept as metadata of its collection (Qdrant 1.16 or newer).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from qdrant_client import QdrantClient, models

from search.errors import BadSetting, IndexNotReady
from search.index.payload import (
    CONTENT_FIELDS,
    DENSE,
    SHOWN_FIELDS,
    SPARSE,
    Op,
    best,
    conditions,
    exclusions,
    manifest_from_json,
)
from search.index.port import IndexFilter, Manifest, Scored, SparseVector, Vector
from search.index.server_build import Claims, ServerBuilder, alias_of
from search.index.server_connection import Connection
from search.settings import ONE_SHARD, QdrantLayout

_PAGE = 1_000
_TIMEOUT_S = 30
_EXACT = models.SearchParams(exact=True)
# Candidates by their 8-bit numbers, three times as many as wanted, then ordered by the vectors.
_RESCORED = models.SearchParams(
    quantization=models.QuantizationSearchParams(rescore=True, oversampling=3.0)
)


class ServerIndex:
    """A published generation; stays readable after newer ones until it is dropped."""

    def __init__(
        self,
        connection: Connection,
        collection: str,
        manifest: Manifest,
        quantised: bool = False,
    ) -> None:
        self._connection = connection
        self._collection = collection
        self._manifest = manifest
        self._dense_search = _RESCORED if quantised else _EXACT

    @property
    def manifest(self) -> Manifest:
        return self._manifest

    def search_dense(self, vector: Vector, limit: int, where: IndexFilter) -> list[Scored]:
        return self._search(vector.tolist(), DENSE, limit, where)

    def search_sparse(self, vector: SparseVector, limit: int, where: IndexFilter) -> list[Scored]:
        if not vector.indices:
            return []
        terms = models.SparseVector(indices=list(vector.indices), values=list(vector.values))
        return self._search(terms, SPARSE, limit, where)

    def count(self, where: IndexFilter | None = None) -> int:
        limits = _filter(where or IndexFilter())
        with self._connection.translated():
            found = self._connection.client.count(self._collection, limits, exact=True)
        return found.count

    def contents(self) -> Iterator[tuple[str, str]]:
        offset = None
        while True:
            with self._connection.translated():
                records, offset = self._connection.client.scroll(
                    self._collection,
                    limit=_PAGE,
                    offset=offset,
                    with_payload=list(CONTENT_FIELDS),
                )
            for record in records:
                held = record.payload or {}
                yield str(held.get("passage")), str(held.get("hash"))
            if offset is None:
                return

    def close(self) -> None:
        """Do nothing: the connection belongs to the store."""

    def _search(
        self, query: list[float] | models.SparseVector, using: str, limit: int, where: IndexFilter
    ) -> list[Scored]:
        limits = _filter(where)

        def ask(count: int) -> list[tuple[str, str, float]]:
            with self._connection.translated():
                found = self._connection.client.query_points(
                    self._collection,
                    query=query,
                    using=using,
                    limit=count,
                    query_filter=limits,
                    search_params=self._dense_search if using == DENSE else _EXACT,
                    with_payload=list(SHOWN_FIELDS),
                ).points
            shown = [(point.payload or {}, point.score) for point in found]
            return [(str(p.get("passage")), str(p.get("group")), score) for p, score in shown]

        return best(ask, limit, self._manifest.points)


class ServerStore:
    """The generations on one server whose collections' names begin with `prefix`."""

    def __init__(
        self,
        client: QdrantClient,
        prefix: str = "tamyeez-",
        address: str = "memory",
        lease_s: float = 120.0,
        layout: QdrantLayout = ONE_SHARD,
    ) -> None:
        """Use `client`; a build on another machine silent for `lease_s` counts as killed.

        `layout` is that of the generations built from now on.
        """
        self._connection = Connection(client, address)
        self._prefix = prefix
        self._lease_s = lease_s
        self._layout = layout

    @classmethod
    def for_url(cls, url: str, api_key: str = "", layout: QdrantLayout = ONE_SHARD) -> ServerStore:
        """Connect to a server; nothing is sent yet. Raises BadSetting for a malformed URL."""
        try:
            parts = urlsplit(url)
            port = f":{parts.port}" if parts.port else ""
            address = f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
            client = QdrantClient(
                url=url, api_key=api_key or None, timeout=_TIMEOUT_S, check_compatibility=False
            )
        except ValueError as exc:
            raise BadSetting(
                "TAMYEEZ_QDRANT_URL is no URL of a server. Write for instance "
                "http://127.0.0.1:6333, or leave it empty to use the embedded index."
            ) from exc
        return cls(client, address=address, layout=layout)

    def current(self) -> Manifest | None:
        """Return the current manifest: one short request."""
        metadata = self._connection.metadata(alias_of(self._prefix))
        if metadata is None:
            return None
        try:
            return manifest_from_json(metadata.get("manifest"))
        except ValueError as exc:
            raise self._connection.damaged(f"manifest: {exc}") from exc

    def open(self) -> ServerIndex:
        manifest = self.current()
        if manifest is None:
            raise IndexNotReady(
                f"No search index has been built on the Qdrant server at "
                f"{self._connection.address} yet. Run `tamyeez ingest`.",
                address=self._connection.address,
            )
        collection = self._prefix + manifest.generation
        quantised = self._connection.is_quantised(collection)
        index = ServerIndex(self._connection, collection, manifest, quantised)
        held = index.count()
        if held != manifest.points:
            raise self._connection.damaged(
                f"generation {manifest.generation} holds {held} of {manifest.points} passages"
            )
        return index

    def build(self) -> ServerBuilder:
        """Begin a new generation; raise StoreBusy while another process builds one."""
        return ServerBuilder(self._connection, self._prefix, self._lease_s, self._layout)

    def forget_former(self) -> None:
        """Remove the generations before the current one."""
        manifest = self.current()
        if manifest is None:
            return
        claims = Claims(self._connection, self._prefix, self._lease_s)
        built, _ = claims.numbers()
        for number in built:
            if number < int(manifest.generation):
                self._connection.drop(claims.name(number))


def _filter(where: IndexFilter) -> models.Filter | None:
    tests, hidden = conditions(where), exclusions(where)
    if not tests and not hidden:
        return None
    return models.Filter(
        must=[_condition(*test) for test in tests] or None,
        must_not=[_condition("access", Op.ANY_OF, hidden)] if hidden else None,
    )


def _condition(field: str, op: Op, value: str | int | list[str]) -> models.FieldCondition:
    if isinstance(value, list):
        return models.FieldCondition(key=field, match=models.MatchAny(any=value))
    if isinstance(value, str):
        return models.FieldCondition(key=field, match=models.MatchValue(value=value))
    bound = models.Range(lte=value) if op is Op.AT_MOST else models.Range(gt=value)
    return models.FieldCondition(key=field, range=bound)
