"""A vault and what somebody could have copied over time: its older states, its other histories, other vaults."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from fieldapp.store.database import Store
from fieldapp.store.mark import Mark
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.unlocking import change_secret
from fieldapp.store.vault import Vault, create_vault, open_vault
from tests.proof import history, quick, reader

SECRET, DEVICE, OTHER_DEVICE = "lanterne brosten kajkant", bytes(range(32)), bytes(range(1, 33))
Files = dict[str, bytes]
Rows = dict[str, list[str]]


@dataclass(frozen=True)
class Scene:
    """`files` is the vault in its second generation, `ends` where its commits end, `mark` what was kept of it.

    `older` is the whole of it some commits ago, `fork` the log of that copy gone on another way, `first` the whole
    before it was compacted, `before_secret` the keyring before the secret was changed. `other` is another vault of
    the same worker on the same device, `elsewhere` one on another device.
    """

    files: Files
    ends: list[int]
    mark: Mark
    rows: Rows
    older: Files
    fork: bytes
    first: Files
    before_secret: bytes
    other: Files
    elsewhere: Files
    log = "vault-2.log"

    def opened(self, files: Files | None = None) -> reader.LogFile:
        """The log by the second reader, to find places in it."""
        files = files or self.files
        ring = reader.read_keyring(files["keyring.json"])
        master = reader.master_key(ring, SECRET, DEVICE, stretch=quick.stretched)
        return reader.LogFile(reader.data_key(ring, master), files[f"vault-{ring['generation']}.log"])


def copied(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def put(folder: Path, files: Files) -> None:
    """Make the folder hold exactly these."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def rows(vault: Vault) -> Rows:
    """All there is, table by table; raises what reading raises."""
    with vault.engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return {
            name: sorted(repr(tuple(row)) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'))
            for name in names
        }


def make(place: Path) -> Scene:
    """Within quick.stretching()."""
    folder, rng = place / "vault", random.Random(1)
    number = iter(range(1, 99))

    def work(where: Path, *deeds: Callable[[Store], None], mark: bool = True) -> Vault:
        vault = open_vault(where, SECRET, DEVICE, disk=quick.DISK)
        store = Store(vault, history.WORKER)
        for deed in deeds:
            deed(store)
        store.close()
        return vault

    def write(store: Store) -> None:
        history.write(store, next(number), rng)

    def typed(much: int) -> Callable[[Store], None]:
        return lambda store: history.type_on(store, much)

    create_vault(folder, "not yet chosen", DEVICE, cost=LOWEST_COST, disk=quick.DISK).close()
    before_secret = (folder / "keyring.json").read_bytes()
    change_secret(folder, "not yet chosen", SECRET, DEVICE, cost=LOWEST_COST, disk=quick.DISK)
    work(folder, history.begin, write, write, write)
    first = copied(folder)
    work(folder, history.ask_for_compaction)
    work(folder, write, write)
    older = copied(folder)
    put(place / "fork", older)
    work(place / "fork", typed(9), write, write, write, write)
    ends: list[int] = []
    log = folder / Scene.log

    def told(deed: Callable[[Store], None]) -> Callable[[Store], None]:
        return lambda store: (deed(store), ends.append(log.stat().st_size))[0]

    vault = work(folder, *map(told, (typed(4), write, write, typed(5), typed(6))))
    files, mark = copied(folder), vault.mark
    opened = open_vault(folder, SECRET, DEVICE, disk=quick.DISK)
    there = rows(opened)
    opened.close()
    create_vault(place / "other", SECRET, DEVICE, cost=LOWEST_COST, disk=quick.DISK).close()
    create_vault(place / "elsewhere", SECRET, OTHER_DEVICE, cost=LOWEST_COST, disk=quick.DISK).close()
    fork = (place / "fork" / Scene.log).read_bytes()
    return Scene(
        files, ends, mark, there, older, fork, first, before_secret,
        copied(place / "other"), copied(place / "elsewhere"),
    )  # fmt: skip
