"""How the server is upgraded and stops: a new version beside the old one, and an end that loses nothing under way."""

import ast
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from sqlalchemy import ARRAY, URL, CheckConstraint, Column, Connection, Engine, MetaData, Table, text
from sqlmodel import Session, col, select

from fieldapp import bodies
from fieldapp.server import database
from fieldapp.server.tables import Record
from tests.server import rolling
from tests.server.people import Clock, Phone, an_add

MIGRATIONS = sorted((database.MIGRATIONS / "versions").glob("[0-9]*.py"))
WORDS = {"aspect": "hope", "text": "Opdigtet", "said_on": "2026-11-25"}


@pytest.mark.proof
def test_a_new_version_starts_beside_the_old_one_and_no_phone_gets_anything_but_an_answer_or_a_time_to_wait() -> None:
    with rolling.a_next_version() as new:
        done = rolling.roll(rolling.HERE, new, phones=3, each=4)
    assert (done.failed, done.missing, done.ended) == ([], 0, 0)
    assert done.told >= 36


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_only_adds_so_that_the_version_before_it_can_go_on(migration: Path) -> None:
    for call in _calls(ast.parse(migration.read_text())):
        name = ast.unparse(call.func).removeprefix("op.")
        assert not name.startswith(("drop_", "alter_", "rename_")), f"{name}: the old one stops"
        if name == "execute":
            assert migration.stem == "0001_first", "what is written as SQL is looked at by nobody here"
        if name == "add_column":
            said = {word.arg: ast.unparse(word.value) for word in call.args[1].keywords}  # type: ignore[attr-defined]
            assert said.get("nullable") == "True" or "server_default" in said, "the old one does not fill it"


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("op."):
            yield node


@pytest.mark.parametrize("number", range(1, len(MIGRATIONS) + 1))
def test_every_step_of_the_migrations_is_taken_over_what_lies_there(engine: Engine, number: int) -> None:
    """A row in every table of the step, and each of them is there, as it was, when all steps are taken."""
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        database.migrate(connection, f"{number:04}")
        # As a restore does: what rows are to each other, and where a record's number comes from, is not asked here.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        there = MetaData()
        there.reflect(connection)
        tables = [table for name, table in there.tables.items() if name != "alembic_version"]
        for table in tables:
            connection.execute(table.insert(), _a_row(table))
        before = {table.name: _rows(connection, table) for table in tables}
    assert {"audit", "record", "device", "worker", "assignment"} <= set(before)
    assert all(len(rows) == 1 for rows in before.values()), before
    database.prepare(engine)
    with engine.begin() as connection:
        assert {table.name: _rows(connection, table) for table in tables} == before
        newest = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert newest == MIGRATIONS[-1].stem.partition("_")[0]


def _a_row(table: Table) -> dict[str, Any]:
    """Something in every column, also where nothing may be; the words that a table takes stand in its checks.

    But for the team of an assignment, which is a worker's or a team's."""
    checks = " ".join(str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint))
    columns = [column for column in table.columns if column.identity is None and str(column) != "assignment.team"]
    return {column.name: _value(column, checks) for column in columns}


def _value(column: Column[Any], checks: str) -> Any:
    word = re.search(rf"\b{column.name}\b[^']*'(\w+)'", checks)
    kinds: dict[type, Any] = {
        bool: True,
        bytes: b"Opdigtet",
        date: date(2026, 11, 25),
        datetime: datetime(2026, 11, 25, 9, tzinfo=UTC),
        object: {"opdigtet": 1},
        int: 1,
        list: [],
        str: word[1] if word else "Opdigtet",
        UUID: UUID(int=7),
    }
    return kinds[list if isinstance(column.type, ARRAY) else column.type.python_type]


def _rows(connection: Connection, table: Table) -> list[Any]:
    return [tuple(row) for row in connection.execute(select(*table.columns))]


@contextmanager
def running(url: URL, register: Path, *first: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    there = ["--database-url", url.render_as_string(hide_password=False), "--register", str(register)]
    command = [sys.executable, "-m", "fieldapp", "--language", "en", *first, "server", "--port", "0", *there]
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=quiet) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+:\d+", server.stdout.readline())
        assert address is not None
        try:
            yield server, address[0]
        finally:
            server.kill()


def test_told_to_stop_in_the_middle_of_an_exchange_it_ends_that_and_then_itself(
    database_url: URL, engine: Engine, freja: Phone, clock: Clock, tmp_path: Path
) -> None:
    citizen = freja.meet()
    clock.now = datetime.now(UTC)
    freja.log_in()
    note = an_add("own_words", citizen, WORDS)
    body = bodies.encode_request(freja.request(note))
    with running(database_url, tmp_path / "register") as (server, address):
        there = urlsplit(address)
        assert httpx.get(f"{address}/health/ready").status_code == 200
        with socket.create_connection((there.hostname, there.port), timeout=20) as line:
            head = f"POST /sync/v1/exchange HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {freja.token}\r\n"
            line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:20])
            _until_read(address)
            server.send_signal(signal.SIGTERM)
            _until_refused(there.hostname or "", there.port or 0)
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(1)  # it waits for us, and not the other way round
            line.sendall(body[20:])
            assert line.recv(100).startswith(b"HTTP/1.1 200 ")
        assert server.wait(20) == 0
        assert server.stderr is not None
        said = server.stderr.read()
    assert '"route": "/sync/v1/exchange"' in said and "Opdigtet" not in said and "Traceback" not in said
    with Session(engine) as session:
        assert session.exec(select(Record.id).where(col(Record.id) == note.id)).one()


def _until_read(address: str) -> None:
    """A later request is answered: what came before it has been read."""
    assert httpx.get(f"{address}/health/live").status_code == 200


def _until_refused(host: str, port: int) -> None:
    """It takes nobody in any more."""
    for _ in range(10_000):
        try:
            socket.create_connection((host, port), timeout=5).close()
        except OSError:
            return
    raise AssertionError("it goes on taking people in")
