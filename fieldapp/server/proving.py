"""Whether the log is as it was sealed; where it is not, what was done to it and in which minute.

What a seal covers cannot be changed, taken out or added to without its key. Of the end it takes the file of the newest
seals (sealing.Sealer) to see that it was not cut off; what came after the newest seal is not proven yet.
"""

from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from fieldapp.server import database, identity
from fieldapp.server.sealing import BOOKS, Sealer, digest_of, mac, remembered, rows
from fieldapp.server.tables import Audit
from fieldapp.server.tables_log import Seal

What = Literal["row_changed", "row_removed", "row_added", "seal_changed", "seal_removed", "end_removed", "file_changed"]


@dataclass(frozen=True)
class Fault:
    """`at` is when the minute was sealed that it is found in, or the one before which seals are gone.

    None of the file of the newest seals, when that was changed.
    """

    what: What
    book: str
    at: datetime | None


@dataclass(frozen=True)
class Proof:
    """`unsealed`: so many rows are newer than the newest seal. `end_known`: there was a file to prove the end by.

    `restored`: the database was put back from a backup, and nothing has been sealed since; what the file of the newest
    seals knows and the backup does not went with that.
    """

    seals: int
    rows: int
    unsealed: int
    end_known: bool
    restored: bool
    faults: tuple[Fault, ...]


def prove(engine: Engine, sealer: Sealer) -> Proof:
    """Read all of the log and change nothing. Takes a moment of the database, so the server may go on meanwhile."""
    known = remembered(sealer.newest)
    with database.trouble_told(), Session(database.reading(engine)) as session:
        epoch_no = identity.clock(session).epoch_no
        books = [_Book(session, book, sealer.key, known.get(book), epoch_no) for book in BOOKS]
    return Proof(
        seals=sum(len(book.seals) for book in books),
        rows=sum(book.rows for book in books),
        unsealed=sum(book.unsealed for book in books),
        end_known=all(book.name in known for book in books if book.seals),
        restored=any(book.restored for book in books),
        faults=tuple(fault for book in books for fault in book.faults),
    )


class _Book:
    def __init__(self, session: Session, name: str, key: bytes, known: Any, epoch_no: int) -> None:
        self.name = name
        self.seals = session.exec(select(Seal).where(Seal.book == name).order_by(col(Seal.no))).all()
        self.faults: list[Fault] = []
        self.restored = False
        ends = [seal.last for seal in self.seals]
        groups = groupby(rows(session, name), lambda row: bisect_left(ends, row["no"]))
        found = {minute: digest_of(group) for minute, group in groups}
        self.rows = sum(count for count, _ in found.values())
        self.unsealed = found.get(len(ends), (0, ""))[0]
        let_go = _let_go(session) if name == "exchanged" else 0
        self._follow(found, key, let_go)
        self._see_the_end(known, key, epoch_no)

    def _follow(self, found: dict[int, tuple[int, str]], key: bytes, let_go: int) -> None:
        before: Seal | None = None
        for minute, seal in enumerate(self.seals):
            count, digest = found.get(minute, (0, digest_of(())[1]))
            if mac(seal, key) != seal.mac:
                self._fault("seal_changed", seal.at)  # so nothing it says can be held against its rows
            elif (seal.no - 1, seal.previous) != ((before.no, before.mac) if before else (0, "")):
                self._fault("seal_removed", seal.at)  # nor can this one's, with those of the ones that are gone
            elif count != seal.count and not (count == 0 and seal.last <= let_go):
                self._fault("row_removed" if count < seal.count else "row_added", seal.at)
            elif count and digest != seal.digest:
                self._fault("row_changed", seal.at)
            before = seal

    def _see_the_end(self, known: Any, key: bytes, epoch_no: int) -> None:
        """The newest seal that the file knows must be here, unless it is of a time before a restore."""
        if known is None:
            return
        newest: Seal | None = None
        with suppress(ValueError):
            newest = Seal.model_validate(known)
        if newest is None or newest.book != self.name or mac(newest, key) != newest.mac:
            self._fault("file_changed", None)
        elif not any(seal.mac == newest.mac for seal in self.seals):
            if newest.epoch_no < epoch_no:
                self.restored = True
            else:
                self._fault("end_removed", newest.at)

    def _fault(self, what: What, at: datetime | None) -> None:
        self.faults.append(Fault(what, self.name, at))


def _let_go(session: Session) -> int:
    """Exchanges up to this number have been kept long enough: the log itself says so (retention.py)."""
    last: int | None = session.exec(select(func.max(Audit.seq)).where(Audit.do == "retention")).one()
    return last or 0
