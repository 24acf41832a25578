"""Run by alembic: the connection comes from database.migrate, in its transaction."""

from alembic import context

from fieldapp.server.tables import ServerTable

context.configure(connection=context.config.attributes["connection"], target_metadata=ServerTable.metadata)
context.run_migrations()
