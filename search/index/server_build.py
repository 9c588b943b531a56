"""Writing a generation to a Qdrant server.

A server has no locks, but it creates a collection of one name only once. So a build begins by
creating a small collection, its *claim*, whose metadata says who builds and until when that
counts. A number is never used twice, so taking over from a killed build races with nobody.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qdrant_client import models

from search.errors import EngineUnavailable, StoreBusy
from search.identifiers import point_id
from search.index.payload import (
    DATE_FIELDS,
    DENSE,
    KEYWORD_FIELDS,
    SPARSE,
    manifest_to_json,
    payload,
)
from search.index.port import Manifest, Point
from search.index.processes import may_run, named, parse_process, this_process
from search.index.server_connection import Connection
from search.settings import QdrantLayout, VectorsKept

_BATCH = 256  # about 2 MB of JSON; Qdrant advises to stay below 5


def alias_of(prefix: str) -> str:
    """Return the name under which the current generation is found."""
    return f"{prefix}current"


class Claims:
    """Which generations there are on a server, and which of them are being built."""

    def __init__(self, connection: Connection, prefix: str, lease_s: float) -> None:
        self._connection = connection
        self._prefix = prefix
        self._lease_s = lease_s

    def take(self) -> int:
        """Remove what killed builds left, claim the next number; StoreBusy if one is running."""
        # One list of both: a generation begun after it is nobody's leftover.
        built, claimed = self.numbers()
        for number in claimed:
            self._require_dead(number)
        for number in built:
            metadata = self._connection.metadata(self.name(number))
            if metadata is not None and "manifest" not in metadata:
                self._connection.drop(self.name(number))
        for number in claimed:
            self._connection.drop(self.claim(number))
        taken = max([0, *claimed, *built]) + 1
        # A collection needs a vector; this one never holds any.
        vector = models.VectorParams(size=1, distance=models.Distance.DOT)
        if not self._connection.create(
            self.claim(taken), vectors_config=vector, metadata=self._lease()
        ):
            raise self.busy("")
        return taken

    def require(self, number: int) -> None:
        """Raise StoreBusy if another builder took this build for killed and removed its claim."""
        if self._connection.metadata(self.claim(number)) is None:
            raise self.busy("")

    def renew(self, number: int) -> None:
        self.require(number)
        with self._connection.translated():
            self._connection.client.update_collection(self.claim(number), metadata=self._lease())

    def name(self, number: int) -> str:
        return f"{self._prefix}{number:06}"

    def claim(self, number: int) -> str:
        return f"{self.name(number)}-build"

    def numbers(self) -> tuple[list[int], list[int]]:
        """Return the numbers of the generations and of the claims, each in order."""
        form = re.compile(re.escape(self._prefix) + "([0-9]{6,9})(-build)?")
        with self._connection.translated():
            held = self._connection.client.get_collections().collections
        found = sorted((int(m[1]), bool(m[2])) for c in held if (m := form.fullmatch(c.name)))
        return [n for n, claim in found if not claim], [n for n, claim in found if claim]

    def busy(self, who: str) -> StoreBusy:
        return StoreBusy(
            f"Another process{who} is building the search index on the Qdrant server at "
            f"{self._connection.address}. Wait until it has finished, then try again.",
            address=self._connection.address,
        )

    def _require_dead(self, number: int) -> None:
        lease = self._connection.metadata(self.claim(number)) or {}
        process, until = parse_process(lease.get("process")), lease.get("until")
        lapsed = not isinstance(until, int | float) or until < time.time()
        if process is not None and not lapsed and may_run(process):
            raise self.busy(named(process))

    def _lease(self) -> dict[str, object]:
        return {"process": dict(this_process()), "until": time.time() + self._lease_s}


class ServerBuilder:
    """A generation being written; no alias leads to it before `publish`."""

    def __init__(
        self, connection: Connection, prefix: str, lease_s: float, layout: QdrantLayout
    ) -> None:
        """Claim the next generation; raise StoreBusy while another process builds one."""
        self._connection = connection
        self._layout = layout
        self._alias = alias_of(prefix)
        self._claims = Claims(connection, prefix, lease_s)
        self._number = self._claims.take()
        self._name = self._claims.name(self._number)
        self._renew_every_s = lease_s / 4
        self._renewed = time.monotonic()
        self._created = False
        self._done = False

    def add(self, points: Sequence[Point]) -> None:
        for start in range(0, len(points), _BATCH):
            batch = points[start : start + _BATCH]
            self._create(len(batch[0].dense))
            self._renew()
            with self._connection.translated():
                self._connection.client.upsert(self._name, [_point(point) for point in batch])

    def publish(self, manifest: Manifest) -> Manifest:
        manifest = replace(manifest, generation=f"{self._number:06}")
        self._create(manifest.dimensions)
        with self._connection.translated():
            held = self._connection.client.count(self._name, exact=True).count
        if held != manifest.points:
            raise self._connection.damaged(f"{held} of {manifest.points} passages were written")
        self._sign(manifest)
        self._claims.require(self._number)  # never go back behind a newer generation
        self._switch()
        self._finish()
        built, _ = self._claims.numbers()
        for stale in [number for number in built if number < self._number][:-1]:
            self._connection.drop(self._claims.name(stale))
        return manifest

    def discard(self) -> None:
        if self._done:
            return
        if self._created:
            self._connection.drop(self._name)
        self._finish()

    def _create(self, dimensions: int) -> None:
        if self._created:
            return
        created = self._connection.create(self._name, **_collection(dimensions, self._layout))
        if not created:  # another builder began and finished since we looked
            raise self._claims.busy("")
        self._created = True
        schemas = dict.fromkeys(KEYWORD_FIELDS, models.PayloadSchemaType.KEYWORD)
        schemas |= dict.fromkeys(DATE_FIELDS, models.PayloadSchemaType.INTEGER)
        with self._connection.translated():
            for field, schema in schemas.items():
                self._connection.client.create_payload_index(self._name, field, schema)

    def _renew(self) -> None:
        if time.monotonic() - self._renewed > self._renew_every_s:
            self._claims.renew(self._number)
            self._renewed = time.monotonic()

    def _sign(self, manifest: Manifest) -> None:
        value = {"manifest": manifest_to_json(manifest)}
        with self._connection.translated():
            self._connection.client.update_collection(self._name, metadata=value)
        if "manifest" not in (self._connection.metadata(self._name) or {}):
            raise EngineUnavailable(
                f"The Qdrant server at {self._connection.address} is too old: it keeps no metadata "
                "of collections. Use Qdrant 1.16 or newer.",
                address=self._connection.address,
            )

    def _switch(self) -> None:
        new = models.CreateAlias(collection_name=self._name, alias_name=self._alias)
        actions: list[models.AliasOperations] = [models.CreateAliasOperation(create_alias=new)]
        if self._connection.metadata(self._alias) is not None:
            old = models.DeleteAlias(alias_name=self._alias)
            actions.insert(0, models.DeleteAliasOperation(delete_alias=old))
        with self._connection.translated():
            self._connection.client.update_collection_aliases(actions)  # all of them or none

    def _finish(self) -> None:
        self._done = True
        self._connection.drop(self._claims.claim(self._number))


def _collection(dimensions: int, layout: QdrantLayout) -> dict[str, Any]:
    """Return what a generation's collection is created with."""
    in_memory = layout.vectors is VectorsKept.MEMORY
    numbers = models.ScalarQuantizationConfig(
        type=models.ScalarType.INT8, quantile=0.99, always_ram=True
    )
    return {
        "vectors_config": {
            DENSE: models.VectorParams(
                size=dimensions,
                distance=models.Distance.COSINE,
                on_disk=None if in_memory else True,
            )
        },
        "sparse_vectors_config": {
            SPARSE: models.SparseVectorParams(
                modifier=models.Modifier.IDF,
                index=None if in_memory else models.SparseIndexParams(on_disk=True),
            )
        },
        # IDF is counted in each shard: several rank by words a little otherwise than one.
        "shard_number": layout.shards,
        "replication_factor": layout.replicas,
        # What is published is held by most copies, whichever machine fails then.
        "write_consistency_factor": layout.replicas // 2 + 1,
        "hnsw_config": models.HnswConfigDiff(m=0),  # every vector is compared: no graph
        "quantization_config": (
            models.ScalarQuantization(scalar=numbers)
            if layout.vectors is VectorsKept.QUANTISED
            else None
        ),
    }


def _point(point: Point) -> models.PointStruct:
    terms = models.SparseVector(
        indices=list(point.sparse.indices), values=list(point.sparse.values)
    )
    return models.PointStruct(
        id=point_id(point.passage),
        vector={DENSE: point.dense.tolist(), SPARSE: terms},
        payload=payload(point),
    )
