"""The texts a worker can send or leave at a door: those of the app, and the team's own."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from fieldapp.actions import people
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.texts_to_citizens import Problem, lint
from fieldapp.domain.values import Way
from fieldapp.errors import RecordError
from fieldapp.store.tables import TemplateRow
from fieldapp.texts import citizen_texts

WAYS = (Way.TEXT, Way.NOTE)


@dataclass(frozen=True)
class TeamText:
    """A text of the team's own. With `problems` it stands on the page and is not offered."""

    id: str
    way: str
    text: str
    about: str | None = None
    replaces: str | None = None  # the app's own text in whose place it stands
    problems: tuple[Problem, ...] = ()

    @property
    def code(self) -> str:
        """What an attempt calls it: a code as s1 is."""
        return "t" + self.id.replace("-", "")


@dataclass(frozen=True)
class AppText:
    code: str
    way: str
    text: str
    replaced: bool = False


@dataclass(frozen=True)
class Texts:
    """`can_change`: the worker is in a team, so there is somebody to share them with."""

    app: tuple[AppText, ...]
    ours: tuple[TeamText, ...]
    can_change: bool


def read(desk: Desk) -> Texts:
    with desk.store.reading() as session:
        own = of_the_team(session, desk.today())
        team = people.team_of(session, desk.worker)
    replaced = {each.replaces for each in own if not each.problems}
    app = [
        AppText(code, (Way.NOTE if code.startswith("n") else Way.TEXT).value, text, code in replaced)
        for code, text in citizen_texts().items()
        if code != "voicemail"
    ]
    return Texts(tuple(app), own, team is not None)


def of_the_team(session: Session, today: date) -> tuple[TeamText, ...]:
    """Those that nobody has ended, the oldest first."""
    wanted = select(TemplateRow).where(col(TemplateRow.void_reason).is_(None)).order_by(col(TemplateRow.id))
    standing = [row for row in session.exec(wanted) if row.ended_on is None or row.ended_on > today]
    return tuple(
        TeamText(row.id, row.way, row.text, row.about, row.replaces, check(row.way, row.text)) for row in standing
    )


def check(way: str, text: str) -> tuple[Problem, ...]:
    return lint(text.strip(), at_the_door=way == Way.NOTE)


def save(desk: Desk, way: str, text: str, *, about: str = "", replaces: str | None = None, id: str = "") -> Saved:
    """A new text, or `id` changed. RecordError("not_offered") for one that could not be sent, and ("no_team")."""
    if way not in WAYS:
        raise RecordError("malformed", "way")
    if check(way, text):
        raise RecordError("not_offered", "text")
    said, kind = text.strip(), about.strip() or None
    with writing(desk) as work:
        if id:
            work.change(work.get(TemplateRow, id), way=way, text=said, about=kind)
            return work.saved(id, "")
        if (scope := people.team_of(work.session, desk.worker)) is None:
            raise RecordError("no_team")
        return work.saved(work.add_to(scope, TemplateRow(way=way, text=said, about=kind, replaces=replaces)), "")


def end(desk: Desk, id: str) -> Saved:
    """It is offered no more; what was sent with it stays readable."""
    with writing(desk) as work:
        work.change(work.get(TemplateRow, id), ended_on=work.today)
        return work.saved(id, "")
