"""Ask the application without a server."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import FastAPI


class Client:
    """A blocking client over an application; redirects are not followed."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for an address; header names are written with underscores."""
        return self.request("GET", path, **headers)

    def request(
        self, method: str, path: str, content: bytes = b"", **headers: str
    ) -> httpx.Response:
        """Send one request."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, path, headers=named, content=content or None)

        return asyncio.run(send())
