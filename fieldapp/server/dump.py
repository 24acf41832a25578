"""PostgreSQL's own programs: a dump of the whole database, and putting one in the place of another."""

import contextlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO

from psycopg.conninfo import make_conninfo
from sqlalchemy import Engine

from fieldapp.errors import VedholdError
from fieldapp.server import embedded
from fieldapp.server.embedded import EmbeddedError

log = logging.getLogger(__name__)

BLOCK = 1 << 20
#: What a PostgreSQL before 17 does not know, at the head of a newer one's dump; it does without.
NOT_BEFORE_17 = b"SET transaction_timeout = 0;\n"


class BackupError(VedholdError):
    """`why` is exists | no_file | damaged | no_program | failed | not_written | running | restoring."""

    kind = "backup"


def dump(engine: Engine, into: BinaryIO) -> None:
    """The whole database as it is at one moment, in PostgreSQL's custom format: compressed, and not encrypted."""
    with _started(engine, "pg_dump", "--format=custom", "--schema=public", "--no-owner", "--no-privileges", out=into):
        pass


def check(engine: Engine, file: Path) -> None:
    """Read all of it, and change nothing."""
    with _started(engine, "pg_restore", f"--file={os.devnull}", str(file)):
        pass


def replace(engine: Engine, file: Path, afterwards: str) -> None:
    """Put this dump in the place of all there is, then do `afterwards` (SQL); all of it or nothing.

    The last word is said here, when the whole dump has gone through: whatever dies halfway leaves a transaction that
    nobody commits.
    """
    with _started(
        engine, "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=sqlstate"
    ) as psql:
        assert psql.stdin is not None
        try:
            psql.stdin.write(b"BEGIN; DROP SCHEMA IF EXISTS public CASCADE;\n")
            script = ("--no-owner", "--no-privileges", "--file=-", str(file))
            with _started(engine, "pg_restore", *script) as reading:
                _pass_on(reading.stdout, psql.stdin, _version(engine))
            psql.stdin.write(f"SET search_path = public;\n{afterwards}\nCOMMIT;\n".encode())
        except BrokenPipeError:
            raise BackupError("failed") from None


def _pass_on(script: IO[bytes] | None, psql: IO[bytes], version: int) -> None:
    assert script is not None
    head = script.read(BLOCK)
    psql.write(head.replace(NOT_BEFORE_17, b"", 1) if version < 17 else head)
    while block := script.read(BLOCK):
        psql.write(block)


@contextlib.contextmanager
def _started(engine: Engine, program: str, *arguments: str, out: Any = None) -> Iterator[subprocess.Popen[bytes]]:
    """A program at work. It must end well; when the block does not, it is killed."""
    connects = program != "pg_restore"
    where, secret = _address(engine) if connects else ([], {})
    command = [str(_programs(engine) / program), *where, *arguments]
    with tempfile.TemporaryFile() as said:
        reads, writes = program == "psql", program == "pg_restore"
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
            stdout=out or (subprocess.PIPE if writes else subprocess.DEVNULL),
            stderr=said,
            env={**os.environ, **secret},
        )
        try:
            yield process
        except BaseException:  # also when interrupted: no program goes on without whoever started it
            process.kill()
            raise
        finally:
            _let_go(process)
        if process.returncode != 0:
            said.seek(0)
            log.error("%s ended with %s: %s", program, process.returncode, said.read(200).decode(errors="replace"))
            raise BackupError("failed")


def _let_go(process: subprocess.Popen[bytes]) -> None:
    """Nothing more comes from us, nothing more is read: wait for its end."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    process.wait()


def _address(engine: Engine) -> tuple[list[str], dict[str, str]]:
    """Where the database is, as the programs take it; the password is for nobody to read in a list of processes."""
    _, told = engine.dialect.create_connect_args(engine.url)
    secret = {"PGPASSWORD": told["password"]} if told.get("password") else {}
    where = {name: value for name, value in told.items() if name not in ("password", "context")}
    return [f"--dbname={make_conninfo(**where)}"], secret


def _programs(engine: Engine) -> Path:
    """The folder of programs as old as the database, or newer: an older pg_dump refuses."""
    found = [Path(path).parent for path in [shutil.which("pg_dump")] if path]
    with contextlib.suppress(EmbeddedError):
        found.append(embedded.programs())
    versions = {folder: _version_of(folder) for folder in found}
    wanted = _version(engine)
    for folder in found:
        if versions[folder] == wanted:
            return folder
    for folder in found:
        if versions[folder] > wanted:
            return folder
    raise BackupError("no_program")


def _version_of(folder: Path) -> int:
    said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0


def _version(engine: Engine) -> int:
    with engine.connect() as connection:
        version = connection.dialect.server_version_info
    return int(version[0]) if version else 0
