"""A database with its register, ready to be worked on: nobody restores it, and it has followed the register."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Engine

from fieldapp.server import database, embedded, replay
from fieldapp.server.dump import BackupError
from fieldapp.server.exchange import utc_now
from fieldapp.server.register import Register

#: Beside an embedded database, and no part of its backup.
REGISTER_FILE = "register.jsonl"


@contextmanager
def connected(folder: Path, url: URL | str | None = None, *, durable: bool = True) -> Iterator[Engine]:
    """The database at this address, or else the embedded one of this folder; as it is."""
    with ExitStack() as stack:
        if url is None:
            url = stack.enter_context(embedded.running(folder, durable=durable))
        engine = database.connect(url)
        stack.callback(engine.dispose)
        yield engine


@contextmanager
def ready(engine: Engine, register: Register, clock: Callable[[], datetime] = utc_now) -> Iterator[None]:
    """Raises RegisterError, or BackupError(`restoring`), and does not open it then."""
    with database.working(engine) as may:
        if not may:
            raise BackupError("restoring")
        with database.trouble_told():
            database.prepare(engine)
        replay.follow(engine, register, clock())
        yield
