"""A connection to a Qdrant server: its client, its address, and its errors turned into ours."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from qdrant_client import QdrantClient
from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from search.errors import EngineUnavailable, IndexNotReady, StoreDamaged, StoreFull, TamyeezError


class Connection:
    """A client and the server's address without credentials; turns its errors into ours."""

    def __init__(self, client: QdrantClient, address: str) -> None:
        self.client = client
        self.address = address

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """Turn what the client raises into our errors; anything else is a bug and passes."""
        try:
            yield
        except ResponseHandlingException as exc:
            reason = f"does not answer as one ({type(exc.source).__name__})"
            raise self._unavailable(reason) from exc
        except (json.JSONDecodeError, UnicodeDecodeError) as exc:
            raise self._unavailable("does not answer as one (no JSON)") from exc
        except ResourceExhaustedResponse as exc:
            raise self._unavailable("asks for fewer requests") from exc
        except UnexpectedResponse as exc:
            raise self._refused(exc.status_code or 0, exc.content) from exc

    def metadata(self, collection: str) -> Mapping[str, Any] | None:
        """Return the metadata of a collection or alias; None if there is no such collection."""
        with self.translated():
            try:
                return self.client.get_collection(collection).config.metadata or {}
            except (UnexpectedResponse, ValueError) as exc:
                if _is(exc, 404, "not found"):
                    return None
                raise

    def is_quantised(self, collection: str) -> bool:
        """Tell whether a collection keeps 8-bit numbers beside its vectors."""
        with self.translated():
            return self.client.get_collection(collection).config.quantization_config is not None

    def create(self, collection: str, **config: Any) -> bool:
        """Create a collection; return False if there is one of that name."""
        with self.translated():
            try:
                return bool(self.client.create_collection(collection, **config))
            except (UnexpectedResponse, ValueError) as exc:
                if _is(exc, 409, "already exists"):
                    return False
                raise

    def drop(self, collection: str) -> None:
        """Delete a collection, or do nothing if there is none."""
        with self.translated():
            try:
                self.client.delete_collection(collection)
            except UnexpectedResponse as exc:
                if exc.status_code != 404:
                    raise

    def damaged(self, reason: str) -> StoreDamaged:
        return StoreDamaged(
            f"The search index on the Qdrant server at {self.address} is damaged ({reason}). "
            "Run `tamyeez reindex` to rebuild it from the catalogue.",
            address=self.address,
            reason=reason,
        )

    def _refused(self, status: int, content: bytes) -> TamyeezError:
        if b"No space left" in content or status == 507:
            return StoreFull(
                f"The Qdrant server at {self.address} has no room left for a new search index. "
                "Free some space there; the index in use is unchanged.",
                address=self.address,
            )
        if status in (401, 403):
            return self._unavailable("refuses the key in TAMYEEZ_QDRANT_API_KEY")
        if status == 404:
            return IndexNotReady(
                f"The generation asked for is no longer on the Qdrant server at {self.address}. "
                "Open the index again."
            )
        return self._unavailable(f"answers with status {status}")

    def _unavailable(self, reason: str) -> EngineUnavailable:
        return EngineUnavailable(
            f"The Qdrant server at {self.address} {reason}. "
            "Check that it runs and that TAMYEEZ_QDRANT_URL is right.",
            address=self.address,
        )


def _is(exc: UnexpectedResponse | ValueError, status: int, words: str) -> bool:
    """Tell what was refused: a server gives a status, the in-memory client a ValueError."""
    if isinstance(exc, UnexpectedResponse):
        return exc.status_code == status
    return words in str(exc)
