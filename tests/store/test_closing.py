"""Closing drops the keys, makes the file small again, and lets nothing that was erased be read."""

import gc
import hashlib
import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from fieldapp.errors import DiskFull, VaultDamaged, VaultError
from fieldapp.store import drafts, records, vault
from fieldapp.store.database import Store
from fieldapp.store.log_format import Seal
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.tables import CitizenRow, ContactRow
from fieldapp.store.vault import Vault, create_vault, open_vault, open_with_key, vault_exists
from tests.examples import NOW
from tests.fresh import KEY
from tests.proof.disks import FaultyDisk, FullDisk
from tests.store.vaults import DEVICE, PIN, WORKER, add, erase_something, files, names, opened_names


def test_closing_after_an_erasure_writes_everything_again_under_a_new_key(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    before, mark = files(made), opened.mark
    old_key = vault.keyring.load(made).data_key(opened._master)
    erase_something(opened)
    opened.close()
    assert set(files(made)) == {"keyring.json", "vault-2.log", "lock", "tries"}
    again = open_vault(made, PIN, DEVICE)
    assert names(again) == ["Åse"]
    assert again.generation == 2
    assert again.mark.seq > mark.seq
    assert vault.keyring.load(made).data_key(again._master) != old_key
    again.close()
    assert set(files(made)) == {"keyring.json", "vault-2.log", "lock", "tries"}, "once is enough"
    assert before["vault-1.log"] != files(made)["vault-2.log"]


def test_closing_with_much_garbage_makes_the_file_small(folder: Path):
    opened = open_with_key(folder, KEY)
    store = Store(opened, WORKER)
    with store.transaction() as session:
        citizen = CitizenRow()
        records.add(session, citizen, NOW)
    for number in range(3):
        with store.transaction() as session:
            for each in range(120):
                contact = ContactRow(scope=citizen.scope, occurred_at=NOW, mode="met", own_words="x" * 16_000)
                records.add(session, contact, NOW)
                drafts.keep(session, f"contact:{each}", {"own_words": "x" * 32_000}, NOW)
        with store.transaction() as session:
            session.execute(text("DELETE FROM outbox WHERE kind = 'contact'"))
            session.execute(text("DELETE FROM draft"))
            if number == 2:
                count = len(session.exec(select(ContactRow.id)).all())
    full = (folder / "vault-1.log").stat().st_size
    store.close()
    assert (folder / "vault-2.log").stat().st_size < full * 0.6
    again = open_with_key(folder, KEY)
    with Session(again.engine) as session:
        assert len(session.exec(select(ContactRow.id)).all()) == count
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert session.execute(text("PRAGMA freelist_count")).scalar() > 400, "pages that nothing is in any more"
        letters = session.execute(text("SELECT sum(length(own_words)) FROM contact")).scalar()
    assert (folder / "vault-2.log").stat().st_size < 2 * letters * 1.2, "a text and its plain words, and no empty page"
    again.close()


def test_closing_after_many_small_commits_makes_opening_quick_again(folder: Path):
    opened = open_with_key(folder, KEY)
    for number in range(2_100):
        opened._log.write(1, opened._log.read(1))
        opened._log.commit()
        if number == 1_000:
            assert (folder / "vault-1.log").stat().st_size < 4_000_000
    opened.close()
    again = open_with_key(folder, KEY)
    assert again.generation == 2 and again._log.records <= 3, "as few as its size takes, not two thousand"
    again.close()


def test_a_worker_who_comes_back_stops_the_compaction(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    erase_something(opened)
    opened.close(stop=lambda: True)
    assert set(files(made)) == {"keyring.json", "vault-1.log", "lock", "tries"}
    assert opened_names(made) == ["Åse"]
    assert "vault-2.log" in files(made), "the next lock does it"


@pytest.mark.parametrize("number", range(6))
def test_a_compaction_that_fails_leaves_one_readable_vault(made: Path, number: int):
    disk = FaultyDisk()
    opened = open_vault(made, PIN, DEVICE, disk=disk)
    erase_something(opened)
    disk.number = len(disk.seen) + number
    opened.close()
    assert {"vault-1.log", "vault-2.log"} & set(files(made))
    assert opened_names(made) == ["Åse"]
    assert len([name for name in files(made) if name.startswith("vault-")]) == 1


def test_a_full_disk_does_not_hinder_closing(made: Path):
    disk = FullDisk()
    opened = open_vault(made, PIN, DEVICE, disk=disk)
    erase_something(opened)
    disk.room = 10_000
    opened.close()
    assert [name for name in files(made) if name.startswith("vault-")] == ["vault-1.log"]
    assert opened_names(made) == ["Åse"]


def test_a_damaged_page_does_not_hinder_closing_and_is_not_copied(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    erase_something(opened)
    for place in opened._log._places.values():
        opened._disk.write(opened._log._file, b"x", place.at)
    opened.engine.dispose()
    opened.close()
    assert [name for name in files(made) if name.startswith("vault-")] == ["vault-1.log"]
    with pytest.raises(VaultDamaged):
        open_vault(made, PIN, DEVICE)


def test_making_a_vault_on_a_full_disk_leaves_none(folder: Path):
    for room in (0, 30, 5_000, 50_000):
        with pytest.raises(DiskFull):
            create_vault(folder, PIN, DEVICE, cost=LOWEST_COST, disk=FullDisk(room=room))
        assert not vault_exists(folder)
    create_vault(folder, PIN, DEVICE, cost=LOWEST_COST).close()
    assert opened_names(folder) == []


def in_memory(digests: set[str]) -> set[str]:
    """Which of these secrets, known by their hash, hang on anything that Python can reach."""
    gc.collect()
    found = (one for holder in gc.get_objects() for one in gc.get_referents(holder) if type(one) in (bytes, str))
    return digests & {_digest(one) for one in found if 16 <= len(one) <= 64}


def _digest(secret: bytes | str) -> str:
    return hashlib.sha256(secret.encode(errors="replace") if isinstance(secret, str) else secret).hexdigest()


def opened_by_secrets_of_its_own(folder: Path) -> tuple[Vault, dict[str, str]]:
    """An open vault with two slots, and the hashes of everything that opens it: nothing else here keeps them."""
    secret, device, code = os.urandom(10).hex(), os.urandom(32), os.urandom(16)
    create_vault(folder, secret, device, cost=LOWEST_COST).close()
    opened = open_vault(folder, secret, device)
    opened.add_key("recovery", code, device)
    add(opened, "Åse")
    data = vault.keyring.load(folder).data_key(opened._master)
    held = {"secret": secret, "device": device, "code": code, "master": opened._master, "data": data}
    return opened, {name: _digest(one) for name, one in held.items()}


def test_no_key_is_left_when_it_is_closed(folder: Path):
    opened, digests = opened_by_secrets_of_its_own(folder)
    assert in_memory(set(digests.values())) == {digests["master"]}, "open, only the master key is held as bytes"
    file_id = opened._log._seal.file_id
    erase_something(opened)
    opened.close()
    opened.close()
    assert in_memory(set(digests.values())) == set()
    assert not any(isinstance(held, Seal) and held.file_id == file_id for held in gc.get_objects())
    with pytest.raises(VaultError, match="closed"):
        names(opened)
