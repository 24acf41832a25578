"""A backup of the database in a file, and when the last one was: what is in it, no phone needs to keep any longer."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, update
from sqlmodel import Session, col

from fieldapp.server import database, dump, files, identity
from fieldapp.server.dump import BackupError
from fieldapp.server.tables import SyncClock
from fieldapp.settings import Settings


def back_up(engine: Engine, file: Path, clock: Callable[[], datetime]) -> None:
    """Write a backup to a new file, readable by its owner alone, with its digest in `<file>.sha256` beside it.

    Only when all of it is on the disk, phones are told that what it holds is `durable`: everything up to the number
    that the server had when it began. Killed before, there is no file and nothing is durable; do it again.
    """
    with database.trouble_told(), Session(engine) as session:
        begun = identity.clock(session)
    if file.exists():
        raise BackupError("exists")
    try:
        with files.whole(file) as into:
            dump.dump(engine, into)
            digest_file(file).unlink(missing_ok=True)  # of a backup that was begun and not finished
            with files.whole(digest_file(file)) as digest:
                digest.write(f"{digest_of(Path(into.name))}  {file.name}\n".encode())
    except FileExistsError:
        raise BackupError("exists") from None
    except OSError:
        raise BackupError("not_written") from None
    with database.trouble_told(), Session(engine) as session:
        session.execute(_finished(begun, clock()))
        session.commit()


def _finished(begun: SyncClock, now: datetime) -> Any:
    """Not when it has been restored meanwhile: then the numbers are others."""
    durable = func.greatest(col(SyncClock.durable), begun.seq)
    return update(SyncClock).where(col(SyncClock.epoch) == begun.epoch).values(durable=durable, backed_up_at=now)


def verify(file: Path) -> None:
    """Raise BackupError unless the file is there and whole: no_file | damaged."""
    try:
        told, found = digest_file(file).read_text().split()[0], digest_of(file)
    except (OSError, IndexError, UnicodeDecodeError):
        raise BackupError("damaged" if file.exists() else "no_file") from None
    if told != found:
        raise BackupError("damaged")


def overdue(clock: SyncClock, now: datetime, settings: Settings) -> bool:
    """Whether the last finished backup, if there is one at all, is older than it may be."""
    at_least = now - timedelta(hours=settings.backup_hours)
    return clock.backed_up_at is None or clock.backed_up_at < at_least


def digest_file(file: Path) -> Path:
    return file.with_name(file.name + ".sha256")


def digest_of(file: Path) -> str:
    with file.open("rb") as whole:
        return hashlib.file_digest(whole, "sha256").hexdigest()
