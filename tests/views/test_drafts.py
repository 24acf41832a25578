"""What is typed is in the store at most 2 s later, without a write for each letter, and survives lock and kill."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.actions import drafts as actions
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.errors import DiskFull
from fieldapp.store.disk import Disk
from fieldapp.views.drafts import Drafts
from tests.desks import Clock, a_desk
from tests.examples import NOW
from tests.proof.disks import FullDisk

KEY = "contact:åse"


class Timers:
    """A loop's timers, run by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, call: Callable[[], None]) -> "Handle":
        entry = (self.now + seconds, call)
        self.waiting.append(entry)
        return Handle(self, entry)

    def go_on(self, seconds: float) -> None:
        end = self.now + seconds
        while due := sorted((each for each in self.waiting if each[0] <= end), key=lambda each: each[0]):
            self.waiting.remove(due[0])
            self.now = due[0][0]
            due[0][1]()
        self.now = end


@dataclass
class Handle:
    timers: Timers
    entry: tuple[float, Callable[[], None]]

    def cancel(self) -> None:
        if self.entry in self.timers.waiting:
            self.timers.waiting.remove(self.entry)


class Counted(Drafts):
    """Writes in this thread, and counts."""

    writes = 0

    def _write_soon(self, key: str) -> None:
        self._write(key)
        self.writes += 1


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "vault", Clock()) as desk:
        yield desk


@pytest.fixture
def timers() -> Timers:
    return Timers()


@pytest.fixture
def keeper(desk: Desk, timers: Timers) -> Counted:
    return Counted(desk, timers.later, lambda: timers.now)


def kept_words(desk: Desk) -> object:
    draft = actions.read(desk, KEY)
    return draft and draft.values["own_words"]


def test_a_pause_of_a_third_of_a_second_writes_it(desk: Desk, timers: Timers, keeper: Counted) -> None:
    kept = keeper.open(KEY, ContactForm)
    kept.form.own_words = "Kom bare igen."
    kept.changed()
    timers.go_on(0.29)
    assert kept_words(desk) is None
    timers.go_on(0.02)
    assert kept_words(desk) == "Kom bare igen."


def test_one_who_never_pauses_is_written_every_two_seconds(desk: Desk, timers: Timers, keeper: Counted) -> None:
    kept = keeper.open(KEY, ContactForm)
    for letter in range(30):  # a key each 0.1 s, for 3 s
        kept.form.own_words += chr(97 + letter % 26)
        kept.changed()
        timers.go_on(0.1)
    assert keeper.writes == 1
    assert str(kept_words(desk)).startswith("abcdefghijklmnopqrst")


class Noted(Drafts):
    """Notes when it would write, and how much was typed by then."""

    typed = 0

    def __init__(self, timers: Timers) -> None:
        super().__init__(None, timers.later, lambda: timers.now)  # type: ignore[arg-type]
        self.written: list[tuple[float, int]] = []

    def key(self) -> None:
        self.typed += 1
        self._changed(KEY)

    def _write_soon(self, key: str) -> None:
        self._unwritten.pop(key)
        self._written[key] = self._now()
        self.written.append((self._now(), self.typed))


@settings(deadline=None, max_examples=150)
@given(gaps=st.lists(st.floats(0.01, 5.0), min_size=1, max_size=40))
def test_whatever_the_rhythm_at_most_two_seconds_are_unwritten_and_it_is_not_written_oftener(gaps: list[float]) -> None:
    timers = Timers()
    keeper = Noted(timers)
    typed_at = list[float]()
    for gap in gaps:
        typed_at.append(timers.now)
        keeper.key()
        timers.go_on(gap)
    timers.go_on(5)
    for number, at in enumerate(typed_at, 1):
        kept_at = next(moment for moment, typed in keeper.written if typed >= number)
        assert kept_at - at <= 2 + 1e-6, "killed at any moment, the text in the store is at most this old"
    first, last = typed_at[0], keeper.written[-1][0]
    assert len(keeper.written) <= 1 + (last - first) / 2


def test_one_who_types_slowly_is_not_written_once_a_letter(timers: Timers) -> None:
    keeper = Noted(timers)
    for _letter in range(20):  # a key each 0.4 s, for 8 s: before, each of them was a write
        keeper.key()
        timers.go_on(0.4)
    timers.go_on(2)
    assert len(keeper.written) == 5
    assert keeper.written[-1][1] == 20


def test_leaving_a_field_writes_at_once_though_it_was_just_written(desk: Desk, timers: Timers, keeper: Counted) -> None:
    kept = keeper.open(KEY, ContactForm)
    kept.form.own_words = "Skrevet"
    kept.changed()
    timers.go_on(0.3)
    kept.form.own_words = "Skrevet og mere"
    kept.changed()
    timers.go_on(0.3)
    assert kept_words(desk) == "Skrevet"
    kept.left()
    assert kept_words(desk) == "Skrevet og mere"
    kept.left()
    assert keeper.writes == 2, "nothing new, nothing written"


def test_flush_writes_at_once_and_only_once(desk: Desk, timers: Timers, keeper: Counted) -> None:
    kept = keeper.open(KEY, ContactForm)
    kept.form.own_words = "Halvt"
    kept.changed()
    keeper.flush()
    assert kept_words(desk) == "Halvt"
    timers.go_on(5)
    assert keeper.writes == 1  # the timer found nothing left to write


def test_a_form_is_restored_with_all_its_kinds_of_values(desk: Desk, timers: Timers, keeper: Counted) -> None:
    kept = keeper.open(KEY, ContactForm)
    kept.form.own_words, kept.form.dimensions, kept.form.occurred_at = "Ja", ("housing", "finances"), NOW
    kept.changed()
    keeper.flush()
    again = Counted(desk, timers.later, lambda: timers.now).open(KEY, ContactForm)
    assert again.form == kept.form
    assert again.restored_at == NOW


def test_saving_takes_the_draft_away_for_good(desk: Desk, timers: Timers, keeper: Counted) -> None:
    kept = keeper.open(KEY, ContactForm)
    kept.form.own_words = "Gemt nu"
    kept.changed()
    kept.done()
    timers.go_on(5)
    keeper.flush()
    assert actions.read(desk, KEY) is None


def test_what_a_full_disk_refused_is_written_when_there_is_room(tmp_path: Path, timers: Timers) -> None:
    disk = FullDisk()
    with a_desk(tmp_path / "vault", Clock(), disk=disk) as desk:
        keeper = Counted(desk, timers.later, lambda: timers.now)
        kept = keeper.open(KEY, ContactForm)
        kept.form.own_words = "Endnu ikke gemt"
        kept.changed()
        room, disk.room = disk.room, 0
        with pytest.raises(DiskFull):
            keeper.flush()
        disk.room = room
        keeper.flush()
        assert kept_words(desk) == "Endnu ikke gemt"


def test_a_form_opened_again_has_what_was_typed_a_moment_ago(desk: Desk, timers: Timers, keeper: Counted) -> None:
    kept = keeper.open(KEY, ContactForm)
    kept.form.own_words = "Lige skrevet"
    kept.changed()
    again = keeper.open(KEY, ContactForm)
    assert again.form.own_words == "Lige skrevet" and again.restored_at is not None
    timers.go_on(5)
    assert kept_words(desk) == "Lige skrevet"


def test_what_is_typed_after_saving_and_undoing_on_the_same_page_is_a_draft_too(
    desk: Desk, timers: Timers, keeper: Counted
) -> None:
    kept = keeper.open(KEY, ContactForm)
    kept.done()
    kept.form.own_words = "Alligevel mere"
    kept.changed()
    timers.go_on(5)
    assert kept_words(desk) == "Alligevel mere"


class HeldUp(Disk):
    """A disk whose next write waits until the test lets it go."""

    def __init__(self) -> None:
        self.hold = False
        self.reached, self.let_go = threading.Event(), threading.Event()

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        if self.hold:
            self.hold = False
            self.reached.set()
            assert self.let_go.wait(10)
        return super().write(file, content, at)


def test_a_writing_that_had_to_wait_writes_the_newest_text(tmp_path: Path, timers: Timers) -> None:
    """The form is read when its turn comes, so whoever writes last can only write the newest."""
    disk = HeldUp()
    with a_desk(tmp_path / "vault", Clock(), disk=disk) as desk:
        keeper = Counted(desk, timers.later, lambda: timers.now)
        other, kept = keeper.open("contact:bo", ContactForm), keeper.open(KEY, ContactForm)
        other.changed()
        disk.hold = True
        first = threading.Thread(target=keeper._write, args=("contact:bo",))
        first.start()
        assert disk.reached.wait(10)
        kept.form.own_words = "ældre"
        kept.changed()
        waiting = threading.Thread(target=keeper._write, args=(KEY,))
        waiting.start()
        waiting.join(0.2)
        kept.form.own_words = "nyere"
        disk.let_go.set()
        first.join(10)
        waiting.join(10)
        assert kept_words(desk) == "nyere"


@dataclass
class ReadSlowly:
    """A form that is held up while it is read, once."""

    words: str = ""

    def __getattribute__(self, name: str) -> object:
        if name == "words" and HOLD.pop("reading", None):
            REACHED.set()
            assert LET_GO.wait(10)
        return super().__getattribute__(name)


HOLD: dict[str, bool] = {}
REACHED, LET_GO = threading.Event(), threading.Event()


def test_a_draft_that_is_done_is_not_brought_back_by_a_writing_under_way(
    desk: Desk, timers: Timers, keeper: Counted
) -> None:
    kept = keeper.open(KEY, ReadSlowly)
    kept.changed()
    HOLD["reading"] = True
    writing = threading.Thread(target=keeper._write, args=(KEY,))
    writing.start()
    assert REACHED.wait(10)
    done = threading.Thread(target=kept.done)
    done.start()
    done.join(0.2)
    LET_GO.set()
    writing.join(10)
    done.join(10)
    assert actions.read(desk, KEY) is None
