"""Alembic's entry: run the migrations on the connection that schema.py hands in."""

from alembic import context

from search.catalogue.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
