"""Offences as data, and the signals their elements are made out by."""

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NESTED = sa.JSON(none_as_null=True)


def upgrade() -> None:
    _create(
        "offences",
        sa.Column("label", NESTED, nullable=False),
        sa.Column("primary", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("concepts", NESTED, nullable=False),
        sa.Column("elements", NESTED, nullable=False),
        sa.Column("governing", NESTED, nullable=False),
        sa.Column("penalties", NESTED, nullable=False),
        sa.Column("exclusions", NESTED, nullable=False),
        sa.Column("aggravators", NESTED, nullable=False),
        sa.Column("rules", NESTED, nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("note", NESTED),
    )
    _create(
        "signals",
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("label", NESTED, nullable=False),
        sa.Column("says", NESTED, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )


def _create(name: str, *columns: sa.Column[object]) -> None:
    """Create a table in which each file has its own row of an id, and one of them leads."""
    op.create_table(
        name,
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=f"fk_{name}_file_id"),
        sa.PrimaryKeyConstraint("id", "file_id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_file_id", name, ["file_id"])
    op.create_index(
        f"ux_{name}_leads",
        name,
        ["id"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
