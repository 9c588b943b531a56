"""Tell a passage of a text from a phrasing that only leads to it."""

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"


def upgrade() -> None:
    op.add_column("passages", sa.Column("role", sa.Text(), nullable=False, server_default="text"))
    op.drop_index("ix_passages_language_authority", "passages")
    op.create_index(
        "ix_passages_role_language_authority", "passages", ["role", "language", "authority"]
    )
