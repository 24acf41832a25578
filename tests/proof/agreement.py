"""The two readers read the same: the app, and the one written from the page (reader.py)."""

import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from fieldapp.store.database import Store
from fieldapp.store.log import Log, create
from fieldapp.store.log_format import PAGE
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.unlocking import change_secret, recover
from fieldapp.store.vault import create_vault, open_vault
from tests.proof import history, quick, reader, scene
from tests.proof.scene import DEVICE, SECRET, Files, Rows
from tests.proof.tamper_cases import Case

CODE = bytes(range(100, 116))
Stretch = reader.Stretch


def rows_of(image: bytes) -> Rows:
    """What SQLite itself, without the app, reads in a database the second reader gave."""
    if not image:
        return {}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(image)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}


def difference(
    files: Files, there: Rows, secret: str | bytes = SECRET, kind: str = "worker", stretch: Stretch = quick.stretched
) -> str | None:
    """Between what the app showed and what the second reader reads in these files."""
    try:
        found = rows_of(reader.read(files, secret, DEVICE, kind, stretch).database)
    except reader.Refused as refused:
        return f"the second reader refuses: {refused.why}"
    if found.keys() != there.keys():
        return "not the same tables"
    differing = [name for name, content in there.items() if found[name] != content]
    return f"not the same rows in {', '.join(differing)}" if differing else None


def faults(seed: str, stretch: Stretch = quick.stretched) -> list[str]:
    """A vault through its life, read by both at each turn."""
    rng, found = random.Random(seed), []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "vault")

        def compare(turn: str, store: Store) -> None:
            if wrong := difference(scene.copied(folder), scene.rows(store.vault), stretch=stretch):
                found.append(f"{turn}: {wrong}")

        def opened() -> Store:
            return Store(open_vault(folder, SECRET, DEVICE, disk=quick.DISK), history.WORKER)

        def written(store: Store, numbers: range) -> Store:
            for number in numbers:
                history.write(store, number, rng)
                history.type_on(store, number)
            return store

        store = Store(create_vault(folder, SECRET, DEVICE, cost=LOWEST_COST, disk=quick.DISK), history.WORKER)
        compare("new", store)
        history.begin(store)
        compare("in use", written(store, range(1, 9)))
        store.vault.add_key("recovery", CODE, DEVICE)
        for wrong in (difference(scene.copied(folder), scene.rows(store.vault), CODE, "recovery"),):
            found += [f"by the recovery code: {wrong}"] if wrong else []
        history.ask_for_compaction(store)
        store.close()
        store = opened()
        compare("a generation later", store)
        compare("and in use", written(store, range(9, 13)))
        store.close()
        with (folder / "vault-2.log").open("ab") as log:
            log.write(rng.randbytes(5_000))
        store = opened()
        compare("with a torn tail", store)
        compare("over the torn tail", written(store, range(13, 14)))
        store.close()
        change_secret(folder, SECRET, "midlertidig", DEVICE, cost=LOWEST_COST, disk=quick.DISK)
        recover(folder, CODE, SECRET, DEVICE, cost=LOWEST_COST, disk=quick.DISK)
        store = opened()
        compare("with another secret", store)
        store.close()
    return found + _pages(rng)


def _pages(rng: random.Random) -> list[str]:
    """Databases that shrink, grow again and have holes: what SQLite does seldom, page by page."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "vault-1.log")
        create(path, history.KEY, quick.DISK)
        log = Log(path, history.KEY, quick.DISK)
        for turn in range(40):
            for _ in range(rng.randrange(4)):
                number = rng.randrange(12)
                log.write(
                    number,
                    rng.randbytes(rng.choice((0, 100, PAGE))).rjust(rng.choice((0, PAGE)), b"\0").ljust(PAGE, b"\0"),
                )
            if rng.random() < 0.4:
                log.cut(rng.randrange(log.size + 1))
            log.commit()
            if rng.random() < 0.2:
                log.close()
                log = Log(path, history.KEY, quick.DISK)
            ours = b"".join(log.read(number) for number in range(log.size))
            if reader.database(reader.LogFile(history.KEY, path.read_bytes()))[0] != ours:
                found.append(f"pages: not the same after commit {turn}")
        log.close()
    return found


def answer(case: Case, of: scene.Scene) -> str | None:
    """What is wrong with the second reader's answer to a case of tampering."""
    try:
        read = reader.read(case.files, SECRET, case.device, stretch=quick.stretched)
    except reader.Refused:
        return None if case.wanted else f"{case.name}: the second reader refuses it"
    here = (read.vault, read.seq, read.tag)
    if case.marked and case.wanted:  # no file can tell: it is read, and stands behind the mark
        behind = read.vault != of.mark.vault or (read.seq <= of.mark.seq and here != tuple(of.mark))
        return None if behind else f"{case.name}: the second reader does not see that it is older"
    return None if here == tuple(of.mark) and not case.wanted else f"{case.name}: the second reader reads it"
