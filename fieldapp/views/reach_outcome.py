"""How it went, at the phone, at the door or at a known place: saved by the tap that answers (F3, F4)."""

from collections.abc import Callable
from functools import partial

import flet as ft

from fieldapp.actions import attempts, contacts
from fieldapp.actions.attempts import ReachOut
from fieldapp.actions.desk import Saved
from fieldapp.domain.values import OUTCOMES, Outcome, Way
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import clock
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.guard import Call
from fieldapp.views.next_words import after_saving, say_saved
from fieldapp.views.parts import MUTED, button, heading, space, text
from fieldapp.views.reach_forms import PlaceForm
from fieldapp.views.reach_peace import Peace
from fieldapp.views.rows import tile
from fieldapp.views.state import Screen, use_screen
from fieldapp.words import word

ICONS: dict[str, ft.IconData] = {
    Outcome.TALKED: ft.Icons.PHONE_IN_TALK_OUTLINED,
    Outcome.NO_ANSWER: ft.Icons.CALL_OUTLINED,
    Outcome.LEFT_MESSAGE: ft.Icons.VOICEMAIL,
    Outcome.NUMBER_NOT_WORKING: ft.Icons.PHONE_DISABLED_OUTLINED,
    Outcome.WANTS_PEACE: ft.Icons.NIGHTS_STAY_OUTLINED,
    Outcome.OPENED_TALKED: ft.Icons.HANDSHAKE_OUTLINED,
    Outcome.OPENED_NOT_TODAY: ft.Icons.DOOR_FRONT_DOOR_OUTLINED,
    Outcome.NOBODY_OPENED: ft.Icons.DOORBELL_OUTLINED,
    Outcome.MET: ft.Icons.HANDSHAKE_OUTLINED,
    Outcome.NOT_SEEN: ft.Icons.PLACE_OUTLINED,
    Outcome.SEEN_BY_OTHERS: ft.Icons.VISIBILITY_OUTLINED,
}


@ft.component
def Outcomes(out: ReachOut, way: Way) -> ft.Control:
    screen = use_screen()
    places = use_form(f"place:{out.citizen}", PlaceForm)
    nobody: Saved | None = None
    at_the_door, keep = ft.use_state(nobody)
    asked_for, wait = ft.use_state(nobody)

    def once_more() -> None:
        places.again()
        keep(None)
        wait(None)

    if asked_for:
        return Peace(out, way, asked_for, once_more)
    if at_the_door:
        return _nobody_opened(out, at_the_door, screen, once_more)

    async def answer(outcome: Outcome) -> None:
        place = places.form.place if way == Way.KNOWN_PLACE else ""
        save = partial(attempts.save, screen.desk, out.citizen, way, outcome, place=place)
        await places.save(save, lambda saved: then(outcome, saved))

    def then(outcome: Outcome, saved: Saved) -> None:
        if outcome in (Outcome.NOBODY_OPENED, Outcome.WANTS_PEACE):  # the bar would lie over what is next
            (keep if outcome == Outcome.NOBODY_OPENED else wait)(saved)
            screen.changed()
            return
        say_saved(screen, saved)
        screen.home()

    top = [
        person_head(out.citizen, out.name, _done(way, screen)),
        *(_where(out, places) if way == Way.KNOWN_PLACE else []),
        *(_voicemail(out) if way == Way.CALL else []),
        space(theme.L),
    ]
    body = [
        heading(_("How did it go?")),
        space(theme.XS),
        text(_("One tap saves. You can undo it afterwards."), "meta", MUTED),
        space(theme.S),
        *(each for outcome in reversed(OUTCOMES[way]) for each in _tile(outcome, outcome == OUTCOMES[way][0], answer)),
    ]
    never = button(_("I didn't do it"), screen.back, look="plain", expand=True, identifier="not-done")
    return page(body, act_bar(never, back=screen.back, hide=screen.hide), low=True, top=top, name=f"reach-{way}")


def _where(out: ReachOut, places: Filling[PlaceForm]) -> list[ft.Control]:
    field = Field(
        places.form,
        "place",
        _("Which place?"),
        hint=out.known_places,
        icon_name=ft.Icons.PLACE_OUTLINED,
        identifier="known-place",
        changed=places.changed,
        left=places.left,
    )
    return [space(theme.L), field]


def _voicemail(out: ReachOut) -> list[ft.Control]:
    return [space(theme.L), note(out.voicemail, ft.Icons.VOICEMAIL, title=_("If you leave a message"))]


def _done(way: Way, screen: Screen) -> str:
    time = clock(screen.desk.now())
    if way == Way.CALL:
        return _("You called at {time}", time=time)
    if way == Way.BELL:
        return _("You rang the bell at {time}", time=time)
    return _("You went by at {time}", time=time)


def _tile(outcome: Outcome, main: bool, answer: Callable[[Outcome], object]) -> list[ft.Control]:
    reasons = {
        Outcome.NO_ANSWER: _("That is fine. You try again another day."),
        Outcome.NOBODY_OPENED: _("That is fine. Then you can leave a note."),
        Outcome.NUMBER_NOT_WORKING: _("Then you find another way."),
        Outcome.WANTS_PEACE: _("You choose when you may write again."),
    }
    shown = tile(
        word(Outcome, outcome),
        reasons.get(outcome),
        ICONS[outcome],
        lambda: answer(outcome),
        look="filled" if main else "card",
        identifier=f"outcome-{outcome}",
    )
    return [space(theme.S), shown]


def _nobody_opened(out: ReachOut, saved: Saved, screen: Screen, back: Call) -> ft.Control:
    """It is saved; a note is the kindest thing to do next."""

    def undo() -> None:
        contacts.undo(screen.desk, saved)
        screen.changed()
        back()

    top = [person_head(out.citizen, out.name, word(Outcome, Outcome.NOBODY_OPENED)), space(theme.L)]
    body = [
        heading(_("You were there, and that counts")),
        space(theme.XS),
        text(after_saving(saved.next_step, screen.desk.today()), "body", MUTED),
        space(theme.L),
        tile(_("Not today"), None, ft.Icons.CHECK, screen.home, identifier="no-note"),
        space(theme.M),
        tile(
            word(Way, Way.NOTE),
            _("Words to copy by hand"),
            ft.Icons.STICKY_NOTE_2_OUTLINED,
            lambda: screen.citizen(out.citizen, "reach/note"),
            look="filled",
            identifier="leave-note",
        ),
    ]
    undone = button(_("Undo"), undo, look="plain", expand=True, identifier="undo")
    return page(body, act_bar(undone, back=screen.home, hide=screen.hide), low=True, top=top, name="nobody-opened")
