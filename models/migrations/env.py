"""Alembic's environment: the edge hands over an open connection."""

from alembic import context

from models.tables import METADATA

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # Several replicas start at once; one of them migrates.
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7235432)")
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
