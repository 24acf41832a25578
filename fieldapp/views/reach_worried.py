"""*Jeg er bekymret*: 112, the leader, a colleague, the team's own agreement; then what was done, in a few words."""

from dataclasses import dataclass

import flet as ft

from fieldapp.actions import concerns
from fieldapp.actions.concerns import Help, Worry
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_day import ConcernAct, LocalText
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, icon, icon_disc, piece, space
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

EMERGENCY = "112"


@dataclass
class ConcernForm:
    did: tuple[str, ...] = ()
    text: str = ""


@ft.component
def Worried(citizen: str) -> ft.Control:
    screen = use_screen()
    worry = use_reading(concerns.read, citizen)
    filling = use_form(concerns.draft_key(citizen), ConcernForm)
    missing, miss = ft.use_state(False)
    if worry is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.back()

    async def save() -> None:
        nothing = not form.did and not form.text.strip()
        miss(nothing)
        if not nothing:
            await filling.save(lambda: concerns.note(screen.desk, citizen, form.did, form.text), saved)

    def toggle(act: str) -> None:
        filling.put(did=tuple(each for each in form.did if each != act) if act in form.did else (*form.did, act))

    few = Field(
        form,
        "text",
        _("What happened? Few words are enough."),
        hint=_("What you have seen or heard, and what you agreed."),
        voice="worker",
        lines=3,
        identifier="concern-text",
        changed=filling.changed,
        left=filling.left,
    )
    body = [
        person_head(citizen, worry.name, _("I am worried")),
        space(theme.L),
        *_calls(worry, screen),
        space(theme.M),
        _agreement(worry, screen, citizen),
        section(_("What did you do?")),
        choice([(act.value, word(ConcernAct, act)) for act in ConcernAct], form.did, toggle, name="did"),
        space(theme.L),
        few,
        piece(*([space(theme.M), _missing()] if missing else [])),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="worried")


def _calls(worry: Worry, screen: Screen) -> list[ft.Control]:
    emergency = row(
        _("Danger to life: call 112"),
        _("You need nobody's permission, and no consent."),
        lead=icon_disc(ft.Icons.EMERGENCY_OUTLINED, "clay"),
        call=lambda: _call(screen, EMERGENCY),
        identifier="call-112",
    )
    leader = worry.leader
    if leader is None:
        found = row(_("Talk to your leader now"), lead=icon_disc(ft.Icons.SUPERVISOR_ACCOUNT_OUTLINED))
    else:
        found = _person(leader, _("Talk to your leader now"), "call-leader", screen)
    colleagues = [_person(each, _("Talk to a colleague"), f"call-{each.worker}", screen) for each in worry.colleagues]
    return [group([emergency, found, *colleagues])]


def _person(who: Help, why: str, identifier: str, screen: Screen) -> ft.Container:
    number = who.phone
    return row(
        who.name,
        why,
        lead=icon_disc(ft.Icons.CALL_OUTLINED if number else ft.Icons.PERSON_OUTLINE, "pine"),
        call=(lambda: _call(screen, number)) if number else None,
        identifier=identifier,
    )


async def _call(screen: Screen, number: str) -> None:
    screen.leave()
    await screen.gate.platform.open_call(number)


def _agreement(worry: Worry, screen: Screen, citizen: str) -> ft.Control:
    words = worry.agreement or _("Your team has not written its agreement yet.")
    edit = row(
        _("Your local agreement"),
        words,
        lead=icon_disc(ft.Icons.MENU_BOOK_OUTLINED),
        side=icon(ft.Icons.EDIT_OUTLINED, say=_("Change")),
        call=lambda: screen.citizen(citizen, f"reach/local/{LocalText.CONCERN}"),
        identifier="agreement",
    )
    return group([edit])


def _missing() -> ft.Control:
    return note(_("Choose what you did, or write a few words."), ft.Icons.INFO_OUTLINE, live=True)
