"""What somebody with the files and without the secret can do to a vault: make it refuse, or bring back a whole older
state (which the mark outside it tells) - never change what it says.

| attack                                        | answer                    |
|-----------------------------------------------|---------------------------|
| a bit flipped in a page still in use          | refused                   |
| an older page put back                        | refused                   |
| a commit removed, exchanged or put in again   | refused, or ignored       |
| the header, or the format's number, forged    | refused                   |
| another device's or another vault's keyring   | refused                   |
| stretching made cheap in the keyring          | refused before it runs    |
| the log of another generation or vault        | refused                   |
| the last commits cut off, an older whole copy | opens; the mark tells     |
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from fieldapp.errors import VaultDamaged, VaultError, WrongSecret
from fieldapp.store import drafts, keyring, records
from fieldapp.store.database import Store
from fieldapp.store.log_format import Place
from fieldapp.store.mark import Mark
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.tables import CitizenRow
from fieldapp.store.vault import create_vault, open_vault
from tests.examples import NOW

PIN, DEVICE = "483920", bytes(range(32))
NAMES = ["Åse", "Bo", "Cilla", "Dennis"]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int], Mark]:
    """A vault of four citizens, a commit each, and a draft; where its commits end; and its mark."""
    folder = tmp_path_factory.mktemp("tamper") / "vault"
    vault = create_vault(folder, PIN, DEVICE, cost=LOWEST_COST)
    store, ends = Store(vault, "01990000-0000-7000-8000-00000000aaaa"), []
    for name in NAMES:
        with store.transaction() as session:
            records.add(session, CitizenRow(known_as=name), NOW)
        ends.append((folder / "vault-1.log").stat().st_size)
    with store.transaction() as session:
        drafts.keep(session, "x", {}, NOW)
    ends.append((folder / "vault-1.log").stat().st_size)
    mark = vault.mark
    store.close()
    return folder, ends, mark


@pytest.fixture
def folder(original: tuple[Path, list[int], Mark], tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(original[0], tmp_path / "vault")
    yield tmp_path / "vault"


@pytest.fixture
def ends(original: tuple[Path, list[int], Mark]) -> list[int]:
    return original[1]


def read(folder: Path, mark: Mark | None = None) -> list[str | None]:
    vault = open_vault(folder, PIN, DEVICE)
    try:
        assert mark is None or vault.mark.before(mark)
        with Session(vault.engine) as session:
            session.execute(text("PRAGMA integrity_check"))  # so that every page is read
            return list(session.exec(select(CitizenRow.known_as).order_by(col(CitizenRow.id))))
    finally:
        vault.close()


def refused(folder: Path) -> None:
    before = (folder / "vault-1.log").read_bytes()
    with pytest.raises(VaultDamaged):
        read(folder)
    assert (folder / "vault-1.log").read_bytes() == before


def test_untouched_it_opens(folder: Path):
    assert read(folder) == NAMES


def _places(folder: Path) -> tuple[dict[int, Place], int]:
    """Where the live pages stand, and the number of the last commit."""
    vault = open_vault(folder, PIN, DEVICE)
    found = dict(vault._log._places), vault.mark.seq
    vault.close()
    return found


def test_a_bit_flipped_in_a_live_page(folder: Path):
    places, last = _places(folder)
    log = folder / "vault-1.log"
    whole = log.read_bytes()
    for number in sorted(number for number, place in places.items() if place.seq != last)[::7]:
        bad = bytearray(whole)
        bad[places[number].at + 100] ^= 1
        log.write_bytes(bad)
        refused(folder)


def test_an_older_page_put_back(folder: Path, ends: list[int]):
    """Encryption page by page lets this pass, and the database calls itself intact (store.md 5)."""
    log = folder / "vault-1.log"
    whole = log.read_bytes()
    newest, _ = _places(folder)
    log.write_bytes(whole[: ends[2]])
    older, _ = _places(folder)
    changed = [n for n, place in newest.items() if ends[2] <= place.at < ends[3] and n in older]
    assert changed, "pages whose newest state is the last citizen's"
    for number in changed:
        bad, at, older_at = bytearray(whole), newest[number].at, older[number].at
        size = min(newest[number].size, older[number].size)
        bad[at : at + size] = whole[older_at : older_at + size]
        log.write_bytes(bad)
        refused(folder)


@pytest.mark.parametrize("which", [0, 1, 2, 3])
def test_a_commit_removed(folder: Path, ends: list[int], which: int):
    log = folder / "vault-1.log"
    whole = log.read_bytes()
    log.write_bytes(whole[: ends[which]] + whole[ends[which + 1] :])
    if which < 3:
        refused(folder)
    else:  # the last one: a cut tail
        assert read(folder) == NAMES


def test_two_commits_exchanged(folder: Path, ends: list[int]):
    log = folder / "vault-1.log"
    whole = log.read_bytes()
    one, two = whole[ends[0] : ends[1]], whole[ends[1] : ends[2]]
    log.write_bytes(whole[: ends[0]] + two + one + whole[ends[2] :])
    refused(folder)


def test_an_old_commit_put_in_again(folder: Path, ends: list[int]):
    log = folder / "vault-1.log"
    whole = log.read_bytes()
    log.write_bytes(whole + whole[ends[0] : ends[1]])
    assert read(folder) == NAMES


def test_a_cut_tail_opens_and_the_mark_tells(folder: Path, ends: list[int], original: Any):
    log = folder / "vault-1.log"
    log.write_bytes(log.read_bytes()[: ends[1]])
    assert read(folder, mark=original[2]) == NAMES[:2]


def test_a_whole_older_copy_opens_and_the_mark_tells(folder: Path, original: Any, tmp_path: Path):
    shutil.copytree(folder, tmp_path / "older")
    vault = open_vault(folder, PIN, DEVICE)
    store = Store(vault, "01990000-0000-7000-8000-00000000aaaa")
    with store.transaction() as session:
        records.add(session, CitizenRow(known_as="Erik"), NOW)
    mark = vault.mark
    store.close()
    assert read(tmp_path / "older", mark=mark) == NAMES


@pytest.mark.parametrize("at", [0, 8, 12, 16, 31, 32, 47, 48, 63])
def test_a_forged_header(folder: Path, at: int):
    log = folder / "vault-1.log"
    bad = bytearray(log.read_bytes())
    bad[at] ^= 1
    log.write_bytes(bad)
    with pytest.raises(VaultError) as found:
        read(folder)
    assert not isinstance(found.value, WrongSecret), "the secret was right"
    assert log.read_bytes() == bad


def _other(folder: Path, tmp_path: Path, device: bytes = DEVICE) -> Path:
    other = tmp_path / "other"
    create_vault(other, PIN, device, cost=LOWEST_COST).close()
    return other


def test_another_vault_s_keyring(folder: Path, tmp_path: Path):
    other = _other(folder, tmp_path)
    shutil.copy(other / "keyring.json", folder / "keyring.json")
    refused(folder)


def test_another_device_s_keyring(folder: Path, tmp_path: Path):
    other = _other(folder, tmp_path, device=bytes(32))
    shutil.copy(other / "keyring.json", folder / "keyring.json")
    with pytest.raises(WrongSecret):
        read(folder)


def test_another_vault_s_log(folder: Path, tmp_path: Path):
    shutil.copy(_other(folder, tmp_path) / "vault-1.log", folder / "vault-1.log")
    refused(folder)


def _forge(folder: Path, **change: Any) -> None:
    """Write a keyring whose checksum is right: whoever has the files can do that."""
    keyring.save(folder, replace(keyring.load(folder), **change))


@pytest.mark.parametrize("cost", [1, 2, LOWEST_COST // 2, 2**30])
def test_stretching_made_cheap_or_endless(folder: Path, cost: int):
    ring = keyring.load(folder)
    _forge(folder, slots=(replace(ring.slots[0], cost=cost),))
    refused(folder)


def test_stretching_within_bounds_but_not_as_it_was_sealed(folder: Path):
    ring = keyring.load(folder)
    _forge(folder, slots=(replace(ring.slots[0], cost=LOWEST_COST * 2),))
    with pytest.raises(WrongSecret):
        read(folder)


@pytest.mark.parametrize("change", [{"generation": 2}, {"id": "00" * 16}, {"slots": ()}, {"key": "AAAA"}])
def test_a_forged_keyring(folder: Path, change: dict[str, Any]):
    _forge(folder, **change)
    with pytest.raises((VaultDamaged, WrongSecret)):
        read(folder)


def test_a_slot_of_another_vault_put_into_this_keyring(folder: Path, tmp_path: Path):
    theirs = keyring.load(_other(folder, tmp_path)).slots
    _forge(folder, slots=theirs)
    with pytest.raises(WrongSecret):
        read(folder)


def test_the_log_before_the_last_compaction_does_not_pass_for_the_new_one(folder: Path):
    old = (folder / "vault-1.log").read_bytes()
    vault = open_vault(folder, PIN, DEVICE)
    from tests.proof.history import ask_for_compaction

    store = Store(vault, "x")
    ask_for_compaction(store)
    store.close()
    (folder / "vault-2.log").write_bytes(old)
    with pytest.raises(VaultDamaged):
        read(folder)
    assert json.dumps(asdict(keyring.load(folder)))  # and nothing became of the keyring
