"""kill -9 of the API process and of PostgreSQL in the middle of exchanges: `python -m tests.sync.kills --kills 200`.

Three phones write over real HTTP to a server process on a database that waits for its disk. One of the two processes
is killed at a random moment, started again, and so on; with `--processes 2` it is one of two API processes on the same
database, between which each phone's questions alternate. Each phone keeps what it was told; at the end all of that must
stand in the database, once, and everything it had not been told has got through as well.
"""

import argparse
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import URL, Engine
from sqlmodel import Session, col, select

from fieldapp.errors import LoginAgain, SyncError
from fieldapp.server import database, embedded
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Audit, Record
from fieldapp.sync.http import HttpServer
from fieldapp.wire import Ack, Operation, SyncServer
from tests.server.people import Clock, Phone, a_change, a_known_phone, an_add

PHONES = 3
PATIENCE = 30.0


@dataclass
class Api:
    """A server process of its own, on a port that stays the same."""

    url: URL
    port: int
    register: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        url = self.url.render_as_string(hide_password=False)
        where = ["--port", str(self.port), "--database-url", url, "--register", str(self.register)]
        command = [sys.executable, "-m", "fieldapp", "server", *where]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@dataclass
class Postgres:
    """The embedded database, killed with everything it runs."""

    folder: Path
    durable: bool
    users: contextlib.ExitStack

    def start(self) -> URL:
        """A killed one leaves its memory to the system; until that is swept up it does not start again."""
        latest = time.monotonic() + PATIENCE
        while True:
            try:
                return self.users.enter_context(embedded.running(self.folder, durable=self.durable))
            except embedded.EmbeddedError:
                if time.monotonic() > latest:
                    raise

    def kill(self) -> None:
        process = int((self.folder / "cluster" / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGKILL)
        assert _comes(lambda: not _runs(process))


class Ways:
    """To several processes in turn, as behind a proxy; a `wire.SyncServer`."""

    def __init__(self, addresses: list[str]) -> None:
        self.lines: list[HttpServer] = []
        self._all: list[HttpServer] = []
        self._turn = 0
        for address in addresses:
            self.also(address)

    def also(self, address: str) -> None:
        line = HttpServer(address)
        self._all.append(line)
        self.lines = [*self.lines, line]

    def without_first(self) -> None:
        """What is under way there goes on."""
        self.lines = self.lines[1:]

    def __getattr__(self, name: str) -> Any:
        lines = self.lines  # somebody may take one out meanwhile
        self._turn += 1
        return getattr(lines[self._turn % len(lines)], name)

    def close(self) -> None:
        for line in self._all:
            line.close()


@dataclass
class Writer:
    """A phone that writes notes and edits its own citizen, and goes on with the same batch until it has its answer."""

    phone: Phone
    citizen: str
    choice: random.Random
    told: dict[str, tuple[Operation, Ack]] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    trying: str = ""
    failures: int = 0

    def write(self, over: threading.Event) -> None:
        while not over.is_set():
            self.send(self.batch(), over)

    def batch(self) -> list[Operation]:
        notes = [an_add("own_words", self.citizen, self.hope()) for _ in range(self.choice.randint(1, 4))]
        base = self.phone.rows[self.citizen].base
        self.trying = f"Opdigtet {self.choice.getrandbits(40)}"
        return [*notes, a_change(self.citizen, self.citizen, {"known_places": self.trying}, base)]

    def hope(self) -> dict[str, str]:
        return {"aspect": "hope", "text": f"Opdigtet {self.choice.getrandbits(40)}", "said_on": "2026-11-25"}

    def send(self, batch: list[Operation], over: threading.Event) -> None:
        while not over.is_set():
            try:
                acks = self.phone.send(*batch)
            except SyncError as error:
                self.failures += 1
                if isinstance(error, LoginAgain):
                    self.phone.token = ""
                over.wait(0.02)  # the server is down for a second: this is no test of how fast one can ask
            else:
                self.told |= {operation.op: (operation, ack) for operation, ack in zip(batch, acks, strict=True)}
                self.places.append(batch[-1].fields["known_places"])
                return

    def missing(self, session: Session) -> list[str]:
        """Operations that this phone was told of and that are not there, once, as it was told."""
        entries = session.exec(select(Audit).where(col(Audit.op_id).in_(self.told), Audit.settled)).all()
        results = {entry.op_id: entry.result for entry in entries}
        records = {r.id: r for r in session.exec(select(Record).where(Record.scope == f"citizen:{self.citizen}"))}
        lost = [op for op, (_, ack) in self.told.items() if ack.result != "ok" or results.get(op) != "ok"]
        lost += [
            op
            for op, (o, _) in self.told.items()
            if o.do == "add" and (o.id not in records or records[o.id].fields != o.fields)
        ]
        notes = [r for r in records.values() if r.kind == "own_words"]
        if len({r.fields["text"] for r in notes}) != len(notes):
            lost.append("a note is there twice")
        if self.places and records[self.citizen].fields.get("known_places") not in (self.places[-1], self.trying):
            lost.append("the last edit")
        return lost


def run(kills: int, seed: int, durable: bool = True, processes: int = 1) -> tuple[list[str], int, int]:
    """What is missing at the end, how many operations were acknowledged, and how often a phone got no answer."""
    choice = random.Random(seed)
    with municipality(durable, processes) as (postgres, apis, engine):
        victims: list[Api | Postgres] = [*apis] if processes > 1 else [*apis, postgres]
        ways = [Ways([api.address for api in apis]) for _ in range(PHONES)]
        writers = [_writer(engine, way, random.Random(f"{seed} {number}")) for number, way in enumerate(ways)]
        over = threading.Event()
        with ThreadPoolExecutor(PHONES) as threads:
            writing = [threads.submit(writer.write, over) for writer in writers]
            try:
                for number in range(kills):
                    if not _answers(writers):
                        break  # a server that lost what it had said answers no phone that knows better
                    over.wait(choice.uniform(0.0, 0.1))
                    victim = victims[number % len(victims)]
                    victim.kill()
                    victim.start()
                answered = _answers(writers)
            finally:
                over.set()
            for done, way in zip(writing, ways, strict=True):
                done.result()
                way.close()
        with Session(engine) as session:
            missing = [lost for writer in writers for lost in writer.missing(session)]
        if not answered:
            missing.append("somebody gets no answer any more")
        told = sum(len(writer.told) for writer in writers)
        return missing, told, sum(writer.failures for writer in writers)


@contextmanager
def municipality(durable: bool, processes: int) -> Iterator[tuple[Postgres, list[Api], Engine]]:
    with tempfile.TemporaryDirectory(prefix="vedhold-test-") as folder, contextlib.ExitStack() as stack:
        stack.enter_context(patch.object(embedded, "CARELESS", {"synchronous_commit": "off"}))
        postgres = Postgres(Path(folder), durable, stack)
        url = postgres.start()
        engine = database.connect(url)
        stack.callback(engine.dispose)
        database.prepare(engine)
        apis = [Api(url, free_port(), Path(folder) / "register") for _ in range(processes)]
        for api in apis:
            api.start()
            stack.callback(api.kill)
        yield postgres, apis, engine


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _writer(engine: Engine, http: SyncServer, choice: random.Random) -> Writer:
    clock = Clock()
    clock.now = datetime.now(UTC)
    worker = Office(engine).add_worker("Freja Opfundet")
    phone = a_known_phone(InProcessServer(engine), clock, worker)
    citizen = phone.meet()
    phone.catch_up()
    phone.server = http
    return Writer(phone, citizen, choice)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _answers(writers: list[Writer]) -> bool:
    """Whether each of them gets an answer now."""
    before = [len(writer.told) for writer in writers]
    return _comes(lambda: all(len(writer.told) > had for writer, had in zip(writers, before, strict=True)))


def _comes(true: Callable[[], bool]) -> bool:
    latest = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > latest:
            return False
        time.sleep(0.01)
    return True


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--careless", action="store_true", help="do not wait for the disk: then something is missing")
    said = asked.parse_args()
    started = time.monotonic()
    missing, told, failures = run(said.kills, said.seed, not said.careless, said.processes)
    print(*missing[:20], sep="\n", end="\n" if missing else "")
    print(f"{told} operations acknowledged, {failures} times no answer, {time.monotonic() - started:.0f} s")
    print(f"kills {said.kills} missing {len(missing)}")
    raise SystemExit(bool(missing))


if __name__ == "__main__":
    main()
