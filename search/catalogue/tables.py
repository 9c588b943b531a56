"""The tables of the catalogue.

Every row but the register belongs to the file it came from. Instruments, provisions, editorials,
judgments, sections, concepts, offences, signals and duties are *shared*: several files may each
hold their own row of one id, and the row of the file that comes first in `PRECEDENCE` leads and is
the one that is read. So replacing or withdrawing a file takes away exactly its rows, and what
another file says of the same provision comes forward by itself.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ids sort by their bytes on every engine, as they do in Python.
Key = Text().with_variant(Text(collation="C"), "postgresql")
Nested = JSON(none_as_null=True)


def _shared(name: str, key: str, *columns: Column[Any]) -> Table:
    """A table in which each file has its own row of an id, and one of them leads."""
    return Table(
        name,
        metadata,
        Column(key, Key, primary_key=True),
        Column("file_id", Integer, ForeignKey("files.id"), primary_key=True),
        *columns,
        Column("leads", Boolean, nullable=False),
        Index(None, "file_id"),
        Index(
            f"ux_{name}_leads",
            key,
            unique=True,
            sqlite_where=text("leads = 1"),
            postgresql_where=text("leads"),
        ),
    )


files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Key, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Key, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("bundled", Boolean, nullable=False),
    Column("work", Key),
    Column("language", Text),
    Column("authority", Text),
    Column("reasons", Nested, nullable=False),
    Column("sidecar_sha256", Text),
    Column("options_hash", Text),
    Column("confirmed", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("provisions", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("ingested_at", Text, nullable=False),
    Column("access", Text, nullable=False, server_default="open", index=True),
    # A newer version of a file may be quarantined while the sound older one stays held.
    UniqueConstraint("path", "status"),
    Index(None, "sha256"),
)

# Which file's row leads: what everybody may see before what is hidden from some, the bundled
# collection before what was added, confirmed before merely recognised, the fuller file before the
# shorter; content decides last, so order of ingest never.
PRECEDENCE = (
    (files.c.access != "open"),
    files.c.bundled.desc(),
    files.c.confirmed.desc(),
    files.c.provisions.desc(),
    files.c.sha256,
    files.c.id,
)

works_register = Table(
    "works_register",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Nested, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("number", Text),
    Column("year", Integer),
    Column("aliases", Nested, nullable=False),
)

instruments = _shared(
    "instruments",
    "id",
    Column("kind", Text, nullable=False),
    Column("title", Nested, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("number", Text),
    Column("year", Integer),
    Column("aliases", Nested, nullable=False),
    Column("issued_on", Text),
    Column("in_force_from", Date),
    Column("in_force_to", Date),
    Column("note", Nested),
    Column("sources", Nested, nullable=False),
    Column("confidence", Text, nullable=False),
)

# `position` is the row's place in its own file, `ordinal` its place among the rows that lead.
provisions = _shared(
    "provisions",
    "id",
    Column("instrument", Key, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("place", Nested, nullable=False),
    Column("ordinal", Integer, nullable=False),
)

sections = _shared(
    "sections",
    "id",
    Column("judgment", Key, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
)

editorials = _shared(
    "editorials",
    "provision",
    Column("heading", Nested, nullable=False),
    Column("asks_ar", Nested, nullable=False),
    Column("asks_en", Nested, nullable=False),
    Column("concepts", Nested, nullable=False),
    Column("refers_to", Nested, nullable=False),
    Column("penalties", Nested, nullable=False),
    Column("note", Nested),
    Column("sources", Nested, nullable=False),
    Column("confidence", Text, nullable=False),
)

judgments = _shared(
    "judgments",
    "id",
    Column("title", Nested, nullable=False),
    Column("court", Nested, nullable=False),
    Column("level", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("number", Text),
    Column("date", Text),
    Column("final", Boolean),
    Column("charges", Nested, nullable=False),
    Column("provisions", Nested, nullable=False),
    Column("elements", Nested, nullable=False),
    Column("concepts", Nested, nullable=False),
    Column("note", Nested),
    Column("sources", Nested, nullable=False),
    Column("confidence", Text, nullable=False),
)

concepts = _shared(
    "concepts",
    "id",
    Column("label", Nested, nullable=False),
    Column("family", Text, nullable=False),
    Column("alt_ar", Nested, nullable=False),
    Column("alt_en", Nested, nullable=False),
    Column("definition", Nested),
    Column("broader", Nested, nullable=False),
    Column("close", Nested, nullable=False),
    Column("note", Nested),
)

offences = _shared(
    "offences",
    "id",
    Column("label", Nested, nullable=False),
    Column("primary", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("concepts", Nested, nullable=False),
    Column("elements", Nested, nullable=False),
    Column("governing", Nested, nullable=False),
    Column("penalties", Nested, nullable=False),
    Column("exclusions", Nested, nullable=False),
    Column("aggravators", Nested, nullable=False),
    Column("rules", Nested, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("note", Nested),
)

signals = _shared(
    "signals",
    "id",
    Column("family", Text, nullable=False),
    Column("label", Nested, nullable=False),
    Column("says", Nested, nullable=False),
    Column("position", Integer, nullable=False),
)

duties = _shared(
    "duties",
    "id",
    Column("treaty", Key, nullable=False),
    Column("source", Nested, nullable=False),
    Column("strength", Text, nullable=False),
    Column("duty", Nested, nullable=False),
    Column("suggestion", Nested, nullable=False),
    Column("position", Integer, nullable=False),
)

SHARED = (
    instruments,
    provisions,
    sections,
    editorials,
    judgments,
    concepts,
    offences,
    signals,
    duties,
)

# Who cites whom: editorials' refers_to and judgments' provisions, one row a citation.
links = Table(
    "links",
    metadata,
    Column("file_id", Integer, ForeignKey("files.id"), primary_key=True),
    Column("source", Key, primary_key=True),
    Column("target", Key, primary_key=True, index=True),
)

treatments = Table(
    "treatments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id"), nullable=False, index=True),
    Column("provision", Key, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("by", Nested, nullable=False),
    Column("by_id", Key),
    Column("date", Text),
    Column("clause", Text),
    Column("note", Nested),
    Column("sources", Nested, nullable=False),
    Column("confidence", Text, nullable=False),
)

expressions = Table(
    "expressions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id"), nullable=False, index=True),
    Column("unit", Key, nullable=False, index=True),
    Column("work", Key, nullable=False),
    Column("language", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("clauses", Nested, nullable=False),
    Column("footnotes", Nested, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("repealed", Boolean, nullable=False),
    Column("span", Nested),
    Column("confirmed", Boolean, nullable=False),
    Column("ocr", Nested, nullable=False, server_default="[]"),
    Index(None, "work", "authority"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Key, primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id"), nullable=False, index=True),
    Column("expression", Key, nullable=False),
    Column("unit", Key, nullable=False),
    Column("group", Key, nullable=False, index=True),
    Column("work", Key, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("index_text", Text, nullable=False),
    Column("content_hash", Key, nullable=False, index=True),
    Column("clause", Key),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("repealed", Boolean, nullable=False),
    Column("role", Text, nullable=False, server_default="text"),
    Column("ocr_confidence", Float),
    Index(None, "id", "content_hash"),  # the fingerprint reads this and no text
    Index(None, "role", "language", "authority"),  # and the counts read this
)

# What a file held before it changed; see catalogue/versions.py.
versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id"), nullable=False, index=True),
    Column("work", Key, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sha256", Key, nullable=False),
    Column("valid_from", Date),
    Column("read_at", Text, nullable=False),
    Column("replaced_at", Text, nullable=False),
    Column("texts", Nested, nullable=False),
    Column("changes", Nested, nullable=False),
)

embedders = Table(
    "embedders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", Key, nullable=False, unique=True),
)

# A cache: vectors of unit length as little-endian float16, by the hash of the text embedded.
embeddings = Table(
    "embeddings",
    metadata,
    Column("content_hash", Key, primary_key=True),
    Column("embedder_id", Integer, ForeignKey("embedders.id"), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

# One row, with id 1.
state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("edition", Text),  # of the bundled collection
)
