"""Mark what OCR has read and nobody has reviewed."""

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"

NESTED = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.add_column("expressions", sa.Column("ocr", NESTED, nullable=False, server_default="[]"))
    op.add_column("passages", sa.Column("ocr_confidence", sa.Float()))
