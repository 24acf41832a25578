"""What was being written and is not saved: it waits on I dag, also after a lock or a kill (I-8)."""

from dataclasses import dataclass
from datetime import datetime

import flet as ft

from fieldapp.actions import citizens, drafts
from fieldapp.actions.desk import Desk
from fieldapp.texts import _
from fieldapp.views import paths
from fieldapp.views.draft_words import restored
from fieldapp.views.ended import has_died
from fieldapp.views.parts import column, icon_disc
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.words import P_, named

TOGETHER = "together"
"""No page: the phone is handed over again."""
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
    "together": (P_("unfinished", "What was said together"), TOGETHER),
    "assess": (P_("unfinished", "What we find out together"), "assessment/{last}"),
    "uses": (P_("unfinished", "What we find out together"), "assessment/uses"),
    "offer": (P_("unfinished", "An offer"), "offers/{offer}"),
    "home": (P_("unfinished", "A home"), "home/period/{last}"),
    "home_task": (P_("unfinished", "Something about the home"), "home/task/{last}"),
    "housing_wish": (P_("unfinished", "How they would like to live"), "home/wish"),
    "wait_plan": (P_("unfinished", "The plan for a home"), "home/plan"),
    "loss": (P_("unfinished", "Two questions to the team"), "home/loss/{last}"),
    "situation": (P_("unfinished", "Where they sleep"), "home/where"),
    "home_talk": (P_("unfinished", "A talk about the home"), "home/talks/new"),
    "agreement": (P_("unfinished", "An administration agreement"), "home/money"),
    "visitation": (P_("unfinished", "The referral decision"), "home/visitation"),
    "bridge": (P_("unfinished", "A bridge"), "ending/bridges/{offer}"),
    "takeover": (P_("unfinished", "Who takes over"), "ending/takeovers/{last}"),
    "change": (P_("unfinished", "Another support person"), "ending/change"),
    "move": (P_("unfinished", "Moves to another municipality"), "ending/move"),
    "replacement": (P_("unfinished", "What takes over"), "ending/close/replacement"),
    "closing": (P_("unfinished", "The end of a course"), "ending/close"),
    "plan_reference": (P_("unfinished", "A plan"), "plans/plan/{offer}"),
    "other_plan": (P_("unfinished", "A plan"), "plans/other/{offer}"),
    "coordination_meeting": (P_("unfinished", "A meeting"), "plans/meeting/{offer}"),
    "relative": (P_("unfinished", "Somebody in the network"), "network/{offer}"),
    "coping_plan": (P_("unfinished", "When it gets hard"), "coping/new"),
    "review": (P_("unfinished", "A review"), "review/new"),
    "phase": (P_("unfinished", "A phase shift"), "phase"),
    "fits": (P_("unfinished", "Whether the method fits"), "fits"),
    "turn": (P_("unfinished", "How close the support is"), "intensity"),
    "ask": (P_("unfinished", "Help from a colleague"), "ask/new"),
    "handover": (P_("unfinished", "A handover note"), "handover"),
    "concern": (P_("unfinished", "A worry"), "reach/worried"),
    "support": (P_("unfinished", "What they say to the support"), "support"),
    "stop": (P_("unfinished", "A no thanks"), "support/stop"),
}
_WRITTEN = (
    *("own_words", "professional_view", "progress", "with_whom", "place_text", "intensity_why"),
    *("title", "step", "text", "what", "to", "reason", "name", "relation", "note", "purpose", "effort", "other"),
    *("wish", "dream", "hope", "well", "resources", "needs"),
    *("kept_at", "how_long", "signs", "helps", "helps_not", "whom_to_call", "for_others", "number", "contact"),
    *("how", "when_text", "meanwhile", "support_fit", "home_fit", "who"),
    *("need", "own_view", "in_the_way", "would_help"),
    *("open_door", "phone"),
)
#: Of one who has died nothing is planned, asked or sent any more.
_REACHING = frozenset({"text", "plan", "ask", "support", "stop"})
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
    if shown is None or (form in _REACHING and has_died(shown.standing)):
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
        if each.then == TOGETHER:
            screen.hand_over(each.citizen)
        elif each.citizen:
            screen.citizen(each.citizen, each.then)
        else:
            screen.open(paths.NEW)

    when = _("Your text from {time} is still here.", time=restored(each.at, screen.desk.now()))
    lead = icon_disc(ft.Icons.EDIT_NOTE)
    title = each.name or named(each.what)
    reason = named(each.what) if each.name else None
    mark = ft.Icons.SMARTPHONE
    return row(title, reason, when, lead=lead, call=go_on, identifier=f"draft-{each.key}", meta_icon=mark)
