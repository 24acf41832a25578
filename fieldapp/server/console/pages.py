"""Templates become pages: Jinja2, everything escaped, the words of fieldapp.texts in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from fieldapp import texts
from fieldapp.server.console.sentences import Said, done
from fieldapp.server.console.settings import PATH
from fieldapp.server.tables import Team, Worker

if TYPE_CHECKING:
    from fieldapp.server.console.asking import Ask

#: The menu: where it leads, and what it is called. Shown to those who may go there.
MENU = (
    ("/", texts.P_("console", "Overview")),
    ("/people", texts.P_("console", "Teams and workers")),
    ("/lists", texts.P_("console", "Lists from a file")),
    ("/codes", texts.P_("console", "Codes for phones")),
    ("/devices", texts.P_("console", "Phones")),
    ("/assignments", texts.P_("console", "Who supports whom")),
    ("/waiting", texts.P_("console", "Came too late")),
    ("/doubles", texts.P_("console", "Registered twice?")),
    ("/sample", texts.P_("console", "Who opened whom")),
    ("/erase", texts.P_("console", "Insight and erasure")),
)


def render(template: str, ask: "Ask", wrong: Said | None, data: Mapping[str, Any]) -> str:
    menu = [(path, texts.pgettext(*mark)) for path, mark in MENU if ask.may("GET", path)]
    known = {
        "ask": ask,
        "menu": menu if ask.who else [],
        "wrong": wrong,
        "done": done(ask.request.query_params.get("done")),
        "language": texts.language(),
        "at": PATH,
    }
    return _environment().get_template(template).render(known | dict(data))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("fieldapp.server.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"_": texts._, "ngettext": texts.ngettext, "pgettext": texts.pgettext, "LANGUAGES": texts.LANGUAGES}
    made.filters |= {"moment": moment, "day": day, "short": short, "role": role, "pairs": pairs}
    made.globals |= {"whom": whom, "whose": whose, "lately": lately}
    return made


def moment(at: datetime) -> str:
    """`25.11.2026 9.00`, on this machine's clock."""
    here = at.astimezone()
    return f"{day(here)} {here.hour}.{here:%M}"


def lately(at: datetime, now: datetime) -> str:
    """`today 9.00`, `yesterday 14.20`, else the day and the time."""
    here, days = at.astimezone(), (now.astimezone().date() - at.astimezone().date()).days
    said = {0: texts._("today"), 1: texts._("yesterday")}.get(days) or day(here)
    return f"{said} {here.hour}.{here:%M}"


def day(at: date) -> str:
    here = at.astimezone() if isinstance(at, datetime) else at
    return f"{here.day}.{here.month}.{here.year}"


def short(citizen: str) -> str:
    """What a citizen is called before somebody has said why they look."""
    return f"…{citizen[-6:]}"


def role(code: str) -> str:
    return texts.pgettext(*ROLES[code])


def pairs(people: Iterable[Worker | Team]) -> list[tuple[str, str]]:
    """What a choice among them needs."""
    return [(one.id, one.name) for one in people]


def whom(workers: Iterable[Worker], teams: Iterable[Team]) -> list[tuple[str, str]]:
    """A choice among both, as `assignments` reads it."""
    of_teams = [(f"team:{one.id}", texts._("The team {name}", name=one.name)) for one in teams]
    return [(f"worker:{one.id}", one.name) for one in workers] + of_teams


def whose(rows: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(row["id"], f"{names.get(row['whom'], '')}, {row['role']}") for row in rows]


ROLES = {
    "worker": texts.P_("role", "Worker"),
    "leader": texts.P_("role", "Leader"),
    "administrator": texts.P_("role", "Administrator"),
}
