"""The first schema: everything the catalogue holds."""

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NESTED = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "embedders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_embedders"),
        sa.UniqueConstraint("identity", name="uq_embedders_identity"),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", KEY, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("bundled", sa.Boolean(), nullable=False),
        sa.Column("work", KEY),
        sa.Column("language", sa.Text()),
        sa.Column("authority", sa.Text()),
        sa.Column("reasons", NESTED, nullable=False),
        sa.Column("sidecar_sha256", sa.Text()),
        sa.Column("options_hash", sa.Text()),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provisions", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("ingested_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        sa.UniqueConstraint("path", "status", name="uq_files_path_status"),
    )
    op.create_index("ix_files_sha256", "files", ["sha256"])
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_state"),
    )
    op.create_table(
        "works_register",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", NESTED, nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("aliases", NESTED, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_works_register"),
    )
    op.create_table(
        "concepts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("label", NESTED, nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("alt_ar", NESTED, nullable=False),
        sa.Column("alt_en", NESTED, nullable=False),
        sa.Column("definition", NESTED),
        sa.Column("broader", NESTED, nullable=False),
        sa.Column("close", NESTED, nullable=False),
        sa.Column("note", NESTED),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_concepts_file_id"),
        sa.PrimaryKeyConstraint("id", "file_id", name="pk_concepts"),
    )
    op.create_index("ix_concepts_file_id", "concepts", ["file_id"])
    op.create_index(
        "ux_concepts_leads",
        "concepts",
        ["id"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
    op.create_table(
        "editorials",
        sa.Column("provision", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("heading", NESTED, nullable=False),
        sa.Column("asks_ar", NESTED, nullable=False),
        sa.Column("asks_en", NESTED, nullable=False),
        sa.Column("concepts", NESTED, nullable=False),
        sa.Column("refers_to", NESTED, nullable=False),
        sa.Column("penalties", NESTED, nullable=False),
        sa.Column("note", NESTED),
        sa.Column("sources", NESTED, nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_editorials_file_id"),
        sa.PrimaryKeyConstraint("provision", "file_id", name="pk_editorials"),
    )
    op.create_index("ix_editorials_file_id", "editorials", ["file_id"])
    op.create_index(
        "ux_editorials_leads",
        "editorials",
        ["provision"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
    op.create_table(
        "embeddings",
        sa.Column("content_hash", KEY, nullable=False),
        sa.Column("embedder_id", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["embedder_id"], ["embedders.id"], name="fk_embeddings_embedder_id"
        ),
        sa.PrimaryKeyConstraint("content_hash", "embedder_id", name="pk_embeddings"),
    )
    op.create_table(
        "expressions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("work", KEY, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clauses", NESTED, nullable=False),
        sa.Column("footnotes", NESTED, nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("repealed", sa.Boolean(), nullable=False),
        sa.Column("span", NESTED),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_expressions_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_expressions"),
    )
    op.create_index("ix_expressions_file_id", "expressions", ["file_id"])
    op.create_index("ix_expressions_unit", "expressions", ["unit"])
    op.create_index("ix_expressions_work_authority", "expressions", ["work", "authority"])
    op.create_table(
        "instruments",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", NESTED, nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("aliases", NESTED, nullable=False),
        sa.Column("issued_on", sa.Text()),
        sa.Column("in_force_from", sa.Date()),
        sa.Column("in_force_to", sa.Date()),
        sa.Column("note", NESTED),
        sa.Column("sources", NESTED, nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_instruments_file_id"),
        sa.PrimaryKeyConstraint("id", "file_id", name="pk_instruments"),
    )
    op.create_index("ix_instruments_file_id", "instruments", ["file_id"])
    op.create_index(
        "ux_instruments_leads",
        "instruments",
        ["id"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
    op.create_table(
        "judgments",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("title", NESTED, nullable=False),
        sa.Column("court", NESTED, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("final", sa.Boolean()),
        sa.Column("charges", NESTED, nullable=False),
        sa.Column("provisions", NESTED, nullable=False),
        sa.Column("elements", NESTED, nullable=False),
        sa.Column("concepts", NESTED, nullable=False),
        sa.Column("note", NESTED),
        sa.Column("sources", NESTED, nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_judgments_file_id"),
        sa.PrimaryKeyConstraint("id", "file_id", name="pk_judgments"),
    )
    op.create_index("ix_judgments_file_id", "judgments", ["file_id"])
    op.create_index(
        "ux_judgments_leads",
        "judgments",
        ["id"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
    op.create_table(
        "links",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("target", KEY, nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_links_file_id"),
        sa.PrimaryKeyConstraint("file_id", "source", "target", name="pk_links"),
    )
    op.create_index("ix_links_target", "links", ["target"])
    op.create_table(
        "passages",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("expression", KEY, nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("group", KEY, nullable=False),
        sa.Column("work", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("index_text", sa.Text(), nullable=False),
        sa.Column("content_hash", KEY, nullable=False),
        sa.Column("clause", KEY),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("repealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_passages_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
    )
    op.create_index("ix_passages_content_hash", "passages", ["content_hash"])
    op.create_index("ix_passages_file_id", "passages", ["file_id"])
    op.create_index("ix_passages_group", "passages", ["group"])
    op.create_index("ix_passages_id_content_hash", "passages", ["id", "content_hash"])
    op.create_index("ix_passages_language_authority", "passages", ["language", "authority"])
    op.create_index("ix_passages_work", "passages", ["work"])
    op.create_table(
        "provisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("instrument", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", NESTED, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_provisions_file_id"),
        sa.PrimaryKeyConstraint("id", "file_id", name="pk_provisions"),
    )
    op.create_index("ix_provisions_file_id", "provisions", ["file_id"])
    op.create_index("ix_provisions_instrument", "provisions", ["instrument"])
    op.create_index(
        "ux_provisions_leads",
        "provisions",
        ["id"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
    op.create_table(
        "sections",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("judgment", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_sections_file_id"),
        sa.PrimaryKeyConstraint("id", "file_id", name="pk_sections"),
    )
    op.create_index("ix_sections_file_id", "sections", ["file_id"])
    op.create_index("ix_sections_judgment", "sections", ["judgment"])
    op.create_index(
        "ux_sections_leads",
        "sections",
        ["id"],
        unique=True,
        sqlite_where=sa.text("leads = 1"),
        postgresql_where=sa.text("leads"),
    )
    op.create_table(
        "treatments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("provision", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("by", NESTED, nullable=False),
        sa.Column("by_id", KEY),
        sa.Column("date", sa.Text()),
        sa.Column("clause", sa.Text()),
        sa.Column("note", NESTED),
        sa.Column("sources", NESTED, nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_treatments_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_treatments"),
    )
    op.create_index("ix_treatments_file_id", "treatments", ["file_id"])
    op.create_index("ix_treatments_provision", "treatments", ["provision"])
    op.execute("INSERT INTO state (id, revision) VALUES (1, 0)")
