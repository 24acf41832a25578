"""An erasure while others write, and one that is killed at any step."""

import threading
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.erasure import Ground
from fieldapp.server import database, handover, records, replay
from fieldapp.server.claims import references
from fieldapp.server.register import Entry, Mark
from fieldapp.server.tables import Record, Worker
from fieldapp.store import outbox
from fieldapp.wire import Operation
from tests.server.erased import a_step
from tests.server.erased import citizen as citizen
from tests.server.erased import freja as freja
from tests.server.erased import karim as karim
from tests.server.keeping import audited, everything
from tests.sync.parts import Device, Killed, World

SECRET = "Hemmeligt"


class TestAtOnce:
    """Somebody erases in the middle of an exchange that writes about the citizen."""

    @pytest.mark.parametrize("held", [True, False])
    def test_nothing_is_written_that_the_erasure_has_not_seen(
        self, world: World, freja: Device, citizen: str, held: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lock = world.server.lock if held else without_holding
        erasing = threading.Thread(target=lambda: world.erase_citizen(citizen))

        def meanwhile(session: Session, batch: Any) -> Any:
            found = lock(session, batch)
            erasing.start()
            erasing.join(0.5 if held else None)  # held, it waits for this transaction to end
            assert erasing.is_alive() is held
            return found

        freja.note(citizen, SECRET)
        monkeypatch.setattr(world.server, "lock", meanwhile)
        freja.client.exchange()
        erasing.join()
        assert (SECRET not in everything(world.engine)) is held, "without the hold a note would stay behind"

    def test_nobody_comes_to_stand_in_for_whoever_had_them(self, world: World, freja: Device, karim: Device) -> None:
        citizen = freja.meet()
        freja.sync()
        erasing = threading.Thread(target=lambda: world.erase_citizen(citizen))
        days = world.now(), world.now() + timedelta(days=8)
        with database.writing(world.engine, world.register) as session:
            workers = session.get_one(Worker, freja.worker), session.get_one(Worker, karim.worker)
            assert len(handover.deputize(session, *workers, *days, world.now())) == 1
            records.number(session)
            session.flush()
            erasing.start()
            erasing.join(0.5)
            session.commit()
        erasing.join()
        assert citizen_scope(citizen) not in world.view(karim.worker)
        assert all(record.deleted for record in world.records([citizen_scope(citizen)]).values())
        assert world.office.deputize(freja.worker, karim.worker, *days) == []

    def test_two_exchanges_about_one_citizen_do_not_wait_for_each_other(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """One changes the citizen while the other adds to them."""
        freja.edit("citizen", citizen, phone="00000001")
        karim.note(citizen)
        waited: list[bool] = []
        lock = world.server.lock

        def meanwhile(session: Session, batch: Any) -> Any:
            found = lock(session, batch)
            if not waited:
                waited.append(True)
                with Session(world.engine) as other:
                    other.connection().exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
                    lock(other, outbox_of(karim))
            return found

        world.server.lock = meanwhile  # type: ignore[method-assign]
        freja.sync()
        assert waited == [True]


def without_holding(session: Session, batch: list[Operation]) -> dict[str, Record]:
    """The planted fault: the citizen is looked at and not held."""
    ids = {o.id for o in batch} | {target for o in batch for _, target, _ in references(o)}
    ids |= {o.scope.partition(":")[2] for o in batch}
    return {r.id: r for r in session.exec(select(Record).where(col(Record.id).in_(ids)))}


def outbox_of(device: Device) -> list[Operation]:
    with device.store.reading() as tx:
        return outbox.waiting(tx)


class TestKilled:
    """It ends at any step; the next start, or trying again, does the whole of it."""

    @pytest.fixture
    def secret(self, freja: Device, citizen: str) -> str:
        goal = freja.aim(citizen, SECRET)
        a_step(freja, citizen, goal, SECRET)
        freja.sync()
        return goal

    def test_before_the_register_has_it_nothing_has_happened(
        self, world: World, secret: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, lines = everything(world.engine), world.register.read()
        monkeypatch.setattr(world.register, "add", killed)
        with pytest.raises(Killed):
            world.erase(secret)
        assert (everything(world.engine), world.register.read()) == (before, lines)
        monkeypatch.undo()
        world.erase(secret)
        assert SECRET not in everything(world.engine)

    def test_between_register_and_commit_the_next_start_completes_it(
        self, world: World, secret: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        killed_after(world, monkeypatch)
        with pytest.raises(Killed):
            world.erase(secret)
        monkeypatch.undo()
        assert SECRET in everything(engine)
        for _ in range(2):
            replay.follow(engine, world.register, world.now())
            assert SECRET not in everything(engine)
            assert [told.worker for told in audited(world, "erase")] == [world.leader]
        assert world.office.erase_record(secret, world.leader, Ground.REQUEST) == 0

    def test_or_trying_again_does(
        self, world: World, secret: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        killed_after(world, monkeypatch)
        with pytest.raises(Killed):
            world.erase(secret)
        monkeypatch.undo()
        assert len(world.erase(secret)) == 2
        replay.follow(engine, world.register, world.now())
        assert SECRET not in everything(engine)


def killed(*_: Any) -> None:
    raise Killed


def killed_after(world: World, plant: pytest.MonkeyPatch) -> None:
    """The process ends when the register has it, and the database has not."""
    add = world.register.add

    def adding(entries: Iterable[Entry], known: Mark) -> NoReturn:
        add(entries, known)
        raise Killed

    plant.setattr(world.register, "add", adding)
