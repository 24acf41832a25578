"""An erasure on the phones, and what they send too late about what is erased."""

import pytest
from sqlmodel import Session, select
from uuid6 import uuid7

from fieldapp.domain.access import citizen_scope
from fieldapp.server.tables import Assignment
from fieldapp.store import drafts, outbox
from fieldapp.store.tables import AttemptRow, ProgressRow
from fieldapp.wire import Ack, ExchangeAnswer, Operation
from tests.examples import an_operation
from tests.server.erased import a_step
from tests.server.erased import citizen as citizen
from tests.server.erased import freja as freja
from tests.server.erased import karim as karim
from tests.server.keeping import all_on, everything, quarantined
from tests.sync.parts import Backup, Deliver, Device, World, lost_answer

SECRET = "Hemmeligt"


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
