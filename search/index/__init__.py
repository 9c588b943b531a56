"""The index: the port, and its adapters for Qdrant's embedded engine and for a Qdrant server."""

from __future__ import annotations

from search.errors import EngineUnavailable
from search.index.port import IndexStore
from search.settings import Settings


def index_store(settings: Settings, shared: bool = False) -> IndexStore:
    """Return the store the settings name; the engine's library is imported only here.

    `shared`: several processes have the embedded index open at the same time.

    Raises EngineUnavailable if the library cannot be used on this machine.
    """
    try:
        if settings.qdrant_url:
            from search.index.server import ServerStore  # noqa: PLC0415 - takes 0.7 s

            return ServerStore.for_url(
                settings.qdrant_url, settings.qdrant_api_key, settings.qdrant_layout
            )
        from search.index.edge import EdgeStore  # noqa: PLC0415 - a binary for this machine
    except ImportError as exc:
        raise EngineUnavailable(
            f"The search engine cannot be used on this machine: {exc}. Run `make install` on a "
            "64-bit Linux or macOS, or set TAMYEEZ_QDRANT_URL to a Qdrant server."
        ) from exc
    return EdgeStore(settings.index_folder, shared=shared)
