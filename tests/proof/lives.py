"""The app's lives over one vault, for kills, power cuts and failing disks: what is done in them, and what is told."""

import itertools
import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from fieldapp.errors import NotReadable, NotSaved, NoVault
from fieldapp.store.database import Store
from fieldapp.store.disk import DISK, Disk
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.unlocking import change_secret
from fieldapp.store.vault import create_vault
from tests.proof import history, quick
from tests.proof.known import DEVICE, Known, fits, later, later_app, opened, words

T = TypeVar("T")
#: What is told: a field of `Known`, and what it is from then on.
Tell = Callable[[str, Any], None]
_TRIES = 5


class Life:
    """From opening to the end. Whatever is done is told when it is done; what was not saved is tried again.

    `lasting`: the disk fails for good, so that it cannot be made sure that what was refused is not there.
    """

    def __init__(
        self,
        folder: Path,
        known: Known,
        tell: Tell,
        rng: random.Random,
        disk: Disk = DISK,
        *,
        lasting: bool = False,
    ) -> None:
        self._folder, self._known, self._tell, self._rng, self._disk = folder, known, tell, rng, disk
        self._store: Any = None
        self._lasting = lasting

    def unlock(self) -> None:
        self._store = _insist(self._open_or_make)
        self._tell("made", True)
        _insist(lambda: history.begin(self._store))
        # Who opens it sees what is there, and takes it for saved.
        self._tell("typed", _insist(lambda: history.typed(self._store)))
        self._tell("saved", _insist(lambda: history.count(self._store)))

    def _open_or_make(self) -> Store:
        known = self._known
        try:
            store, secret = opened(self._folder, known, self._disk)
        except NoVault:
            if known.made:
                raise
            with later_app(known.steps):
                made = create_vault(self._folder, words(known.secrets[0]), DEVICE, cost=LOWEST_COST, disk=self._disk)
            return Store(made, history.WORKER)
        self._tell("secrets", [secret])
        return store

    def write(self) -> None:
        number = self._known.saved + 1
        _insist(lambda: history.write(self._store, number, self._rng), lambda: self._shows(history.count) == number)
        self._tell("saved", number)

    def type_on(self) -> None:
        number = self._known.typed + 1
        _insist(lambda: history.type_on(self._store, number), lambda: self._shows(history.typed) == number)
        self._tell("typed", number)

    def change_secret(self) -> None:
        known = self._known
        old, new = fits(self._folder, known.secrets)[0], max(known.secrets) + 1
        self._tell("secrets", [*known.secrets, new])
        with suppress(NotSaved, NotReadable):  # then any of them may stand: who opens it next finds out
            change_secret(self._folder, words(old), words(new), DEVICE, cost=LOWEST_COST, now=later, disk=self._disk)
            self._tell("secrets", [new])

    def _shows(self, what: Callable[[Store], int]) -> int:
        """The next app that opens it."""
        if self._lasting:
            return -1
        with tempfile.TemporaryDirectory() as place:
            copy = shutil.copytree(self._folder, Path(place, "copy"))
            store, _ = opened(copy, replace(self._known, mark=""), quick.DISK)
            try:
                return what(store)
            finally:
                store.vault.close(compact=False)

    def erase(self) -> None:
        """Something, so that the next lock writes it all again under another key."""
        _insist(lambda: history.ask_for_compaction(self._store))

    def lock(self, back: bool = False) -> None:
        """`back`: the worker unlocks in the middle of it."""
        if self._store is None:
            return
        looks, store = itertools.count(), self._store
        with suppress(OSError):  # of the closing itself: what was told is on the disk
            store.vault.close(stop=lambda: back and next(looks) > 1)
        self._tell("mark", store.vault.mark.to_bytes().decode())


def _insist(deed: Callable[[], T], done: Callable[[], bool] = lambda: False) -> T:
    """Try again what was refused; if it is `done` all the same, that was an untruth."""
    for tries in range(_TRIES):
        try:
            return deed()
        except (NotSaved, NotReadable):
            if tries == _TRIES - 1:
                raise
            assert not done(), "what was refused is there"
    raise AssertionError("not reached")


def live(folder: Path, known: Known, tell: Tell, rng: random.Random, disk: Disk = DISK) -> None:
    """A life of some deeds, whichever they are."""
    if rng.random() < 0.15:
        tell("steps", known.steps + 1)
    life = Life(folder, known, tell, rng, disk)
    try:
        life.unlock()
        for _ in range(rng.randrange(1, 8)):
            deed = rng.random()
            if deed < 0.55:
                life.write()
            elif deed < 0.7:
                life.type_on()
            elif deed < 0.82:
                life.change_secret()
            else:
                if deed < 0.93:
                    life.erase()
                life.lock(back=rng.random() < 0.2)
                life.unlock()
    finally:
        life.lock()


def one_of_each(folder: Path, known: Known, tell: Tell, disk: Disk, *, lasting: bool = False) -> None:
    """A life with everything in it, always the same."""
    life = Life(folder, known, tell, random.Random(1), disk, lasting=lasting)
    try:
        life.unlock()
        life.write()
        life.type_on()
        life.lock()
        life.unlock()
        life.change_secret()
        life.write()
        life.type_on()
        life.erase()
        life.lock()
        tell("steps", known.steps + 1)
        life.unlock()
        life.write()
    finally:
        life.lock()
