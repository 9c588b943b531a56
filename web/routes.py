"""How routes are put together: pages of one language, and the failures an operation names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastapi import APIRouter

from web.schemas import ErrorOut

Route = tuple[str, str, Callable[..., object]]  # method, path below the prefix, what answers


def page_router(prefix: str, routes: Iterable[Route]) -> APIRouter:
    """Return a router of pages, which the API's description leaves out."""
    router = APIRouter(prefix=prefix, include_in_schema=False)
    for method, path, answer in routes:
        router.add_api_route(path, answer, methods=[method], response_model=None)
    return router


def refusals(told: Mapping[int, str]) -> dict[int | str, dict[str, Any]]:
    """Describe what an operation may answer instead: status and, in a few words, when."""
    return {status: {"model": ErrorOut, "description": when} for status, when in told.items()}
