"""How the citizen wants to be reached, in the citizen's words; the latest wish holds (H7)."""

from collections.abc import Iterable
from datetime import date

from fieldapp.actions import rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain.values import Respect
from fieldapp.store.tables import RespectRow


def say(
    desk: Desk, citizen: str, wishes: Iterable[str], *, peace_until: date | None = None, own_words: str = ""
) -> Saved:
    """Keep the wishes that hold from today; the earlier ones stay readable."""
    with writing(desk) as work:
        id = _keep(work, citizen, wishes, peace_until, own_words, hours=(None, None))
        return work.saved(id, citizen)


def wants_peace(work: Writing, citizen: str, until: date | None, own_words: str) -> None:
    """Peace until a day, as long as the rules give it when none was said; the other wishes still hold."""
    said = rows.of_citizen(work.session, RespectRow, citizen)
    before = max(said, key=lambda row: (row.said_on, row.added_at), default=None)
    wishes = [wish for wish in before.wishes if wish != Respect.FINE] if before else []
    hours = (before.hours_from, before.hours_to) if before else (None, None)
    _keep(work, citizen, [*wishes, Respect.PEACE_UNTIL], until, own_words, hours)


def in_order(wishes: Iterable[str]) -> tuple[str, ...]:
    """As the screen lists them; those of a newer app last."""
    known = list(Respect)
    return tuple(sorted(set(wishes), key=lambda wish: (known.index(Respect(wish)) if wish in known else 99, wish)))


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
