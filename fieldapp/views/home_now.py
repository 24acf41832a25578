"""The three facts of a home: there is one, it is used, it was lost; each can be put right (000 §2.5; G2)."""

from collections.abc import Callable

import flet as ft

from fieldapp.actions import homes
from fieldapp.actions.home_page import HomePage
from fieldapp.domain.homes import Home
from fieldapp.domain.values_life import HomeType
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.days import capital, coming, past
from fieldapp.views.parts import icon_disc, space
from fieldapp.views.rows import chip, chips, group, row, section
from fieldapp.views.state import Screen
from fieldapp.words import word

Keep = Callable[..., object]


def now(home: HomePage, screen: Screen, keep: Keep) -> list[ft.Control]:
    facts = _lost(home, screen) or [_has(home, screen)]
    return [section(_("Right now")), group(facts), *_uses(home, keep)]


def _has(home: HomePage, screen: Screen) -> ft.Container:
    title = _("Has a home") if home.has else _("Has no home of their own right now")
    lead = icon_disc(ft.Icons.HOME_OUTLINED, "slate" if home.has else "sand")
    to = home.now.id if home.now else "new"
    return row(
        title,
        _about(home, screen) or None,
        lead=lead,
        call=(lambda: screen.citizen(home.citizen, f"home/period/{to}")) if home.has else None,
        identifier="has-home",
    )


def _about(home: HomePage, screen: Screen) -> str:
    """Since when, and what kind; what comes next where there is none."""
    today = screen.desk.today()
    if home.now:
        kind = word(HomeType, home.now.home_type) if home.now.home_type else ""
        since = _("Moved in {day}", day=past(home.now.move_in_on, today)) if home.now.move_in_on else ""
        return " · ".join(filter(None, (since, kind, home.now.note or "")))
    if home.ahead and home.ahead.move_in_on:
        return _("Moves in {day}", day=coming(home.ahead.move_in_on, today))
    return ""


def _uses(home: HomePage, keep: Keep) -> list[ft.Control]:
    """Not to be able to be there is no fault (I7), and losing it ends nothing: *Fortryd* takes either back."""
    if not home.has:
        return []

    def said(words: str, in_use: bool, name: str) -> ft.Control:
        return chip(words, lambda: keep(homes.use, home.citizen, in_use), chosen=home.in_use is in_use, tone="slate",
                    identifier=f"in-use-{name}")  # fmt: skip

    told = _("Noted. Support is unchanged. Next step: a new home.")
    lost = chip(_("Has lost the home"), lambda: keep(homes.lose, home.citizen, words=told), identifier="lose-home")
    uses, not_ = said(_("Uses the home"), True, "yes"), said(_("Doesn't use the home right now"), False, "no")
    return [space(theme.M), chips(uses, not_, lost)]


def _lost(home: HomePage, screen: Screen) -> list[ft.Container]:
    lost, today = home.lost, screen.desk.today()
    if lost is None or lost.lost_on is None:
        return []
    told = row(
        _("Has lost the home"),
        capital(past(lost.lost_on, today)),
        lead=icon_disc(ft.Icons.HOME_WORK_OUTLINED, "slate"),
        call=lambda: screen.citizen(home.citizen, f"home/period/{lost.id}"),
        identifier="lost-home",
    )
    return [told, questions(home.citizen, lost, bool(home.reflections), screen)]


def questions(citizen: str, lost: Home, written: bool, screen: Screen) -> ft.Container:
    """G11: offered, never asked for; also when another home has followed."""
    reason = _("Written about by the team") if written else _("Did the support meet the need? Was it the right home?")
    return row(
        _("Two questions to the team"),
        reason,
        lead=icon_disc(ft.Icons.GROUPS_OUTLINED),
        call=lambda: screen.citizen(citizen, f"home/loss/{lost.id}"),
        identifier="team-questions",
    )
