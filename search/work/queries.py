"""A query as it is kept, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from search.errors import WorkUnavailable
from search.model import Authority, Filters, Kind, Language, Query


def read_query(held: Mapping[str, Any]) -> Query:
    """Return the query that `dump` has written; raise WorkUnavailable where it was not that."""
    try:
        filters = held.get("filters", {})
        return Query(
            text=str(held["text"]),
            filters=Filters(
                kind=Kind(filters["kind"]) if "kind" in filters else None,
                work=filters.get("work"),
                language=Language(filters["language"]) if "language" in filters else None,
                authority=Authority(filters["authority"]) if "authority" in filters else None,
                as_at=dt.date.fromisoformat(filters["as_at"]) if "as_at" in filters else None,
                traits=tuple((trait, value) for trait, value in filters.get("traits", ())),
            ),
            limit=int(held.get("limit", 10)),
            expand=bool(held.get("expand", True)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise WorkUnavailable(
            "A saved search cannot be read: the file of notes is damaged. It is left as it is."
        ) from exc
