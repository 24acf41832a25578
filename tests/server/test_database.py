"""The tables in the database are those the code believes in."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from fieldapp.server import database
from fieldapp.server.tables import ServerTable


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, ServerTable.metadata) == []


def test_a_database_of_the_first_version_is_brought_up_to_date_with_what_is_in_it(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        database.migrate(connection, "0001")
        connection.execute(text("INSERT INTO worker VALUES (gen_random_uuid(), 'Freja Opfundet', 'worker')"))
        assert not connection.execute(text("SELECT to_regclass('recovery')")).scalar()
    database.prepare(engine)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT name FROM worker")).scalar() == "Freja Opfundet"
        assert connection.execute(text("SELECT count(*) FROM recovery_approval")).scalar() == 0
