"""What was being written and is not saved: it waits on I dag, also after a lock or a kill (I-8)."""

from dataclasses import dataclass
from datetime import datetime

import flet as ft

from fieldapp.actions import citizens, drafts
from fieldapp.actions.desk import Desk
from fieldapp.texts import _
from fieldapp.views import paths
from fieldapp.views.draft_words import restored
from fieldapp.views.parts import column, icon_disc
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.words import P_, named

#: By the first part of a draft's key: what it is called, and where it goes on; the rest are not worth a line.
_FORMS = {
    "contact": (P_("unfinished", "A note"), "note/{mode}"),
    "goal": (P_("unfinished", "A new goal"), "goals/new"),
    "text": (P_("unfinished", "A text"), "reach/text"),
    "plan": (P_("unfinished", "A next step"), "next"),
    "words": (P_("unfinished", "The citizen's words"), "say/words"),
    "strength": (P_("unfinished", "A strength"), "say/strength"),
    "progress": (P_("unfinished", "A small step forward"), "say/progress"),
    "step": (P_("unfinished", "A small step"), "say/step"),
    "away": (P_("unfinished", "Is elsewhere"), "away"),
    "consent": (P_("unfinished", "A consent"), "consent/new/{last}"),
    "pause": (P_("unfinished", "A pause"), "pause"),
    "offer": (P_("unfinished", "An offer"), "offers/{offer}"),
    "plan_reference": (P_("unfinished", "A plan"), "plans/plan/{offer}"),
    "other_plan": (P_("unfinished", "A plan"), "plans/other/{offer}"),
    "coordination_meeting": (P_("unfinished", "A meeting"), "plans/meeting/{offer}"),
    "relative": (P_("unfinished", "Somebody in the network"), "network/{offer}"),
    "coping_plan": (P_("unfinished", "When it gets hard"), "coping/new"),
}
_WRITTEN = (
    *("own_words", "professional_view", "progress", "with_whom", "place_text", "intensity_why"),
    *("title", "step", "text", "what", "to", "reason", "name", "relation", "note", "purpose", "effort", "other"),
    *("with_whom", "kept_at", "how_long", "signs", "helps", "helps_not", "whom_to_call", "for_others"),
)
_CORRECTION = (P_("unfinished", "A correction"), "correct/{last}")


@dataclass(frozen=True)
class Waiting:
    """`then` is the page inside the citizen's; `citizen` is "" for a new person."""

    key: str
    citizen: str
    name: str
    what: tuple[str, str]
    then: str
    at: datetime


def read(desk: Desk) -> tuple[Waiting, ...]:
    """Newest first; drafts of citizens who are not on this device any more are left out."""
    found = (_waiting(desk, draft) for draft in drafts.read_all(desk))
    return tuple(each for each in found if each)


def _read_here(desk: Desk, _written: int) -> tuple[Waiting, ...]:
    return read(desk)


def _waiting(desk: Desk, draft: drafts.Draft) -> Waiting | None:
    if draft.key == citizens.DRAFT_KEY:
        name = str(draft.values.get("known_as") or "")
        return Waiting(draft.key, "", name, P_("unfinished", "A new person"), "", draft.saved_at)
    form, citizen, last = [*draft.key.split(":"), "", ""][:3]
    if form not in _FORMS or not _is_written(form, draft):
        return None
    shown = citizens.read(desk, citizen)
    if shown is None:
        return None
    what, then = _CORRECTION if form == "contact" and last else _FORMS[form]
    then = then.format(mode=draft.values.get("mode") or "met", last=last, offer=last or "new").rstrip("/")
    then = f"goals/{last}/{then}" if last and form in ("progress", "step") else then
    return Waiting(draft.key, citizen, shown.name, what, then, draft.saved_at)


def _is_written(form: str, draft: drafts.Draft) -> bool:
    """A chip that was tapped is no text; a changed day of the next step is something."""
    return form == "plan" or any(draft.values.get(name) for name in _WRITTEN)


@ft.component
def Unfinished() -> ft.Control:
    screen = use_screen()
    # Writing a draft is no news to the rows: when this is drawn again, coming back from the form, it may be another.
    waiting = use_long_reading(_read_here, screen.desk.written)
    if not waiting:
        return ft.Container()
    rows = [_row(each, screen) for each in waiting]
    return column(section(_("Not saved yet"), len(rows)), group(rows), gap=0)


def _row(each: Waiting, screen: Screen) -> ft.Container:
    def go_on() -> None:
        if each.citizen:
            screen.citizen(each.citizen, each.then)
        else:
            screen.open(paths.NEW)

    when = _("Your text from {time} is still here.", time=restored(each.at, screen.desk.now()))
    lead = icon_disc(ft.Icons.EDIT_NOTE)
    title = each.name or named(each.what)
    reason = named(each.what) if each.name else None
    mark = ft.Icons.SMARTPHONE
    return row(title, reason, when, lead=lead, call=go_on, identifier=f"draft-{each.key}", meta_icon=mark)
