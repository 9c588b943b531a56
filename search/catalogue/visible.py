"""What of the catalogue is left when documents are hidden: a selection for each table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.catalogue import tables as t
from search.model import Access


def visible(hidden: Sequence[Access], is_sqlite: bool) -> Mapping[str, str]:
    """Return, by table, the rows of files whose access is none of `hidden`, as SQL.

    Every row but the register's and the cache's belongs to a file, so this is all there is. The
    order counts: the view of the files comes last, for PostgreSQL takes a name for what has it
    when the view is made. SQLite looks it up whenever the view is read, so there it is qualified.
    """
    schema = "main." if is_sqlite else ""
    words = ", ".join(f"'{access.value}'" for access in hidden)
    away = f"SELECT id FROM {schema}files WHERE access IN ({words})"  # noqa: S608 - our own words
    views = {
        table.name: f"SELECT * FROM {schema}{table.name} WHERE file_id NOT IN ({away})"  # noqa: S608
        for table in t.metadata.sorted_tables
        if "file_id" in table.c
    }
    return views | {
        "files": f"SELECT * FROM {schema}files WHERE access NOT IN ({words})"  # noqa: S608
    }
