"""The tables of one's work. Every row a person can write has its owner."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()
Nested = sa.JSON(none_as_null=True)


def _owned(name: str, *columns: Column[object]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("owner", Text, nullable=False),
        *columns,
        Column("version", Integer, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("changed_at", Text, nullable=False),
        Index(f"ix_{name}_owner", "owner", "changed_at"),
    )


folders = _owned("folders", Column("name", Text, nullable=False))

notes = _owned(
    "notes",
    Column("target", Text, nullable=False, index=True),
    Column("target_label", Nested, nullable=False),
    Column("target_digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("labels", Nested, nullable=False),
    Column("folder", Text, ForeignKey("folders.id"), index=True),
)

# How notes are looked up: labels as folded, and the terms of label, text and citation.
note_labels = Table(
    "note_labels",
    metadata,
    Column("note", Text, ForeignKey("notes.id"), primary_key=True),
    Column("label", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Index("ix_note_labels_label", "owner", "label"),
)
note_terms = Table(
    "note_terms",
    metadata,
    Column("note", Text, ForeignKey("notes.id"), primary_key=True),
    Column("term", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Index("ix_note_terms_term", "owner", "term"),
)

searches = _owned(
    "searches",
    Column("name", Text, nullable=False),
    Column("query", Nested, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("seen_at", Text, nullable=False),
)

facts = _owned(
    "facts",
    Column("name", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("strike", Nested, nullable=False),
    Column("assume", Nested, nullable=False),
)

# A case study as its builder has it: the draft of search/casebook.
studies = _owned(
    "studies",
    Column("name", Text, nullable=False),
    Column("draft", Nested, nullable=False),
)

# What an owner lets others read; `whom` is the id of an account, or a role.
shares = _owned(
    "shares",
    Column("kind", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("whom", Text, nullable=False),
)
Index("ux_shares", shares.c.item, shares.c.audience, shares.c.whom, unique=True)
Index("ix_shares_whom", shares.c.audience, shares.c.whom)

# In the order of deleting.
OWNED = (shares, studies, facts, searches, note_terms, note_labels, notes, folders)

# Which documents the collection has had, in the order in which they were first met: of the
# installation and not of a person, it knows nothing but digests of paths.
documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("met_at", Text, nullable=False, server_default=""),  # empty: before it was kept
)

# One row: the schema written, and the analysis that note_terms was made by.
state = Table(
    "state",
    metadata,
    Column("schema", Integer, primary_key=True),
    Column("analysis", Integer, nullable=False),
)
