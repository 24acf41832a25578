"""Why work is not taken along: its writer gets the reason, the words stay with those who support the citizen."""

from dataclasses import dataclass

import flet as ft

from fieldapp.actions import quarantine
from fieldapp.actions.quarantine import Kept
from fieldapp.domain.values import RejectReason
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.guard import Call
from fieldapp.views.parts import button, space
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_screen
from fieldapp.views.unsent_words import title
from fieldapp.words import word

_REASONS = tuple(each for each in RejectReason if each is not RejectReason.GONE)


@dataclass
class Refusal:
    reason: str = ""
    text: str = ""


@ft.component
def LeaveOut(found: Kept, back: Call) -> ft.Control:
    screen = use_screen()
    filling = use_form(f"refuse:{found.citizen}:{found.id}", Refusal)
    form = filling.form

    def keep() -> None:
        quarantine.reject(screen.desk, [found], form.reason, form.text)

    def saved(_answer: object) -> None:
        screen.saved(_("Left out. {who} is told why.", who=found.who))
        screen.back()

    reasons = [(str(each), word(RejectReason, each)) for each in _REASONS]
    words = Field(
        form,
        "text",
        _("A few words to those who support the citizen"),
        lines=2,
        hint=_("Optional. {who} gets only the reason.", who=found.who),
        identifier="refuse-text",
        changed=filling.changed,
    )
    body = [
        person_head(found.citizen, found.name, title(found)),
        section(_("Why is it left out?")),
        choice(reasons, {form.reason}, lambda code: filling.put(reason=code), name="reason"),
        space(theme.L),
        words,
        space(theme.M),
        note(_("What was written stays readable here. Nothing is deleted."), ft.Icons.LAYERS_OUTLINED),
    ]
    save = (lambda: filling.save(keep, saved)) if form.reason else None
    closed = note(_("Choose a reason first."), ft.Icons.LOCK_OUTLINE)
    above = draft_line(filling.restored_at, screen.desk.now()) if save else closed
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    return page(body, act_bar(gem, back=back, hide=screen.hide), above_bar=above, name=f"refuse-{found.id}")
