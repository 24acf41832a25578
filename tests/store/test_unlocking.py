"""What opens a vault: the worker's secret, slowly after wrong ones; a recovery code; nothing after a wipe."""

import errno
import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.errors import NotSaved, NoVault, TooManyTries, VaultDamaged, VaultError, WrongSecret
from fieldapp.store import keyring
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.tries import FREE, WAITS
from fieldapp.store.unlocking import change_secret, confirm, recover, wipe
from fieldapp.store.vault import open_vault, vault_exists
from tests.proof.disks import FaultyDisk, FullDisk
from tests.store.vaults import DEVICE, PIN, but_tries, erase_something, files, opened_names

# Wrong tries


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def guess(folder: Path, clock: Clock, secret: str = "000000") -> None:
    with pytest.raises(WrongSecret):
        open_vault(folder, secret, DEVICE, now=clock)


def guess_or_wait(folder: Path, clock: Clock) -> None:
    with pytest.raises((WrongSecret, TooManyTries)):
        open_vault(folder, "000000", DEVICE, now=clock)


def wait_of(folder: Path, clock: Callable[[], float]) -> int:
    with pytest.raises(TooManyTries) as refused:
        open_vault(folder, PIN, DEVICE, now=clock)
    return refused.value.wait


def test_wrong_tries_wait_longer_and_longer_and_even_the_right_one_waits(made: Path):
    clock = Clock()
    for _ in range(FREE):
        guess(made, clock)
    for wait in (*WAITS, WAITS[-1], WAITS[-1]):
        guess(made, clock)
        assert wait_of(made, clock) == wait
        clock.now += wait - 1
        assert wait_of(made, clock) == 1
        clock.now += 1
    open_vault(made, PIN, DEVICE, now=clock).close()
    for _ in range(FREE):
        guess(made, clock)
    open_vault(made, PIN, DEVICE, now=clock).close()


def test_confirming_the_workers_own_touches_nothing_of_an_open_vault_and_counts_as_a_try(made: Path):
    clock = Clock()
    opened = open_vault(made, PIN, DEVICE, now=clock)
    before = but_tries(files(made))
    confirm(made, PIN, DEVICE, now=clock)
    for _ in range(FREE + 1):
        with pytest.raises(WrongSecret):
            confirm(made, "000000", DEVICE, now=clock)
    with pytest.raises(TooManyTries):
        confirm(made, PIN, DEVICE, now=clock)
    assert but_tries(files(made)) == before
    opened.close()
    assert wait_of(made, clock) == WAITS[0], "at the door it is the same count"


def test_a_clock_set_back_does_not_lock_a_worker_out_for_years(made: Path):
    clock = Clock()
    for _ in range(FREE + 1):
        guess(made, clock)
    clock.now -= 10**8
    assert wait_of(made, clock) == WAITS[0]
    clock.now += WAITS[0] - 1
    assert wait_of(made, clock) == 1
    clock.now += 1
    open_vault(made, PIN, DEVICE, now=clock).close()


def test_a_broken_count_of_tries_counts_from_the_start(made: Path):
    (made / "tries").write_bytes(b"\xff" * 3)
    assert opened_names(made) == ["Åse"]


def test_noise_in_the_count_makes_nobody_wait_for_ever(made: Path):
    for noise in (b"\xff" * 12, b"\xff" * 4 + struct.pack("<d", 1e300), b"\xff" * 4 + struct.pack("<d", -1e300)):
        (made / "tries").write_bytes(noise)
        clock = Clock()
        guess_or_wait(made, clock)
        clock.now += WAITS[-1]
        open_vault(made, PIN, DEVICE, now=clock).close()


def test_a_full_disk_keeps_nobody_out_and_counts_all_the_same(made: Path):
    clock, full = Clock(), FullDisk(room=0)
    open_vault(made, PIN, DEVICE, disk=full).close()
    for _ in range(FREE + 1):
        with pytest.raises(WrongSecret):
            open_vault(made, "000000", DEVICE, now=clock, disk=full)
    with pytest.raises(TooManyTries):
        open_vault(made, PIN, DEVICE, now=clock, disk=full)


def test_changing_the_secret_counts_wrong_tries_too(made: Path):
    clock = Clock()
    for _ in range(FREE + 1):
        with pytest.raises(WrongSecret):
            change_secret(made, "000000", "999333", DEVICE, now=clock)
    with pytest.raises(TooManyTries):
        change_secret(made, PIN, "999333", DEVICE, now=clock)


# A new secret


def test_a_new_secret_leaves_the_log_untouched(made: Path):
    before = files(made)["vault-1.log"]
    change_secret(made, PIN, "hejre cykel mælk", DEVICE, cost=LOWEST_COST)
    assert files(made)["vault-1.log"] == before
    with pytest.raises(WrongSecret):
        open_vault(made, PIN, DEVICE)
    assert opened_names(made, "Hejre  cykel MÆLK") == ["Åse"]


def test_a_new_secret_for_an_open_vault_survives_its_compaction(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    change_secret(made, PIN, "777111", DEVICE, cost=LOWEST_COST)
    erase_something(opened)
    opened.close()
    assert opened.generation == 1
    assert opened_names(made, "777111") == ["Åse"]


@pytest.mark.parametrize(("call", "number"), [("write", 2), ("sync", 2), ("replace", 0)])  # the tries come first
def test_a_new_secret_that_was_not_saved_leaves_the_old_one(made: Path, call: str, number: int):
    with pytest.raises(NotSaved):
        change_secret(made, PIN, "777111", DEVICE, cost=LOWEST_COST, disk=FaultyDisk(calls=(call,), number=number))
    assert opened_names(made) == ["Åse"]
    assert "keyring.tmp" not in files(made)


# A forgotten secret, and keys of the platform

CODE, FINGER = bytes(range(16)), bytes(range(100, 132))


@pytest.fixture
def coded(made: Path) -> Path:
    """A vault that a recovery code opens too."""
    opened = open_vault(made, PIN, DEVICE)
    opened.add_key("recovery", CODE, DEVICE)
    assert opened.has_key("recovery") and not opened.has_key("biometric")
    opened.close()
    return made


def test_a_forgotten_secret_is_replaced_with_the_code_and_nothing_is_lost(coded: Path):
    before = files(coded)["vault-1.log"]
    recover(coded, CODE, "777111", DEVICE, cost=LOWEST_COST)
    assert files(coded)["vault-1.log"] == before
    assert opened_names(coded, "777111") == ["Åse"]
    with pytest.raises(WrongSecret):
        open_vault(coded, PIN, DEVICE)


def test_a_code_serves_once(coded: Path):
    recover(coded, CODE, "777111", DEVICE, cost=LOWEST_COST)
    with pytest.raises(WrongSecret):
        recover(coded, CODE, "999333", DEVICE, cost=LOWEST_COST)
    assert opened_names(coded, "777111") == ["Åse"]


@pytest.mark.parametrize(
    ("code", "device"), [(bytes(16), DEVICE), (CODE, bytes(32)), (CODE[:15], DEVICE), (b"", DEVICE)]
)
def test_another_code_or_the_code_without_the_device_is_worth_nothing(coded: Path, code: bytes, device: bytes):
    before = files(coded)
    with pytest.raises(WrongSecret):
        recover(coded, code, "777111", device, cost=LOWEST_COST)
    assert files(coded) == before


def test_recovery_opens_the_way_after_many_wrong_tries(coded: Path):
    clock = Clock()
    for _ in range(FREE + 1):
        guess(coded, clock)
    recover(coded, CODE, "777111", DEVICE, cost=LOWEST_COST, now=clock)
    open_vault(coded, "777111", DEVICE, now=clock).close()


@pytest.mark.parametrize(("call", "number"), [("write", 0), ("sync", 0), ("replace", 0)])
def test_a_recovery_that_was_not_saved_leaves_the_old_secret_and_the_code(coded: Path, call: str, number: int):
    with pytest.raises(NotSaved):
        recover(coded, CODE, "777111", DEVICE, cost=LOWEST_COST, disk=FaultyDisk(calls=(call,), number=number))
    assert opened_names(coded) == ["Åse"]
    recover(coded, CODE, "777111", DEVICE, cost=LOWEST_COST)


def test_a_new_code_takes_the_old_one_s_place(coded: Path):
    opened = open_vault(coded, PIN, DEVICE)
    opened.add_key("recovery", bytes(16), DEVICE)
    opened.close()
    assert len(keyring.load(coded).slots) == 2
    with pytest.raises(WrongSecret):
        recover(coded, CODE, "777111", DEVICE, cost=LOWEST_COST)


def test_a_key_of_the_platform_opens_it_and_opens_nothing_when_it_is_dropped(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    opened.add_key("biometric", FINGER, DEVICE)
    opened.close()
    again = open_vault(made, FINGER, DEVICE, kind="biometric")
    for wrong in (FINGER[:-1] + b"x", b""):
        with pytest.raises(WrongSecret):
            keyring.load(made).open_slot(wrong, DEVICE, "biometric")
    again.drop_key("biometric")
    again.close()
    with pytest.raises(WrongSecret, match="no_slot"):
        open_vault(made, FINGER, DEVICE, kind="biometric")
    assert opened_names(made) == ["Åse"]


def test_keys_survive_a_new_secret_and_a_rewriting(coded: Path):
    opened = open_vault(coded, PIN, DEVICE)
    erase_something(opened)
    opened.close()
    change_secret(coded, PIN, "777111", DEVICE, cost=LOWEST_COST)
    recover(coded, CODE, "999333", DEVICE, cost=LOWEST_COST)
    assert opened_names(coded, "999333") == ["Åse"]


def test_a_short_key_is_a_mistake_of_ours(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    with pytest.raises(ValueError, match="too short"):
        opened.add_key("recovery", bytes(15), DEVICE)
    opened.close()
    with pytest.raises(VaultError, match="closed"):
        opened.add_key("recovery", CODE, DEVICE)


# Wiping


def test_a_wiped_vault_is_gone(made: Path):
    wipe(made)
    assert list(made.iterdir()) == []
    wipe(made)
    assert not vault_exists(made)


@pytest.mark.parametrize("number", range(4))
def test_wiping_can_be_cut_off_anywhere_and_run_again(made: Path, number: int):
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        wipe(made, disk=FaultyDisk(calls=("write", "sync", "remove"), number=number))
    if number >= 2:
        assert (made / "keyring.json").exists() is (number == 2)
        with pytest.raises((NoVault, VaultDamaged)):
            open_vault(made, PIN, DEVICE)
    wipe(made)
    assert list(made.iterdir()) == []
