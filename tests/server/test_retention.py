"""What was kept long enough goes, is said before, and a citizen is never among it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope
from fieldapp.server import database, identity, retention
from fieldapp.server.console import sessions
from fieldapp.server.records import commit_changes, server_record
from fieldapp.server.retention import Kept
from fieldapp.server.tables import AccessToken, Code, ConsoleLink, ConsoleSession, Nonce, Record, Worker
from fieldapp.settings import DEFAULTS
from fieldapp.store.tables import AccessRow, ClosingRow, ReopeningRow
from tests.examples import an_id
from tests.server.keeping import audited, everything
from tests.sync.parts import Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def citizen(freja: Device) -> str:
    citizen = freja.meet("Åse Opfundet")
    freja.sync()
    return citizen


def would_go(world: World) -> Kept:
    return retention.kept_too_long(world.engine, world.now(), DEFAULTS)


def carry_out(world: World) -> Kept:
    return retention.carry_out(world.engine, world.register, world.now(), DEFAULTS)


def floor(world: World) -> int:
    with Session(world.engine) as session:
        return identity.clock(session).floor


def secrets(world: World) -> int:
    with Session(world.engine) as session:
        return sum(len(session.exec(select(table)).all()) for table in (Nonce, AccessToken, Code))


def of_console(world: World, table: Any) -> list[Any]:
    with Session(world.engine) as session:
        return list(session.exec(select(table)))


class TestTombstones:
    def test_what_was_erased_is_forgotten_when_every_device_has_heard_of_it(
        self, world: World, freja: Device, citizen: str
    ) -> None:
        first, second = freja.note(citizen), freja.note(citizen)
        freja.sync()
        world.erase(first)
        world.clock.advance(days=100)
        world.erase(second)
        number = world.records()[first].seq
        world.clock.advance(days=79)
        assert (would_go(world).tombstones, carry_out(world).tombstones, floor(world)) == (0, 0, 0)
        world.clock.advance(days=2)
        assert (would_go(world).tombstones, carry_out(world).tombstones) == (1, 1)
        assert first not in world.records() and world.records()[second].deleted
        assert floor(world) == number
        world.clock.advance(days=100)
        carry_out(world)
        assert second not in world.records() and floor(world) > number

    def test_the_floor_never_goes_down(self, world: World, freja: Device, citizen: str) -> None:
        with world.engine.begin() as tx:
            tx.exec_driver_sql(f"UPDATE sync_clock SET floor = {2**52}")
        contact = freja.note(citizen)
        freja.sync()
        world.erase(contact)
        world.clock.advance(days=200)
        carry_out(world)
        assert floor(world) == 2**52

    def test_an_erased_citizen_is_remembered_by_the_id_for_good(
        self, world: World, freja: Device, citizen: str
    ) -> None:
        late = world.device(freja.worker)
        late.sync()
        contact = freja.note(citizen, "Opdigtet")
        freja.sync()
        late.note(citizen, "Opdigtet: for sent")
        world.erase_citizen(citizen)
        world.clock.advance(days=4_000)
        carry_out(world)
        left = world.records([citizen_scope(citizen)])
        assert list(left) == [citizen] and contact not in world.records()
        late.forget()
        late.sync()
        assert late.outbox("waiting", "refused", "quarantined") == []
        assert "for sent" not in everything(world.engine)

    def test_what_is_not_erased_is_never_forgotten(self, world: World, freja: Device, citizen: str) -> None:
        freja.note(citizen)
        freja.sync()
        before = world.records()
        world.clock.advance(days=4_000)
        carry_out(world)
        assert {id: r.model_dump() for id, r in world.records().items()} == {
            id: r.model_dump() for id, r in before.items()
        }


class TestAccess:
    def test_who_opened_a_page_long_ago_is_taken_off_everywhere(
        self, world: World, freja: Device, citizen: str
    ) -> None:
        old = freja.add(AccessRow(opened_at=world.clock(), scope=citizen_scope(citizen)))
        freja.sync()
        world.clock.advance(days=DEFAULTS.access_log_days - 1)
        new = freja.add(AccessRow(opened_at=world.clock(), scope=citizen_scope(citizen)))
        freja.sync()
        assert would_go(world).access_log == 0
        world.clock.advance(days=2)
        assert (would_go(world).access_log, carry_out(world).access_log) == (1, 1)
        assert world.records()[old].deleted and not world.records()[new].deleted
        world.converged(freja)
        assert freja.get("access", old) is None and freja.get("access", new) is not None

    def test_many_go_some_at_a_time(
        self, world: World, freja: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(retention, "AT_ONCE", 2)
        for _ in range(5):
            freja.add(AccessRow(opened_at=world.clock(), scope=citizen_scope(citizen)))
        freja.sync()
        world.clock.advance(days=DEFAULTS.access_log_days + 1)
        assert carry_out(world).access_log == 5
        assert would_go(world).access_log == 0


class TestQuarantine:
    def kept(self, world: World, citizen: str, **fields: Any) -> str:
        id = an_id()
        with database.writing(world.engine, world.register) as tx:
            tx.add(
                server_record(id, "quarantined", citizen_scope(citizen), {"words": "Opdigtet"} | fields, world.now())
            )
            commit_changes(tx)
        return id

    def test_only_what_was_decided_on_long_ago_goes(self, world: World, freja: Device, citizen: str) -> None:
        decided, waits = self.kept(world, citizen, decision="reject"), self.kept(world, citizen)
        world.clock.advance(days=DEFAULTS.quarantine_days + 1)
        recent = self.kept(world, citizen, decision="accept")
        assert carry_out(world).quarantine == 1
        stored = world.records()
        assert stored[decided].deleted and not stored[waits].deleted and not stored[recent].deleted


class TestSecrets:
    def test_what_is_worth_nothing_any_more_goes(self, world: World, freja: Device) -> None:
        freja.sync()
        world.office.make_code(freja.worker)
        world.server.challenge(freja.enrolled.device)
        assert secrets(world) == 3 and would_go(world).secrets == 0
        world.clock.advance(days=2)
        assert (would_go(world).secrets, carry_out(world).secrets, secrets(world)) == (3, 3, 0)

    def test_so_do_the_ways_into_the_console(self, world: World) -> None:
        leader = world.office.add_worker("Birgit Opfundet", role="leader")
        world.office.login_link(leader)
        with Session(world.engine) as session:
            sessions.begin(session, session.get_one(Worker, leader), world.now(), DEFAULTS)
            session.commit()
        world.clock.advance(seconds=DEFAULTS.console_session - 1)
        carry_out(world)
        assert [len(of_console(world, table)) for table in (ConsoleLink, ConsoleSession)] == [0, 1]
        world.clock.advance(seconds=1)
        carry_out(world)
        assert of_console(world, ConsoleSession) == []


class TestClosed:
    def end(self, world: World, freja: Device, citizen: str, ground: str = "death", **more: Any) -> None:
        today = world.clock().date()
        row = ClosingRow(on=today, ground=ground, scope=citizen_scope(citizen), **more)
        freja.add(row)
        freja.sync()

    def test_one_whose_support_ended_long_ago_is_listed_and_left_alone(
        self, world: World, freja: Device, citizen: str
    ) -> None:
        other = freja.meet("Ida Opfundet")
        ended = world.clock().date()
        self.end(world, freja, citizen)
        world.clock.advance(days=DEFAULTS.closed_days - 1)
        self.end(world, freja, other)
        assert would_go(world).closed == ()
        world.clock.advance(days=3)
        before = everything(world.engine)
        assert would_go(world).closed == ((citizen, ended),)
        assert carry_out(world).closed == ((citizen, ended),)
        assert "Åse Opfundet" in everything(world.engine) and "Åse Opfundet" in before
        assert not world.records()[citizen].deleted

    def test_one_who_came_back_or_is_erased_is_not(self, world: World, freja: Device, citizen: str) -> None:
        other = freja.meet("Ida Opfundet")
        self.end(world, freja, citizen, "manages_own_judgement", own_words="Jeg klarer det selv nu.")
        self.end(world, freja, other)
        freja.add(ReopeningRow(on=world.clock().date() + timedelta(days=1), scope=citizen_scope(citizen)))
        freja.sync()
        world.erase_citizen(other)
        world.clock.advance(days=4_000)
        assert would_go(world).closed == ()

    def test_a_closing_that_was_voided_is_none(self, world: World, freja: Device, citizen: str) -> None:
        self.end(world, freja, citizen)
        [closing] = [id for id, r in world.records().items() if r.kind == "closing"]
        freja.void("closing", closing)
        freja.sync()
        world.clock.advance(days=4_000)
        assert would_go(world).closed == ()


def test_to_ask_changes_nothing(world: World, freja: Device, citizen: str) -> None:
    contact = freja.note(citizen)
    freja.sync()
    world.erase(contact)
    world.clock.advance(days=4_000)
    before = everything(world.engine)
    assert would_go(world).tombstones == 1
    assert everything(world.engine) == before


def test_the_audit_tells_that_it_was_done_and_how_much(world: World, freja: Device, citizen: str) -> None:
    contact = freja.note(citizen)
    freja.sync()
    world.erase(contact)
    world.clock.advance(days=200)
    carry_out(world)
    assert [told.why for told in audited(world, "retention")] == [
        "tombstones 1, quarantine 0, access 0, let go 0, exchanges 0"
    ]


def test_cut_off_between_its_steps_it_is_done_again(
    world: World, freja: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    freja.add(AccessRow(opened_at=world.clock(), scope=citizen_scope(citizen)))
    contact = freja.note(citizen)
    freja.sync()
    world.erase(contact)
    world.clock.advance(days=DEFAULTS.access_log_days + 1)

    def end(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as plant, pytest.raises(KeyboardInterrupt):
        plant.setattr(retention, "_forget", end)
        carry_out(world)
    assert contact in world.records()
    done = carry_out(world)
    assert (done.tombstones, done.access_log) == (1, 0)
    with Session(world.engine) as session:
        assert session.exec(select(Record).where(col(Record.id) == contact)).first() is None
