"""A new version beside the old one, with phones at work: `python -m tests.server.rolling --from REF`.

The old version serves; the new one starts on the same database, brings its tables up, and serves as well; then the old
one is told to stop and ends what it has begun. Phones write all the while, first at the one, then at both in turn, at
last at the new one alone, as a proxy would send them. Each may be asked to wait; no other answer is good, and nothing
that was acknowledged is missing. `--from` takes the old version from the repository's history; without it both are
this one, and the new has one more migration.
"""

import argparse
import io
import os
import re
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

import httpx
from alembic.config import Config
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from sqlalchemy import URL, Engine
from sqlmodel import Session, col, func, select

from fieldapp.errors import LoginAgain, ServerTrouble, SyncError
from fieldapp.server import database, embedded
from fieldapp.server.tables import Audit, Record
from fieldapp.wire import EnrolRequest
from tests.postgres import in_memory
from tests.server.people import Clock, Phone, an_add, public_pem
from tests.sync.kills import Ways, free_port

HERE = Path(__file__).parents[2]
PATIENCE = 60.0
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("record", sa.Column("opfundet", sa.Text(), nullable=True))
    op.add_column("device", sa.Column("opfundet", sa.Text(), nullable=False, server_default=""))
    op.create_table("opfundet", sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True))
    op.create_index("record_opfundet", "record", ["kind"], postgresql_where=sa.text("kind = 'opfundet'"))
"""


@dataclass
class Version:
    """A server process of one version, run from its folder."""

    folder: Path
    url: URL
    register: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str) -> list[str]:
        url = self.url.render_as_string(hide_password=False)
        there = ["--database-url", url, "--register", str(self.register)]
        return [sys.executable, "-m", "fieldapp", "--language", "en", *words, *there]

    def start(self) -> None:
        command = self.command("server", "--port", str(self.port))
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
        )
        latest = time.monotonic() + PATIENCE
        while not _answers(self.address):
            assert time.monotonic() < latest and self.process.poll() is None, "it does not come up"
            time.sleep(0.05)

    def told_to_stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def say(self, *words: str) -> str:
        command, quiet = self.command("admin", *words), _environment()
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, text=True, check=True, env=quiet)
        return done.stdout


@dataclass
class Worker:
    """A phone that writes a note, and another, until it is told to stop."""

    phone: Phone
    ways: Ways
    citizen: str
    told: list[str] = field(default_factory=list)
    waited: int = 0
    failed: list[str] = field(default_factory=list)

    def work(self, over: threading.Event) -> None:
        while not over.is_set():
            note = an_add("own_words", self.citizen, {"aspect": "hope", "text": "Opdigtet", "said_on": "2026-11-25"})
            while not over.is_set():
                try:
                    [ack] = self.phone.send(note)
                except LoginAgain:
                    self.phone.token = ""
                    self.failed.append("login")
                except ServerTrouble as trouble:
                    self.waited += 1
                    if trouble.retry_after is None:
                        self.failed.append(str(trouble))
                    over.wait(0.2)
                except SyncError as error:
                    self.failed.append(str(error))
                    over.wait(0.2)
                else:
                    assert ack.result == "ok", ack
                    self.told.append(note.id)
                    break


@dataclass
class Outcome:
    told: int
    waited: int
    failed: list[str]
    missing: int
    ended: int


def roll(old: Path, new: Path, phones: int, each: int) -> Outcome:
    """`each`: notes that every phone must have got through in each of the three parts."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vedhold-test-", dir=in_memory())))
        url = stack.enter_context(embedded.running(folder / "database", durable=False))
        first, second = (Version(tree, url, folder / "register") for tree in (old, new))
        for version in (first, second):
            stack.callback(version.kill)
        first.start()
        workers = [_worker(first) for _ in range(phones)]
        over = threading.Event()
        threads = [threading.Thread(target=one.work, args=(over,)) for one in workers]
        for thread in threads:
            thread.start()
        try:
            _more(workers, each)
            second.start()
            for one in workers:
                one.ways.also(second.address)
            _more(workers, each)
            for one in workers:
                one.ways.without_first()
            ended = first.told_to_stop()
            _more(workers, each)
        finally:
            over.set()
            for thread in threads:
                thread.join(PATIENCE)
            for one in workers:
                one.ways.close()
        engine = database.connect(url)
        stack.callback(engine.dispose)
        ids = [id for one in workers for id in one.told]
        failed = [fault for one in workers for fault in one.failed]
        return Outcome(len(ids), sum(one.waited for one in workers), failed, len(ids) - _there(engine, ids), ended)


def _more(workers: list[Worker], each: int) -> None:
    wanted = [len(one.told) + each for one in workers]
    latest = time.monotonic() + PATIENCE
    while any(len(one.told) < most for one, most in zip(workers, wanted, strict=True)):
        assert time.monotonic() < latest, [one.failed[-3:] for one in workers]
        time.sleep(0.02)


def _there(engine: Engine, ids: list[str]) -> int:
    with Session(engine) as session:
        kept = select(func.count()).select_from(Record).join(Audit, col(Audit.record) == col(Record.id))
        return session.exec(kept.where(col(Record.id).in_(ids), Audit.settled, Audit.result == "ok")).one()


def _worker(version: Version) -> Worker:
    """A worker and a phone, made by the old version's own command line and enrolled over HTTP."""
    name = f"Freja Opfundet {os.urandom(4).hex()}"
    version.say("worker", name)
    code = re.search(r"Code for .*: ([A-Z2-9]{8})\.", version.say("code", name))
    assert code is not None
    key, clock = generate_private_key(SECP256R1()), Clock()
    clock.now = datetime.now(UTC)
    ways = Ways([version.address])
    enrolled = ways.enrol(EnrolRequest(code=code[1], public_key=public_pem(key), name="Prøvetelefon"))
    phone = Phone(ways, enrolled, key, clock)  # type: ignore[arg-type]
    citizen = phone.meet()
    phone.catch_up()
    return Worker(phone, ways, citizen)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health").status_code == 200
    except httpx.HTTPError:
        return False


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}


@contextmanager
def a_next_version() -> Iterator[Path]:
    """This one, with one more migration of the usual sort."""
    with tempfile.TemporaryDirectory(prefix="vedhold-next-") as folder:
        copytree(HERE / "fieldapp", Path(folder) / "fieldapp", ignore=ignore_patterns("__pycache__"))
        copytree(HERE / "assets", Path(folder) / "assets")
        versions = Path(folder) / "fieldapp" / "server" / "migrations"
        config = Config()
        config.set_main_option("script_location", str(versions))
        head = ScriptDirectory.from_config(config).get_current_head()
        (versions / "versions" / "9999_next.py").write_text(NEXT.format(head=head))
        yield Path(folder)


@contextmanager
def of_history(ref: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vedhold-old-") as folder:
        packed = subprocess.run(["git", "archive", ref], cwd=HERE, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--from", dest="ref")
    asked.add_argument("--phones", type=int, default=8)
    asked.add_argument("--each", type=int, default=40)
    said = asked.parse_args()
    with ExitStack() as stack:
        old = stack.enter_context(of_history(said.ref)) if said.ref else HERE
        new = HERE if said.ref else stack.enter_context(a_next_version())
        done = roll(old, new, said.phones, said.each)
    print(f"{done.told} notes acknowledged, {done.waited} times asked to wait, missing {done.missing}")
    print(f"other failures: {sorted(set(done.failed)) or 'none'}; the old version ended with {done.ended}")
    raise SystemExit(bool(done.failed or done.missing or done.ended))


if __name__ == "__main__":
    main()
