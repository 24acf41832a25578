"""Templates become pages: Jinja2, everything escaped, the words of fieldapp.texts in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from fieldapp import texts
from fieldapp.server.console.sentences import Said, done
from fieldapp.server.console.settings import PATH

if TYPE_CHECKING:
    from fieldapp.server.console.asking import Ask

#: The menu: where it leads, and what it is called. Shown to those who may go there.
MENU = (("/", texts.P_("console", "Overview")),)


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
    return _environment().get_template(template).render(known | data)


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
    made.filters |= {"moment": moment, "day": day}
    return made


def moment(at: datetime) -> str:
    """`25.11.2026 9.00`, on this machine's clock."""
    here = at.astimezone()
    return f"{day(here)} {here.hour}.{here:%M}"


def day(at: datetime) -> str:
    here = at.astimezone()
    return f"{here.day}.{here.month}.{here.year}"
