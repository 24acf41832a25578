"""The acceptance tests of the invariants that are about sending, by their numbers; over real vaults and server."""

import itertools
import json
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.actions import citizens, conflicts, contacts, drafts, goals, timeline
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.outbox import waiting
from fieldapp.actions.sending import Sending
from fieldapp.demo import PIN, NoPlatform, Phone
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.values import Support
from fieldapp.server.tables import Record
from fieldapp.store import incoming
from fieldapp.store.bookkeeping import UnknownRow
from fieldapp.store.tables import ContactRow
from fieldapp.sync import status
from fieldapp.texts import use_language
from fieldapp.views import sync_words
from fieldapp.wire import ExchangeAnswer, ExchangeRequest, Operation, SyncServer
from tests.desks import a_row
from tests.examples import NOW, an_id
from tests.server.people import Clock as ServerClock
from tests.server.people import a_birth, a_change, a_known_phone, an_add
from tests.sync.parts import Device, Way, World, lost_request


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> Iterator[World]:
    use_language("da")
    world = World(engine, tmp_path)
    yield world
    world.close()


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def karim(world: World) -> Device:
    return world.colleague("Karim Opfundet")


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    """A citizen whom both have on their phones, and who is both their own."""
    citizen = freja.meet()
    freja.sync()
    world.share(citizen)
    freja.sync(), karim.sync()
    return citizen


def desk(device: Device) -> Desk:
    return Desk(device.store, device.worker, "Freja Opfundet", device.clock)


def support(device: Device, citizen: str) -> Support:
    page = citizens.read(desk(device), citizen)
    assert page is not None
    return page.standing.support


# ---- 2: a record that says "closed" closes nobody


CLAIMS: dict[str, dict[str, Any]] = {
    "a status nobody keeps": {"kind": "citizen", "fields": {"known_as": "Åse", "status": "closed"}},
    "a kind that is none": {"kind": "support_status", "fields": {"status": "closed"}},
    "a closing by nobody": {"kind": "closing", "fields": {"on": "2026-11-24", "ground": "own_wish"}, "author": ""},
    "a closing without a ground": {"kind": "closing", "fields": {"on": "2026-11-24"}},
    "a closing for silence": {"kind": "closing", "fields": {"on": "2026-11-24", "ground": "not_found"}},
    "a closing before the replacement has begun": {
        "kind": "closing",
        "fields": {"on": "2026-11-24", "ground": "replacement", "replacement_starts_on": "2026-11-25"},
    },
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_acceptance_02_a_record_that_claims_the_end_closes_nobody(freja: Device, citizen: str, claim: str) -> None:
    said = CLAIMS[claim] | {}
    kind, author = said["kind"], said.get("author", freja.worker)
    row = a_row(kind, citizen, author=author, id=citizen if kind == "citizen" else an_id(), **said["fields"])
    with freja.store.transaction() as session:
        incoming.take_in(session, [row])
    assert support(freja, citizen) is Support.ACTIVE
    kept = [each["fields"] for each in freja.rows(["citizen", "closing"]).values()]
    with freja.store.reading() as session:
        kept += [each.body["fields"] for each in session.exec(select(UnknownRow))]
    assert row.fields in kept, "it is not thrown away: somebody may have to look at it"


def test_acceptance_02_no_phone_can_send_a_status(world: World, freja: Device, citizen: str) -> None:
    phone = a_known_phone(world.server, ServerClock(), freja.worker)
    assert phone.send_one(a_change(citizen, citizen, {"status": "closed"})) == "refused: unknown_field"
    assert phone.send_one(an_add("support_status", citizen, {"status": "closed"})) == "refused: unknown_kind"
    freja.sync()
    assert support(freja, citizen) is Support.ACTIVE


# ---- 12: to log out is to lock


async def test_acceptance_12_log_out_with_twelve_unsent_is_a_lock_that_loses_nothing(
    world: World, tmp_path: Path
) -> None:
    worker = world.worker("Freja Opfundet", world.team)
    way = Way(world.server)
    phone = Phone(tmp_path / "phone", practice=True, connect=lambda _address: way, clock=world.clock)
    app = await phone.app(NoPlatform())
    await app.enrol("http://127.0.0.1:1", world.office.make_code(worker))
    await app.choose_secret(PIN)
    await app.sync_now()
    way.mishaps = deque([lost_request] * 99)  # no network from here on

    assert app.desk is not None
    citizen = citizens.add(app.desk, citizens.NewCitizen(known_as="Ægir Opfundet", met=False)).citizen
    for number in range(11):
        contacts.note(app.desk, citizen, ContactForm(own_words=f"Opfundne ord {number}"))
    drafts.keep(app.desk, f"contact:{citizen}", drafts.values_of(ContactForm(own_words="Midt i en sætn")))
    before = [(line.record, line.since) for line in waiting(app.desk)]

    app.lock()
    await app.closed()
    assert (app.state, app.unsent, app.desk) == ("locked", 12, None)
    files = b"".join(path.read_bytes() for path in sorted((tmp_path / "phone").rglob("*")) if path.is_file())
    assert b"Opfundne ord" not in files and "Ægir".encode() not in files

    app = await phone.app(NoPlatform())  # as after a restart
    assert app.unsent == 12, "the bare number is there before it is unlocked"
    await app.unlock(PIN)
    assert app.desk is not None
    assert [(line.record, line.since) for line in waiting(app.desk)] == before
    kept = drafts.read(app.desk, f"contact:{citizen}")
    assert kept is not None and kept.values["own_words"] == "Midt i en sætn"

    way.mishaps.clear()
    await app.sync_now()
    assert app.sending.waiting == 0 and app.unsent == 0
    told = {record.fields.get("own_words") for record in world.records([citizen_scope(citizen)]).values()}
    assert {f"Opfundne ord {number}" for number in range(11)} <= told
    app.lock()
    await app.closed()


# ---- 13: two phones, one goal


@pytest.mark.parametrize("first_to_send", ["freja", "karim"])
@pytest.mark.parametrize("first_to_write", ["freja", "karim"])
def test_acceptance_13_two_phones_edit_the_same_goal_offline(
    world: World, freja: Device, karim: Device, citizen: str, first_to_write: str, first_to_send: str
) -> None:
    """The four orders of Tangerine #2484 and Primero #508: who wrote first, and who was sent first."""
    phones = {"freja": freja, "karim": karim}
    goal = freja.aim(citizen, "Opdigtet: min egen dør")
    world.converged(freja, karim)
    others = {"freja": "karim", "karim": "freja"}
    for name in (first_to_write, others[first_to_write]):
        phones[name].edit("goal", goal, title=f"Skrevet af {name}")
        world.clock.advance(minutes=1)
    last_to_send = others[first_to_send]
    for name in (first_to_send, last_to_send):
        phones[name].sync()
    world.converged(freja, karim)

    for phone in phones.values():
        assert phone.get("goal", goal).title == f"Skrevet af {last_to_send}"
        assert status.read(phone.store).state == "needs_you"
        [both] = conflicts.read(desk(phone))
        assert {both.mine, both.theirs} == {"Skrevet af freja", "Skrevet af karim"}
        assert [g.two_versions for g in goals.read(desk(phone), citizen)] == [True]
    [both] = conflicts.read(desk(freja))
    assert (both.mine, both.own) == ("Skrevet af freja", True)

    conflicts.resolve(desk(freja), both.id, "mine")
    world.converged(freja, karim)
    for phone in phones.values():
        assert phone.get("goal", goal).title == "Skrevet af freja"
        assert conflicts.read(desk(phone)) == () and status.read(phone.store).state == "there"
        assert json.loads(phone.conflicts()[0].kept or "") == f"Skrevet af {first_to_send}", "no text is thrown away"


# ---- 14: two contacts


@pytest.mark.parametrize("first_to_send", ["freja", "karim"])
def test_acceptance_14_two_workers_log_contacts_on_the_same_citizen_offline(
    world: World, freja: Device, karim: Device, citizen: str, first_to_send: str
) -> None:
    hers = freja.note(citizen, "Frejas samtale")  # at nine
    world.clock.advance(hours=1)
    scope = citizen_scope(citizen)
    earlier = ContactRow(occurred_at=NOW - timedelta(hours=2), mode="talked", own_words="Karims samtale", scope=scope)
    his = karim.add(earlier)  # written later, about what happened earlier
    order = [freja, karim] if first_to_send == "freja" else [karim, freja]
    for phone in order:
        phone.sync()
    world.converged(freja, karim)
    for phone in (freja, karim):
        told = timeline.timeline(desk(phone), citizen)
        assert [moment.id for moment in told] == [hers, his], "newest first, by when it happened"
        assert [moment.own_words for moment in told] == ["Frejas samtale", "Karims samtale"]
        assert phone.conflicts() == []


# ---- 15: any packet order


def packets(citizen: str) -> list[Operation]:
    """A citizen made offline with a contact, a goal and a consent; a packet each."""
    met = {"occurred_at": NOW.isoformat(), "mode": "met", "own_words": "Opfundne ord"}
    said = {"given_on": "2026-11-24", "answer": "yes", "how": "orally", "to": "Opfundet afsnit 4", "about": "hospital"}
    return [
        a_birth(citizen, known_as="Ægir Opfundet"),
        an_add("contact", citizen, met),
        an_add("goal", citizen, {"dimension": "housing", "title": "En opfundet stol"}),
        an_add("consent", citizen, said),
    ]


def test_acceptance_15_a_citizen_made_offline_arrives_equal_in_every_packet_order(world: World, freja: Device) -> None:
    phone = a_known_phone(world.server, ServerClock(), freja.worker)
    ends = []
    for order in itertools.permutations(range(4)):
        citizen = an_id()
        sent = packets(citizen)
        left = deque(sent[place] for place in order)
        for _packet in range(20):
            if not left:
                break
            operation = left.popleft()
            [ack] = phone.send(operation)
            [again] = phone.send(operation)  # doubled on the way
            assert ack.result in ("ok", "waits") and ack == again
            if ack.result == "waits":
                left.append(operation)
        assert not left, "it ends"
        with Session(world.engine) as session:
            stored = session.exec(select(Record).where(Record.scope == citizen_scope(citizen))).all()
        ends.append(sorted((r.kind, json.dumps(r.fields, sort_keys=True)) for r in stored if r.kind != "assignment"))
        assert [r.kind for r in stored].count("assignment") == 1
    assert len(ends) == 24 and all(end == ends[0] for end in ends)
    assert [kind for kind, _fields in ends[0]] == ["citizen", "consent", "contact", "goal"]


# ---- 16: a server that says yes and drops one


class Forgetful:
    """A server that answers 200, and has dropped one of what it was sent."""

    def __init__(self, server: SyncServer) -> None:
        self.server = server
        self.drops: str | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.server, name)

    def exchange(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        kept = [operation for operation in request.operations if operation.id != self.drops]
        return self.server.exchange(token, request.model_copy(update={"operations": kept}))


def test_acceptance_16_the_server_says_yes_and_drops_one_and_the_count_stays_and_says_so(
    world: World, citizen: str, freja: Device
) -> None:
    forgetful = Forgetful(world.server)
    freja.way.server = forgetful  # type: ignore[assignment]
    world.clock.advance(minutes=1)
    written = [freja.note(citizen, f"Opfundet {number}") for number in range(3)]
    forgetful.drops = written[1]
    world.clock.advance(minutes=1)
    freja.sync()

    told = status.read(freja.store)
    assert (told.state, told.waiting, told.left_over, told.why) == ("waiting", 1, 1, None)
    sending = Sending(**vars(told))
    assert sync_words.line(sending, world.clock()) == "Gemt på telefonen. 1 er ikke modtaget endnu."
    assert sync_words.whole_story(sending, world.clock()) == (
        "Venter siden i dag kl. 9.01. "
        "Serveren svarede, men har ikke taget imod det. Det ligger stadig på telefonen og sendes igen."
    )
    assert [line.record for line in waiting(desk(freja))] == [written[1]]

    freja.sync()
    assert status.read(freja.store).waiting == 1, "however often it says yes"
    forgetful.drops = None
    freja.sync()
    assert status.read(freja.store).state == "there" and set(written) <= set(world.records())


def test_what_is_written_after_the_last_exchange_is_not_said_to_have_been_dropped(
    world: World, citizen: str, freja: Device
) -> None:
    world.clock.advance(minutes=1)
    freja.note(citizen)
    told = status.read(freja.store)
    assert (told.state, told.waiting, told.left_over) == ("here", 1, 0)
