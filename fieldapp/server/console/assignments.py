"""Who supports whom: handing over, standing in, and how much each has."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select
from starlette.responses import Response

from fieldapp import words_caseload
from fieldapp.domain.fields import is_id
from fieldapp.domain.values import AssignmentRole, ClosingGround
from fieldapp.domain.values_day import Answer
from fieldapp.errors import RecordError
from fieldapp.server import changes, endings, handover, same
from fieldapp.server.caseload import Overview
from fieldapp.server.console import looking, reading
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.leading import Sight
from fieldapp.server.tables import Assignment, Team, Worker
from fieldapp.settings import DEFAULTS
from fieldapp.words import word

#: Lists that are of no worker's or team's.
NOBODY, ASKED, ENDED = "nobody", "asked", "ended"


def page(ask: Ask) -> Response:
    """How much each has, and those who wait for a method; with `of`, the citizens of one, or of one of the lists."""
    of = ask.request.query_params.get("of", "")
    overview = None if of else ask.office.overview()
    with ask.reading() as session:
        sight = ask.sight(session)
        if overview is None:
            return ask.page("entrusted.html", of=of, **_choices(session, sight), **_of_one(ask, session, of, sight))
        return ask.page(
            "assignments.html",
            seen=_within(overview, session, sight),
            load=words_caseload,
            asked=len(_asked(session, sight)),
            ended=len(endings.lately(session, sight)),
            **_choices(session, sight),
        )


def citizen(ask: Ask) -> Response:
    """One citizen: who has had the responsibility, and what can be changed."""
    id = ask.request.path_params["citizen"]
    with ask.reading() as session:
        theirs = select(Assignment).where(Assignment.citizen == id).order_by(col(Assignment.from_at).desc())
        rows = [_row(one, ask.now) for one in session.exec(theirs)] if is_id(id) else []
        if not rows:
            raise RecordError("unknown_citizen")
        sight = ask.sight(session)
        return ask.page(
            "assignment.html",
            citizen=id,
            cards=looking.cards(ask, session, [id]),
            rows=rows,
            asked=[row for row in _asked(session, sight) if row["citizen"] == id],
            ended=[row for row in _ended(session, sight) if row["citizen"] == id],
            **_choices(session, sight),
        )


def hand_over(ask: Ask) -> Response:
    id = ask.request.path_params["citizen"]
    ask.office.hand_over(id, **_to(ask))
    return _back(ask, id, "handed_over")


def add(ask: Ask) -> Response:
    id, to = ask.request.path_params["citizen"], _to(ask)
    role = AssignmentRole.TEAM if to["team"] else AssignmentRole.DEPUTY
    begin, end = ask.begin("from"), ask.end("to")
    if begin and end and end <= begin:
        raise RecordError("deputy", "to")
    ask.office.assign(id, **to, role=role, from_at=begin, to_at=end)
    return _back(ask, id, "assigned")


def end(ask: Ask) -> Response:
    ask.office.end_assignment(ask.need("assignment"))
    return _back(ask, ask.request.path_params["citizen"], "ended")


def deputize(ask: Ask) -> Response:
    until = ask.end("to")
    if until is None:
        raise RecordError("missing", "to")
    ask.office.deputize(ask.need("worker"), ask.need("deputy"), ask.begin("from") or ask.now, until)
    return ask.to("/assignments", "deputized")


def _back(ask: Ask, citizen: str, done: str) -> Response:
    """To the citizen's page, while this leader sees it: another team's is its leader's."""
    with ask.reading() as session:
        is_mine = citizen in ask.sight(session).citizens(session, [citizen])
    return ask.to(f"/assignments/{citizen}" if is_mine else "/assignments", done)


def _to(ask: Ask) -> dict[str, str | None]:
    """`worker:<id>` or `team:<id>`, as the choice says it."""
    kind, _, id = ask.need("whom").partition(":")
    if kind not in ("worker", "team"):
        raise RecordError("missing", "whom")
    return {"worker": id if kind == "worker" else None, "team": id if kind == "team" else None}


def _within(seen: Overview, session: Session, sight: Sight) -> Overview:
    """Of the whole, what this leader sees; a page shows no figure but theirs."""
    mine = sight.citizens(session, (one.citizen for one in seen.waiting))
    return replace(
        seen,
        teams=tuple(team for team in seen.teams if team.team in sight.teams),
        others=tuple(one for one in seen.others if one.worker in sight.workers),
        waiting=tuple(one for one in seen.waiting if one.citizen in mine),
    )


def _choices(session: Session, sight: Sight) -> dict[str, Any]:
    """Among whom may be chosen: workers within sight, and every team. `names`: of everybody who has had a citizen."""
    workers, teams = reading.working(session, sight), list(session.exec(select(Team).order_by(col(Team.name))))
    names = {one.id: one.name for one in (*teams, *session.exec(select(Worker)))}
    return {"workers": workers, "teams": teams, "names": names}


def _of_one(ask: Ask, session: Session, of: str, sight: Sight) -> dict[str, Any]:
    rows: list[dict[str, Any]]
    if of == ASKED:
        rows = _asked(session, sight)
    elif of == ENDED:
        rows = _ended(session, sight)
    elif of == NOBODY:
        alone = handover.in_need(session, ask.now)
        mine = sight.citizens(session, (one.citizen for one in alone))
        rows = [vars(one) for one in alone if one.citizen in mine]
    else:
        hidden = same.read(session)
        theirs = select(Assignment).where((col(Assignment.worker) == of) | (col(Assignment.team) == of))
        if not is_id(of):
            raise RecordError("unknown_worker")
        found = session.exec(theirs.order_by(col(Assignment.from_at), col(Assignment.id)))
        rows = [_row(a, ask.now) for a in found if not hidden.hidden(a.citizen) and _lasts(a, ask.now)]
    first, most = _first(ask), DEFAULTS.rows_in_a_list
    more, rows = max(0, len(rows) - first - most), rows[first : first + most]
    back = f"/assignments?of={of}" + (f"&first={first}" if first else "")
    cards = looking.cards(ask, session, [row["citizen"] for row in rows])
    return {"rows": rows, "more": more, "next": first + most, "back": back, "cards": cards}


def _first(ask: Ask) -> int:
    """Of a long list, how many come before what is shown."""
    said = ask.request.query_params.get("first", "0")
    if not (said.isascii() and said.isdigit() and len(said) <= 6):
        raise RecordError("malformed")
    return int(said)


def _asked(session: Session, sight: Sight) -> list[dict[str, Any]]:
    """For whom another support person is asked for."""
    found = changes.asked(session, sight.at)
    mine = sight.citizens(session, (one.citizen for one in found))
    return [vars(one) for one in found if one.citizen in mine]


def _ended(session: Session, sight: Sight) -> list[dict[str, Any]]:
    """`what`: whose will it is; shown only when somebody has said why they look."""
    return [
        vars(one) | {"what": word(ClosingGround, one.ground) if one.ground else word(Answer, Answer.NO_THANKS)}
        for one in endings.lately(session, sight)
    ]


def _lasts(a: Assignment, now: datetime) -> bool:
    return a.to_at is None or a.to_at > now


def _row(a: Assignment, now: datetime) -> dict[str, Any]:
    return {
        "id": a.id,
        "citizen": a.citizen,
        "whom": a.worker or a.team,
        "role": word(AssignmentRole, a.role),
        "from_at": a.from_at,
        "to_at": a.to_at,
        "lasts": _lasts(a, now),
    }


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/assignments", page, None),
    ("POST", "/assignments/deputy", deputize, page),
    ("GET", "/assignments/{citizen}", citizen, None),
    ("POST", "/assignments/{citizen}/hand-over", hand_over, citizen),
    ("POST", "/assignments/{citizen}/add", add, citizen),
    ("POST", "/assignments/{citizen}/end", end, citizen),
)
