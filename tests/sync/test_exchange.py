"""What one device writes the others get, if they may; and both texts survive when two write at once."""

import json

import pytest
from sqlmodel import Session, select

from fieldapp.domain.access import citizen_scope
from fieldapp.errors import ProtocolFault
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Device as ServersDevice
from fieldapp.server.tables import Quarantine
from fieldapp.store import conflicts, outbox
from fieldapp.store.tables import StepRow
from fieldapp.wire import ExchangeAnswer, ExchangeRequest, Operation
from tests.examples import an_id
from tests.sync.parts import Device, World, lost_answer, lost_request, meanwhile


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    """A citizen whom the whole team has, on both their devices."""
    citizen = freja.meet()
    freja.sync()
    world.share(citizen)
    freja.sync()
    karim.sync()
    return citizen


def test_what_one_writes_the_other_of_the_team_gets_and_the_stranger_does_not(
    world: World, freja: Device, karim: Device, stranger: Device
) -> None:
    citizen = freja.meet()
    contact = freja.note(citizen)
    freja.sync()
    world.share(citizen)
    karim.sync()
    stranger.sync()
    assert karim.get("contact", contact).own_words == "Opdigtet: vi talte om kaffe"
    assert stranger.get("citizen", citizen) is None
    assert citizen_scope(citizen) not in stranger.state().view
    world.converged()


def test_what_nobody_changed_costs_one_small_round(world: World, freja: Device) -> None:
    freja.sync()
    before = len(freja.way.requests)
    outcome = freja.sync()
    assert (outcome.sent, outcome.taken, outcome.more, outcome.next_in) == (0, 0, False, 300)
    assert len(freja.way.requests) == before + 1


def test_the_same_field_set_offline_by_two_keeps_both_texts_everywhere(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    goal = freja.aim(citizen, "Opdigtet: min egen dør")
    world.converged(freja, karim)
    freja.edit("goal", goal, title="Freja skrev dette")
    karim.edit("goal", goal, title="Karim skrev dette")
    freja.sync()
    karim.sync()
    world.converged(freja, karim)
    assert freja.get("goal", goal).title == "Karim skrev dette"
    [conflict] = freja.conflicts()
    assert json.loads(conflict.kept) == "Freja skrev dette"
    assert (conflict.stored_by, conflict.kept_by) == (karim.worker, freja.worker)
    assert [c.id for c in karim.conflicts()] == [conflict.id]


@pytest.mark.parametrize("meanwhile_sent", [True, False])
def test_who_writes_on_before_seeing_what_they_displaced_hides_it_from_nobody(
    world: World, freja: Device, karim: Device, citizen: str, meanwhile_sent: bool
) -> None:
    goal = freja.aim(citizen, "Opdigtet: min egen dør")
    world.converged(freja, karim)
    freja.edit("goal", goal, title="Freja skrev dette")
    freja.sync()
    karim.edit("goal", goal, title="Karim skrev")
    if meanwhile_sent:
        karim.befall(lost_answer).fails()
    karim.edit("goal", goal, title="Karim skrev dette")
    world.converged(freja, karim)
    for device in (freja, karim):
        assert device.get("goal", goal).title == "Karim skrev dette"
        with device.store.reading() as tx:
            [both] = conflicts.undecided(tx)
        assert (json.loads(both.stored), json.loads(both.kept)) == ("Karim skrev dette", "Freja skrev dette")


def test_different_fields_set_offline_by_two_both_stand(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    freja.edit("citizen", citizen, phone="00000001")
    karim.edit("citizen", citizen, known_places="Opdigtet café")
    world.converged(freja, karim)
    shown = karim.get("citizen", citizen)
    assert (shown.phone, shown.known_places) == ("00000001", "Opdigtet café")
    assert freja.conflicts() == []


def test_a_guarded_field_keeps_what_was_stored_on_both_devices(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    freja.edit("citizen", citizen, cpr="010190-0000")
    karim.edit("citizen", citizen, cpr="020290-0000")
    freja.sync()
    karim.sync()
    assert karim.get("citizen", citizen).cpr == "010190-0000"
    assert json.loads(karim.conflicts()[0].kept) == "020290-0000"
    world.converged(freja, karim)


def test_a_record_taken_back_by_two_gives_the_same_reason_on_both(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    contact = freja.note(citizen)
    world.converged(freja, karim)
    freja.void("contact", contact, "Frejas grund")
    karim.void("contact", contact, "Karims grund")
    world.converged(freja, karim)
    assert karim.get("contact", contact).void_reason == "Frejas grund"


def test_what_the_server_leaves_as_it_was_is_shown_as_it_was(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    """Written while the other's version was on its way here: the server has nothing new to send afterwards."""
    contact = freja.note(citizen)
    world.converged(freja, karim)
    freja.edit("citizen", citizen, cpr="010190-0000")
    freja.void("contact", contact, "Frejas grund")
    freja.sync()

    def write() -> None:
        karim.edit("citizen", citizen, cpr="020290-0000")
        karim.void("contact", contact, "Karims grund")

    karim.befall(meanwhile(write)).client.exchange()
    assert karim.get("citizen", citizen).cpr == "020290-0000"
    world.converged(freja, karim)
    assert karim.get("citizen", citizen).cpr == "010190-0000"
    assert karim.get("contact", contact).void_reason == "Frejas grund"


def test_edits_of_one_device_in_a_row_are_no_conflict_with_themselves(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    for phone in ("00000001", "00000002", "00000003"):
        freja.edit("citizen", citizen, phone=phone)
    freja.befall(lost_answer).fails()
    freja.edit("citizen", citizen, phone="00000004")
    world.converged(freja, karim)
    assert karim.get("citizen", citizen).phone == "00000004"
    assert karim.conflicts() == []


def test_what_is_written_while_the_answer_is_on_its_way_is_sent_and_stays(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    written: list[str] = []
    freja.befall(meanwhile(lambda: written.append(freja.note(citizen, "Opdigtet: skrevet imens"))))
    freja.client.exchange()
    assert [row.record for row in freja.outbox()] == written
    world.converged(freja, karim)
    assert karim.get("contact", written[0]).own_words == "Opdigtet: skrevet imens"


def test_one_run_also_sends_what_was_written_during_it(world: World, freja: Device, citizen: str) -> None:
    freja.befall(meanwhile(lambda: freja.note(citizen)))
    assert freja.sync().sent == 1
    assert freja.outbox() == []


def test_an_own_edit_stays_on_screen_until_the_answer_that_acknowledges_it(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    karim.edit("citizen", citizen, phone="00000009")
    karim.sync()
    freja.befall(meanwhile(lambda: freja.edit("citizen", citizen, phone="00000001")))
    freja.client.exchange()
    assert freja.get("citizen", citizen).phone == "00000001"
    world.converged(freja, karim)
    assert karim.get("citizen", citizen).phone == "00000001"
    assert json.loads(karim.conflicts()[0].kept) == "00000009"


def test_a_citizen_lost_leaves_the_device_but_what_is_unsent_reaches_the_server(
    world: World, freja: Device, citizen: str
) -> None:
    late = freja.note(citizen, "Opdigtet: usendt da tildelingen sluttede")
    world.clock.advance(minutes=1)
    lose(world, citizen)
    world.clock.advance(minutes=1)
    freja.befall(lost_request).fails()
    assert freja.get("contact", late) is not None
    freja.sync()
    assert freja.rows().keys().isdisjoint({citizen, late})
    assert freja.outbox() == []
    assert late in world.records()  # it could not know


def test_what_is_written_after_a_citizen_was_lost_goes_to_the_new_responsible(
    world: World, freja: Device, citizen: str
) -> None:
    world.clock.advance(minutes=1)
    lose(world, citizen)
    world.clock.advance(minutes=1)
    freja.befall(lost_answer).fails()
    world.clock.advance(minutes=1)
    late = freja.note(citizen)
    freja.sync()
    assert freja.outbox() == []
    assert freja.get("contact", late) is None
    with Session(world.engine) as tx:
        assert [kept.operation["id"] for kept in tx.exec(select(Quarantine))] == [late]


def told(device: Device) -> list[str]:
    return [row["fields"]["what"] for row in device.rows(["notice"]).values()]


def lose(world: World, citizen: str) -> None:
    for assignment in world.office.assignments():
        if assignment.citizen == citizen:
            world.office.end_assignment(assignment.id)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_a_citizen_born_offline_arrives_whole_however_the_batch_is_cut(
    world: World, freja: Device, karim: Device, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("fieldapp.sync.client.MAX_OPERATIONS", size)
    freja.start_again()
    citizen = freja.meet()
    goal = freja.aim(citizen)
    step = StepRow(goal=goal, text="Opdigtet: ring til udlejer", scope=citizen_scope(citizen))
    freja.add(step)
    freja.note(citizen)
    freja.client.exchange()  # killed after one batch
    freja.start_again()
    freja.sync()
    assert {len(request.operations) for request in freja.way.requests} <= {size, 4 % size, 0}
    world.share(citizen)
    world.converged(freja, karim)
    assert karim.get("step", step.id).goal == goal


def test_a_batch_is_never_larger_than_a_request_may_be(world: World, freja: Device) -> None:
    citizen = freja.meet()
    for number in range(70):
        freja.note(citizen, f"{number}: " + "æ" * 7_900)
    freja.sync()
    assert [len(request.operations) for request in freja.way.requests if request.operations] == [56, 15]
    world.converged()


def left_on(world: World, device: Device) -> int | None:
    """As many operations as the server thinks."""
    with Session(world.engine) as session:
        return session.get_one(ServersDevice, device.enrolled.device).waiting


def test_a_poison_operation_blocks_nothing_and_stays_visible(world: World, freja: Device, karim: Device) -> None:
    citizen = freja.meet()
    poison = Operation(
        op=an_id(),
        do="add",
        kind="contact",
        id=an_id(),
        scope=citizen_scope(citizen),
        fields={"occurred_at": "i går"},
        at=world.clock(),
    )
    with freja.store.transaction() as tx:
        outbox.put(tx, poison)
    contact = freja.note(citizen)
    freja.sync()
    assert freja.outbox() == []
    assert [(row.op, row.why) for row in freja.outbox("refused")] == [(poison.op, "malformed")]
    assert left_on(world, freja) == 1
    world.share(citizen)
    karim.sync()
    assert karim.get("contact", contact) is not None


def test_operations_that_must_wait_do_not_stop_those_behind_them(
    world: World, freja: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.client.MAX_OPERATIONS", 2)
    freja.start_again()
    unborn = an_id()
    early = [freja.note(unborn) for _ in range(3)]
    citizen = freja.meet()
    outcome = freja.sync()
    assert outcome.more is False
    assert citizen in world.records()
    assert [row.record for row in freja.outbox()] == early
    assert left_on(world, freja) == 3


def test_an_erased_record_leaves_the_device_with_all_that_is_about_it(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    goal = freja.aim(citizen)
    world.converged(freja, karim)
    karim.edit("goal", goal, title="Opdigtet: på vej da det blev slettet")
    world.erase(goal)
    karim.sync()
    assert karim.get("goal", goal) is None
    assert karim.outbox("waiting", "refused", "kept") == []
    world.converged(freja, karim)


def test_a_request_the_server_finds_too_large_is_halved_until_it_is_not(world: World, freja: Device) -> None:
    small = Small(world, most=3)
    freja.way.server = small
    citizen = freja.meet()
    for _ in range(20):
        freja.note(citizen)
    freja.sync()
    assert freja.outbox() == []
    assert small.refused == [21, 10, 5]


def test_a_single_operation_that_is_too_large_waits_and_blocks_nothing(world: World, freja: Device) -> None:
    citizen = freja.meet()
    freja.sync()
    whale = freja.note(citizen, "Opdigtet: " + "æ" * 7_000)
    contact = freja.note(citizen)
    freja.way.server = Small(world, most=500, largest=5_000)
    freja.sync()
    assert [row.record for row in freja.outbox()] == [whale]
    assert contact in world.records()


class Small(InProcessServer):
    """A server behind something that takes only small requests: so many operations, of so many characters."""

    def __init__(self, world: World, most: int, largest: int = 10**6) -> None:
        super().__init__(world.engine, world.server.clock)
        self._most, self._largest = most, largest
        self.refused: list[int] = []

    def exchange(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        sizes = [len(operation.model_dump_json()) for operation in request.operations]
        if len(sizes) > self._most or max(sizes, default=0) > self._largest:
            self.refused.append(len(sizes))
            raise ProtocolFault("too_large")
        return super().exchange(token, request)
