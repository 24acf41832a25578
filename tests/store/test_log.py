"""The log: what was committed is there, and whatever is done to its bytes, nothing else is ever read from it."""

import os
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.errors import VaultDamaged, VaultError
from fieldapp.store.log import Log, create
from fieldapp.store.log_format import PAGE
from tests.fresh import KEY
from tests.proof.disks import CountingDisk
from tests.store.commits import content, page, reopened, three_commits
from tests.store.commits import path as path

PLAIN = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 9)),
        st.tuples(st.just("cut"), st.integers(0, 9)),
        st.tuples(st.just("commit"), st.just(0)),
        st.tuples(st.just("restart"), st.just(0)),
        st.tuples(st.just("reopen"), st.just(0)),
        st.tuples(st.just("copy"), st.just(0)),
    ),
    max_size=40,
)


@settings(PLAIN, max_examples=120)
@given(steps)
def test_a_log_holds_what_a_list_of_pages_would(path: Path, todo: list[tuple[str, int]]):
    for leftover in path.parent.iterdir():
        leftover.unlink()
    create(path, KEY)
    log, now, saved, fill = Log(path, KEY), [], [], 0
    for do, number in todo:
        if do == "write":
            fill += 1
            log.write(number, page(fill))
            now = [*now, *[bytes(PAGE)] * (number + 1 - len(now))]
            now[number] = page(fill)
        elif do == "cut" and number <= len(now):
            log.cut(number)
            now = now[:number]
        elif do == "commit":
            log.commit()
            saved = list(now)
        elif do == "restart":
            log.restart()
            now = list(saved)
        elif do == "reopen":
            log.close()
            log, now = Log(path, KEY), list(saved)
        elif do == "copy":
            seq, following = log.end.seq, path.with_name(f"vault-{fill}-copy.log")
            assert log.copy(following, KEY)
            log.close()
            following.replace(path)
            log, now = Log(path, KEY), list(saved)
            assert log.end.seq > seq
        assert content(log) == now
    log.close()
    assert reopened(path) == saved


def test_opening_and_reading_changes_no_byte(path: Path):
    three_commits(path)
    before = path.read_bytes()
    reopened(path)
    assert path.read_bytes() == before


def test_a_commit_is_one_append(path: Path):
    _, ends = three_commits(path)
    before = path.read_bytes()
    log = Log(path, KEY)
    log.write(0, page(9))
    log.commit()
    log.close()
    assert path.read_bytes()[: ends[-1]] == before
    assert len(path.read_bytes()) == ends[-1] + 36 + 12 + 36 + 16 + PAGE


runs = st.lists(
    st.tuples(st.sampled_from([0, 0, 1, 255]), st.sampled_from([1, 20, 255, 256, 257, 700, 4000])), max_size=9
)


@settings(PLAIN, max_examples=200)
@given(st.lists(runs, min_size=1, max_size=4))
def test_pages_come_back_whatever_zeros_are_in_them(path: Path, shapes: list[list[tuple[int, int]]]):
    pages = [b"".join(bytes([fill]) * length for fill, length in shape)[:PAGE].ljust(PAGE, b"\0") for shape in shapes]
    create(path, KEY)
    log = Log(path, KEY)
    for number, content_ in enumerate(pages):
        log.write(number, content_)
    log.commit()
    log.close()
    assert reopened(path) == pages
    log = Log(path, KEY)
    assert log.copy(path.with_name("vault-2.log"), KEY)
    log.close()
    assert reopened(path.with_name("vault-2.log")) == pages


@pytest.mark.parametrize(("letters", "stored"), [(0, 0), (1, 256), (200, 256), (256, 256), (257, 512), (8000, 8192)])
def test_a_page_takes_the_room_of_what_is_in_it_and_tells_it_only_in_pieces(path: Path, letters: int, stored: int):
    three_commits(path)
    before = path.stat().st_size
    log = Log(path, KEY)
    log.write(0, b"x" * letters + bytes(PAGE - letters))
    log.commit()
    log.close()
    assert path.stat().st_size == before + 36 + 12 + 36 + 16 + stored


@pytest.mark.parametrize(
    ("first", "room"), [(0, PAGE), (12, 0), (12, 1), (40, 255), (40, 256), (900, 300), (8000, 192)]
)
def test_what_stands_where_a_page_is_empty_is_not_kept(path: Path, first: int, room: int):
    three_commits(path)
    before = path.stat().st_size
    log = Log(path, KEY)
    log.write(0, page(7), (first, room))
    log.commit()
    assert log.read(0) == b"\7" * first + bytes(room) + b"\7" * (PAGE - first - room)
    log.close()
    assert path.stat().st_size == before + 36 + 12 + 36 + 16 + PAGE - room // 256 * 256


def test_short_runs_of_zeros_do_not_hide_a_long_one(path: Path):
    three_commits(path)
    before = path.stat().st_size
    log = Log(path, KEY)
    runs = b"".join(bytes(zeros) + b"x" * 50 for zeros in (63, 64, 130, 255, 512, 2_000)).ljust(PAGE, b"x")
    log.write(0, runs)
    log.commit()
    assert log.read(0) == runs
    log.close()
    assert path.stat().st_size == before + 36 + 12 + 36 + 16 + PAGE - 512


def test_a_commit_of_nothing_writes_nothing(path: Path):
    _, ends = three_commits(path)
    log = Log(path, KEY)
    log.commit()
    log.close()
    assert path.stat().st_size == ends[-1]


def test_bytes_taken_out_of_a_commit_do_not_hide_the_one_behind_it(path: Path):
    _, ends = three_commits(path)
    whole = path.read_bytes()
    for gone in (1, 300, PAGE):
        path.write_bytes(whole[: ends[2] - PAGE] + whole[ends[2] - PAGE + gone :])
        with pytest.raises(VaultDamaged):
            Log(path, KEY)


def test_a_torn_last_commit_is_dropped_and_kept_aside(path: Path):
    held, ends = three_commits(path)
    whole = path.read_bytes()
    for size in (*range(ends[2] + 1, ends[2] + 200, 7), ends[3] - 1, ends[3] - PAGE):
        path.write_bytes(whole[:size])
        assert reopened(path) == held[2]
        assert path.read_bytes() == whole[:size], "opening touches nothing"
    log = Log(path, KEY)
    assert log.torn == ends[3] - PAGE - ends[2]
    log.write(5, page(7))
    log.commit()
    assert content(log)[:4] == [*held[2], bytes(PAGE)]
    log.close()
    assert path.with_suffix(".torn").read_bytes() == whole[ends[2] : ends[3] - PAGE]
    assert reopened(path)[5] == page(7)


@settings(PLAIN, max_examples=300)
@given(st.data())
def test_no_flipped_bit_is_ever_read_as_something_else(path: Path, data: st.DataObject):
    if not path.exists():
        three_commits(path)
        path.with_suffix(".whole").write_bytes(path.read_bytes())
    held = [[], [page(1)] * 3, [page(1), page(2), page(1)], [page(3), page(2), page(1), page(3)]]
    whole = bytearray(path.with_suffix(".whole").read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(whole)
    last = len(whole) - (36 + 12 + 2 * 36 + 16 + 2 * PAGE)
    try:
        found = reopened(path)
    except VaultError:
        assert at < last, "a bad last commit is a torn one"
    else:
        assert found == (held[2] if at >= last else held[3])
    assert path.read_bytes() == bytes(whole), "nothing was changed"


def test_a_damaged_commit_in_the_middle_is_not_taken_for_a_torn_one(path: Path):
    _, ends = three_commits(path)
    whole = path.read_bytes()
    for start in ends[:3]:
        for offset in (0, 5, 20, 40, 60):
            bad = bytearray(whole)
            bad[start + offset] ^= 1
            path.write_bytes(bad)
            if start == ends[2]:
                reopened(path)
            else:
                with pytest.raises(VaultDamaged):
                    reopened(path)
            assert path.read_bytes() == bad


@pytest.mark.parametrize("gone", [1, 2])
def test_a_commit_taken_out_is_noticed(path: Path, gone: int):
    _, ends = three_commits(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: ends[gone - 1]] + whole[ends[gone] :])
    with pytest.raises(VaultDamaged):
        reopened(path)


def test_an_old_commit_put_at_the_end_is_ignored(path: Path):
    held, ends = three_commits(path)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[ends[1] : ends[2]])
    assert reopened(path) == held[3]


def test_two_commits_that_changed_places_are_noticed(path: Path):
    _, ends = three_commits(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: ends[1]] + whole[ends[2] :] + whole[ends[1] : ends[2]])
    with pytest.raises(VaultDamaged):
        reopened(path)


def test_commits_of_two_histories_do_not_mix(path: Path):
    """An older copy went on by itself: its commits have the same numbers as those of the first."""
    _, ends = three_commits(path)
    first = path.read_bytes()
    path.write_bytes(first[: ends[1]])
    log = Log(path, KEY)
    log.write(1, page(8))
    log.commit()
    log.close()
    second = path.read_bytes()
    assert len(second) == ends[2]
    path.write_bytes(second + first[ends[2] :])
    with pytest.raises(VaultDamaged):
        reopened(path)


def test_a_page_of_one_commit_does_not_pass_for_the_same_page_of_another(path: Path):
    """With the seq out of what a page is bound to, an entry could be served from an older commit."""
    from cryptography.exceptions import InvalidTag

    from fieldapp.store.log_format import Place

    three_commits(path)
    log = Log(path, KEY)
    place: Place = log._places[1]
    sealed = log._disk.read(log._file, PAGE, place.at)
    with pytest.raises(InvalidTag):
        log._seal.open_page(1, place._replace(seq=place.seq - 1), sealed)
    with pytest.raises(InvalidTag):
        log._seal.open_page(0, place, sealed)
    log.close()


def _fake_heads(seq: int, count: int, pages: int) -> bytes:
    return struct.pack("<4sQII16s", b"CMT1", seq, pages, 4, os.urandom(16)) * count


@pytest.mark.parametrize("pages", [0, 1, 1000, 2**31])
def test_a_tail_full_of_false_heads_costs_no_more_than_reading_it(path: Path, pages: int):
    _, ends = three_commits(path)
    tail = _fake_heads(5, 60_000, pages)
    path.write_bytes(path.read_bytes() + tail)
    disk = CountingDisk()
    with pytest.raises(VaultDamaged):
        Log(path, KEY, disk)
    assert disk.reads < 4_000
    assert disk.bytes_read < 3 * (ends[-1] + len(tail))


def test_random_bytes_behind_the_last_commit_are_a_torn_write(path: Path):
    held, _ = three_commits(path)
    path.write_bytes(path.read_bytes() + os.urandom(3_000_000) + _fake_heads(5, 20, 1))
    assert reopened(path) == held[3]


def test_a_commit_that_lost_its_first_byte_to_the_one_before_is_still_seen(path: Path):
    """A commit of nothing but zeros has no page bytes; one in 256 of them ends as the next one begins."""
    create(path, KEY)
    log = Log(path, KEY)
    while True:
        log.write(0, bytes(PAGE))
        log.commit()
        if (before := path.read_bytes()).endswith(b"C"):
            break
    log.write(0, page(1))
    log.commit()
    log.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(before) - 1] + whole[len(before) :])
    with pytest.raises(VaultDamaged):
        Log(path, KEY)
