"""What tests of erasure, register, backup, retention and extract look at: every word there is, on server and device."""

from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp.server.tables import Audit
from fieldapp.store.columns import Table
from tests.sync.parts import Device, World

#: All that belongs to the server; a test may have made copies beside it.
_TABLES = text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")


def everything(engine: Engine) -> str:
    """Every column of every row of every table, as text."""
    with engine.connect() as connection:
        tables = connection.execute(_TABLES).scalars().all()
        assert {"record", "audit", "quarantine", "assignment"} <= set(tables)
        rows = [connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t').scalars().all() for table in tables]
    return "\n".join(row for table in rows for row in table)


def all_on(device: Device) -> str:
    """The same of a device's vault, opened."""
    with device.store.reading() as session:
        tables: list[Any] = [
            session.connection().execute(table.select()).all() for table in Table.metadata.sorted_tables
        ]
    return "\n".join(str(row) for table in tables for row in table)


def audited(world: World, do: str) -> list[Audit]:
    with Session(world.engine) as session:
        return list(session.exec(select(Audit).where(Audit.do == do)))
