"""Whatever a leader's request names by its id lies within what the leader sees: asked here once, for every route.

A page says which of a list it shows (`server.leading`); this keeps out whoever types an id. What nobody knows is let
through: the page says itself that there is no such thing.
"""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from fieldapp.domain.access import scope_id, scope_kind
from fieldapp.domain.fields import is_id
from fieldapp.errors import RecordError
from fieldapp.server.console.asking import Ask
from fieldapp.server.tables import Assignment, Device, Record, Team, Worker

#: Fields that may name more, by the route: `look` shows only whom the leader sees; what was drawn for them is theirs to
#: judge, wherever the citizen is by now.
FREE = {("/look", "citizen"), ("/sample", "access")}
#: A citizen may be given to any team, whose leader has them then.
TO_A_TEAM = "team:"


def check(ask: Ask, session: Session) -> None:
    """Raises RecordError(elsewhere)."""
    named = set(_named(ask))
    if not named:
        return
    sight = ask.sight(session)
    citizens: set[str] = set()
    for id in named:
        worker, team, citizen = _whose(session, id)
        if (worker and worker not in sight.workers) or (team and team not in sight.teams):
            raise RecordError("elsewhere")
        citizens |= {citizen} if citizen else set()
    if not citizens <= sight.citizens(session, citizens):
        raise RecordError("elsewhere")


def _named(ask: Ask) -> Iterator[str]:
    """Every id in the address and in the form."""
    given: Iterable[tuple[str, object]] = (
        *ask.request.path_params.items(),
        *ask.request.query_params.multi_items(),
        *ask.form.multi_items(),
    )
    for name, value in given:
        if not isinstance(value, str) or (ask.path, name) in FREE or value.startswith(TO_A_TEAM):
            continue
        id = value.strip().rpartition(":")[2]
        if is_id(id):
            yield id


def _whose(session: Session, id: str) -> tuple[str | None, str | None, str | None]:
    """The worker, the team or the citizen that this id is, or belongs to."""
    if session.get(Worker, id):
        return id, None, None
    if session.get(Team, id):
        return None, id, None
    if device := session.get(Device, id):
        return device.worker, None, None
    if assignment := session.get(Assignment, id):
        return None, None, assignment.citizen
    if record := session.get(Record, id):
        kind, of = scope_kind(record.scope), scope_id(record.scope)
        return (of if kind == "worker" else None, of if kind == "team" else None, of if kind == "citizen" else None)
    return None, None, None
