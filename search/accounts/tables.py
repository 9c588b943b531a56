"""The tables of accounts. Of passwords, sessions and tokens only hashes are kept."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, MetaData, Table, Text

metadata = MetaData()
Nested = sa.JSON(none_as_null=True)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),  # the name as it is compared
    Column("roles", Nested, nullable=False),
    Column("password", Text),  # Argon2 with its parameters; none: single sign-on only
    Column("subject", Text, unique=True),  # issuer and subject of single sign-on
    Column("must_change", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row, from all places together
    Column("locked_until", Float),  # for new places; seconds since 1970
    Column("created_at", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("began", Float, nullable=False),
    Column("seen", Float, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("scopes", Nested, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires", Float, nullable=False),
)

tries = Table(  # see guessing.py
    "tries",
    metadata,
    Column("account", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("place", Text, primary_key=True),  # a hash of the address
    Column("failures", Integer, nullable=False),
    Column("locked_until", Float),
    Column("known", Boolean, nullable=False),  # the right password came from there before
    Column("seen", Float, nullable=False),
)

state = Table("state", metadata, Column("schema", Integer, primary_key=True))
