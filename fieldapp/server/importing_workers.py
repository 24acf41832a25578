"""Workers from a municipality's own list: all of it or nothing, and the same list again changes nothing."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, select

from fieldapp.domain.names import fold
from fieldapp.domain.values import Method
from fieldapp.domain.values_day import TeamRole
from fieldapp.server import audit, lists, profiles, staff
from fieldapp.server.importing import Ids, People, Report, in_order, same
from fieldapp.server.lists import Column, Line, Problem, What
from fieldapp.server.tables import Team, Worker

WORKERS = (
    Column("nummer", required=True, limit=80),
    Column("navn", required=True, limit=120),
    Column("stilling", limit=120),
    Column("telefon", limit=30),
    Column("adgang", limit=40),
    Column("team", limit=120),
    Column("rolle", "word", words=TeamRole),
    Column("stedfortræder", limit=120),
    Column("metode", "word", words=Method),
    Column("kursus", "day"),
)
#: What they may do here.
ACCESS = {"medarbejder": "worker", "leder": "leader", "administrator": "administrator"}
_USUAL = "medarbejder"


def workers(session: Session, data: bytes, by: Worker, now: datetime, *, do_it: bool) -> Report:
    """What is in the list, and with `do_it` and no problem its workers are in the session."""
    read = lists.read(data, WORKERS)
    ids = Ids(session)
    listed = {ids.of("worker", number): line for line in read.lines if (number := line.text("nummer"))}
    here = People(session, ids)
    problems = [*read.problems, *same(read.lines, "nummer", What.TWICE)]
    deputies: dict[str, str] = {}
    for id, line in listed.items():
        problems += _access(line)
        if line.text("team") and isinstance(here.team(line.text("team") or ""), What):
            problems.append(Problem(What.UNKNOWN_TEAM, line.number, "team"))
        if said := line.text("stedfortræder"):
            deputy = _deputy(session, said, id, line, ids, listed, here)
            if isinstance(deputy, What):
                problems.append(Problem(deputy, line.number, "stedfortræder"))
            else:
                deputies[id] = deputy
    if problems:
        return Report(problems=in_order(problems))
    known = {id for id in session.exec(select(Worker.id)) if id in listed}
    new = {id: line for id, line in listed.items() if id not in known}
    if do_it:
        _hire(session, new, deputies, here, by, now)
    return Report(new=len(new), there=len(known))


def _access(line: Line) -> list[Problem]:
    said = (line.text("adgang") or _USUAL).casefold()
    return [] if said in ACCESS else [Problem(What.BAD_WORD, line.number, "adgang")]


def _deputy(
    session: Session, said: str, id: str, line: Line, ids: Ids, listed: Mapping[str, Line], here: People
) -> str | What:
    """Somebody of the list by number, or who is here already; of the same team, for the phone to offer them."""
    number = ids.of("worker", said)
    if number in listed:
        together = number != id and _team(listed[number]) == _team(line) != ""
        return number if together else What.DEPUTY
    found = here.worker(said)
    if isinstance(found, What):
        return found
    team = here.team(line.text("team") or "")
    together = isinstance(team, Team) and bool(profiles.memberships(session, found.id, team.id))
    return found.id if together and found.id != id else What.DEPUTY


def _team(line: Line) -> str:
    return fold(line.text("team") or "")


def _hire(
    session: Session, new: Mapping[str, Line], deputies: Mapping[str, str], here: People, by: Worker, now: datetime
) -> None:
    hired = {}
    for id, line in new.items():
        role = ACCESS[(line.text("adgang") or _USUAL).casefold()]
        hired[id] = Worker(id=id, name=line.text("navn") or "", role=role)
        session.add(hired[id])
    session.flush()  # before any record is made: what follows points to them
    for id, line in new.items():
        team = here.team(line.text("team") or "")
        if isinstance(team, Team):
            staff.join(session, hired[id], team.id, now)
    for id, line in new.items():
        changes = {"job": line.text("stilling"), "phone": line.text("telefon"), "role": line.text("rolle")}
        profiles.describe(session, hired[id], changes | {"deputy": deputies.get(id)})
        if method := line.text("metode"):
            course = line.text("kursus")
            profiles.work_by(session, hired[id], method, date.fromisoformat(course) if course else None)
        session.add(audit.act(session, "import", by.id, now, id, kind="worker"))
