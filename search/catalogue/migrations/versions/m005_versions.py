"""Keep what a file held before it changed."""

import sqlalchemy as sa
from alembic import op

revision = "005"
down_revision = "004"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NESTED = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("work", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", KEY, nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.Text(), nullable=False),
        sa.Column("texts", NESTED, nullable=False),
        sa.Column("changes", NESTED, nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_versions_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
    )
    op.create_index("ix_versions_file_id", "versions", ["file_id"])
    op.create_index("ix_versions_work", "versions", ["work"])
