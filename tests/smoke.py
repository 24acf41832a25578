"""The main job on real input, headless: `make smoke`.

A worker enrols, gets citizens, goes offline, meets a new one, logs a contact, an attempt and a goal, is killed
(kill -9), starts again, unlocks, finds all, goes online, syncs; a colleague's device receives them. The raw files of
the vault hold none of the texts, no table name, no "SQLite format 3".
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from fieldapp.actions import attempts, citizens, contacts, goals
from fieldapp.app import App
from fieldapp.demo import NoPlatform, OutOfReach
from fieldapp.device import FileKeystore
from fieldapp.sync.http import HttpServer
from fieldapp.texts import use_language
from fieldapp.trial import Trial
from fieldapp.wire import SyncServer

SECRET = "fire ord er nok her"
OWN_WORDS = "Opdigtede ord: jeg vil have et bord, hvor jeg selv bestemmer, hvem der sidder. Æøå."
NAME = "Ægir Opfundet"
GOAL = "En opfundet stol mere til bordet"
TEXT = "Hej Ægir. Bare en opfundet hilsen herfra."
SEEN_BEFORE = "Åse Opdigtet"
PLAINTEXT = (OWN_WORDS, NAME, GOAL, TEXT, SEEN_BEFORE, "citizen", "outbox", "SQLite format 3", "CREATE TABLE")


async def a_device(folder: Path, connect: Callable[[str], SyncServer]) -> App:
    use_language("da")
    app = App(folder / "vault", FileKeystore(folder / "keys"), NoPlatform(), connect=connect)
    await app.load()
    return app


async def first_day(folder: Path, address: str, code: str) -> None:
    """Enrol and fetch; then, out of reach, meet somebody; then be killed."""
    app = await a_device(folder, HttpServer)
    await app.enrol(address, code)
    await app.choose_secret(SECRET)
    await app.sync_now()
    assert app.desk is not None
    here = [line.name for line in citizens.read_all(app.desk)]
    assert here == [SEEN_BEFORE], (here, app.sending)
    app.lock()
    await app.closed()

    app = await a_device(folder, OutOfReach)
    await app.unlock(SECRET)
    await app.sync_now()
    assert app.desk is not None and app.sending.why == "no_connection"
    citizen = citizens.add(app.desk, citizens.NewCitizen(known_as=NAME, met=False)).citizen
    contacts.note(app.desk, citizen, contacts.ContactForm(place="street", own_words=OWN_WORDS))
    attempts.save(app.desk, citizen, "text", "sent", text=TEXT)
    goals.add(app.desk, citizen, goals.GoalForm(dimension="housing", title=GOAL))
    print("saved", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


async def next_day(folder: Path) -> None:
    """Start again, find all, send it."""
    app = await a_device(folder, HttpServer)
    assert app.state == "locked"
    await app.unlock(SECRET)
    assert app.desk is not None
    check_all_there(app)
    assert app.sending.waiting >= 4
    await app.sync_now()
    assert app.sending.waiting == 0 and app.sending.refused == 0, app.sending
    app.lock()
    print("sent", flush=True)


def check_all_there(app: App) -> int:
    """The number of records of the new citizen that this device shows: citizen, contact, attempt, goal."""
    assert app.desk is not None
    citizen = next(line.id for line in citizens.read_all(app.desk) if line.name == NAME)
    told = contacts.timeline(app.desk, citizen)
    assert [moment.own_words for moment in told if moment.kind == "contact"] == [OWN_WORDS]
    assert [moment.text for moment in told if moment.kind == "attempt"] == [TEXT]
    assert [goal.title for goal in goals.read(app.desk, citizen)] == [GOAL]
    return 4


async def colleague(folder: Path, address: str, code: str) -> int:
    app = await a_device(folder, HttpServer)
    await app.enrol(address, code)
    await app.choose_secret(SECRET)
    await app.sync_now()
    records = check_all_there(app)
    app.lock()
    return records


def plaintext(folder: Path) -> int:
    """How often any of the texts stands readable in the files of a vault."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return sum(text.encode() in raw for text in PLAINTEXT for raw in files)


def in_a_process_of_its_own(part: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.smoke", part, *arguments], stdout=subprocess.PIPE, text=True, check=False
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name, Trial(Path(name) / "server") as trial:
        folder = Path(name)
        now = datetime.now().astimezone()
        team = trial.office.add_team("Opfundet team")
        jonas = trial.office.add_worker("Jonas Opfundet", team=team, job="Gadeplansmedarbejder")
        aase = trial.office.add_worker("Freja Opdigtet", team=team, job="Sygeplejerske")
        trial.citizen(SEEN_BEFORE, jonas, now)

        done = in_a_process_of_its_own("first", str(folder / "a"), trial.address, trial.office.make_code(jonas))
        assert done.stdout.split() == ["saved"], done
        assert done.returncode == -signal.SIGKILL
        done = in_a_process_of_its_own("next", str(folder / "a"))
        assert (done.returncode, done.stdout.split()) == (0, ["sent"]), done

        trial.share_all(jonas, aase, now)
        records = asyncio.run(colleague(folder / "b", trial.address, trial.office.make_code(aase)))
        found = plaintext(folder / "a" / "vault") + plaintext(folder / "b" / "vault")
    print(f"smoke ok: {records} records, 2 devices, {found} plaintext")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["first", folder, address, code]:
            asyncio.run(first_day(Path(folder), address, code))
        case ["next", folder]:
            asyncio.run(next_day(Path(folder)))
        case _:
            main()
