"""A device that holds something else than the server finds out, and gets it again while everything stays readable."""

import logging

import pytest
from sqlalchemy import text

from fieldapp.domain.access import citizen_scope
from fieldapp.errors import ServerTrouble
from fieldapp.store import digests
from fieldapp.store.columns import Table
from fieldapp.store.database import writing_synced
from fieldapp.sync import comparing
from fieldapp.wire import Differing, DigestRequest
from tests.sync.parts import Backup, Device, World, raise_floor


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    citizen = freja.meet()
    for _ in range(3):
        freja.note(citizen)
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    for device in (freja, karim):
        device.way.differing.clear()
    return citizen


def a_contact(device: Device) -> str:
    return next(id for id, row in device.rows().items() if row["kind"] == "contact")


def set_seq(device: Device, kind: str, id: str, seq: int) -> None:
    with device.store.transaction() as tx, writing_synced(tx):
        table = Table.metadata.tables[kind]
        tx.execute(table.update().where(table.c.id == id).values(seq=seq))


def test_after_the_first_fetch_it_compares_once_and_then_once_a_day(world: World, freja: Device) -> None:
    freja.meet()
    freja.sync()
    assert [said.differ for said in freja.way.differing] == [[]]
    for hours, times in ((0, 1), (23, 1), (2, 2), (1, 2), (24, 3)):
        world.clock.advance(hours=hours)
        freja.sync()
        assert len(freja.way.differing) == times


def test_every_change_of_either_side_is_followed(world: World, freja: Device, karim: Device, citizen: str) -> None:
    goal = freja.aim(citizen)
    world.converged(freja, karim)
    karim.edit("goal", goal, title="Opdigtet: en anden")
    freja.void("contact", a_contact(freja))
    world.erase(a_contact(karim))
    world.clock.advance(days=1)
    world.converged(freja, karim)
    assert freja.way.differing and karim.way.differing


def test_a_row_that_was_lost_comes_again(
    world: World, freja: Device, karim: Device, citizen: str, caplog: pytest.LogCaptureFixture
) -> None:
    contact = a_contact(karim)
    before = karim.rows()
    karim.lose("contact", contact)
    world.clock.advance(days=1)
    with caplog.at_level(logging.WARNING):
        karim.sync()
    assert karim.rows() == before
    assert [said.differ for said in karim.way.differing] == [[citizen_scope(citizen)]]
    assert "1 of" in caplog.text and citizen not in caplog.text
    answers = [answer for answer in karim.way.answers[-2:] if answer.rows]
    assert {row.scope for answer in answers for row in answer.rows} == {citizen_scope(citizen)}  # and no other


def test_a_row_that_only_the_device_has_goes_and_one_that_is_older_is_replaced(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    before = karim.rows()
    goal = freja.aim(citizen)
    freja.sync()
    karim.sync()
    with world.engine.begin() as tx:  # past every rule: only a digest can tell
        tx.execute(text("DELETE FROM record WHERE id = :id"), {"id": goal})
    set_seq(karim, "citizen", citizen, 1)
    assert goal in karim.rows()
    world.clock.advance(days=1)
    karim.sync()
    assert karim.rows() == before
    assert karim.state().erased_in  # the lost one is written over at the next lock


def test_own_unsent_work_stays_and_makes_no_difference(world: World, karim: Device, citizen: str) -> None:
    world.clock.advance(days=1)
    karim.client.exchange()
    note, goal = karim.note(citizen, "Opdigtet: endnu ikke sendt"), karim.aim(citizen)
    karim.edit("citizen", citizen, phone="00000001")
    alone = karim.meet("Ida Opfundet")
    assert not comparing.compare(karim.store, lambda asked: karim.way.digest(karim.client._login.token(), asked))
    karim.lose("contact", a_contact(karim))
    with karim.store.transaction() as tx:
        tx.execute(text("UPDATE sync_state SET compared_at = NULL"))
    assert comparing.compare(karim.store, lambda asked: karim.way.digest(karim.client._login.token(), asked))
    rows = karim.rows()
    assert {note, goal, alone} <= rows.keys() and rows[citizen]["fields"]["phone"] == "00000001"
    waiting = [row.op for row in karim.outbox()]
    karim.sync()
    assert karim.outbox() == [] and set(waiting) <= set(world_results(world))
    assert {note, goal, alone} <= karim.rows().keys()


def world_results(world: World) -> list[str]:
    with world.engine.begin() as tx:
        return [
            str(op) for op in tx.execute(text("SELECT op_id FROM audit WHERE result IN ('ok', 'conflict')")).scalars()
        ]


def test_killed_while_it_fetches_again_everything_stays_readable(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.answer.PIECE", 1)
    before = karim.rows()
    contact = a_contact(karim)
    karim.lose("contact", contact)
    world.clock.advance(days=1)
    for _ in range(8):
        karim.killed_after(1)
        assert before.keys() - karim.rows().keys() <= {contact}
    karim.sync()
    assert karim.rows() == before


def test_nothing_is_compared_while_something_is_still_to_come(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Backup(world).restore()
    state = karim.state()
    assert not comparing.due(state)  # it was, this very day
    karim.client.exchange()
    assert karim.state().resetting and not comparing.due(karim.state())
    karim.sync()
    assert karim.way.differing[-1].differ == []  # after the reset, at once


def test_an_erasure_and_a_new_citizen_are_reasons_to_compare(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    world.erase(a_contact(freja))
    freja.sync()
    assert len(freja.way.differing) == 1
    karim.sync()
    karim.meet("Ida Opfundet")
    karim.sync()
    assert len(karim.way.differing) == 2
    assert all(said.differ == [] for said in karim.way.differing)


def test_a_difference_that_stays_is_asked_about_once_a_day(world: World, freja: Device, citizen: str) -> None:
    class Stubborn:
        def __getattr__(self, name: str) -> object:
            return getattr(world.server, name)

        def digest(self, token: str, request: DigestRequest) -> Differing:
            return Differing(differ=sorted(request.scopes))

    freja.way.server = Stubborn()  # type: ignore[assignment]
    before = freja.rows()
    for _ in range(3):
        world.clock.advance(days=1)
        freja.way.requests.clear()
        freja.sync()
        freja.sync()
        assert len(freja.way.requests) == 3
        assert freja.rows() == before
    assert len(freja.way.differing) == 3


def test_a_scope_it_was_not_asked_about_is_not_touched(world: World, freja: Device, citizen: str) -> None:
    class Liar:
        def __getattr__(self, name: str) -> object:
            return getattr(world.server, name)

        def digest(self, token: str, request: DigestRequest) -> Differing:
            return Differing(differ=["citizen:somebody", "nonsense"])

    freja.way.server = Liar()  # type: ignore[assignment]
    world.clock.advance(days=1)
    freja.sync()
    assert freja.state().behind == {} and not freja.state().resetting


def test_a_server_that_cannot_compare_now_is_asked_again(
    world: World, freja: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(token: str, request: DigestRequest) -> Differing:
        raise ServerTrouble("busy", 7)

    world.clock.advance(days=1)
    note = freja.note(citizen)
    with monkeypatch.context() as patched:
        patched.setattr(world.server, "digest", busy)
        with pytest.raises(ServerTrouble) as trouble:
            freja.sync()
    assert trouble.value.retry_after == 7
    assert note in world.records() and freja.outbox() == []  # what was exchanged before stays
    freja.sync()
    assert freja.way.differing[-1].differ == []


def test_many_scopes_are_asked_about_in_several_questions(
    world: World, freja: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "MAX_SCOPES", 2)
    for _ in range(4):
        freja.meet()
    freja.sync()
    assert len(freja.way.differing) == 4  # all, the worker, the team, and four citizens


def test_a_record_of_a_kind_from_a_newer_app_counts_as_well(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    with world.engine.begin() as tx:
        tx.exec_driver_sql("SET LOCAL session_replication_role = replica")  # past the guard of numbers
        tx.execute(text("UPDATE record SET kind = 'hologram' WHERE id = :id"), {"id": a_contact(freja)})
    lonely = world.device(freja.worker)
    lonely.sync()
    assert [said.differ for said in lonely.way.differing] == [[]]
    held = digests.read(lonely.store, [citizen_scope(citizen)])[citizen_scope(citizen)]
    assert held.count == len(world.records([citizen_scope(citizen)]))


class TestFloor:
    """A device that was away longer than erased records are remembered."""

    def test_what_was_erased_meanwhile_goes_and_the_rest_stays_readable(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        contact = a_contact(karim)
        kept = {id for id in karim.rows() if id != contact}
        world.erase(contact)
        raise_floor(world.engine)
        note = karim.note(citizen, "Opdigtet: skrevet imens")
        karim.client.exchange()
        assert karim.way.answers[-1].reset == "floor"
        assert note in world.records() and karim.outbox() == []  # taken in the same breath
        assert kept <= karim.rows().keys()  # I21
        karim.sync()
        assert karim.get("contact", contact) is None and kept <= karim.rows().keys()
        world.converged(freja, karim)

    def test_killed_at_any_point_nothing_readable_vanishes_and_it_comes_to_an_end(
        self, world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("fieldapp.sync.answer.PIECE", 1)
        monkeypatch.setattr("fieldapp.server.feed.ANSWER_SIZE", 300)
        before = karim.rows()
        freja.note(citizen)
        freja.sync()
        raise_floor(world.engine)
        for _ in range(20):
            karim.killed_after(1)
            assert before.keys() <= karim.rows().keys()
        assert sum(answer.reset == "floor" for answer in karim.way.answers) == 1
        world.converged(freja, karim)

    def test_a_first_fetch_in_many_answers_is_not_sent_back(
        self, world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("fieldapp.server.feed.ANSWER_SIZE", 300)
        raise_floor(world.engine)
        lonely = world.device(freja.worker)
        lonely.sync()
        assert [answer.reset for answer in lonely.way.answers if answer.reset] == []
        assert len(lonely.way.answers) > 4
        world.converged(lonely)

    def test_a_kept_operation_on_what_is_gone_is_not_offered_again(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        note = karim.note(citizen)
        karim.sync()
        assert note in [row.record for row in karim.outbox("kept")]
        world.erase(note)
        raise_floor(world.engine)
        karim.sync()
        assert note not in [row.record for row in karim.outbox("kept")]
        Backup(world).restore()
        world.converged(freja, karim)
        assert note not in world.records()
