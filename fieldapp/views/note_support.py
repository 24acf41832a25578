"""*Støtten lige nu* in the note form: a tap turns it up or down; why, and a joint look at it, are offered (H1, H2)."""

from datetime import date, timedelta
from typing import Any

import flet as ft

from fieldapp.actions.intensity import SupportNow
from fieldapp.domain.intensity import HIGHEST, LOWEST, turned
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card
from fieldapp.views.choosing import day_chips
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling
from fieldapp.views.parts import MUTED, column, icon, line, space, text
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.words import intensity as level_word


def support_now(filling: Filling[Any], now: SupportNow, today: date) -> list[ft.Control]:
    """`filling` is of any form that turns it: `TurnForm` has the fields."""
    form = filling.form
    level = form.intensity or now.level

    def turn(by: int) -> None:
        to = turned(level, by)
        filling.put(intensity=None if to == now.level else to)

    said = level_word(level)
    if level != now.level:
        said = _("From {before} to {after}", before=level_word(now.level).lower(), after=said.lower())
    down = chip(_("Turn down"), lambda: turn(-1), icon_name=ft.Icons.REMOVE, identifier="turn-down")
    up = chip(_("Turn up"), lambda: turn(1), icon_name=ft.Icons.ADD, identifier="turn-up")
    head = column(text(_("Support right now"), "small", MUTED), text(said, "name"), gap=2, expand=True)
    turns = chips(*([down] if level > LOWEST else []), *([up] if level < HIGHEST else []))
    return [
        space(theme.L),
        card(line(icon(ft.Icons.TUNE, 22), head, gap=theme.M), turns, gap=theme.M),
        *(_why(filling) if level != now.level else []),
        *(_together(filling, today) if level in now.assess and level != now.level else []),
    ]


def reasons() -> list[str]:
    return [_("A move"), _("A crisis"), _("The citizen asked for it"), _("It goes well"), _("A phase shift")]


def _why(filling: Filling[Any]) -> list[ft.Control]:
    """Never demanded: chips, and a few words."""
    chosen = filling.form.intensity_reasons

    def choose(words: str) -> None:
        kept = tuple(each for each in chosen if each != words)
        filling.put(intensity_reasons=kept if words in chosen else (*kept, words))

    options = [(words, words) for words in reasons()]
    few = Field(
        filling.form,
        "intensity_why",
        _("Why? A few words are enough."),
        identifier="intensity-why",
        word_help=True,
        changed=filling.changed,
        left=filling.left,
    )
    return [space(theme.M), choice(options, chosen, choose, name="why"), space(theme.S), few]


def _together(filling: Filling[Any], today: date) -> list[ft.Control]:
    """Asked when it goes below *jævnlig* and no phase shift was just confirmed (review.md 1.2)."""
    chosen = date.fromisoformat(filling.form.assess_on) if filling.form.assess_on else None
    offered = [
        (_("In a week"), today + timedelta(days=7)),
        (_("In two weeks"), today + timedelta(days=14)),
        (_("In four weeks"), today + timedelta(days=28)),
    ]

    def choose(day: date) -> None:
        filling.put(assess_on=None if day == chosen else day.isoformat())

    why = _("The support must not be withdrawn as soon as it goes well. Look at it together before long.")
    return [
        section(_("When do you look at the support together?")),
        text(why, "meta", MUTED),
        space(theme.S),
        day_chips(offered, chosen, choose, today, first=today, name="assess"),
    ]
