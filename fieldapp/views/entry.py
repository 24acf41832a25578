"""One entry as a form: a page names the questions, the rest is the same for all (actions/entries.py)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

import flet as ft

from fieldapp.actions import citizens, contacts, entries
from fieldapp.actions.desk import Saved
from fieldapp.actions.entries import Sort
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import ask_time, day_chips
from fieldapp.views.days import clock
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field, Voice
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.rows import chip, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import named, word

NEW = "new"
Words = tuple[str, str]
"""A sentence marked for translation (`P_`)."""


@dataclass(frozen=True)
class Says:
    """A text. `hint` stands in the empty field."""

    attr: str
    label: Words
    hint: Words | None = None
    lines: int = 1
    voice: Voice = "plain"
    icon_name: ft.IconData | None = None
    phone: bool = False


@dataclass(frozen=True)
class Picks:
    """One of a list of words."""

    attr: str
    label: Words
    of: type[StrEnum]


@dataclass(frozen=True)
class Dates:
    """A day among those offered, or any; `back`: it lies behind, not ahead. With `at` a time beside it."""

    attr: str
    label: Words
    offered: Callable[[date], Sequence[tuple[str, date]]]
    back: bool = False
    at: str | None = None


Question = Says | Picks | Dates


def entry_page(
    sort: Sort[Any],
    title: Words,
    questions: Sequence[Question],
    *,
    lacks: Words,
    ends: Words | None = None,
    asks: Words | None = None,
) -> Callable[[], ft.Control]:
    """A page for a new entry or one that stands: its route ends with `:entry`.

    `lacks` is said when what must be said is not, `ends` names the act that ends the entry, `asks` stands on top.
    """

    @ft.component
    @shielded
    def Entry() -> ft.Control:
        screen = use_screen()
        at = ft.use_route_params()
        citizen, one = at["citizen"], at.get("entry", NEW)
        shown = use_reading(citizens.read, citizen)
        all_of = use_reading(entries.read, citizen, sort)
        before = next((each for each in all_of if each.id == one), None)
        key = entries.draft_key(sort, citizen, None if one == NEW else one)
        filling = use_form(key, sort.form)
        tried, now_tried = ft.use_state(False)
        form = filling.form
        ft.use_memo(lambda: _begin(filling, before.form if before else None), [filling.kept])
        if shown is None or (before is None and one != NEW):
            return gone(screen)

        def saved(answer: Saved) -> None:
            screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
            screen.back()

        async def save() -> None:
            now_tried(entries.missing(sort, form) is not None)
            if entries.missing(sort, form) is None:
                entry = before.id if before else None
                await filling.save(lambda: entries.keep(screen.desk, citizen, sort, form, entry), saved)

        def end() -> None:
            saved(entries.end(screen.desk, sort, one))

        lacking = tried and entries.missing(sort, form) is not None
        body: list[ft.Control] = [
            person_head(citizen, shown.name, named(title)),
            *([space(theme.L), note(named(asks), ft.Icons.FAVORITE_BORDER)] if asks else []),
        ]
        for each in questions:
            body += _asked(each, filling, screen.desk.today())
        if lacking:
            body += [space(theme.S), note(named(lacks), ft.Icons.EDIT_NOTE, "clay", live=True, identifier="missing")]
        if ends and before and not before.over:
            quiet = button(
                named(ends), end, ft.Icons.EVENT_AVAILABLE_OUTLINED, "quiet", small=True, identifier="end-entry"
            )
            body += [space(theme.XL), quiet]
        gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
        bar = act_bar(gem, back=screen.back, hide=screen.hide)
        return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name=sort.kind)

    return Entry


def _begin(filling: Filling[Any], before: Any) -> None:
    """Once, from what stands; a draft is the worker's."""
    if before is None or filling.restored_at is not None:
        return
    for attr, value in vars(before).items():
        setattr(filling.form, attr, value)


def _asked(question: Question, filling: Filling[Any], today: date) -> list[ft.Control]:
    match question:
        case Says():
            return [space(theme.M), _field(question, filling)]
        case Picks(attr, label, of):
            chosen = getattr(filling.form, attr)
            options = [(each.value, word(of, each)) for each in of]

            def pick(code: str) -> None:
                filling.put(**{attr: None if code == chosen else code})

            return [section(named(label)), choice(options, {chosen} if chosen else (), pick, name=attr)]
        case Dates():
            return [section(named(question.label)), *_day(question, filling, today)]


def _field(says: Says, filling: Filling[Any]) -> ft.Control:
    return Field(
        filling.form,
        says.attr,
        named(says.label),
        voice=says.voice,
        hint=named(says.hint) if says.hint else None,
        icon_name=says.icon_name,
        lines=says.lines,
        keyboard=ft.KeyboardType.PHONE if says.phone else ft.KeyboardType.TEXT,
        identifier=says.attr.replace("_", "-"),
        changed=filling.changed,
        left=filling.left,
    )


def _day(dates: Dates, filling: Filling[Any], today: date) -> list[ft.Control]:
    attr, name = dates.attr, dates.attr.replace("_", "-")
    first = date(today.year - 10, 1, 1) if dates.back else today
    last = today if dates.back else None
    chosen: date | None = getattr(filling.form, attr)

    def choose(day: date) -> None:
        filling.put(**{attr: None if day == chosen else day})

    days = day_chips(dates.offered(today), chosen, choose, today, first=first, last=last, name=name)
    if dates.at is None:
        return [days]
    hour, at = dates.at, getattr(filling.form, dates.at)
    when = chip(
        clock(at) if at else _("Time"),
        lambda: ask_time(at or time(10), lambda picked: filling.put(**{hour: picked})),
        chosen=at is not None,
        icon_name=ft.Icons.SCHEDULE,
        identifier=f"{name}-at",
    )
    return [days, space(theme.M), ft.Row([when])]
