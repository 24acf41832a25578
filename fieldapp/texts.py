"""Every word on screen comes through here: gettext, Danish first, English when there is no Danish.

Messages are the English sentences; assets/locale/da holds the Danish. Placeholders are named: `{days}`.
"""

import gettext as _gettext
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).resolve().parent.parent / "assets"
LANGUAGES = {"da": "Dansk", "en": "English"}

_language = "en"
_here: ContextVar[str | None] = ContextVar("language", default=None)


def use_language(code: str) -> None:
    """Choose the language of everything said from now on; an unknown code means Danish."""
    global _language  # one device, one worker, one language
    _language = code if code in LANGUAGES else "da"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Another language within this block and nowhere else: a server answers many people at once."""
    before = _here.set(code if code in LANGUAGES else "da")
    try:
        yield
    finally:
        _here.reset(before)


def language() -> str:
    return _here.get() or _language


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    return _gettext.translation("fieldapp", ASSETS / "locale", [code], fallback=code == "en")


def _(message: str, **values: object) -> str:
    """The message in the chosen language, with `values` put in."""
    text = _catalogue(language()).gettext(message)
    return text.format(**values) if values else text


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """As `_`, with the form that fits `count`; `{count}` is filled in."""
    return _catalogue(language()).ngettext(one, many, count).format(count=count, **values)


def pgettext(context: str, message: str, **values: object) -> str:
    """As `_`, for a word that means different things in different places."""
    text = _catalogue(language()).pgettext(context, message)
    return text.format(**values) if values else text


@cache
def citizen_texts() -> dict[str, str]:
    """The greetings a worker can send, by id (S1 ... N3), always in Danish; `{placeholders}` are named in the file."""
    return dict(_citizen_file()["texts"])


def citizen_day(on: date, today: date) -> str:
    """*i dag* · *i morgen* · *på torsdag* · *den 3. marts*: a day in a text to a citizen, always in Danish."""
    words, ahead = _citizen_file()["days"], (on - today).days
    if ahead in (0, 1):
        return str(words["tomorrow" if ahead else "today"])
    if 1 < ahead < len(words["weekdays"]):
        return str(words["weekdays"][on.weekday()])
    return f"{words['before_date']} {citizen_date(on)}"


def citizen_date(on: date) -> str:
    """*3. marts*, in a text to a citizen."""
    words = _citizen_file()["days"]
    return str(words["date"].format(day=on.day, month=words["months"][on.month - 1]))


@cache
def _citizen_file() -> dict[str, Any]:
    with (ASSETS / "citizen_texts" / "da.toml").open("rb") as file:
        return tomllib.load(file)


def P_(context: str, message: str) -> tuple[str, str]:
    """A sentence to be translated where it is shown: the mark that pybabel looks for."""
    return context, message
