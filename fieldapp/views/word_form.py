"""One word of the list: what to write rather, or that the team does not want it pointed out."""

import asyncio
from dataclasses import dataclass

import flet as ft

from fieldapp.actions import contacts, word_choices
from fieldapp.actions.desk import Saved
from fieldapp.actions.word_choices import Line
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.state import use_reading, use_screen

NEW = "new"


@dataclass
class WordWritten:
    avoid: str = ""
    better: str = ""
    begun: bool = False  # filled in once from the list


@ft.component
@shielded
def WordForm() -> ft.Control:
    screen = use_screen()
    key = ft.use_route_params()["word"]
    known = next((each for each in use_reading(word_choices.listed) if each.key == key), None)
    filling = use_form(f"word:{key}", WordWritten)
    missing, miss = ft.use_state(False)
    _begin(filling.form, known)
    form = filling.form

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. The team's phones get it too."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.avoid.strip().strip("*"))
        if form.avoid.strip().strip("*"):
            await filling.save(lambda: word_choices.choose(screen.desk, form.avoid, form.better), saved)

    async def switch() -> None:
        assert known is not None
        off = not known.off
        saved(await asyncio.to_thread(word_choices.choose, screen.desk, known.avoid, known.better, off=off))

    body = [
        page_head(known.avoid.rstrip("*") if known else _("Add a word")),
        space(theme.M),
        *([] if known else [_avoid(filling, missing), space(theme.S)]),
        Field(
            form,
            "better",
            _("Rather write"),
            hint=_("What the team says instead"),
            identifier="better",
            changed=filling.changed,
            left=filling.left,
        ),
    ]
    if known:
        words = _("Point it out again") if known.off else _("Don't point it out")
        body += [space(theme.L), button(words, switch, look="quiet", small=True, identifier="switch")]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="word")


def _begin(form: WordWritten, known: Line | None) -> None:
    if not form.begun and known is not None:
        form.avoid, form.better, form.begun = known.avoid, known.better, True


def _avoid(filling: Filling[WordWritten], missing: bool) -> ft.Control:
    return Field(
        filling.form,
        "avoid",
        _("A word or a phrase"),
        hint=_("A * at the end stands for any ending"),
        error=_("Write a few words first.") if missing else None,
        identifier="avoid",
        changed=filling.changed,
        left=filling.left,
    )
