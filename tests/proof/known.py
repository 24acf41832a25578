"""What the app has told somebody of its vault, and so must hold however it ended; and whether what is left does."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, text

from fieldapp.errors import NoVault, TooManyTries, VaultError, VaultOlder, WrongSecret
from fieldapp.store import keyring, vault
from fieldapp.store.database import Store
from fieldapp.store.disk import Disk
from fieldapp.store.mark import Mark
from fieldapp.store.migrations import LATEST, migrate, taken
from tests.proof import history, quick

DEVICE = bytes(range(32, 64))


_last = [0.0]


def later() -> float:
    """A clock on which nobody waits long after tries that kills have counted: each look is a quarter of an hour on."""
    _last[0] = max(time.time() * 1_000_000, _last[0] + 1_000)
    return _last[0]


@dataclass
class Known:
    """One of `secrets` opens the vault, by its number; `steps` is how many versions later the app is."""

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
def later_app(count: int) -> Iterator[None]:
    """Opening is done by an app so many versions later."""
    real = vault.migrate
    vault.migrate = lambda engine: migrate(engine, history.steps(count))
    try:
        yield
    finally:
        vault.migrate = real


def opened(folder: Path, known: Known, disk: Disk) -> tuple[Store, int]:
    """Opened by the one secret that fits, and which that is."""
    mark = Mark.from_bytes(known.mark.encode())
    for secret in known.secrets * 2:  # noise in the count of tries may make one wait, once
        with suppress(WrongSecret, TooManyTries), later_app(known.steps):
            there = vault.open_vault(folder, words(secret), DEVICE, mark=mark, now=later, disk=disk)
            return Store(there, history.WORKER), secret
    raise WrongSecret


def fits(folder: Path, secrets: list[int]) -> list[int]:
    """Those that open it."""
    ring, found = keyring.load(folder), []
    for secret in secrets:
        with suppress(WrongSecret):
            ring.open_slot(words(secret), DEVICE)
            found.append(secret)
    return found


def fault(folder: Path, known: Known, *, starts: int = 1, disk: Disk = quick.DISK) -> str | None:
    """What is wrong when the app starts on what is left, and each time again after it has gone on working."""
    try:
        for start in range(starts):
            store, secret = opened(folder, known, disk)
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
    if len(fits(folder, list(others))) != 1:
        return "not the one secret that was told"
    return None


def _half_a_step(engine: Engine, steps: int) -> str | None:
    if taken(engine) != LATEST + steps:
        return f"step {taken(engine)} of {LATEST + steps}"
    with engine.connect() as connection:
        names = set(connection.execute(text("SELECT name FROM migration WHERE name LIKE 'later %'")).scalars())
    seen = inspect(engine)
    tables = {name.replace("_", " ") for name in seen.get_table_names() if name.startswith("later_")}
    columns = {column["name"].replace("_", " ") for column in seen.get_columns("contact")}
    return None if names == tables == {name for name in columns if name.startswith("later ")} else "half a step"
