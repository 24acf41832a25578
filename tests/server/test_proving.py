"""Whatever is done to the log after it was sealed is found, with its minute."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fieldapp.server import proving, retention, sealing
from fieldapp.server.administration import Office
from fieldapp.server.proving import Fault
from fieldapp.server.sealing import Sealer
from fieldapp.settings import DEFAULTS
from tests.examples import NOW
from tests.server.people import Clock, Phone, an_add

MINUTES = 5
EACH = [(book, no) for book in ("audit", "exchanged") for no in (1, 3, MINUTES)]
COLUMNS = {
    "audit": (
        *("op_id", "settled", "device", "worker", "scope", "kind", "record", "do", "result", "why", "at", "skew"),
        *("received_at", "seq"),
    ),
    "exchanged": ("device", "worker", "at", "since", "afresh", "operations"),
}
OTHER = {
    **dict.fromkeys(("op_id", "device", "worker", "record"), "gen_random_uuid()"),
    **dict.fromkeys(("scope", "kind", "do", "result", "why"), "'other'"),
    **dict.fromkeys(("skew", "seq", "since", "afresh", "operations"), "7654321"),
    **dict.fromkeys(("at", "received_at"), "now()"),
    "settled": "NOT settled",
}


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return Sealer(bytes(range(32)), tmp_path / "register.jsonl.seals")


@pytest.fixture
def minutes(engine: Engine, office: Office, freja: Phone, sealer: Sealer, clock: Clock) -> None:
    """Five of them, each with rows in both books (a citizen is met, and their page opened) and a number not used."""
    for _ in range(MINUTES):
        a_minute(engine, freja, sealer, clock)


def a_minute(engine: Engine, freja: Phone, sealer: Sealer, clock: Clock) -> None:
    citizen = freja.meet()
    do(engine, *(f"SELECT nextval(pg_get_serial_sequence('{book}', 'no'))" for book in COLUMNS))
    freja.send(an_add("access", citizen, {"opened_at": clock().isoformat()}))
    clock.advance(minutes=1)
    assert len(sealing.seal(engine, sealer, clock())) == 2


def minute(no: int) -> datetime:
    return NOW + timedelta(minutes=no)


def do(engine: Engine, *statements: str) -> None:
    with engine.begin() as tx:
        for statement in statements:
            assert tx.exec_driver_sql(statement).rowcount > 0


def last(book: str, no: int) -> str:
    """The number of the last row of a minute, in SQL. The one before it was not used."""
    return f"(SELECT last FROM seal WHERE book = '{book}' AND no = {no})"


def put_in(book: str, no: int) -> str:
    columns = ", ".join(f'"{name}"' for name in COLUMNS[book])
    values = columns.replace('"op_id"', "gen_random_uuid()")
    return (
        f"INSERT INTO {book} (no, {columns}) OVERRIDING SYSTEM VALUE"
        f" SELECT no - 1, {values} FROM {book} WHERE no = {last(book, no)}"
    )


@pytest.mark.parametrize(("book", "column"), [(book, name) for book, names in COLUMNS.items() for name in names])
def test_a_row_in_which_any_column_was_changed(
    engine: Engine, minutes: None, sealer: Sealer, book: str, column: str
) -> None:
    do(engine, f'UPDATE {book} SET "{column}" = {OTHER[column]} WHERE no = {last(book, 3)}')
    assert proving.prove(engine, sealer).faults == (Fault("row_changed", book, minute(3)),)


@pytest.mark.parametrize(("book", "no"), EACH)
def test_a_row_that_was_removed(engine: Engine, minutes: None, sealer: Sealer, book: str, no: int) -> None:
    do(engine, f"DELETE FROM {book} WHERE no = {last(book, no)}")
    assert proving.prove(engine, sealer).faults == (Fault("row_removed", book, minute(no)),)


@pytest.mark.parametrize(("book", "no"), EACH)
def test_a_row_that_was_put_in(engine: Engine, minutes: None, sealer: Sealer, book: str, no: int) -> None:
    do(engine, put_in(book, no))
    assert proving.prove(engine, sealer).faults == (Fault("row_added", book, minute(no)),)


@pytest.mark.parametrize(("book", "no"), EACH)
def test_a_row_in_the_place_of_another(engine: Engine, minutes: None, sealer: Sealer, book: str, no: int) -> None:
    do(engine, put_in(book, no), f"DELETE FROM {book} WHERE no = {last(book, no)}")
    assert proving.prove(engine, sealer).faults == (Fault("row_changed", book, minute(no)),)


@pytest.mark.parametrize(("book", "no"), EACH)
@pytest.mark.parametrize(
    "changed",
    [
        "at = at + interval '1 hour'",
        "count = count - 1",
        "digest = md5('x')",
        "mac = 'æ'",
        "previous = ''",
        "epoch_no = 9",
    ],
)
def test_a_seal_that_was_changed(
    engine: Engine, minutes: None, sealer: Sealer, book: str, no: int, changed: str
) -> None:
    do(engine, f"UPDATE seal SET {changed} WHERE book = '{book}' AND no = {no}")
    if (no, changed) == (1, "previous = ''"):
        return  # it was empty before
    what = [fault.what for fault in proving.prove(engine, sealer).faults if fault.book == book]
    assert what[0] == "seal_changed"
    assert {*what[1:]} <= {"seal_removed", "end_removed"}  # the next does not follow on it, or the file knows another


@pytest.mark.parametrize(("book", "no"), [(book, no) for book, no in EACH if no < MINUTES])
def test_a_seal_that_was_removed_with_its_rows_or_without(
    engine: Engine, minutes: None, sealer: Sealer, book: str, no: int
) -> None:
    do(engine, f"DELETE FROM seal WHERE book = '{book}' AND no = {no}")
    found = (Fault("seal_removed", book, minute(no + 1)),)
    assert proving.prove(engine, sealer).faults == found
    before = f"coalesce({last(book, no - 1)}, 0)"
    do(engine, f"DELETE FROM {book} WHERE no > {before} AND no < {last(book, no + 1)} - 2")
    assert proving.prove(engine, sealer).faults == found


@pytest.mark.parametrize("book", list(COLUMNS))
@pytest.mark.parametrize("cut", [1, 3, MINUTES])
def test_an_end_that_was_cut_off(engine: Engine, minutes: None, sealer: Sealer, book: str, cut: int) -> None:
    """Seals and rows: what is left is a whole chain, and only the file outside knows better."""
    do(
        engine,
        f"DELETE FROM {book} WHERE no > coalesce({last(book, MINUTES - cut)}, 0)",
        f"DELETE FROM seal WHERE book = '{book}' AND no > {MINUTES - cut}",
    )
    assert proving.prove(engine, sealer).faults == (Fault("end_removed", book, minute(MINUTES)),)
    sealer.newest.unlink()
    proof = proving.prove(engine, sealer)
    assert proof.faults == () and not proof.end_known


def test_a_chain_made_anew_without_the_key(engine: Engine, minutes: None, sealer: Sealer, clock: Clock) -> None:
    do(engine, f"DELETE FROM audit WHERE no = {last('audit', 3)}", "DELETE FROM seal")
    sealing.seal(engine, Sealer(bytes(32), sealer.newest.with_name("forged")), clock())
    what = {fault.what for fault in proving.prove(engine, sealer).faults}
    assert what == {"seal_changed", "end_removed"}


@pytest.mark.parametrize("said", ["", "[]", "{}", "not json", '{"audit": 1}', '{"audit": {"no": 1}}'])
def test_a_file_of_the_newest_seals_that_was_changed(engine: Engine, minutes: None, sealer: Sealer, said: str) -> None:
    sealer.newest.write_text(said)
    proof = proving.prove(engine, sealer)
    assert not proof.end_known
    assert proof.faults == ((Fault("file_changed", "audit", None),) if "audit" in said else ())


def test_a_file_that_was_made_to_fit_what_was_cut(engine: Engine, minutes: None, sealer: Sealer) -> None:
    known = json.loads(sealer.newest.read_text())
    known["audit"]["no"] = 3
    sealer.newest.write_text(json.dumps(known))
    assert proving.prove(engine, sealer).faults == (Fault("file_changed", "audit", None),)


def test_what_nobody_touched_is_whole_and_can_be_read_again(engine: Engine, minutes: None, sealer: Sealer) -> None:
    assert proving.prove(engine, sealer) == proving.prove(engine, sealer)
    proof = proving.prove(engine, sealer)
    assert (proof.seals, proof.unsealed, proof.faults, proof.end_known) == (2 * MINUTES, 0, (), True)


class TestRetention:
    def test_exchanges_of_long_ago_go_by_whole_minutes_and_the_rest_is_proven_still(
        self, engine: Engine, minutes: None, sealer: Sealer, freja: Phone, clock: Clock
    ) -> None:
        clock.now = minute(2) + timedelta(days=DEFAULTS.exchange_log_days, seconds=1)
        freja.token = ""
        kept = retention.carry_out(engine, None, clock(), DEFAULTS)
        assert kept.exchange_log == 4  # two minutes of two
        a_minute(engine, freja, sealer, clock)
        proof = proving.prove(engine, sealer)
        assert proof.faults == () and proof.unsealed == 0
        assert retention.carry_out(engine, None, clock(), DEFAULTS).exchange_log == 2  # now the third is a year old

    def test_more_than_the_log_tells_of_is_a_fault(
        self, engine: Engine, minutes: None, sealer: Sealer, clock: Clock
    ) -> None:
        clock.now = minute(2) + timedelta(days=DEFAULTS.exchange_log_days, seconds=1)
        retention.carry_out(engine, None, clock(), DEFAULTS)
        do(engine, f"DELETE FROM exchanged WHERE no <= {last('exchanged', 3)}")
        assert proving.prove(engine, sealer).faults == (Fault("row_removed", "exchanged", minute(3)),)

    def test_without_seals_they_go_by_their_age(self, engine: Engine, freja: Phone, clock: Clock) -> None:
        freja.meet()
        clock.advance(days=DEFAULTS.exchange_log_days - 1)
        assert retention.kept_too_long(engine, clock(), DEFAULTS).exchange_log == 0
        clock.advance(days=2)
        assert retention.carry_out(engine, None, clock(), DEFAULTS).exchange_log == 1
