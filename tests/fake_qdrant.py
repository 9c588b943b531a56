"""Qdrant's HTTP interface, as far as we use it, answered by the in-memory client.

No Qdrant server can be installed from a package registry. This one lets the tests send real
requests through the real client: names of paths, JSON in both directions, statuses, broken
connections. It says nothing about how a real server searches; TAMYEEZ_TEST_QDRANT_URL does.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qdrant_client import QdrantClient, models


class FakeQdrant:
    """A server on a free port. Set `refuse` to (status, words) and it answers nothing else."""

    def __init__(self) -> None:
        self.client = QdrantClient(":memory:")
        self.lock = threading.Lock()
        self.refuse: tuple[int, str] | None = None
        self.keeps_metadata = True
        self.api_key: str | None = None
        self.created: dict[str, dict[str, Any]] = {}  # what collections were created with
        self.asked: list[dict[str, Any]] = []  # the queries

    def answer(  # noqa: PLR0911 - one line for each path
        self, method: str, path: list[str], body: dict[str, Any]
    ) -> Any:
        match method, path:
            case "GET", ["collections"]:
                return self.client.get_collections()
            case "GET", ["collections", name]:
                return self._described(name)
            case "POST", ["collections", "aliases"]:
                return self._change_aliases(body["actions"])
            case "PUT", ["collections", name]:
                return self._create(name, body)
            case "PATCH", ["collections", name]:
                kept = body["metadata"] if self.keeps_metadata else {}
                return self.client.update_collection(name, metadata=kept)
            case "DELETE", ["collections", name]:
                return self.client.delete_collection(name)
            case "PUT", ["collections", name, "index"]:
                kind = models.PayloadSchemaType(body["field_schema"])
                return self.client.create_payload_index(name, body["field_name"], kind)
            case "PUT", ["collections", name, "points"]:
                points = [models.PointStruct.model_validate(point) for point in body["points"]]
                return self.client.upsert(name, points)
            case "POST", ["collections", name, "points", action]:
                return self._ask(name, action, body)
        raise KeyError(f"{method} {path}")

    def _described(self, name: str) -> dict[str, Any]:
        value: dict[str, Any] = self.client.get_collection(name).model_dump(mode="json")
        # The in-memory client keeps nothing of it.
        value["config"]["quantization_config"] = self.created.get(name, {}).get(
            "quantization_config"
        )
        return value

    def _create(self, name: str, body: dict[str, Any]) -> bool:
        request = models.CreateCollection.model_validate(body)
        self.created[name] = body
        assert request.vectors is not None
        return self.client.create_collection(
            name,
            vectors_config=request.vectors,  # type: ignore[arg-type]
            sparse_vectors_config=request.sparse_vectors,
            metadata=request.metadata if self.keeps_metadata else None,
        )

    def _change_aliases(self, actions: list[dict[str, Any]]) -> bool:
        request = models.ChangeAliasesOperation.model_validate({"actions": actions})
        return self.client.update_collection_aliases(request.actions)

    def _ask(self, name: str, action: str, body: dict[str, Any]) -> Any:
        limits = models.Filter.model_validate(body["filter"]) if body.get("filter") else None
        if action == "count":
            return self.client.count(name, limits)
        if action == "scroll":
            records, following = self.client.scroll(
                name, limit=body["limit"], offset=body.get("offset"), with_payload=True
            )
            return {"points": records, "next_page_offset": following}
        request = models.QueryRequest.model_validate(body)
        self.asked.append(body)
        vector: Any = body["query"]
        if isinstance(vector, dict):
            vector = vector.get("nearest", vector)
        if isinstance(vector, dict):
            vector = models.SparseVector.model_validate(vector)
        return self.client.query_points(
            name, vector, using=request.using, limit=request.limit or 10, query_filter=limits
        )


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


@contextmanager
def serve(fake: FakeQdrant) -> Iterator[str]:
    """Serve on a free port of this machine; yield the URL."""

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            status, answer = self._result(body)
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _result(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
            if fake.api_key and self.headers.get("api-key") != fake.api_key:
                return 401, {"status": {"error": "Must provide an API key"}}
            if fake.refuse:
                return fake.refuse[0], {"status": {"error": fake.refuse[1]}}
            path = self.path.partition("?")[0].strip("/").split("/")
            try:
                with fake.lock:
                    value = _plain(fake.answer(self.command, path, body))
            except ValueError as exc:
                words = str(exc)
                status = 409 if "already exists" in words else 404
                return status, {"status": {"error": words}}
            return 200, {"result": value, "status": "ok", "time": 0.0}

        do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = _handle  # noqa: N815 - the library's names

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        fake.client.close()
