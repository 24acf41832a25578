"""Citizens from a municipality's own list: all of it or nothing, and the same list again changes nothing.

Each is born as any other: a record in their own scope, entrusted to a worker or a team. The id follows from the list's
number and this server's key, so whoever is there is found again, and an erased citizen stays erased.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.domain import cpr
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.fields import check
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.names import fold
from fieldapp.domain.values import AssignmentRole, Method, Situation
from fieldapp.server import assignments, audit, lists
from fieldapp.server.leading import Sight
from fieldapp.server.lists import Column, Line, Problem, What
from fieldapp.server.records import server_record
from fieldapp.server.tables import Assignment, Record, ServerIdentity, Team, Worker

CITIZENS = (
    Column("nummer", required=True, limit=80),
    Column("kaldenavn", limit=60),
    Column("navn", limit=120),
    Column("telefon", limit=30),
    Column("cpr", "cpr"),
    Column("adresse"),
    Column("beskyttet adresse", "flag"),
    Column("situation", "word", words=Situation),
    Column("kendte steder", limit=300),
    Column("sprog", limit=40),
    Column("tolk", "flag"),
    Column("medarbejder", limit=120),
    Column("team", limit=120),
    Column("metode", "word", words=Method),
    Column("metode fra", "day"),
)
#: Where each column is kept in the record of a citizen.
_FIELDS = {
    "kaldenavn": "known_as",
    "navn": "full_name",
    "telefon": "phone",
    "cpr": "cpr",
    "adresse": "address",
    "beskyttet adresse": "protected_address",
    "situation": "situation",
    "kendte steder": "known_places",
    "sprog": "language",
    "tolk": "needs_interpreter",
}


@dataclass(frozen=True)
class Report:
    """`new` come with it, `there` are known already, `erased` are not brought back. With a problem nothing is done."""

    new: int = 0
    there: int = 0
    erased: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """A citizen to be born, and who gets them: a worker, a team, or both."""

    id: str
    line: Line
    to: tuple[Worker | Team, ...]


def citizens(
    session: Session, data: bytes, by: Worker, now: datetime, *, do_it: bool, within: Sight | None = None
) -> Report:
    """What is in the list, and with `do_it` and no problem its citizens are in the session.

    `within`: only these workers and teams may get them; another's is not known here.
    """
    read = lists.read(data, CITIZENS)
    problems = list(read.problems)
    ids = Ids(session)
    people = People(session, ids, within)
    problems += same(read.lines, "nummer", What.TWICE) + _cprs(session, ids, read.lines)
    arrivals = []
    for line in read.lines:
        number = line.text("nummer")
        if number is not None and cpr.written(number):
            problems.append(Problem(What.NUMBER_IS_CPR, line.number, "nummer"))
        if not (line.text("kaldenavn") or line.text("navn")):
            problems.append(Problem(What.MISSING, line.number, "kaldenavn"))
        to, wrong = _whom(line, people)
        problems += wrong
        if number is not None:
            arrivals.append(Arrival(ids.of("citizen", number), line, to))
    known = _known(session, [each.id for each in arrivals])
    new = [each for each in arrivals if each.id not in known]
    erased = sum(known.values())
    if problems:
        return Report(problems=in_order(problems))
    if do_it:
        for each in new:
            _bear(session, each, by, now)
    return Report(new=len(new), there=len(known) - erased, erased=erased)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By line; that something is missing goes without saying where what stands there is wrong."""
    problems = list(problems)
    wrong = {(each.line, each.column) for each in problems if each.what is not What.MISSING}
    told = [each for each in problems if each.what is not What.MISSING or (each.line, each.column) not in wrong]
    return tuple(sorted(told, key=lambda each: (each.line, each.column or "", each.place or 0)))


class Ids:
    """The id of the one that a list calls by a number: always the same here, and telling nobody the number."""

    def __init__(self, session: Session) -> None:
        self._key = session.exec(select(ServerIdentity.signing_key)).one().encode()

    def of(self, what: str, number: str) -> str:
        digest = bytearray(hmac.digest(self._key, f"{what}\0{number.casefold()}".encode(), "sha256")[:16])
        digest[6] = digest[6] & 0x0F | 0x80  # RFC 9562: version 8, of one's own making
        digest[8] = digest[8] & 0x3F | 0x80
        return str(UUID(bytes=bytes(digest)))


def same(lines: Iterable[Line], column: str, what: What) -> list[Problem]:
    """What two lines say alike, told of the later one."""
    first: dict[str, int] = {}
    found = []
    for line in lines:
        said = (line.text(column) or "").casefold()
        if said and first.setdefault(said, line.number) != line.number:
            found.append(Problem(what, line.number, column, other=first[said]))
    return found


def _cprs(session: Session, ids: Ids, lines: Iterable[Line]) -> list[Problem]:
    """The same person twice in the list, or here already under another number."""
    lines = list(lines)
    found = same(lines, "cpr", What.CPR_TWICE)
    wanted = {said: line for line in lines if (said := line.text("cpr"))}
    held = select(Record).where(
        Record.kind == "citizen",
        ~col(Record.deleted),
        col(Record.void).is_(None),
        col(Record.fields).has_key("cpr"),  # type: ignore[attr-defined]
    )
    for record in session.exec(held):
        line = wanted.get(cpr.written(record.fields["cpr"] or "") or "")
        number = line and line.text("nummer")
        if line and number and ids.of("citizen", number) != record.id:
            found.append(Problem(What.CPR_KNOWN, line.number, "cpr"))
    return found


class People:
    """Workers and teams as a list may name them: by number, name or id; of workers those who still work here."""

    def __init__(self, session: Session, ids: Ids, within: Sight | None = None) -> None:
        self._ids = ids
        self.workers = [each for each in session.exec(select(Worker)) if each.disabled_at is None]
        self.teams = list(session.exec(select(Team)))
        if within is not None:
            self.workers = [each for each in self.workers if each.id in within.workers]
            self.teams = [each for each in self.teams if each.id in within.teams]

    def worker(self, said: str) -> Worker | What:
        number = self._ids.of("worker", said)
        found = [each for each in self.workers if each.id in (number, said)]
        found = found or [each for each in self.workers if fold(each.name) == fold(said)]
        return found[0] if len(found) == 1 else What.SEVERAL_WORKERS if found else What.UNKNOWN_WORKER

    def team(self, said: str) -> Team | What:
        found = [each for each in self.teams if each.id == said or fold(each.name) == fold(said)]
        return found[0] if len(found) == 1 else What.UNKNOWN_TEAM


def _whom(line: Line, people: People) -> tuple[tuple[Worker | Team, ...], list[Problem]]:
    """The worker and the team that stand in the line: one of them at least."""
    worker, team = line.text("medarbejder"), line.text("team")
    if not worker and not team:
        return (), [Problem(What.MISSING, line.number, "medarbejder")]
    found = (("medarbejder", people.worker(worker) if worker else None), ("team", people.team(team) if team else None))
    wrong = [Problem(each, line.number, column) for column, each in found if isinstance(each, What)]
    return tuple(each for _column, each in found if isinstance(each, Worker | Team)), wrong


def _known(session: Session, ids: list[str]) -> Mapping[str, bool]:
    """Which of these are here, and whether they are erased."""
    wanted = select(Record.id, Record.deleted).where(col(Record.id).in_(ids))
    return dict(session.exec(wanted).all())


def _bear(session: Session, arrival: Arrival, by: Worker, now: datetime) -> None:
    line, scope = arrival.line, citizen_scope(arrival.id)
    fields = {_FIELDS[name]: value for name, value in line.cells.items() if name in _FIELDS}
    fields.setdefault("known_as", (line.text("navn") or "").split(" ")[0][:60])
    _put(session, arrival.id, "citizen", scope, fields, by, now)
    if method := line.text("metode"):
        from_on = line.text("metode fra") or now.date().isoformat()
        _put(session, str(uuid5(UUID(arrival.id), "method")), "method", scope,
             {"method": method, "from_on": from_on}, by, now)  # fmt: skip
    for to in arrival.to:
        in_team = isinstance(to, Team)
        assignment = Assignment(
            id=str(uuid7()),
            citizen=arrival.id,
            worker=None if in_team else to.id,
            team=to.id if in_team else None,
            role=AssignmentRole.TEAM if in_team else AssignmentRole.RESPONSIBLE,
            from_at=now,
        )
        assignments.entrust(session, assignment, to.name, now)
    session.add(audit.act(session, "import", by.id, now, arrival.id, kind="citizen", scope=scope))


def _put(
    session: Session, id: str, kind: str, scope: str, fields: dict[str, str | bool], by: Worker, now: datetime
) -> None:
    check(KINDS[kind], fields, whole=True)
    record = server_record(id, kind, scope, fields, now, by.id)
    record.by = dict.fromkeys(record.fields, by.id)
    session.add(record)
