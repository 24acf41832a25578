"""The app's lives over one vault, for kills and power cuts: what a worker does in them, what was told, and what must
hold however a life ends.
"""

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, inspect, text

from fieldapp.errors import NotReadable, NotSaved, NoVault, TooManyTries, VaultError, VaultOlder, WrongSecret
from fieldapp.store import keyring, vault
from fieldapp.store.database import Store
from fieldapp.store.disk import DISK, Disk
from fieldapp.store.mark import Mark
from fieldapp.store.migrations import LATEST, migrate, taken
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.unlocking import change_secret
from tests.proof import history

T = TypeVar("T")
DEVICE = bytes(range(32, 64))
#: What is told: a field of `Known`, and what it is from then on.
Tell = Callable[[str, Any], None]
_later = itertools.count(10**9, 10_000).__next__  # nobody waits after a try that a kill has counted


@dataclass
class Known:
    """What has been told, and so must hold from then on. One of `secrets` opens the vault, by its number."""

    made: bool = False
    saved: int = -1
    typed: int = 0
    secrets: list[int] = field(default_factory=lambda: [0])
    steps: int = 0
    mark: str = ""

    def take(self, what: str, now: Any) -> None:
        setattr(self, what, now)


def words(secret: int) -> str:
    """The secret of this number."""
    return f"lanterne brosten {secret}"


@contextmanager
def _later_app(count: int) -> Iterator[None]:
    """Opening is done by an app so many versions later."""
    real = vault.migrate
    vault.migrate = lambda engine: migrate(engine, history.steps(count))
    try:
        yield
    finally:
        vault.migrate = real


def _open(folder: Path, known: Known, disk: Disk, *, mark: Mark | None = None) -> tuple[Store, int]:
    """Opened by the one secret that fits, and which that is."""
    for secret in [*known.secrets] * 2:  # noise in the count of tries may make one wait, once
        with suppress(WrongSecret, TooManyTries), _later_app(known.steps):
            opened = vault.open_vault(folder, words(secret), DEVICE, mark=mark, now=_later, disk=disk)
            return Store(opened, history.WORKER), secret
    raise WrongSecret


def live(folder: Path, known: Known, tell: Tell, rng: random.Random, disk: Disk = DISK, deeds: int = 8) -> None:
    """One life of the app: opened, some deeds, locked. Whatever is done is told when it is done."""
    if rng.random() < 0.15:
        tell("steps", known.steps + 1)
    store = _opened_or_made(folder, known, tell, disk)
    try:
        for _ in range(rng.randrange(1, deeds)):
            deed = rng.random()
            if deed < 0.55:
                _write(store, known, tell, rng)
            elif deed < 0.7:
                _type(store, known, tell)
            elif deed < 0.8:
                _change_secret(folder, known, tell, disk)
            else:
                if deed < 0.93:
                    _insist(partial(history.ask_for_compaction, store))
                _lock(store, tell, rng)
                store = _opened_or_made(folder, known, tell, disk)
    finally:
        _lock(store, tell, rng)


def _opened_or_made(folder: Path, known: Known, tell: Tell, disk: Disk) -> Store:
    store = _insist(lambda: _open_or_make(folder, known, tell, disk))
    tell("made", True)
    _insist(lambda: history.begin(store))
    # Who opens it sees what is there, and takes it for saved.
    tell("typed", history.typed(store))
    tell("saved", history.count(store))
    return store


def _open_or_make(folder: Path, known: Known, tell: Tell, disk: Disk) -> Store:
    try:
        store, secret = _open(folder, known, disk, mark=Mark.from_bytes(known.mark.encode()))
    except NoVault:
        if known.made:
            raise
        with _later_app(known.steps):
            made = vault.create_vault(folder, words(known.secrets[0]), DEVICE, cost=LOWEST_COST, disk=disk)
        return Store(made, history.WORKER)
    tell("secrets", [secret])
    return store


def _write(store: Store, known: Known, tell: Tell, rng: random.Random) -> None:
    number = known.saved + 1
    _insist(lambda: history.write(store, number, rng), lambda: history.count(store) == number)
    tell("saved", number)


def _type(store: Store, known: Known, tell: Tell) -> None:
    number = known.typed + 1
    _insist(lambda: history.type_on(store, number))
    tell("typed", number)


def _insist(deed: Callable[[], T], done: Callable[[], bool] = lambda: False) -> T:
    """Try again what was not saved; `done` would be an untruth."""
    for _ in range(5):
        try:
            return deed()
        except (NotSaved, NotReadable):
            assert not done(), "what was refused is there"
    raise AssertionError("a disk that fails once refuses five times")


def _change_secret(folder: Path, known: Known, tell: Tell, disk: Disk) -> None:
    old, new = _fits(folder, known.secrets)[0], max(known.secrets) + 1
    tell("secrets", [*known.secrets, new])
    with suppress(NotSaved):  # then any of them may stand: who opens it next finds out
        change_secret(folder, words(old), words(new), DEVICE, cost=LOWEST_COST, now=_later, disk=disk)
        tell("secrets", [new])


def _lock(store: Store, tell: Tell, rng: random.Random) -> None:
    back = rng.random() < 0.2  # the worker, in the middle of it
    looks = itertools.count()
    with suppress(OSError):
        store.vault.close(stop=lambda: back and next(looks) > 1)
    tell("mark", store.vault.mark.to_bytes().decode())


def _fits(folder: Path, secrets: list[int]) -> list[int]:
    ring, found = keyring.load(folder), []
    for secret in secrets:
        with suppress(WrongSecret):
            ring.open_slot(words(secret), DEVICE)
            found.append(secret)
    return found


def fault(folder: Path, known: Known, *, starts: int = 1) -> str | None:
    """What is wrong when the app starts on what is left, and each time again after it has gone on working."""
    try:
        for start in range(starts):
            store, secret = _open(folder, known, DISK, mark=Mark.from_bytes(known.mark.encode()))
            try:
                if found := _fault_in(store, folder, known):
                    return found
                if start + 1 < starts:
                    known.saved, known.secrets = history.count(store) + 1, [secret]
                    known.typed = history.typed(store)
                    history.begin(store)
                    history.write(store, known.saved, random.Random(known.saved))
            finally:
                store.close()
                known.mark = store.vault.mark.to_bytes().decode()
    except NoVault:
        return "no vault" if known.made else None
    except VaultOlder:
        return "older than its mark"
    except VaultError as error:
        return f"{error} after {known.saved}"
    return None


def _fault_in(store: Store, folder: Path, known: Known) -> str | None:
    if known.saved >= 0 and (found := history.fault(store, known.saved)):
        return found
    if not known.typed <= history.typed(store) <= known.typed + 1:
        return "a draft is not as it was kept"
    if wrong := _half_a_step(store.vault.engine, known.steps):
        return wrong
    others = range(max(0, min(known.secrets) - 1), max(known.secrets) + 1)
    if len(_fits(folder, list(others))) != 1:
        return "not the one secret that was told"
    return None


def _half_a_step(engine: Engine, steps: int) -> str | None:
    with engine.connect() as connection:
        names = set(connection.execute(text("SELECT name FROM migration WHERE name LIKE 'later %'")).scalars())
    seen = inspect(engine)
    tables = {name.replace("_", " ") for name in seen.get_table_names() if name.startswith("later_")}
    columns = {column["name"].replace("_", " ") for column in seen.get_columns("contact")}
    if taken(engine) != LATEST + steps:
        return f"step {taken(engine)} of {LATEST + steps}"
    return None if names == tables == {name for name in columns if name.startswith("later ")} else "half a step"
