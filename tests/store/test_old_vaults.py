"""A vault that an earlier app made opens with every row in it, and is searched as if it had always been."""

import errno
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp.domain.fields import Part
from fieldapp.errors import NotSaved
from fieldapp.store import keyring, outbox
from fieldapp.store.bookkeeping import UnknownRow
from fieldapp.store.database import Store
from fieldapp.store.engine import make_engine
from fieldapp.store.log import Log
from fieldapp.store.migrations import LATEST, taken
from fieldapp.store.search import Hit, find
from fieldapp.store.tables import ContactRow
from fieldapp.store.vault import open_with_key
from tests.fresh import KEY
from tests.proof.disks import FaultyDisk
from tests.store.make_vault import AASE, NEWER_NOTE, OEJVIND, OWN_NOTE, WORKER, rows

OLD = Path(__file__).parent / "old_vaults"
VAULTS = {path.name: json.loads((path / "rows.json").read_text()) for path in sorted(OLD.iterdir())}


@pytest.fixture(params=VAULTS)
def old(request: pytest.FixtureRequest, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What stands in the vault in `folder`."""
    shutil.copytree(OLD / request.param, folder)
    return VAULTS[request.param]  # type: ignore[no-any-return]


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = Store(open_with_key(folder, KEY), WORKER)
    yield store
    store.close()


@contextmanager
def unmigrated(folder: Path) -> Iterator[Engine]:
    ring = keyring.load(folder)
    log = Log(folder / ring.log_name, ring.data_key(KEY))
    engine = make_engine(log)
    yield engine
    engine.dispose()
    log.close()


def the_log(folder: Path) -> Path:
    return folder / keyring.load(folder).log_name


def here(store: Store) -> dict[str, list[dict[str, Any]]]:
    with store.reading() as session:
        return rows(session)


def as_it_was(now: dict[str, list[dict[str, Any]]], old: dict[str, list[dict[str, Any]]]) -> bool:
    """Every row and every value, but what nobody needs; beside them stands only what the steps have added."""
    [state] = old["sync_state"]
    state.pop("rid", None)
    return all(
        len(now[name]) >= len(old[name])
        and (name == "migration" or len(now[name]) == len(old[name]))
        and all(row.items() <= is_now.items() for row, is_now in zip(old[name], now[name], strict=False))
        for name in old
    )


def test_every_row_is_still_there_to_the_byte(folder: Path, old: dict[str, list[dict[str, Any]]]):
    with opened(folder) as store:
        assert as_it_was(here(store), old)
        assert here(store)["migration"][-1]["number"] == LATEST
        with store.reading() as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert outbox.counts(session) == outbox.Counts(waiting=7, refused=1, quarantined=1, kept=1)
            assert [row.body["fields"]["words"] for row in session.exec(select(UnknownRow))] == ["Ræven på øen"]
            newer = session.get_one(ContactRow, NEWER_NOTE)
            assert (newer.mode, newer.dimensions, newer.more) == ("hologram", ["home", "holodeck"], {"mood": "ø"})


def test_what_it_holds_is_found(folder: Path, old: dict[str, list[dict[str, Any]]]):
    searches: list[tuple[str, Part, list[str]]] = [
        ("aeroeskoebing", "who", [AASE]),
        ("00 12 34", "who", [AASE]),
        ("Sondre kaj", "who", [OEJVIND]),
        ("BLÅBÆRGRØD", "written", [NEWER_NOTE]),
        ("rødgørd", "written", [OWN_NOTE]),
        ("åbnes", "written", ["goal"]),
        ("låses", "written", []),
        ("æblekage", "written", []),
        ("ræven", "written", []),
        ("0101701234", "who", []),
    ]
    with opened(folder) as store, store.reading() as session:
        for query, part, found in searches:
            hits = find(session, query, part)
            assert [hit.kind if hit.kind == "goal" else hit.id for hit in hits] == found, query
        assert len(find(session, "smørrebrød", "written")) == 3


def test_it_has_the_tables_and_triggers_of_a_new_one(
    folder: Path, old: dict[str, list[dict[str, Any]]], tmp_path: Path
):
    with opened(folder) as store, opened(tmp_path / "new") as new:
        assert _schema(store) == _schema(new)


def test_opening_it_again_takes_no_step_and_writes_nothing(folder: Path, old: dict[str, list[dict[str, Any]]]):
    with opened(folder):
        pass
    before = the_log(folder).read_bytes()
    with opened(folder) as store:
        numbers = [row["number"] for row in here(store)["migration"]]
    assert numbers == sorted({*numbers})
    assert the_log(folder).read_bytes() == before


@pytest.mark.parametrize(("error", "written"), [(errno.EIO, 0), (errno.ENOSPC, 0), (errno.ENOSPC, 700)])
def test_a_disk_that_fails_anywhere_loses_nothing_and_half_of_no_step(
    folder: Path, old: dict[str, list[dict[str, Any]]], tmp_path: Path, error: int, written: int
):
    number, refused = 0, 0
    while True:
        again = tmp_path / str(number)
        shutil.copytree(folder, again)
        disk = FaultyDisk(number=number, error=error, written=written)
        try:
            open_with_key(again, KEY, disk=disk).close()
        except NotSaved:
            refused += 1
            with unmigrated(again) as engine, Session(engine) as session:
                assert taken(engine) != LATEST
                assert as_it_was(rows(session), old)
        with opened(again) as store:
            assert as_it_was(here(store), old)
            with store.reading() as session:
                assert find(session, "rødgrød", "written") == [Hit("contact", OWN_NOTE)]
        if len(disk.seen) <= number:
            break
        number += 1
    assert refused >= 2


def test_a_step_killed_on_its_way_to_the_disk_loses_nothing(folder: Path, old: dict[str, list[dict[str, Any]]]):
    log = the_log(folder)
    before = log.read_bytes()
    with opened(folder):
        pass
    after = log.read_bytes()
    assert after.startswith(before)
    for end in range(len(before), len(after), (len(after) - len(before)) // 9):
        log.write_bytes(after[:end])
        with unmigrated(folder) as engine, Session(engine) as session:
            assert taken(engine) != LATEST
            assert as_it_was(rows(session), old)
        with opened(folder) as store:
            assert as_it_was(here(store), old)
            with store.reading() as session:
                assert find(session, "rødgrød", "written") == [Hit("contact", OWN_NOTE)]


def _schema(store: Store) -> set[tuple[Any, ...]]:
    """Triggers and indexes as they were written; of a table only its columns, because a step adds them at the end."""
    written = "SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL"
    columns = (
        'SELECT t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema t, pragma_table_xinfo(t.name) c '
        "WHERE t.type = 'table'"
    )
    with store.reading() as session:
        return {tuple(row) for sql in (written, columns) for row in session.execute(text(sql))}
