"""Addresses of pages. Knows ids and query strings; knows nothing of HTML."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from search.identifiers import parse_unit
from search.model import Kind, Language, SectionKind

_SECTIONS = frozenset(kind.value for kind in SectionKind)


def unit_url(language: Language, identifier: str, kind: Kind | None = None) -> str:
    """Return the page of an instrument, provision, judgment or section of one.

    Without a kind, a work is taken for an instrument; the page of laws sends a judgment's id on.
    """
    work, _, path = identifier.partition("/")
    first = path.split("/")[0]
    if kind is Kind.JUDGMENT or first.rstrip("-0123456789") in _SECTIONS:
        return f"/{language}/matters/{quote(work)}" + (f"#{quote(first)}" if path else "")
    if not path:
        return f"/{language}/laws/{quote(work)}"
    return f"/{language}/laws/{quote(work)}/{quote(first)}" + _fragment(identifier)


def _fragment(identifier: str) -> str:
    clauses = identifier.split("/")[2:]
    return f"#{quote('.'.join(clauses))}" if clauses else ""


def clause_anchor(identifier: str) -> str:
    """Return the name of a clause within its provision's page: "par-1.pt-7"."""
    return ".".join(parse_unit(identifier).path[1:])


def with_parameters(path: str, parameters: Mapping[str, str | None], **changes: str | None) -> str:
    """Return `path` with the parameters that have a value, after changes; None removes one."""
    merged = {**parameters, **changes}
    query = urlencode({name: value for name, value in merged.items() if value})
    return f"{path}?{query}" if query else path


def api_search(parameters: Mapping[str, str], first: int) -> str:
    """Return the address of the same results as JSON; `first` is the place of the first."""
    offset = {"offset": str(first - 1) if first > 1 else ""}
    return with_parameters("/api/search", {**parameters, **offset})


def in_language(language: Language, path: str, query: str) -> str:
    """Return the same place in another language of the pages."""
    _, _, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" + (f"?{query}" if query else "")
