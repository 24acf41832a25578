"""Apps and servers of different ages: no note is stranded, nothing unknown is blanked, and the worker is told."""

from dataclasses import asdict

import pytest

from fieldapp.actions.sending import Sending
from fieldapp.domain.access import citizen_scope
from fieldapp.errors import VersionMismatch
from fieldapp.sync import status
from fieldapp.texts import use_language
from fieldapp.views import sync_words
from fieldapp.wire import SCHEMA, ExchangeRequest
from tests.planted import update_apps, upgrade
from tests.server.people import a_change, a_known_phone
from tests.sync.parts import Backup, Device, World


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    citizen = freja.meet(phone="00 11", full_name="Åse Mia Opfundet")
    freja.aim(citizen)
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    return citizen


def goal_of(device: Device) -> str:
    return next(id for id, row in device.rows().items() if row["kind"] == "goal")


def said(device: Device) -> str:
    use_language("en")
    words = sync_words.why_waiting(Sending(**asdict(status.read(device.store))))
    use_language("da")
    return words


def newer_colleague(world: World, citizen: str, record: str, kind: str, schema: int, **fields: object) -> None:
    """Somebody of the team with a newer app sets fields."""
    phone = a_known_phone(world.server, world.clock, world.worker("Bent Opfundet", world.team))  # type: ignore[arg-type]
    while phone.exchange(schema_=schema).more:
        pass
    base = {name: phone.rows[record].base.get(name, 0) for name in fields}
    [ack] = phone.exchange(a_change(record, citizen, fields, base, kind=kind), schema_=schema).acks
    assert ack.result == "ok"


def test_an_older_app_keeps_what_it_does_not_know_and_its_edits_leave_it(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = goal_of(freja)
    upgrade(world.server, SCHEMA + 1, monkeypatch, SCHEMA)
    newer_colleague(world, citizen, goal, "goal", SCHEMA + 1, colour="blue", outcome="a_word_of_tomorrow")
    freja.sync()
    row = freja.get("goal", goal)
    assert (row.more, row.outcome) == ({"colour": "blue"}, "a_word_of_tomorrow")
    freja.edit("goal", goal, title="Opdigtet: et andet mål")
    assert freja.get("goal", goal).more == {"colour": "blue"}
    freja.sync()
    stored = world.records()[goal].fields
    assert (stored["title"], stored["colour"]) == ("Opdigtet: et andet mål", "blue")
    assert stored["outcome"] == "a_word_of_tomorrow"
    assert freja.get("goal", goal).more == {"colour": "blue"}


def test_an_older_app_works_on_with_a_field_that_has_another_name_now(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(world.server, SCHEMA + 1, monkeypatch, SCHEMA)
    freja.edit("citizen", citizen, phone="00 22")
    new = freja.meet("Ida Opfundet", phone="00 33")
    freja.sync()
    karim.sync()
    assert karim.get("citizen", citizen).phone == "00 22"
    assert world.records()[new].fields["telephone"] == "00 33"
    assert freja.get("citizen", new).more == {}
    freja.edit("citizen", citizen, phone="00 44")
    karim.edit("citizen", citizen, phone="00 55")
    for device in (freja, karim, freja):
        device.sync()
    for device in (freja, karim):
        assert device.get("citizen", citizen).phone == "00 55"
        assert [row.field for row in device.conflicts()] == ["phone"]


def test_an_app_too_old_for_rows_sends_all_it_has_and_the_worker_is_told(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(world.server, SCHEMA + 4, monkeypatch, SCHEMA)
    monkeypatch.setattr("fieldapp.sync.client.MAX_OPERATIONS", 2)
    freja.forget()
    shown, since = freja.rows(), freja.state().since
    notes = [freja.note(citizen) for _ in range(5)]
    freja.sync()
    assert set(notes) <= world.records().keys() and freja.outbox() == []
    assert shown.keys() < freja.rows().keys() and freja.state().since == since
    told = status.read(freja.store)
    assert (told.why, told.detail, told.waiting) == ("version_mismatch", "app_behind", 0)
    assert said(freja) == "The app needs an update before it can get anything new. What you write is sent."

    update_apps(monkeypatch, SCHEMA + 4)
    freja.sync()
    assert status.read(freja.store).why is None
    assert freja.rows().keys() == {r.id for r in world.records(world.view(freja.worker)).values()}


def test_an_app_newer_than_the_server_works_on_and_sends_when_the_server_is_updated(
    world: World, freja: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    update_apps(monkeypatch, SCHEMA + 1)
    note = freja.note(citizen)
    before = freja.rows()
    freja.fails(VersionMismatch)
    assert (freja.rows(), len(freja.outbox())) == (before, 1)
    told = status.read(freja.store)
    assert (told.state, told.why, told.detail) == ("waiting", "version_mismatch", "server_old")
    assert said(freja).startswith("The server is older than the app. Keep working.")
    upgrade(world.server, SCHEMA + 1, monkeypatch, SCHEMA)
    freja.sync()
    assert note in world.records() and freja.outbox() == []
    assert status.read(freja.store).detail is None


def test_an_updated_app_fetches_everything_once_more_and_shows_it_meanwhile(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.answer.PIECE", 1)
    upgrade(world.server, SCHEMA + 1, monkeypatch, SCHEMA)
    before = freja.rows()
    update_apps(monkeypatch, SCHEMA + 1)
    freja.start_again()
    for _ in range(3):
        freja.killed_after(1)
        assert freja.rows().keys() == before.keys()
    freja.sync()
    assert freja.state().behind == {} and freja.state().fetched_as == SCHEMA + 1
    assert {row.id for answer in freja.way.answers for row in answer.rows} >= before.keys()
    freja.way.answers.clear()
    freja.sync()
    assert [answer.rows for answer in freja.way.answers] == [[]]


def test_what_was_written_before_the_update_says_so_even_long_after(
    world: World, freja: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(world.server, SCHEMA + 1, monkeypatch, SCHEMA)
    backup = Backup(world)
    freja.edit("citizen", citizen, phone="00 66")
    late = freja.meet("Ida Opfundet", phone="00 77")
    freja.sync()
    waits = freja.meet("Bo Opfundet", phone="00 88")
    update_apps(monkeypatch, SCHEMA + 1)
    freja.sync()
    assert world.records()[waits].fields["telephone"] == "00 88"
    backup.restore()  # and what was kept is offered again
    freja.sync()
    stored = world.records()
    assert stored[citizen].fields["telephone"] == "00 66"
    assert stored[late].fields["telephone"] == "00 77" and stored[waits].fields["telephone"] == "00 88"
    assert freja.outbox("waiting", "refused") == []
    last: ExchangeRequest = next(request for request in reversed(freja.way.requests) if request.operations)
    assert last.schema_ == SCHEMA + 1 and {operation.schema_ for operation in last.operations} == {SCHEMA}


def test_a_new_scope_and_the_old_ones_come_together_after_an_update(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = karim.meet("Ida Opfundet")
    karim.sync()
    upgrade(world.server, SCHEMA + 1, monkeypatch, SCHEMA)
    update_apps(monkeypatch, SCHEMA + 1)
    world.share(other)
    freja.sync()
    assert citizen_scope(other) in freja.state().view
    assert {row["seq"] for row in freja.rows().values()} == {
        record.seq for record in world.records(world.view(freja.worker)).values()
    }
