"""Opsporingsliste (E1): for a round on the street, place by place; who was seen is noted in two taps."""

import asyncio
from collections.abc import Callable

import flet as ft

from fieldapp.actions import tracing
from fieldapp.actions.tracing import Line, Stop
from fieldapp.domain.values import Outcome
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import page_head
from fieldapp.views.days import coming
from fieldapp.views.guard import shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import MUTED, act, button, column, icon, initial, line, text
from fieldapp.views.reasons import sentence
from fieldapp.views.rows import chip, chips, group, section, surface
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.words import word

Ask = Callable[[str], object]


@ft.component
@shielded
def Trace() -> ft.Control:
    screen = use_screen()
    stops = use_long_reading(tracing.read)
    asking, ask = ft.use_state("")
    body: list[ft.Control] = [page_head(_("Tracing list"), _("Those you are looking for, place by place"))]
    if stops is not None and not stops:
        body.append(empty(_("Nobody to look for right now"), _("Whoever you meet or hear of stands here.")))
    for number, stop in enumerate(stops or ()):
        title = stop.place or _("Place not known yet")
        rows = [_line(each, stop, f"{number}-{each.citizen}", asking, ask, screen) for each in stop.lines]
        body += [section(title, len(stop.lines)), group(rows)]
    new = button(_("New person"), lambda: screen.open(paths.NEW), ft.Icons.ADD, "tonal", expand=True, identifier="new")
    return page(body, act_bar(new, back=screen.back, hide=screen.hide), name="trace")


def _line(each: Line, stop: Stop, here: str, asking: str, ask: Ask, screen: Screen) -> ft.Container:
    """`here` names the row: somebody may stand at two places."""
    today = screen.desk.today()
    seen, due = sentence(each.seen, today), _("Reach out {day}", day=coming(each.due, today))
    acts = _acts(each, here, screen)
    about = (text(seen, "reason"), _due(due))
    lead = initial(each.citizen, each.name)
    if theme.is_large():
        top = line(lead, text(each.name, "name", expand=True), gap=theme.M)
        head: ft.Control = column(top, *about, acts, gap=6)
    else:
        head = line(
            lead, ft.Column([text(each.name, "name"), *about], spacing=3, tight=True, expand=True), acts, gap=theme.M
        )
    return surface(
        column(head, _seen_here(each, stop, here, asking, ask, screen), gap=0),
        lambda: screen.citizen(each.citizen),
        identifier=f"trace-{here}",
        chosen=screen.shows(each.citizen),
    )


def _due(words: str) -> ft.Control:
    mark = [] if theme.is_large() else [icon(ft.Icons.EVENT_OUTLINED, 16)]
    return line(*mark, text(words, "hint", MUTED, expand=True), gap=6)


def _acts(each: Line, here: str, screen: Screen) -> ft.Control:
    def one(words: str, icon_name: ft.IconData, then: str) -> ft.Control:
        return act(
            words,
            icon_name,
            lambda: screen.citizen(each.citizen, then),
            who=each.name,
            look="tonal" if then == "reach" else "plain",
            width=60,
            identifier=f"{then}-{here}",
        )

    noted = one(_("Note"), ft.Icons.EDIT_NOTE, "note")
    reached = one(_("Reach out"), ft.Icons.WAVING_HAND_OUTLINED, "reach")
    return column(reached, noted, gap=4) if theme.is_large() else line(noted, reached, gap=2, tight=True)


def _seen_here(each: Line, stop: Stop, here: str, asking: str, ask: Ask, screen: Screen) -> ft.Control:
    """One tap asks how it went, the next saves it with the place."""
    if asking != here:
        words = _("Went by {place} today", place=stop.place) if stop.place else _("Went by a known place today")
        return button(words, lambda: ask(here), ft.Icons.PLACE_OUTLINED, "plain", small=True, identifier=f"went-{here}")

    async def saved(outcome: str) -> None:
        answer = await asyncio.to_thread(tracing.at_place, screen.desk, each.citizen, stop.place, outcome)
        ask("")
        say_saved(screen, answer)

    def one(outcome: str) -> ft.Control:
        return chip(word(Outcome, outcome), lambda: saved(outcome), identifier=f"{outcome}-{here}")

    return ft.Container(chips(*(one(outcome) for outcome in tracing.HOW)), padding=ft.Padding.only(top=theme.S))
