"""The log is sealed each minute, by the row: none is left out, whatever commits when, and whoever else seals."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from fieldapp.server import audit, identity, proving, sealing
from fieldapp.server.administration import Office
from fieldapp.server.sealing import Sealer
from fieldapp.server.tables_log import Seal
from tests.examples import NOW, an_id
from tests.server.people import Phone, an_add


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return Sealer(bytes(range(32)), tmp_path / "register.jsonl.seals")


def seals(engine: Engine, book: str = "audit") -> list[Seal]:
    with Session(engine) as session:
        return list(session.exec(select(Seal).where(Seal.book == book).order_by(col(Seal.no))))


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A transaction that has written into the log, and has not ended."""
    with Session(engine) as session:
        session.add(audit.act(session, "add_team", identity.server_id(session), NOW, an_id()))
        session.flush()
        yield session


def test_a_minute_covers_all_since_the_one_before(engine: Engine, office: Office, freja: Phone, sealer: Sealer) -> None:
    freja.meet()
    first = sealing.seal(engine, sealer, NOW)
    citizen = freja.meet()
    freja.send(an_add("access", citizen, {"opened_at": NOW.isoformat()}))
    second = sealing.seal(engine, sealer, NOW + timedelta(minutes=1))
    assert [(one.book, one.no, one.at) for one in (*first, *second)] == [
        (book, no, NOW + timedelta(minutes=no - 1)) for no in (1, 2) for book in ("audit", "exchanged")
    ]
    assert [one.count for one in second] == [2, 2]  # the birth and the opening, in an exchange each
    proof = proving.prove(engine, sealer)
    assert proof.faults == () and proof.unsealed == 0 and proof.end_known and not proof.restored
    assert proof.rows == sum(one.count for one in (*first, *second))


def test_a_minute_in_which_nothing_came_has_no_seal(engine: Engine, freja: Phone, sealer: Sealer) -> None:
    sealing.seal(engine, sealer, NOW)
    assert sealing.seal(engine, sealer, NOW + timedelta(minutes=1)) == []
    assert len(seals(engine)) == 1


def test_an_exchange_that_brings_and_fetches_nothing_is_a_row_too(engine: Engine, freja: Phone) -> None:
    freja.catch_up()
    before = len(list(rows(engine, "exchanged")))
    freja.exchange()
    [row] = list(rows(engine, "exchanged"))[before:]
    assert (row["worker"], row["device"]) == (freja.enrolled.worker, freja.enrolled.device)
    assert (row["since"], row["operations"]) == (freja.since, 0)


def rows(engine: Engine, book: str) -> Iterator[dict[str, object]]:
    with Session(engine) as session:
        yield from map(dict, sealing.rows(session, book))


class TestLateCommits:
    def test_nothing_is_sealed_while_somebody_writes(self, engine: Engine, office: Office, sealer: Sealer) -> None:
        with writing(engine) as late:
            office.add_team("Opfundet team")  # a higher number, and there already
            assert sealing.seal(engine, sealer, NOW) == []
            late.commit()
        [sealed] = sealing.seal(engine, sealer, NOW)
        assert sealed.count == 2 and proving.prove(engine, sealer).faults == ()

    def test_nor_is_anything_left_out_when_that_is_undone(self, engine: Engine, office: Office, sealer: Sealer) -> None:
        with writing(engine) as late:
            late.rollback()
        office.add_team("Opfundet team")
        [sealed] = sealing.seal(engine, sealer, NOW)
        assert (sealed.last, sealed.count) == (2, 1) and proving.prove(engine, sealer).faults == ()

    def test_without_that_lock_a_row_falls_between_two_seals(
        self, engine: Engine, office: Office, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The test above is worth something: the same without waiting goes wrong, and is found."""
        monkeypatch.setattr(sealing, "_LOCK", "SELECT 1")
        with writing(engine) as late:
            office.add_team("Opfundet team")
            assert len(sealing.seal(engine, sealer, NOW)) == 1
            late.commit()
        assert [fault.what for fault in proving.prove(engine, sealer).faults] == ["row_added"]

    def test_writers_go_on_while_a_minute_is_sealed(
        self, engine: Engine, office: Office, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The lock is given back before the rows are read."""
        digest_of = sealing.digest_of

        def meanwhile(rows: object) -> tuple[int, str]:
            office.add_team("Skrevet imens")
            return digest_of(rows)  # type: ignore[arg-type]

        office.add_team("Opfundet team")
        monkeypatch.setattr(sealing, "digest_of", meanwhile)
        [sealed] = sealing.seal(engine, sealer, NOW)
        assert sealed.count == 1 and proving.prove(engine, sealer).unsealed == 1


class TestSeveralProcesses:
    def test_one_of_them_seals(self, engine: Engine, office: Office, sealer: Sealer) -> None:
        office.add_team("Opfundet team")
        with engine.begin() as other:
            other.execute(text("SELECT pg_advisory_xact_lock(:it)"), {"it": sealing.SEALING})
            assert sealing.seal(engine, sealer, NOW) == []
        assert len(sealing.seal(engine, sealer, NOW)) == 1

    def test_many_that_seal_and_write_at_once_make_one_chain(
        self, engine: Engine, office: Office, sealer: Sealer
    ) -> None:
        def work(n: int) -> None:
            for m in range(5):
                office.add_team(f"Opfundet {n} {m}")
                sealing.seal(engine, sealer, NOW + timedelta(minutes=m))

        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sealing.seal(engine, sealer, NOW + timedelta(minutes=9))
        proof = proving.prove(engine, sealer)
        assert proof.faults == () and (proof.rows, proof.unsealed) == (20, 0)
        assert [one.no for one in seals(engine)] == list(range(1, len(seals(engine)) + 1))


class TestTheServersThread:
    def test_it_seals_while_it_runs_and_once_more_at_the_end(
        self, engine: Engine, office: Office, sealer: Sealer
    ) -> None:
        sealed = threading.Event()

        def clock() -> datetime:
            if seals(engine):
                sealed.set()
            return NOW

        office.add_team("Opfundet team")
        with sealing.each_minute(engine, sealer, clock, every=0.001):
            assert sealed.wait(20)
            office.add_team("Skrevet til sidst")
        assert proving.prove(engine, sealer).unsealed == 0

    def test_a_database_that_is_gone_for_a_while_ends_nothing(
        self, engine: Engine, office: Office, sealer: Sealer, caplog: pytest.LogCaptureFixture
    ) -> None:
        office.add_team("Opfundet team")
        with engine.begin() as tx:
            tx.execute(text("ALTER TABLE seal RENAME TO elsewhere"))
        with sealing.each_minute(engine, sealer, lambda: NOW):
            pass
        assert "the log was not sealed: server_trouble" in caplog.text
        with engine.begin() as tx:
            tx.execute(text("ALTER TABLE elsewhere RENAME TO seal"))
        with sealing.each_minute(engine, sealer, lambda: NOW):
            pass
        assert proving.prove(engine, sealer).unsealed == 0

    def test_without_a_key_there_is_nothing_to_do(self, engine: Engine, office: Office) -> None:
        office.add_team("Opfundet team")
        with sealing.each_minute(engine, None, lambda: NOW):
            pass
        assert seals(engine) == []


def test_a_file_that_cannot_be_written_stops_no_sealing(
    engine: Engine, office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office.add_team("Opfundet team")
    nowhere = Sealer(bytes(32), tmp_path / "gone" / "seals")
    assert len(sealing.seal(engine, nowhere, NOW)) == 1
    assert "could not be written" in caplog.text
    assert not proving.prove(engine, nowhere).end_known


def test_a_row_keeps_its_digest_when_its_table_gets_a_column(engine: Engine, office: Office) -> None:
    office.add_team("Opfundet team")
    [row] = rows(engine, "audit")
    assert sealing.canonical(row) == sealing.canonical({"later": None, **row})
    assert sealing.canonical(row) != sealing.canonical({**row, "do": "add_worker"})
