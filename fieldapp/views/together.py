"""*Sammen* (F6): the phone lies between two. One citizen's own page and nothing else, until the worker's code."""

import asyncio
from collections.abc import Callable
from typing import Literal

import flet as ft

from fieldapp import errors
from fieldapp.actions import citizens, contacts
from fieldapp.actions import own_page as actions
from fieldapp.actions import together as saving
from fieldapp.actions.desk import Saved
from fieldapp.actions.own_page import TheirPage
from fieldapp.actions.together import TogetherForm
from fieldapp.texts import _
from fieldapp.views import frame, step, theme
from fieldapp.views.bars import act_bar, page, tabs
from fieldapp.views.cards import note, person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.guard import Call, attempt, shielded, told
from fieldapp.views.own_page import Own
from fieldapp.views.parts import button, column, icon_button, link, padding, space
from fieldapp.views.pin import Pin
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.views.together_near import over_time
from fieldapp.views.together_talk import talk

Face = Literal["talk", "page", "leave", "print"]
"""talk: what is said now · page: what is there · leave: the worker's code, and then the page, or the paper (print)."""


@ft.component
def Alone(citizen: str) -> list[ft.View]:
    """The only page there is: back leads nowhere, and no route is listened to."""
    screen = use_screen()
    ft.use_state(screen.around)
    inner = frame.framed(screen, Together(citizen))
    return [ft.View(route="/", controls=[inner], padding=0, spacing=0, can_pop=False)]


@ft.component
@shielded
def Together(citizen: str) -> ft.Control:
    screen = use_screen()
    begin: Face = "talk"
    face, show = ft.use_state(begin)
    nothing: Saved | None = None
    just, set_just = ft.use_state(nothing)
    shown = use_reading(actions.read, citizen)

    async def opened() -> None:
        await attempt(lambda: asyncio.to_thread(citizens.opened, screen.desk, citizen))

    ft.use_effect(opened, [citizen])
    if face in ("leave", "print"):
        then = "own" if face == "print" and shown else ""
        leave: ft.Control = Leave(lambda: screen.take_back(then), lambda: show("talk"))
        return leave
    if shown is None:
        words = _("This page is not on the phone any more.")
        return page([space(theme.XXL), note(words, ft.Icons.INFO_OUTLINE)], _bar(screen, lambda: show("leave")))

    def go_to(tab: str) -> None:
        set_just(None)
        show("page" if tab == "page" else "talk")

    def saved(answer: Saved) -> None:
        screen.changed()
        set_just(answer)
        show("page")

    async def undo() -> None:
        if just is not None:
            await asyncio.to_thread(contacts.undo, screen.desk, just)
            screen.changed()
            go_to("talk")

    def head() -> ft.Control:
        both = tabs([("talk", _("We talk")), ("page", _("My page"))], face, go_to)
        return column(person_head(citizen, shown.name, _("Together")), both, gap=theme.M)

    if face == "talk":
        talking: ft.Control = _Talk(shown, head, saved, lambda: show("leave"))
        return talking
    today = screen.desk.today()
    body = [
        head(),
        space(theme.M),
        *(_saved(undo) if just else []),
        Own(shown, today),
        *over_time(shown.page.near, today),
    ]
    prints = button(_("Get it on paper"), lambda: show("print"), look="tonal", expand=True, identifier="print")
    return page(body, _bar(screen, lambda: show("leave"), prints), name="together-page")


def _saved(undo: Call) -> list[ft.Control]:
    said = note(_("Saved. These are your own words."), ft.Icons.CHECK, "pine", live=True, identifier="saved")
    return [said, ft.Row([link(_("Undo"), undo, identifier="undo")]), space(theme.S)]


@ft.component
def _Talk(shown: TheirPage, head: Callable[[], ft.Control], saved: Callable[[Saved], None], leave: Call) -> ft.Control:
    """The form is opened with it and gone with it: what was saved does not stand in it the next time."""
    screen = use_screen()
    filling = use_form(saving.draft_key(shown.citizen), TogetherForm)
    missing, miss = ft.use_state("")
    filling.form.begin(shown.page.focus)

    async def save() -> None:
        try:
            await filling.save(lambda: saving.save(screen.desk, shown.citizen, filling.form), saved)
        except errors.RecordError as refused:
            if refused.why != "missing":
                raise
            miss(refused.field or "")

    above = draft_line(filling.restored_at, screen.desk.now())
    if missing == "text":
        words = _("There is nothing to save yet. That is fine too.")
        above = note(words, ft.Icons.INFO_OUTLINE, live=True, identifier="nothing")
    keep = button(_("Save together"), save, expand=True, identifier="save")
    body = [head(), space(theme.M), *talk(filling, shown, screen.desk.today(), missing)]
    return page(body, _bar(screen, leave, keep), above_bar=above, name="together-talk")


def _bar(screen: Screen, leave: Call, *acts: ft.Control) -> ft.Control:
    """*Skjul nu* is here on a wide screen too: no rail stands beside this page."""
    back = button(_("Hand the phone back"), leave, look="quiet", expand=True, identifier="hand-back")
    hide = icon_button(ft.Icons.VISIBILITY_OFF_OUTLINED, _("Hide now"), screen.hide, identifier="hide")
    return act_bar(back, *acts, *([hide] if theme.is_wide() else []), back=None, hide=screen.hide)


class _Typed:
    words = ""


@ft.component
def Leave(done: Call, stay: Call) -> ft.Control:
    """The worker's code: checked as at the lock, where a wrong one counts."""
    screen = use_screen()
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)
    typed = ft.use_memo(_Typed, [])

    async def check(secret: str) -> None:
        if busy or not secret:
            return
        set_busy(True)
        refused = await told(lambda: screen.gate.confirm(secret))
        set_busy(False)
        set_problem(refused or "")
        if refused is None:
            done()

    title = _("Hand the phone back")
    foot = link(_("Stay here"), stay, identifier="stay")
    if screen.gate.secret_form == "words":
        reason = _("{worker}: write your words", worker=screen.desk.first_name)
        field = Field(typed, "words", _("Your words"), secret=True, submitted=lambda: check(typed.words),
                      identifier="words")  # fmt: skip
        body = [*step.lead(title, reason), field, *step.problem(problem)]
        keys = step.step(body, title, lambda: check(typed.words), busy, "hand-back-now", second=foot)
    else:
        reason = _("{worker}: enter your code", worker=screen.desk.first_name)
        keys = Pin(title, reason, check, problem, busy, foot=foot, working=_("One moment"))
    held = ft.Container(keys, width=frame.PLAIN_WIDTH if theme.width() > frame.PLAIN_WIDTH else None, expand=True)
    return column(
        ft.Container(held, expand=True, padding=padding(24, 12), alignment=ft.Alignment.TOP_CENTER), expand=True
    )
