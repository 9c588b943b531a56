"""Name a request by the template of its route: an address may hold what a reader typed."""

from __future__ import annotations

from starlette.types import Scope


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered, "other" where none did."""
    template = getattr(scope.get("route"), "path", None)
    if isinstance(template, str):
        return template
    return "/static" if scope.get("root_path") == "/static" else "other"
