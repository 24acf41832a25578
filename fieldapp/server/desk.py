"""The desk of the office: who sits at it, one transaction around each act, and the line in the log that it leaves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.domain import access
from fieldapp.domain.fields import is_id
from fieldapp.errors import RecordError
from fieldapp.server import audit, database, identity
from fieldapp.server.exchange import utc_now
from fieldapp.server.records import commit_changes
from fieldapp.server.register import Register
from fieldapp.server.tables import Record, Team, Worker
from fieldapp.settings import DEFAULTS, Settings


class Desk:
    """What `administration.Office` stands on."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime] = utc_now,
        settings: Settings = DEFAULTS,
        register: Register | None = None,
        by: str | None = None,
    ) -> None:
        """`by`: the worker who acts here. Without one it is whoever sits at the machine: the log names the server."""
        self.by = by
        self.engine = engine
        self.clock = clock
        self.settings = settings
        self.register = register

    @contextmanager
    def _changes(self) -> Iterator[Session]:
        with database.trouble_told(), database.writing(self.engine, self.register) as session:
            yield session
            commit_changes(session)

    def _log(self, session: Session, do: str, record: str, why: str | None = None, by: str | None = None) -> None:
        """`by`: who answers for it, when it is another than who sits here."""
        who = by or self.by or identity.server_id(session)
        session.add(audit.act(session, do, who, self.clock(), record, why=why))

    def _log_of(self, session: Session, do: str, citizen: str, record: str) -> None:
        """Of something done about a citizen: it stands in the citizen's own log too."""
        who, scope = self.by or identity.server_id(session), access.citizen_scope(citizen)
        session.add(audit.act(session, do, who, self.clock(), record, kind="assignment", scope=scope))


def a_worker(session: Session, id: str) -> Worker:
    worker = session.get(Worker, id) if is_id(id) else None
    if worker is None:
        raise RecordError("unknown_worker")
    return worker


def at_work(session: Session, id: str) -> Worker:
    worker = a_worker(session, id)
    if worker.disabled_at is not None:
        raise RecordError("disabled_worker")
    return worker


def a_leader(session: Session, id: str) -> Worker:
    """Whoever says yes for a team, or reads about its citizens: an administrator does neither."""
    worker = a_worker(session, id)
    if worker.role != "leader" or worker.disabled_at is not None:
        raise RecordError("not_a_leader")
    return worker


def of_the_office(session: Session, id: str) -> Worker:
    """A leader or an administrator."""
    worker = a_worker(session, id)
    if worker.role == "worker" or worker.disabled_at is not None:
        raise RecordError("not_of_the_office")
    return worker


def a_team(session: Session, id: str) -> Team:
    team = session.get(Team, id) if is_id(id) else None
    if team is None:
        raise RecordError("unknown_team")
    return team


def check_citizen(session: Session, id: str) -> None:
    # Held until the commit, so that nobody is entrusted with a citizen who is erased meanwhile.
    held = {"read": True, "key_share": True}
    known = session.get(Record, id, with_for_update=held) if is_id(id) else None
    if known is None or known.kind != "citizen" or known.deleted:
        raise RecordError("unknown_citizen")
