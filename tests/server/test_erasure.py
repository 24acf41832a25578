"""What is erased is gone from every table and every device, and nothing that comes late brings it back."""

import threading
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.erasure import Ground, owners, with_belongings
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import RejectReason
from fieldapp.errors import RecordError
from fieldapp.server import database, handover, records, replay
from fieldapp.server.claims import references
from fieldapp.server.register import Entry, Mark
from fieldapp.server.tables import Assignment, Quarantine, Record, Worker
from fieldapp.server.tables import Device as DeviceEntry
from fieldapp.store import drafts, outbox
from fieldapp.store.tables import AttemptRow, ProgressRow, StepRow
from fieldapp.wire import Ack, ExchangeAnswer, Operation
from tests.examples import an_operation
from tests.server.keeping import all_on, audited, everything
from tests.sync.parts import Backup, Deliver, Device, Killed, World, lost_answer

SECRET = "Hemmeligt"


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def karim(world: World) -> Device:
    return world.colleague("Karim Opfundet")


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    """One whom the whole team has."""
    citizen = freja.meet("Åse Opfundet")
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    return citizen


def a_step(device: Device, citizen: str, goal: str, words: str) -> str:
    return device.add(StepRow(goal=goal, text=words, scope=citizen_scope(citizen)))


class TestWhatGoesAlong:
    def test_what_belongs_to_it_goes_and_what_belongs_to_that(self) -> None:
        owned = {"step": {"goal"}, "conflict": {"step"}, "other": {"another"}, "goal": set[str]()}
        assert with_belongings(["goal"], owned) == {"goal", "step", "conflict"}

    def test_only_fields_that_are_declared_so(self) -> None:
        assert owners("step", {"goal": "a", "text": "b"}) == {"a"}
        assert owners("progress", {"goal": "a", "text": "b"}) == set()
        assert owners("contact", {"corrects": None}) == set()
        assert owners("from_2031", {"goal": "a"}) == set()

    def test_the_kinds_that_point_to_what_they_are_about_say_so(self) -> None:
        said = {f"{kind.name}.{field.name}" for kind in KINDS.values() for field in kind.fields if field.belongs}
        assert said >= {"contact.corrects", "attempt.corrects", "step.goal", "conflict.about"}


class TestARecord:
    def test_no_word_of_it_is_left_in_any_table(self, world: World, freja: Device, karim: Device, citizen: str) -> None:
        goal = freja.aim(citizen, f"{SECRET} mål")
        contact = freja.note(citizen, f"{SECRET} ord")
        world.converged(freja, karim)
        a_step(freja, citizen, goal, f"{SECRET} skridt")
        freja.note(citizen, f"{SECRET} rettelse", corrects=contact)
        freja.void("contact", contact, f"{SECRET} grund")
        freja.edit("goal", goal, title=f"{SECRET} mit")
        karim.edit("goal", goal, title=f"{SECRET} dit")
        stays = freja.note(citizen, "Opdigtet: det bliver")
        world.converged(freja, karim)
        karim.edit("goal", goal, title=f"{SECRET} sent")
        quarantined(world, karim, citizen)
        assert everything(world.engine).count(SECRET) >= 8

        assert sorted(record.kind for record in world.erase(goal)) == ["conflict", "goal", "quarantined", "step"]
        assert len(world.erase(contact)) == 2
        assert SECRET not in everything(world.engine)
        assert world.records()[stays].fields["own_words"] == "Opdigtet: det bliver"

    def test_what_waits_to_belong_to_it_goes_and_is_told_to_nobody(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """A step that came too late, for a goal that is erased before anybody has decided."""
        goal = freja.aim(citizen, "Opdigtet mål")
        world.converged(freja, karim)
        a_step(karim, citizen, goal, f"{SECRET} skridt")
        quarantined(world, karim, citizen)
        freja.sync()
        [waits] = freja.rows(["quarantined"])
        world.erase(goal)
        assert SECRET not in everything(world.engine)
        freja.sync()
        assert freja.rows(["quarantined"]) == {} and world.records()[waits].deleted

    def test_what_waits_to_change_what_itself_waits_goes_too(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """A step for the goal, edited and taken back: the edit names the step alone, which is nowhere yet."""
        goal = freja.aim(citizen, "Opdigtet mål")
        world.converged(freja, karim)
        step = a_step(karim, citizen, goal, f"{SECRET} skridt")
        karim.edit("step", step, text=f"{SECRET} rettet")
        karim.void("step", step, f"{SECRET} grund")
        quarantined(world, karim, citizen)
        freja.sync()
        assert SECRET in all_on(freja) and SECRET in all_on(karim)
        world.erase(goal)
        assert SECRET not in everything(world.engine)
        freja.sync(), karim.sync()
        assert SECRET not in all_on(freja) and SECRET not in all_on(karim)

    def test_what_was_left_out_goes_with_what_it_would_have_belonged_to(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """A step that came too late and was not taken along stays readable, until its goal is erased."""
        goal = freja.aim(citizen, "Opdigtet mål")
        world.converged(freja, karim)
        a_step(karim, citizen, goal, f"{SECRET} skridt")
        quarantined(world, karim, citizen)
        freja.sync()
        [waits] = freja.rows(["quarantined"])
        world.office.reject(waits, world.leader, RejectReason.OUTDATED, "")
        assert SECRET in everything(world.engine)
        world.erase(goal)
        assert SECRET not in everything(world.engine)
        freja.sync()
        assert freja.rows(["quarantined"]) == {}

    def test_work_that_waits_can_be_erased_by_itself(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        karim.note(citizen, f"{SECRET} sent")
        quarantined(world, karim, citizen)
        freja.sync()
        [waits] = freja.rows(["quarantined"])
        assert SECRET in all_on(karim)
        world.erase(waits)
        assert SECRET not in everything(world.engine) and world.office.quarantine() == []
        freja.sync(), karim.sync()
        assert SECRET not in all_on(freja) and SECRET not in all_on(karim)

    def test_only_that_there_was_something_is_left(self, world: World, freja: Device, citizen: str) -> None:
        contact = freja.note(citizen, SECRET)
        freja.sync()
        before = world.records()[contact]
        world.clock.advance(hours=1)
        world.erase(contact)
        left = world.records()[contact]
        assert (left.fields, left.base, left.by, left.devices, left.void, left.author) == ({}, {}, {}, {}, None, None)
        assert (left.kind, left.scope, left.deleted, left.at) == ("contact", before.scope, True, world.now())
        assert left.seq > before.seq

    def test_the_audit_tells_who_and_on_which_ground(self, world: World, freja: Device, citizen: str) -> None:
        contact = freja.note(citizen, SECRET)
        freja.sync()
        world.office.erase_record(contact, world.leader, Ground.MISTAKE)
        [told] = audited(world, "erase")
        assert (told.worker, told.record, told.kind, told.why) == (world.leader, contact, "contact", "mistake")
        assert (told.scope, told.at) == (citizen_scope(citizen), world.now())

    def test_once_more_is_no_second_erasure(self, world: World, freja: Device, citizen: str) -> None:
        contact = freja.note(citizen)
        freja.sync()
        assert world.office.erase_record(contact, world.leader, Ground.REQUEST) == 1
        seq, lines = world.records()[contact].seq, len(world.register.read())
        assert world.office.erase_record(contact, world.leader, Ground.REQUEST) == 0
        assert (world.records()[contact].seq, len(world.register.read())) == (seq, lines)
        assert len(audited(world, "erase")) == 1

    def test_a_step_of_another_citizen_stays(self, world: World, freja: Device, citizen: str) -> None:
        goal, other = freja.aim(citizen), freja.meet("Ida Opfundet")
        step = a_step(freja, other, goal, "Opdigtet: en andens skridt")
        freja.sync()
        world.erase(goal)
        assert not world.records()[step].deleted

    def test_what_cannot_be_is_refused_and_changes_nothing(self, world: World, freja: Device, citizen: str) -> None:
        freja.sync()
        [assignment] = [id for id, r in world.records().items() if r.kind == "assignment" and "team" in r.fields]
        contact = freja.note(citizen)
        freja.sync()
        before = everything(world.engine)
        for id, why in ((citizen, "a_citizen"), (assignment, "not_alone"), ("abc", "unknown_record")):
            with pytest.raises(RecordError, match=why):
                world.office.erase_record(id, world.leader, Ground.REQUEST)
        with pytest.raises(RecordError, match="unknown_citizen"):
            world.office.erase_citizen(contact, world.leader, Ground.REQUEST)
        with pytest.raises(RecordError, match="not_a_leader"):
            world.office.erase_record(contact, freja.worker, Ground.REQUEST)
        assert everything(world.engine) == before


class TestACitizen:
    def test_no_word_is_left_and_the_others_keep_theirs(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        other = freja.meet("Ida Opfundet")
        freja.note(other, "Opdigtet: om en anden")
        freja.edit("citizen", citizen, full_name=f"{SECRET} Navn", cpr="010101-0000", address=f"{SECRET} vej")
        freja.note(citizen, f"{SECRET} ord")
        freja.aim(citizen, f"{SECRET} mål")
        world.converged(freja, karim)
        karim.note(citizen, f"{SECRET} sent")
        quarantined(world, karim, citizen)
        world.erase_citizen(citizen)
        left = everything(world.engine)
        assert SECRET not in left and "Åse" not in left and "010101" not in left
        assert "Ida Opfundet" in left and "Opdigtet: om en anden" in left
        assert all(record.deleted for record in world.records([citizen_scope(citizen)]).values())

    def test_nobody_holds_them_any_more(self, world: World, freja: Device, karim: Device, citizen: str) -> None:
        ahead = world.clock().astimezone().replace(year=2030)
        world.office.assign(citizen, worker=karim.worker, from_at=ahead)
        world.erase_citizen(citizen)
        world.clock.advance(days=4_000)
        assert citizen_scope(citizen) not in world.view(freja.worker) | world.view(karim.worker)
        with pytest.raises(RecordError, match="unknown_citizen"):
            world.share(citizen)

    def test_one_entry_in_the_audit_tells_of_it(self, world: World, freja: Device, citizen: str) -> None:
        freja.note(citizen)
        freja.sync()
        world.erase_citizen(citizen)
        [told] = audited(world, "erase")
        assert (told.record, told.kind, told.worker, told.why) == (citizen, "citizen", world.leader, "request")


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


class TestDevices:
    def test_it_leaves_every_device_that_exchanges_after(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        contact = freja.note(citizen, f"{SECRET} ord")
        goal = karim.aim(citizen, f"{SECRET} mål")
        world.converged(freja, karim)
        freja.edit("goal", goal, title=f"{SECRET} mit")
        karim.edit("goal", goal, title=f"{SECRET} dit")
        world.converged(freja, karim)
        freja.edit("goal", goal, title=f"{SECRET} ikke sendt")
        with freja.store.transaction() as tx:
            drafts.keep(tx, f"step:{goal}", {"text": f"{SECRET} kladde"}, world.clock())
        assert SECRET in all_on(freja) and SECRET in all_on(karim)
        world.erase(contact)
        world.erase(goal)
        world.converged(freja, karim)
        assert SECRET not in all_on(freja) and SECRET not in all_on(karim)
        assert freja.get("citizen", citizen) is not None

    def test_a_whole_citizen_leaves_with_all_that_waits(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        freja.note(citizen, f"{SECRET} ord")
        world.converged(freja, karim)
        freja.note(citizen, f"{SECRET} ikke sendt")
        a_refused_one(freja, citizen)
        world.erase_citizen(citizen)
        world.converged(freja, karim)
        for device in (freja, karim):
            kept = device.outbox("waiting", "refused", "kept", "quarantined")
            assert not [row for row in kept if row.scope == citizen_scope(citizen)]
            assert SECRET not in all_on(device) and "Åse" not in all_on(device)

    @pytest.mark.parametrize("whole", [True, False])
    def test_one_who_had_lost_the_citizen_before_lets_go_of_what_it_keeps(
        self, world: World, karim: Device, freja: Device, citizen: str, whole: bool
    ) -> None:
        """Sent and waiting for somebody's decision, or refused: neither is in a scope that the device is sent."""
        goal = freja.aim(citizen)
        world.converged(freja, karim)
        a_refused_one(karim, citizen, goal)
        karim.client._batch = 1  # the second goes out when the citizen has left the device already
        for number in range(2):
            karim.edit("goal", goal, title=f"{SECRET} sent {number}")
        quarantined(world, karim, citizen)
        assert SECRET in all_on(karim)
        assert karim.outbox("quarantined") and karim.outbox("refused")
        world.erase_citizen(citizen) if whole else world.erase(goal)
        karim.sync()
        assert SECRET not in all_on(karim)

    def test_what_was_to_belong_to_it_leaves_its_writer_too(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """A step that waits for a decision, of a worker who has the citizen no longer; and one that was refused."""
        goal = freja.aim(citizen, "Opdigtet mål")
        world.converged(freja, karim)
        a_step(karim, citizen, goal, f"{SECRET} sent")
        quarantined(world, karim, citizen)
        refused = a_step(freja, citizen, goal, f"{SECRET} afvist")
        with freja.store.transaction() as tx:
            [operation] = outbox.open_on(tx, [refused])
            outbox.settle(tx, [Ack(ack=operation.op, result="refused", why="not_storable")])
        assert SECRET in all_on(karim) and SECRET in all_on(freja)
        world.erase(goal)
        freja.sync(), karim.sync()
        assert SECRET not in all_on(karim) and SECRET not in all_on(freja)

    def test_of_a_whole_citizen_one_row_and_their_notices_are_told_to_those_who_had_them(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        for _ in range(5):
            freja.note(citizen)
        world.converged(freja, karim)
        heard = len(karim.way.answers)
        world.clock.advance(minutes=1)
        world.erase_citizen(citizen)
        karim.sync()
        rows = [row for answer in karim.way.answers[heard:] for row in answer.rows]
        assert [row.id for row in rows if row.row == "citizen"] == [citizen]
        assert sorted(row.row for row in rows) == ["citizen", "notice"], "what they were told of the citizen goes too"
        assert all(row.deleted and not row.fields for row in rows)
        before = len(karim.way.answers)
        karim.sync()
        assert [answer.rows for answer in karim.way.answers[before:]] == [[]]

    def test_a_stranger_is_told_nothing(self, world: World, freja: Device, citizen: str) -> None:
        stranger = world.device(world.worker("Søren Opfundet"))
        freja.note(citizen)
        freja.sync()
        world.erase_citizen(citizen)
        stranger.sync()
        assert [row for answer in stranger.way.answers for row in answer.rows] == []


def a_refused_one(device: Device, citizen: str, goal: str | None = None) -> None:
    """An operation that the server refuses, so that it stays on the device for the worker to see."""
    fields = {"title": SECRET, "from_2031": 1} if goal else {"own_words": SECRET, "from_2031": 1}
    kind, do, id = ("goal", "change", goal) if goal else ("contact", "add", str(uuid7()))
    with device.store.transaction() as tx:
        operation = Operation(
            op=str(uuid7()), do=do, kind=kind, id=id, scope=citizen_scope(citizen), fields=fields,
            at=device.clock(),
        )  # fmt: skip
        outbox.put(tx, operation)
    device.sync()
    assert [row.op for row in device.outbox("refused")] == [operation.op]


class TestLate:
    """A device that was away while it was erased."""

    def test_whatever_is_about_it_is_gone(self, world: World, freja: Device, karim: Device, citizen: str) -> None:
        goal, contact = freja.aim(citizen), freja.note(citizen)
        attempt = freja.add(
            AttemptRow(occurred_at=world.clock(), way="call", outcome="no_answer", scope=citizen_scope(citizen))
        )
        world.converged(freja, karim)
        karim.edit("goal", goal, title=SECRET)
        karim.void("contact", contact, SECRET)
        a_step(karim, citizen, goal, SECRET)
        karim.note(citizen, SECRET, corrects=contact)
        for id in (goal, contact, attempt):
            world.erase(id)
        karim.add(
            AttemptRow(
                occurred_at=world.clock(), way="call", outcome="talked", corrects=attempt, scope=citizen_scope(citizen)
            )
        )
        progress = karim.add(
            ProgressRow(text="Opdigtet", noted_on=world.clock().date(), goal=goal, scope=citizen_scope(citizen))
        )
        assert results(karim) == ["gone"] * 5 + ["refused"]
        assert [row.record for row in karim.outbox("waiting", "refused", "kept")] == [progress]
        assert SECRET not in everything(world.engine) + all_on(karim)

    def test_whatever_is_about_an_erased_citizen_is_gone(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        goal = freja.aim(citizen)
        world.converged(freja, karim)
        karim.note(citizen, SECRET)
        karim.edit("citizen", citizen, known_as=SECRET)
        a_step(karim, citizen, goal, SECRET)
        karim.edit("goal", goal, title=SECRET)
        new = karim.aim(citizen, SECRET)
        a_step(karim, citizen, new, SECRET)
        world.erase_citizen(citizen)
        assert results(karim) == ["gone"] * 6
        assert SECRET not in everything(world.engine) + all_on(karim)

    def test_one_sent_again_because_its_answer_was_lost_comes_to_nothing(
        self, world: World, freja: Device, karim: Device
    ) -> None:
        """The birth itself, and what was written with it: the device had not heard that it had arrived."""
        born = freja.meet(SECRET)
        freja.note(born, SECRET)
        freja.befall(lost_answer).fails()
        world.erase_citizen(born)
        freja.sync()
        assert SECRET not in everything(world.engine) + all_on(freja)
        assert freja.outbox("waiting", "refused") == []

    def test_a_birth_offered_again_after_a_restore_is_no_birth(
        self, world: World, freja: Device, karim: Device
    ) -> None:
        backup = Backup(world)
        born = freja.meet(SECRET)
        freja.note(born, SECRET)
        freja.sync()
        world.erase_citizen(born)
        backup.restore()
        freja.client.exchange()  # a new epoch
        assert [row.do for row in freja.outbox()] == ["add", "add"]
        assert results(freja) == ["gone", "gone"]
        assert SECRET not in everything(world.engine) + all_on(freja)
        with Session(world.engine) as session:
            assert not session.exec(select(Assignment).where(Assignment.citizen == born)).all()

    def test_a_phone_that_never_knew_them_is_told_the_same(self, world: World, freja: Device, citizen: str) -> None:
        stranger = world.device(world.worker("Søren Opfundet"))
        with stranger.store.transaction() as tx:
            fields = {"occurred_at": world.clock().isoformat(), "mode": "met", "own_words": SECRET}
            outbox.put(tx, an_operation(citizen=citizen, fields=fields))
        assert results(stranger) == ["waits"]
        world.erase_citizen(citizen)
        assert results(stranger) == ["gone"]

    def test_what_is_erased_cannot_be_claimed_for_another_citizen(
        self, world: World, freja: Device, citizen: str
    ) -> None:
        goal, other = freja.aim(citizen), freja.meet("Ida Opfundet")
        freja.sync()
        world.erase(goal)
        with freja.store.transaction() as tx:
            outbox.put(tx, an_operation("change", "goal", id=goal, citizen=other, fields={"title": SECRET}))
            fields = {"dimension": "home", "title": SECRET}
            outbox.put(tx, an_operation("add", "goal", id=goal, citizen=other, fields=fields))
        assert results(freja) == ["refused", "refused"]


def results(device: Device) -> list[str]:
    """What the next exchange says of each operation that waits."""
    order = [row.op for row in device.outbox()]
    said: dict[str, str] = {}

    def listen(deliver: Deliver) -> ExchangeAnswer:
        answer = deliver()
        said.update({ack.ack: ack.result for ack in answer.acks})
        return answer

    device.befall(*[listen] * 4).sync()
    device.way.mishaps.clear()
    return [said[op] for op in order]


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
