"""Another code: the one that opens the app now, and the new one twice. What is in the vault is not touched."""

import flet as ft

from fieldapp import errors
from fieldapp.texts import _
from fieldapp.views import notices, step
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import page_head
from fieldapp.views.field import Field
from fieldapp.views.guard import shielded, told
from fieldapp.views.parts import button, column, padding, space
from fieldapp.views.pin import Pin
from fieldapp.views.secret import NewPin, NewWords, not_the_same, word_fields
from fieldapp.views.sentences import sentence
from fieldapp.views.state import Screen, use_screen


@ft.component
@shielded
def ChangeSecret() -> ft.Control:
    screen = use_screen()
    inner: ft.Control = _Words(screen) if screen.gate.secret_form == "words" else _Pin(screen)
    return inner


@ft.component
def _Pin(screen: Screen) -> ft.Control:
    old, set_old = ft.use_state("")
    problem, set_problem = ft.use_state("")

    async def change(new: str) -> None:
        try:
            await screen.gate.change_secret(old, new)
        except (errors.WrongSecret, errors.TooManyTries) as wrong:  # about the old one: from the start
            set_problem(sentence(wrong))
            set_old("")
        else:
            _changed(screen)

    async def choose(new: str) -> str | None:
        return await told(lambda: change(new), _not_now())

    keys: ft.Control = Pin(_("Change code"), _("First the code you have now"), set_old, problem)
    if old:
        keys = NewPin(_("Your new code"), _("Choose a code of at least 6 digits"), choose)
    held = ft.Container(keys, expand=True, padding=padding(24, 0, bottom=12))
    return column(held, act_bar(back=screen.back, hide=screen.hide), gap=0, expand=True)


@ft.component
def _Words(screen: Screen) -> ft.Control:
    typed = ft.use_memo(NewWords, [])
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def change(new: str) -> None:
        await screen.gate.change_secret(typed.old, new)
        _changed(screen)

    async def send() -> None:
        new = typed.chosen
        if busy:
            return
        if new is None:
            set_problem(not_the_same())
            return
        set_busy(True)
        wrong = {errors.WrongSecret: _("The words you have now are wrong. Try again.")}
        refused = await told(lambda: change(new), wrong | _not_now())
        set_busy(False)
        set_problem(refused or "")

    body = [
        page_head(_("Change words"), _("What you have written in the app stays as it is.")),
        space(16),
        Field(typed, "old", _("The words you have now"), secret=True, identifier="old"),
        space(8),
        column(*word_fields(typed, screen.gate.proposed_words, send), gap=8),
    ]
    main = button(
        _("One moment") if busy else _("Change words"), send, ft.Icons.KEY_OUTLINED, expand=True, identifier="change"
    )
    said = column(*step.problem(problem)) if problem else None
    bar = act_bar(main, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=said, name="change-secret")


def _changed(screen: Screen) -> None:
    if screen.gate.desk is screen.desk:  # else it was locked meanwhile: the new code opens it
        screen.back()
        notices.show(_("Your code is changed."), ft.Icons.CHECK)


def _not_now() -> dict[type[Exception], str]:
    words = _("The code could not be changed just now. Try again.")
    return {errors.NotSaved: words, errors.DiskFull: words}
