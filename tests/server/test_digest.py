"""A device may ask whether it holds what the server holds, and learns nothing else."""

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp.domain.access import ALL, citizen_scope, worker_scope
from fieldapp.domain.digest import Digest
from fieldapp.errors import LoginAgain
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.tables import Record
from fieldapp.sync.http import HttpServer
from fieldapp.wire import DigestRequest, Row
from tests.examples import an_id
from tests.server.http import listening
from tests.server.people import Phone, a_change, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def told(phone: Phone, *without: str) -> dict[str, tuple[int, str]]:
    held = {scope: Digest() for scope in phone.view}
    for row in phone.rows.values():
        if not row.deleted and row.id not in without:
            held[row.scope].add(row.id, row.seq)
    return {scope: digest.told() for scope, digest in held.items()}


def differ(phone: Phone, scopes: dict[str, tuple[int, str]], **more: object) -> list[str]:
    asked = DigestRequest(**({"epoch": phone.enrolled.epoch, "upto": phone.since, "scopes": scopes} | more))
    return phone.server.digest(phone.token, asked).differ


@pytest.fixture
def citizens(freja: Phone) -> list[str]:
    citizens = [freja.meet() for _ in range(3)]
    freja.send(*(an_add("contact", citizen, MET) for citizen in citizens for _ in range(4)))
    freja.catch_up()
    return citizens


def test_a_device_that_has_everything_differs_in_nothing(freja: Phone, citizens: list[str]) -> None:
    assert freja.rows and differ(freja, told(freja)) == []
    freja.send(a_change(citizens[0], citizens[0], {"phone": "00 11"}))
    freja.catch_up()
    assert differ(freja, told(freja)) == []


def test_every_row_that_is_missing_or_older_shows_in_its_scope_alone(freja: Phone, citizens: list[str]) -> None:
    for row in freja.rows.values():
        assert differ(freja, told(freja, row.id)) == [row.scope]
    older = freja.rows[citizens[1]].model_copy(update={"seq": 1})
    freja.rows[citizens[1]] = older
    assert differ(freja, told(freja)) == [citizen_scope(citizens[1])]


def test_a_row_that_the_server_does_not_have_shows_too(freja: Phone, citizens: list[str]) -> None:
    ghost = Row(row="contact", id=an_id(), scope=worker_scope(freja.enrolled.worker), seq=7)
    freja.rows[ghost.id] = ghost
    assert differ(freja, told(freja)) == [ghost.scope]


def test_what_is_erased_is_held_by_neither(freja: Phone, citizens: list[str], engine: Engine) -> None:
    contact = next(row for row in freja.rows.values() if row.row == "contact")
    with Session(engine) as session:
        erased = session.exec(select(Record).where(Record.id == contact.id)).one()
        erased.deleted, erased.fields, erased.base, erased.by = True, {}, {}, {}
        from fieldapp.server.records import commit_changes

        commit_changes(session)
    before = told(freja)
    assert differ(freja, before) == []  # the scope has moved on, and the device does not know yet
    freja.catch_up()
    assert differ(freja, told(freja)) == []
    assert differ(freja, before) == [contact.scope]


def test_a_scope_that_has_moved_on_is_not_compared(freja: Phone, citizens: list[str]) -> None:
    wrong = dict.fromkeys(freja.view, (99, "f" * 16))
    freja.send(an_add("contact", citizens[0], MET))
    upto = min(row.seq for row in freja.rows.values()) + 12
    moved = {row.scope for row in freja.catch_up().values() if row.seq > upto}
    assert citizen_scope(citizens[0]) in moved
    assert set(differ(freja, wrong, upto=upto)) == freja.view - moved


def test_nothing_is_said_of_a_citizen_who_is_not_theirs(
    freja: Phone, stranger: Phone, citizens: list[str], office: Office
) -> None:
    stranger.catch_up()
    there, nowhere = citizen_scope(citizens[0]), citizen_scope(an_id())
    for right_or_wrong in (told(freja)[there], (0, "0" * 16), (99, "f" * 16)):
        assert differ(stranger, {there: right_or_wrong, nowhere: right_or_wrong, "team:x": right_or_wrong}) == []
    assert differ(stranger, {ALL: (1, "0" * 16)}) == [ALL]  # of what is theirs it says so
    office.end_assignment(office.assign(citizens[0], worker=stranger.enrolled.worker))
    assert differ(stranger, {there: (99, "f" * 16)}) == []


def test_another_epoch_is_told_by_the_next_exchange(freja: Phone, citizens: list[str]) -> None:
    wrong = dict.fromkeys(freja.view, (99, "f" * 16))
    assert differ(freja, wrong, epoch="other") == []
    assert differ(freja, wrong, upto=2**53 - 1) == sorted(freja.view)


def test_the_same_over_http_and_only_with_a_token(freja: Phone, citizens: list[str]) -> None:
    with listening(create_app(freja.server)) as address, HttpServer(address) as there:  # type: ignore[arg-type]
        freja.server = there
        assert differ(freja, told(freja)) == []
        assert differ(freja, told(freja, citizens[2])) == [citizen_scope(citizens[2])]
        freja.token = "made up"
        with pytest.raises(LoginAgain):
            differ(freja, told(freja))


def test_a_thousand_scopes_fit_into_one_question(freja: Phone) -> None:
    freja.catch_up()
    scopes = {citizen_scope(an_id()): (2**40, "f" * 16) for _ in range(1_000)}
    with listening(create_app(freja.server)) as address, HttpServer(address) as there:  # type: ignore[arg-type]
        freja.server = there
        assert differ(freja, scopes) == []


def test_it_reads_and_writes_nothing(freja: Phone, citizens: list[str], engine: Engine) -> None:
    def everything() -> object:
        with engine.connect() as connection:
            return [
                connection.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all()
                for table in ("record", "audit", "device", "sync_clock")
            ]

    before = everything()
    differ(freja, told(freja, citizens[0]))
    assert everything() == before
