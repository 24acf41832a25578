"""One citizen's page: who it is, how housing and support stand, the next step; then overview, goals or timeline."""

import asyncio
from datetime import date

import flet as ft

from fieldapp.actions import citizens as actions
from fieldapp.actions import next_steps
from fieldapp.actions.citizens import CitizenPage
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.answered import Unanswered
from fieldapp.views.away_words import elsewhere
from fieldapp.views.bars import act_bar, page, tabs
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.citizen_more import quick
from fieldapp.views.days import bare, capital
from fieldapp.views.ended import Ended, has_died, has_ended, resume
from fieldapp.views.goals import Goals
from fieldapp.views.gone import gone
from fieldapp.views.guard import attempt, shielded
from fieldapp.views.marks import marks, phase_strip
from fieldapp.views.next_words import after_saving, what, when, why
from fieldapp.views.overview import Overview
from fieldapp.views.parts import MUTED, Look, act, button, column, icon_disc, line, link, space, text
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.views.timeline import Timeline


@ft.component
@shielded
def Citizen() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    tab, choose = ft.use_state("overview")
    shown = use_reading(actions.read, citizen)

    async def opened() -> None:
        await attempt(lambda: asyncio.to_thread(actions.opened, screen.desk, citizen))

    ft.use_effect(opened, [citizen])
    if shown is None:
        return gone(screen)
    named = [("overview", _("Overview")), ("goals", _("Goals")), ("timeline", _("Timeline"))]
    chosen = tabs(named, tab, choose)
    if tab == "overview":
        body = [*_head(shown, screen), space(theme.M), chosen, space(theme.M), Overview(citizen, shown)]
    else:
        died = has_died(shown.standing)
        inner = Goals(citizen, shown.name, died) if tab == "goals" else Timeline(citizen, shown.name)
        below = _progress(shown, screen) if tab == "goals" and not has_ended(shown) else []
        body = [_small_head(shown), space(theme.M), chosen, space(theme.M), inner, *below]
    name = f"{citizen}-{tab}-ended" if has_ended(shown) else f"{citizen}-{tab}"  # another page: it begins at its top
    return page(body, act_bar(*_acts(tab, shown, screen), back=screen.back, hide=screen.hide), name=name)


def _acts(tab: str, shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    def to(words: str, icon_name: ft.IconData | None, then: str, main: bool) -> ft.Control:
        look: Look = "filled" if main else "tonal"
        return button(words, lambda: screen.citizen(shown.id, then), icon_name, look, expand=True, identifier=then)

    if has_died(shown.standing):
        return [to(_("Note"), ft.Icons.ADD, "note", False)]
    if has_ended(shown):
        again = button(_("Resume"), lambda: resume(shown, screen), expand=True, identifier="resume")
        return [to(_("Note"), None, "note", False), again]
    if tab == "goals":
        together = button(_("Together"), lambda: screen.hand_over(shown.id), ft.Icons.GROUPS_OUTLINED, "tonal",
                          expand=True, identifier="together")  # fmt: skip
        return [together, to(_("New goal"), ft.Icons.ADD, "goals/new", True)]
    reach = to(_("Reach out"), ft.Icons.WAVING_HAND_OUTLINED, "reach", False)
    return [reach, to(_("Note"), ft.Icons.ADD, "note", True)]


def _progress(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    """A small step forward is written where those before it stand."""
    to = lambda: screen.citizen(shown.id, "say/progress")  # noqa: E731
    return [space(theme.S), button(_("Progress"), to, ft.Icons.ADD, "quiet", small=True, identifier="say/progress")]


def supporters(shown: CitizenPage, me: str) -> str:
    """Støtteperson: dig · Karim er med"""
    responsible = _("you") if shown.mine else shown.responsible
    first = _("Support person: {name}", name=responsible) if responsible else ""
    others = ", ".join(_("you") if name == me else name.partition(" ")[0] for name in shown.deputies)
    return " · ".join(filter(None, (first, _("Deputy: {name}", name=others) if others else "")))


def _head(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    return [
        person_head(shown.id, shown.name, supporters(shown, screen.desk.worker_name), big=True),
        space(14),
        *([Ended(shown)] if has_ended(shown) else _going_on(shown, screen, today)),
    ]


def _going_on(shown: CitizenPage, screen: Screen, today: date) -> list[ft.Control]:
    return [
        *_peace(shown, today),
        *elsewhere(shown, screen),
        Unanswered(shown.id, shown.name),
        *phase_strip(shown, today, lambda: screen.citizen(shown.id, "phase")),
        marks(
            shown,
            today,
            to_home=lambda: screen.citizen(shown.id, "home"),
            to_method=lambda: screen.citizen(shown.id, "method"),
        ),
        *_next(shown, screen),
        space(theme.M),
        quick(shown, screen),
    ]


def _small_head(shown: CitizenPage) -> ft.Control:
    return person_head(shown.id, shown.name, None)


def _peace(shown: CitizenPage, today: date) -> list[ft.Control]:
    if shown.peace_until is None or shown.peace_until < today:
        return []
    words = _("Wants some space until {day}. Support goes on.", day=bare(shown.peace_until, today))
    return [note(words, ft.Icons.NIGHTS_STAY_OUTLINED, identifier="peace"), space(theme.S)]


def _next(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    step, today = shown.next_step, screen.desk.today()
    if step is None:
        return []

    async def done() -> None:
        following = await asyncio.to_thread(next_steps.done, screen.desk, shown.id)
        screen.saved(after_saving(following, today))

    change = link(_("Change"), lambda: screen.citizen(shown.id, "next"), identifier="change-next")
    sides = [act(_("Done"), ft.Icons.CHECK, done, who=what(step), identifier="done")] if step.id else []
    words = column(
        text(_("Next step"), "small", MUTED),
        text(what(step), "name"),
        text(capital(when(step, today)), "meta", MUTED),
        *([text(why(step, today), "meta", MUTED)] if why(step, today) else []),
        gap=2,
        expand=True,
    )
    if theme.is_large():
        return [space(theme.S), card(words, *sides, change)]
    mark = icon_disc(ft.Icons.FLAG_OUTLINED)
    return [space(theme.S), card(line(mark, words, change, *sides, gap=theme.M))]
