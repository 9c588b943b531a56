"""Duties of treaties, each with our suggestion of how far national law meets it."""

import sqlalchemy as sa
from alembic import op

revision = "006"
down_revision = "005"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NESTED = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "duties",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("treaty", KEY, nullable=False),
        sa.Column("source", NESTED, nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("duty", NESTED, nullable=False),
        sa.Column("suggestion", NESTED, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_duties_file_id"),
        sa.PrimaryKeyConstraint("id", "file_id", name="pk_duties"),
    )
    op.create_index("ix_duties_file_id", "duties", ["file_id"])
    op.create_index(
        "ux_duties_leads",
        "duties",
        ["id"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
