"""The team's own list of words to avoid: added to the app's, put in the place of one, or one switched off."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from fieldapp.actions import people
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.words_to_avoid import OWN, Avoided, Choice, chosen
from fieldapp.errors import RecordError
from fieldapp.store.tables import WordChoiceRow


@dataclass(frozen=True)
class Line:
    """One word of the page *Ord*. `key` names it in a route; `ours`: the team has chosen something about it."""

    key: str
    avoid: str
    better: str
    off: bool = False
    ours: bool = False
    record: str | None = None


def read(desk: Desk) -> tuple[Avoided, ...]:
    """What the language help looks for."""
    with desk.store.reading() as session:
        return chosen(Choice(row.avoid, row.better or "", bool(row.off)) for row in _rows(session))


def listed(desk: Desk) -> tuple[Line, ...]:
    """All, those switched off too: the team's own first, then the app's in alphabetical order."""
    with desk.store.reading() as session:
        latest = {_key(row.avoid): row for row in _rows(session)}
    lines: list[Line] = []
    for number, own in enumerate(OWN):
        row = latest.pop(_key(own.avoid), None)
        if row is None:
            lines.append(Line(f"own-{number}", own.avoid, own.better))
        else:
            better = own.better if row.off else row.better or ""
            lines.append(Line(f"own-{number}", own.avoid, better, bool(row.off), True, row.id))
    ours = [Line(row.id, row.avoid, row.better or "", bool(row.off), True, row.id) for row in latest.values()]
    return (*sorted(ours, key=_alphabet), *sorted(lines, key=_alphabet))


def can_choose(desk: Desk) -> bool:
    with desk.store.reading() as session:
        return people.team_of(session, desk.worker) is not None


def choose(desk: Desk, avoid: str, better: str, *, off: bool = False) -> Saved:
    """Keep what the team says of a word. Raises RecordError("missing", "avoid") and ("no_team")."""
    if not avoid.strip().strip("*"):
        raise RecordError("missing", "avoid")
    with writing(desk) as work:
        scope = people.team_of(work.session, desk.worker)
        if scope is None:
            raise RecordError("no_team")
        standing = next((row for row in reversed(_rows(work.session)) if _key(row.avoid) == _key(avoid)), None)
        row = WordChoiceRow(avoid=avoid.strip(), better=better.strip() or None, off=off or None)
        if standing is None:
            return work.saved(work.add_to(scope, row), "")
        work.change(standing, better=row.better, off=row.off)
        return work.saved(standing.id, "")


def _rows(session: Session) -> list[WordChoiceRow]:
    wanted = select(WordChoiceRow).where(col(WordChoiceRow.void_reason).is_(None)).order_by(col(WordChoiceRow.id))
    return list(session.exec(wanted))


def _key(avoid: str) -> str:
    return " ".join(avoid.casefold().split())


def _alphabet(line: Line) -> str:
    return line.avoid.casefold()
