"""The citizen's own page, as both read it: in *Sammen*, and where the worker prints it."""

import asyncio
from datetime import date

import flet as ft

from fieldapp.actions import own_page as actions
from fieldapp.actions.own_page import TheirPage
from fieldapp.domain.own_page import Line, OwnGoal, OwnStep
from fieldapp.domain.values import Aspect, Dimension
from fieldapp.domain.values_life import Exported
from fieldapp.texts import _, pgettext
from fieldapp.views import notices, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head, quote_card
from fieldapp.views.days import said_on
from fieldapp.views.dimensions import icon_of
from fieldapp.views.file_out import hand_out
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.own_paper import FILE, loses, paper
from fieldapp.views.own_words import about_goal, about_step
from fieldapp.views.parts import MUTED, C, button, column, icon, icon_disc, line, link, space, text
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word

SPA = ft.Icons.SPA_OUTLINED
MOST = 5
"""Of each, until all is asked for; on the paper all of it stands."""


@ft.component
@shielded
def OwnPage() -> ft.Control:
    """The worker's way to the paper: what is shown here is what stands on it."""
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(actions.read, citizen)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()

    async def make() -> None:
        file = await asyncio.to_thread(paper, shown, today)
        kept = await hand_out(screen, FILE, file, [citizen], Exported.OWN_PAGE, "pdf")
        if kept:
            words = _("The file is made.")
            if loses(shown, today):
                words = _("The file is made. Some letters cannot be printed and stand as “?”.")
            notices.show(words, ft.Icons.CHECK)
        elif kept is False:
            notices.show(_("This machine cannot keep the file."))

    leaves = _("The file is not encrypted once it leaves the app. Store it only where the municipality says.")
    body = [
        person_head(citizen, shown.name, _("{name}'s own page", name=shown.name)),
        space(theme.L),
        note(leaves, ft.Icons.INFO_OUTLINE),
        space(theme.M),
        Own(shown, today),
    ]
    together = button(
        _("Show together"), lambda: screen.hand_over(citizen), look="tonal", expand=True, identifier="together"
    )
    prints = button(_("Get it on paper"), make, expand=True, identifier="print-own")
    return page(body, act_bar(together, prints, back=screen.back, hide=screen.hide), name="own")


@ft.component
def Own(shown: TheirPage, today: date) -> ft.Control:
    """Wishes, dreams and hopes first (F7); nothing that was not said draws a line; the rest is a tap away."""
    unfolded, unfold = ft.use_state(False)
    own, most = shown.page, None if unfolded else MOST
    if own.is_empty:
        return note(_("There is nothing here yet, and that is fine."), ft.Icons.FORMAT_QUOTE, "heather")
    quotes = [(word(Aspect, each.aspect), each.text, said_on(each.on, today)) for each in own.words[:most]]
    longest = max(
        map(
            len,
            (
                own.words,
                own.strengths,
                own.goals,
                own.forward,
                *(each for g in own.goals for each in (g.steps, g.forward)),
            ),
        )
    )
    more = link(pgettext("goals", "Show all"), lambda: unfold(True), identifier="all-own")
    return column(
        *([quote_card(_("In their own words"), quotes)] if quotes else []),
        *_lines(_("What goes well"), own.strengths[:most], today),
        *_goals(own.goals[:most], shown.worker, today, most),
        *_lines(_("Small steps forward"), own.forward[:most], today),
        *([more] if most and longest > most else []),
        gap=0,
    )


def _lines(title: str, lines: tuple[Line, ...], today: date) -> list[ft.Control]:
    rows = [
        row(each.text, None, said_on(each.on, today), lead=icon_disc(SPA, "honey"), meta_icon=ft.Icons.EVENT_OUTLINED)
        for each in lines
    ]
    return [section(title), group(rows)] if rows else []


def _goals(goals: tuple[OwnGoal, ...], worker: str, today: date, most: int | None) -> list[ft.Control]:
    cards = [each for goal in goals for each in (_goal(goal, worker, today, most), space(theme.S))]
    return [section(_("What we work on")), *cards] if cards else []


def _goal(goal: OwnGoal, worker: str, today: date, most: int | None) -> ft.Control:
    head = line(icon_disc(icon_of(goal.dimension), "pine"), text(word(Dimension, goal.dimension), "label", expand=True))
    below = about_goal(goal, today)
    return card(
        head,
        text(f"“{goal.title}”", "name"),
        *(_small(_mark(step), step.text, about_step(step, worker, today), C.PRIMARY) for step in goal.steps[:most]),
        *(_small(SPA, each.text, said_on(each.on, today), C.SECONDARY_FIXED_DIM) for each in goal.forward[:most]),
        *([text(below, "meta", MUTED)] if below else []),
    )


def _mark(step: OwnStep) -> ft.IconData:
    return ft.Icons.CHECK_BOX_OUTLINED if step.done_on else ft.Icons.FLAG_OUTLINED


def _small(icon_name: ft.IconData, words: str, below: str, color: ft.Colors) -> ft.Control:
    said = ft.Column(
        [text(words, "reason"), *([text(below, "meta", MUTED)] if below else [])], spacing=2, tight=True, expand=True
    )
    return line(icon(icon_name, 20, color), said, gap=theme.S, top=True)
