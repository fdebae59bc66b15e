"""Runs the migrations on the connection, and in the transaction, of whoever opens the store."""

from alembic import context

from rashomon.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
