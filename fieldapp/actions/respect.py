"""How the citizen wants to be reached, in the citizen's words; the latest wish holds (H7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlmodel import Session

from fieldapp.actions import facts, rows, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain.names import shown
from fieldapp.domain.values import Respect
from fieldapp.errors import RecordError
from fieldapp.store.tables import RespectRow

Hours = tuple[time, time]


@dataclass(frozen=True)
class Wishes:
    """How it stands today. `hours`: from when to when the citizen wants to be reached."""

    name: str
    wishes: tuple[str, ...]
    peace_until: date | None = None
    hours: Hours | None = None


def read(desk: Desk, citizen: str) -> Wishes | None:
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        known = facts.read_one(session, citizen, desk.today())
    if row is None or known is None:
        return None
    return Wishes(shown(row.known_as, row.label), in_order(known.wishes), known.peace_until, known.hours)


def say(
    desk: Desk,
    citizen: str,
    wishes: Iterable[str],
    *,
    peace_until: date | None = None,
    own_words: str = "",
    hours: Hours | None = None,
) -> Saved:
    """Keep the wishes that hold from today; the earlier ones stay readable.

    Raises RecordError("missing", "hours") for *only at certain hours* without them.
    """
    kept = frozenset(wishes)
    if Respect.HOURS in kept and hours is None:
        raise RecordError("missing", "hours")
    told = tuple(f"{at:%H:%M}" for at in hours) if hours and Respect.HOURS in kept else (None, None)
    with writing(desk) as work:
        id = _keep(work, citizen, kept, peace_until, own_words, hours=(told[0], told[1]))
        return work.saved(id, citizen)


def wants_peace(work: Writing, citizen: str, until: date | None, own_words: str) -> None:
    """Peace until a day, as long as the rules give it when none was said; the other wishes still hold."""
    before = _latest(work.session, citizen)
    wishes = [wish for wish in before.wishes if wish != Respect.FINE] if before else []
    hours = (before.hours_from, before.hours_to) if before else (None, None)
    _keep(work, citizen, [*wishes, Respect.PEACE_UNTIL], until, own_words, hours)


def in_order(wishes: Iterable[str]) -> tuple[str, ...]:
    """As the screen lists them; those of a newer app last."""
    known = list(Respect)
    return tuple(sorted(set(wishes), key=lambda wish: (known.index(Respect(wish)) if wish in known else 99, wish)))


def _latest(session: Session, citizen: str) -> RespectRow | None:
    said = rows.of_citizen(session, RespectRow, citizen)
    return max(said, key=lambda row: (row.said_on, row.added_at), default=None)


def _keep(
    work: Writing,
    citizen: str,
    wishes: Iterable[str],
    peace_until: date | None,
    own_words: str,
    hours: tuple[str | None, str | None],
) -> str:
    kept = in_order(wishes)
    row = RespectRow(
        wishes=[str(wish) for wish in kept],
        said_on=work.today,
        peace_until=peace_until if Respect.PEACE_UNTIL in kept else None,
        hours_from=hours[0],
        hours_to=hours[1],
        own_words=own_words.strip() or None,
    )
    return work.add(citizen, row)
