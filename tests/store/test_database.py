"""A transaction is whole or not there, one at a time, and its failures say nothing about anybody."""

import errno
import threading
import traceback
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import exc, text
from sqlmodel import select

from fieldapp.errors import DiskFull, NotSaved, RecordError, UnsyncedWrite, VaultDamaged, VaultError
from fieldapp.store import drafts, outbox, records, sync_state
from fieldapp.store.bookkeeping import OutboxRow, SettingRow
from fieldapp.store.database import Store
from fieldapp.store.tables import CitizenRow, ContactRow
from fieldapp.store.vault import Vault, open_with_key
from tests.examples import NOW
from tests.fresh import KEY
from tests.proof.disks import FaultyDisk, FullDisk, ShortDisk
from tests.store.conftest import WORKER
from tests.store.rows import a_citizen, a_row

SECRET = "Åse Ærøskøbing fik kaffe"


def names(store: Store) -> list[str | None]:
    with store.reading() as session:
        return [row.known_as for row in session.exec(select(CitizenRow).order_by(CitizenRow.id))]


def add(store: Store, name: str) -> None:
    with store.transaction() as session:
        records.add(session, CitizenRow(known_as=name, most_important="x" * 400), NOW)


@pytest.mark.parametrize(
    "write",
    [
        lambda session: session.add(SettingRow(name="x", value=1)),
        lambda session: session.execute(text("DELETE FROM draft")),
        lambda session: records.add(session, CitizenRow(), NOW),
        lambda session: drafts.keep(session, "x", {}, NOW),
    ],
)
def test_a_reading_session_cannot_write(store: Store, write: Any):
    with pytest.raises(UnsyncedWrite, match="reading"), store.reading() as session:
        write(session)
        session.flush()
    add(store, "Bo")  # and the next one can
    assert names(store) == ["Bo"]


def test_what_a_reading_session_changed_and_never_flushed_is_not_saved(store: Store):
    add(store, "Bo")
    with store.reading() as session:
        session.exec(select(CitizenRow)).one().known_as = "Andet"
    assert names(store) == ["Bo"]


def test_rows_can_be_used_after_their_session(store: Store):
    with store.transaction() as session:
        citizen = CitizenRow(known_as="Bo")
        records.add(session, citizen, NOW)
        loaded = session.get(CitizenRow, citizen.id)
    with store.reading() as session:
        found = session.get(CitizenRow, citizen.id)
    assert loaded is not None
    assert found is not None
    assert loaded.known_as == found.known_as == citizen.known_as == "Bo"


@pytest.mark.parametrize("inner", ["transaction", "reading", "close"])
def test_a_session_inside_a_session_is_an_error_and_no_deadlock(store: Store, inner: str):
    with store.reading(), pytest.raises(RuntimeError, match="inside"):
        if inner == "close":
            store.close()
        else:
            with getattr(store, inner)():
                pass
    assert names(store) == []


def test_threads_take_turns_and_lose_nothing(store: Store):
    failed: list[BaseException] = []

    def write(thread: int) -> None:
        try:
            for number in range(15):
                add(store, f"{thread}-{number}")
                assert f"{thread}-{number}" in names(store)
        except BaseException as error:  # noqa: BLE001  shown by the test
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(names(store)) == 60


def test_closing_waits_for_the_transaction_that_runs(store: Store):
    inside, done = threading.Event(), threading.Event()

    def write() -> None:
        with store.transaction() as session:
            records.add(session, CitizenRow(known_as="Bo"), NOW)
            inside.set()
            done.wait(5)

    writer = threading.Thread(target=write)
    writer.start()
    inside.wait(5)
    closer = threading.Thread(target=store.close)
    closer.start()
    done.set()
    writer.join()
    closer.join()
    again = Store(open_with_key(store.vault.folder, KEY), WORKER)
    assert names(again) == ["Bo"]
    again.close()


def test_a_closed_store_says_so(store: Store):
    store.close()
    store.close()
    with pytest.raises(VaultError, match="closed"):
        names(store)


def test_errors_of_the_database_hold_no_values(store: Store):
    citizen = a_citizen(store)
    again = CitizenRow(id=citizen.id, known_as=SECRET, full_name=SECRET)
    contact = a_row("contact")
    assert isinstance(contact, ContactRow)
    contact.dimensions = [SECRET]
    for attempt in (
        lambda session: records.add(session, again, NOW),
        lambda session: records.add(session, contact, NOW),
        lambda session: session.add(OutboxRow(op="x", do="add", kind=SECRET, record="r", fields={"x": SECRET})),
        lambda session: session.merge(SettingRow(name=SECRET, value=object())),
        lambda session: session.execute(text("SELECT * FROM nothing WHERE x = :x"), {"x": SECRET}),
        lambda session: session.execute(text("INSERT INTO setting VALUES (:x, NULL)"), {"x": SECRET}),
    ):
        with pytest.raises((exc.SQLAlchemyError, RecordError, TypeError)) as failed, store.transaction() as session:
            attempt(session)
            session.flush()
        shown = "".join(traceback.format_exception(failed.value))
        assert "Ærøskøbing" not in shown
        assert "kaffe" not in shown


# The disk


def on(disk: Any, folder: Path) -> tuple[Store, Vault]:
    vault = open_with_key(folder, KEY, disk=disk)
    return Store(vault, WORKER), vault


def test_a_full_disk_saves_nothing_and_the_worker_can_try_again(folder: Path):
    disk = FullDisk()
    store, _ = on(disk, folder)
    add(store, "Bo")
    disk.room = 3_000
    for _ in range(3):
        with pytest.raises(DiskFull):
            add(store, "Åse")
        assert names(store) == ["Bo"]
        with store.reading() as session:
            assert outbox.counts(session).waiting == 1
    disk.room = 10**9
    add(store, "Åse")
    assert names(store) == ["Bo", "Åse"]
    store.close()
    again, _ = on(disk, folder)
    assert names(again) == ["Bo", "Åse"]
    again.close()


@pytest.mark.parametrize("call", ["write", "sync"])
@pytest.mark.parametrize(("error", "told"), [(errno.EIO, NotSaved), (errno.ENOSPC, DiskFull)])
@pytest.mark.parametrize("written", [0, 100, 5_000])
def test_a_write_that_fails_is_not_there_and_the_next_one_is(
    folder: Path, call: str, error: int, told: type[NotSaved], written: int
):
    disk = FaultyDisk(calls=(call,))
    store, _ = on(disk, folder)
    add(store, "Bo")
    disk.number, disk.error, disk.written = len(disk.seen), error, written
    with pytest.raises(NotSaved) as failed:
        add(store, "Åse")
    assert type(failed.value) is told
    assert names(store) == ["Bo"]
    add(store, "Cilla")
    assert names(store) == ["Bo", "Cilla"]
    store.close()
    again, _ = on(FaultyDisk(), folder)
    assert names(again) == ["Bo", "Cilla"]
    again.close()


@pytest.mark.parametrize("call", ["write", "sync"])
def test_what_was_refused_is_not_there_after_a_restart(folder: Path, call: str):
    """Or a worker who pressed again would have it twice."""
    disk = FaultyDisk(calls=(call,))
    store, _ = on(disk, folder)
    add(store, "Bo")
    disk.number, disk.written = len(disk.seen), 5_000
    with pytest.raises(NotSaved):
        add(store, "Åse")
    store.vault._claim.release()  # killed: nothing more is written
    again, _ = on(FaultyDisk(), folder)
    assert names(again) == ["Bo"]
    again.close()


def test_a_disk_that_fails_for_good_leaves_what_was_saved_readable(folder: Path):
    disk = FaultyDisk()
    store, _ = on(disk, folder)
    add(store, "Bo")
    disk.number, disk.lasting = len(disk.seen), True
    for _ in range(3):
        with pytest.raises(NotSaved):
            add(store, "Åse")
        assert names(store) == ["Bo"]
    store.close()
    again, _ = on(FaultyDisk(), folder)
    assert names(again) == ["Bo"]
    again.close()


def test_short_writes_are_finished(folder: Path):
    store, _ = on(ShortDisk(), folder)
    add(store, "Bo")
    store.close()
    again, _ = on(ShortDisk(), folder)
    assert names(again) == ["Bo"]
    again.close()


def test_a_damaged_page_is_damage_and_not_an_empty_list(store: Store):
    for number in range(40):
        add(store, str(number))
    vault = store.vault
    for place in vault._log._places.values():
        vault._disk.write(vault._log._file, b"x", place.at)
    vault.engine.dispose()  # what is cached is right
    with pytest.raises(VaultDamaged):
        names(store)


def test_the_sync_state_is_one_row_that_stays(store: Store):
    with store.transaction() as session:
        sync_state.get(session).since = 5
    with store.transaction() as session:
        sync_state.get(session).since += 1
    with store.reading() as session:
        assert sync_state.get(session).since == 6


def test_drafts_are_kept_replaced_listed_and_discarded(store: Store):
    with store.transaction() as session:
        drafts.keep(session, "contact:1", {"own_words": "Kaff"}, NOW)
        drafts.keep(session, "contact:1", {"own_words": "Kaffe"}, NOW)
        drafts.keep(session, "goal:2", {}, NOW.replace(hour=10))
    with store.reading() as session:
        found = drafts.read(session, "contact:1")
        assert found is not None
        assert (found.values, found.saved_at) == ({"own_words": "Kaffe"}, NOW)
        assert [row.key for row in drafts.read_all(session)] == ["goal:2", "contact:1"]
    with store.transaction() as session:
        drafts.discard(session, "contact:1")
        drafts.discard(session, "contact:1")
    with store.reading() as session:
        assert drafts.read(session, "contact:1") is None
        assert outbox.counts(session) == outbox.Counts()
