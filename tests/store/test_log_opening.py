"""What a log says to a file that is cut, damaged, of another key or of another format; and to a copy of it."""

import os
import struct
from pathlib import Path

import pytest

from fieldapp.errors import VaultDamaged, VaultError, VaultTooNew, VaultTooOld, WrongSecret
from fieldapp.store.log import Log, create
from fieldapp.store.log_format import FORMAT, HEADER, MAGIC, START, Seal
from tests.fresh import KEY
from tests.proof.disks import CountingDisk
from tests.store.commits import content, page, reopened, three_commits
from tests.store.commits import path as path


def test_a_cut_tail_opens_as_it_was_before(path: Path):
    """No file alone can tell; the mark outside it can."""
    held, ends = three_commits(path)
    path.write_bytes(path.read_bytes()[: ends[2]])
    assert reopened(path) == held[2]


@pytest.mark.parametrize("size", [0, 10, START - 1, START, START + 20])
def test_a_file_without_its_first_commit_is_damaged(path: Path, size: int):
    three_commits(path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(VaultDamaged):
        reopened(path)


def test_a_wrong_key_is_not_damage(path: Path):
    three_commits(path)
    with pytest.raises(WrongSecret):
        reopened(path, bytes(32))


@pytest.mark.parametrize(("version", "error"), [(2, VaultTooNew), (99, VaultTooNew), (0, VaultTooOld)])
def test_another_format_is_named_and_not_touched(path: Path, version: int, error: type[VaultError]):
    three_commits(path)
    whole = bytearray(path.read_bytes())
    whole[8:12] = struct.pack("<I", version)
    path.write_bytes(whole)
    with pytest.raises(error):
        reopened(path)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("size", [4096, 65_536])
def test_pages_of_another_size_are_another_format(path: Path, size: int):
    header = HEADER.pack(MAGIC, FORMAT, size, bytes(16))
    path.write_bytes(header + Seal(KEY, header).check)
    with pytest.raises(VaultTooOld):
        reopened(path)


@pytest.mark.parametrize("at", [12, 20, 40, 50, 63])
def test_every_byte_of_the_header_is_checked(path: Path, at: int):
    three_commits(path)
    whole = bytearray(path.read_bytes())
    whole[at] ^= 1
    path.write_bytes(whole)
    with pytest.raises(VaultError):
        reopened(path)


def test_what_a_commit_puts_where_noise_stood_is_read_from_the_disk(path: Path):
    three_commits(path)
    path.write_bytes(path.read_bytes() + os.urandom(200_000))
    log = Log(path, KEY)
    assert [log.read(0), log.read(3)] == [page(3), page(3)]  # the last two there are, and what stands behind them
    log.write(4, page(4))
    log.commit()
    assert log.read(4) == page(4)
    log.close()


def test_a_page_is_one_read_of_the_disk(path: Path):
    create(path, KEY)
    log = Log(path, KEY, disk := CountingDisk())
    for number in range(9):
        log.write(number, page(number + 1))
    log.commit()
    disk.reads = 0
    assert content(log) == [page(number + 1) for number in range(9)]
    assert disk.reads == 9
    log.close()


def test_a_copy_holds_the_live_pages_only_and_can_be_stopped(path: Path, tmp_path: Path):
    held, _ = three_commits(path)
    log = Log(path, KEY)
    other = tmp_path / "vault-2.log"
    assert log.copy(other, bytes(32))
    assert log.live < log.garbage + log.live
    assert not log.copy(tmp_path / "vault-3.log", bytes(32), stop=lambda: True)
    log.close()
    assert reopened(other, bytes(32)) == held[3]
    assert other.stat().st_size < path.stat().st_size


def test_a_large_copy_is_written_in_pieces(path: Path, tmp_path: Path):
    create(path, KEY)
    log = Log(path, KEY)
    for number in range(2_500):
        log.write(number, page(number % 256))
    log.commit()
    seq = log.end.seq
    assert log.copy(tmp_path / "copy.log", KEY)
    log.close()
    copy = Log(tmp_path / "copy.log", KEY)
    assert copy.end.seq == seq + 11
    assert content(copy) == [page(number % 256) for number in range(2_500)]
    copy.close()


def test_a_closed_log_answers_nothing(path: Path):
    three_commits(path)
    log = Log(path, KEY)
    log.close()
    log.close()
    with pytest.raises(OSError, match="begin again"):
        log.read(0)
    with pytest.raises(VaultError):
        log.restart()
    assert not hasattr(log, "_seal")
