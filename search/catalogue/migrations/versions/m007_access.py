"""Say of each file who may see what it gives."""

import sqlalchemy as sa
from alembic import op

revision = "007"
down_revision = "006"


def upgrade() -> None:
    op.add_column("files", sa.Column("access", sa.Text(), nullable=False, server_default="open"))
    op.create_index("ix_files_access", "files", ["access"])
