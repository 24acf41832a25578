"""What tests of erasure, register, backup, retention and extract look at: every word there is, on server and device."""

from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp.server.tables import Assignment, Audit, Quarantine
from fieldapp.server.tables import Device as DeviceEntry
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


def quarantined(world: World, device: Device, citizen: str) -> None:
    """What the device has not sent comes for a citizen whom its worker held until a moment ago."""
    with Session(world.engine) as session:
        theirs = session.exec(select(Assignment).where(Assignment.citizen == citizen, Assignment.team == world.team))
        assignment = theirs.one().id
    world.clock.advance(minutes=1)
    world.office.end_assignment(assignment)
    world.clock.advance(minutes=1)
    with Session(world.engine) as session:  # the device was here since: it could have known
        session.get_one(DeviceEntry, device.enrolled.device).last_seen = world.now()
        session.commit()
    device.sync()
    assert device.outbox() == []
    with Session(world.engine) as session:
        assert session.exec(select(Quarantine)).first() is not None
