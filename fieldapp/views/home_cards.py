"""On the page of the home: how the citizen would like to live, and the plan until then; a tap changes either."""

from datetime import date

import flet as ft

from fieldapp.actions.home_page import HomePage
from fieldapp.actions.home_wishes import WaitPlan, Wish
from fieldapp.domain.values_day import WaitingReason
from fieldapp.domain.values_life import HomeType, HousingWish
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card, note, quote_card
from fieldapp.views.days import coming, past, said_on
from fieldapp.views.parts import MUTED, C, column, icon, line, space, tappable, text
from fieldapp.views.rows import section
from fieldapp.views.state import Screen
from fieldapp.words import word, words


def cards(home: HomePage, screen: Screen) -> list[ft.Control]:
    return [*_wish(home, screen), *_plan(home, screen)]


def _wish(home: HomePage, screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    shown = _said(home.wishes[0], today) if home.wishes else _not_asked()
    tap = tappable(shown, lambda: screen.citizen(home.citizen, "home/wish"), identifier="wish", radius=theme.QUOTE)
    return [space(theme.XL), tap, *_not_now(home)]


def _said(wish: Wish, today: date) -> ft.Control:
    title, chosen = _("How would you like to live?"), wished(wish)
    when = said_on(wish.on, today)
    if wish.own_words:
        return quote_card(title, [(chosen or _("In their own words"), wish.own_words, when)])
    return note(f"{chosen}. {when}", ft.Icons.FORMAT_QUOTE, "heather", title)


def wished(wish: Wish) -> str:
    """Et roligt sted, plads til et dyr · Almen bolig"""
    kind = word(HomeType, wish.home_type) if wish.home_type else ""
    return " · ".join(filter(None, (words(HousingWish, wish.wishes), kind, wish.reason or "")))


def _not_asked() -> ft.Control:
    """G21: hope that can be lent."""
    hope = _("Not asked yet. Three of four people at shelters wish for a home in “an ordinary stairwell”.")
    return note(hope, ft.Icons.FORMAT_QUOTE, "heather", _("How would you like to live?"))


def _not_now(home: HomePage) -> list[ft.Control]:
    if not home.wishes or HousingWish.NOT_NOW not in home.wishes[0].wishes:
        return []
    return [space(theme.S), not_now_is_fine()]


def not_now_is_fine() -> ft.Control:
    help_ = _("That is fine. Support does not require a home. What would make it feel safe?")
    return note(help_, ft.Icons.FAVORITE_BORDER, identifier="not-now-help")


def _plan(home: HomePage, screen: Screen) -> list[ft.Control]:
    """While a home is waited for, and whenever one was planned for another."""
    if home.has and home.ahead is None:
        return []
    today, plan = screen.desk.today(), home.plan
    asked = [
        (_("How will you find a home?"), plan.how if plan else None),
        (_("When?"), plan.when_text if plan else None),
        (_("Where can {name} stay meanwhile?", name=home.name), plan.meanwhile if plan else None),
    ]
    lines = [_answer(question, said, plan, today) for question, said in asked]
    waits = [_waits(home.waits_for)] if home.waits_for else []
    head = line(icon(ft.Icons.MAP_OUTLINED, 22, C.PRIMARY), text(_("The plan"), "label", expand=True))
    shown = card(head, *lines, *waits, gap=theme.M)
    tap = tappable(shown, lambda: screen.citizen(home.citizen, "home/plan"), identifier="plan", radius=theme.CARD)
    return [section(_("Until there is a home")), tap]


def _answer(question: str, said: str | None, plan: WaitPlan | None, today: date) -> ft.Control:
    return column(text(question, "small", MUTED), text(said or unknown(plan, today), "body"), gap=2)


def unknown(plan: WaitPlan | None, today: date) -> str:
    again = plan.follow_up_on if plan else None
    if again is None:
        return _("Not known yet")
    if again < today:
        return _("Not known yet. It was to be looked at {day}.", day=past(again, today))
    return _("Not known yet. We look at it {day}.", day=coming(again, today))


def _waits(reason: str) -> ft.Control:
    """About the system, never about the citizen (T7)."""
    return column(text(_("What you wait for"), "small", MUTED), text(word(WaitingReason, reason), "body"), gap=2)
