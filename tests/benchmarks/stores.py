"""The stores that are compared, each under the app's own tables, sessions and writes.

`vault` is ours; `plain` is the same SQLite, by the same driver, on an ordinary file with a write-ahead log, so what
differs is the vault alone; `SQLCipher` is that with pages encrypted by SQLCipher, in C, with its own driver.
"""

import importlib
import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from fieldapp.store import dbapi
from fieldapp.store.database import Store
from fieldapp.store.disk import DISK, Disk
from fieldapp.store.migrations import migrate
from fieldapp.store.vault import open_with_key

KEY = bytes(range(32))
WORKER = "01990000-0000-7000-8000-00000000aaaa"
#: As the vault has them (store/vfs.py), but for the journal: an ordinary file needs one on disk. Pages are as large as
#: SQLite makes them unless told.
PRAGMAS = (
    "page_size=4096",
    "locking_mode=EXCLUSIVE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "temp_store=MEMORY",
    "cache_spill=OFF",
    "cache_size=-16384",
    "mmap_size=0",
    "secure_delete=ON",
    "foreign_keys=ON",
)


def open_vault(folder: Path, disk: Disk = DISK) -> Store:
    """Past the slots: no store derives its key here."""
    return Store(open_with_key(folder, KEY, disk=disk), WORKER)


def open_plain(folder: Path) -> Store:
    return _open_file(folder, dbapi, lambda path: dbapi.Connection(apsw.Connection(path)))


def open_sqlcipher(folder: Path) -> Store:
    driver: Any = importlib.import_module("sqlcipher3.dbapi2")

    class WithFunctions(driver.Connection):  # type: ignore[misc]
        """The app's own connection gives it the functions that the tables' triggers ask for."""

        def give(self) -> None:
            self.app = dbapi.Connection(_Giving(self))  # type: ignore[arg-type]

        @property
        def synced_open(self) -> bool:
            return self.app.synced_open

        @synced_open.setter
        def synced_open(self, open: bool) -> None:
            self.app.synced_open = open

    def connect(path: str) -> Any:
        connection = driver.connect(path, factory=WithFunctions, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")  # the key itself, no password to derive it from
        connection.give()
        return connection

    return _open_file(folder, driver, connect)


@dataclass
class _Giving:
    """What the app's connection asks of apsw's."""

    connection: Any

    def create_scalar_function(
        self, name: str, function: Callable[..., Any], arguments: int, *, deterministic: bool = False, flags: int = 0
    ) -> None:
        self.connection.create_function(name, arguments, function, deterministic=deterministic)

    def close(self, force: bool) -> None: ...


STORES: dict[str, Callable[[Path], Store]] = {"vault": open_vault, "plain": open_plain, "SQLCipher": open_sqlcipher}


def available() -> tuple[str, ...]:
    """SQLCipher is not everywhere."""
    there = importlib.util.find_spec("sqlcipher3") is not None
    return tuple(name for name in STORES if there or name != "SQLCipher")


def leave(store: Store) -> None:
    """Close it as it is, the vault too: writing a vault anew is measured by itself."""
    store.vault.close(compact=False)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


@dataclass
class _File:
    """What a Store needs of a vault."""

    engine: Engine
    generation: int = 1

    def close(self, **_: Any) -> None:
        self.engine.dispose()


def _open_file(folder: Path, driver: Any, connect: Callable[[str], Any]) -> Store:
    folder.mkdir(exist_ok=True)

    def connected() -> Any:
        connection = connect(str(folder / "plain.db"))
        for pragma in PRAGMAS:
            connection.cursor().execute(f"PRAGMA {pragma}").fetchall()
        return connection

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=connected,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        json_serializer=json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode,
    )
    event.listen(engine, "begin", _begin)
    migrate(engine)
    return Store(_File(engine), WORKER)  # type: ignore[arg-type]


def _begin(connection: Connection) -> None:
    """As the vault's engine does."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
