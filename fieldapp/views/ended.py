"""What an ended course looks like, on the citizen's page and in lists; the way back is one tap."""

import asyncio
from datetime import date

import flet as ft

from fieldapp.actions import closings, contacts, pauses
from fieldapp.actions.citizens import CitizenPage
from fieldapp.actions.closings import Goodbye
from fieldapp.domain.facts import Standing
from fieldapp.domain.values import ClosingGround, Support
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.days import coming, past, said_on
from fieldapp.views.moments import quoted
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, space
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


def has_ended(shown: CitizenPage) -> bool:
    return shown.standing.support == Support.CLOSED


def has_died(stands: Standing | None) -> bool:
    return stands is not None and stands.ground == ClosingGround.DEATH


def ended_words(stands: Standing, name: str) -> str:
    """Of one who has died nobody says that it was ended, or that they can come back."""
    if has_died(stands):
        return _("{name} has died.", name=name)
    on = stands.since_on
    if on is None:
        return word(Support, Support.CLOSED)
    return _("Ended {date}. {name} can always come back.", date=said_on(on, on), name=name)


def in_a_list(stands: Standing) -> str:
    return _("Dead") if has_died(stands) else word(Support, Support.CLOSED)


@ft.component
def Ended(shown: CitizenPage) -> ft.Control:
    """In the place of the next step: where it stands, on what ground, and the citizen's words at the end."""
    screen = use_screen()
    last = use_reading(closings.last, shown.id)
    stands = shown.standing
    if has_died(stands):
        wrong = button(
            _("It was a mistake"), lambda: take_back(shown, screen), ft.Icons.UNDO, "quiet", small=True,
            identifier="not-dead",
        )  # fmt: skip
        said = _("All reminders are off, for your colleagues too.")
        sorry = note(said, ft.Icons.LOCAL_FLORIST_OUTLINED, title=ended_words(stands, shown.name), identifier="ended")
        return ft.Column([sorry, wrong], spacing=theme.S, tight=True)
    ground = word(ClosingGround, stands.ground) if stands.ground else None
    return ft.Column(
        [
            note(ended_words(stands, shown.name), ft.Icons.FLAG_OUTLINED, title=ground, identifier="ended"),
            *(_at_the_end(last, shown.name, screen.desk.today()) if last else []),
            note(
                _("Read the history first so that {name} need not tell it again.", name=shown.name),
                ft.Icons.MENU_BOOK_OUTLINED,
                "heather",
            ),
        ],
        spacing=theme.S,
        tight=True,
    )


def _at_the_end(last: Goodbye, name: str, today: date) -> list[ft.Control]:
    """What the citizen said, what was said to them, and when you meet, or met, for the last time."""
    quote = [space(theme.XS), quoted(last.own_words)] if last.own_words else []
    door = (
        [note(last.open_door, ft.Icons.DOOR_FRONT_DOOR_OUTLINED, title=_("Said to {name}", name=name),
              identifier="open-door")]
        if last.open_door else []
    )  # fmt: skip
    return [*quote, *_last_meeting(last.last_meeting_on, today), *door]


def _last_meeting(on: date | None, today: date) -> list[ft.Control]:
    if on is None:
        return []
    words = (
        _("You meet for the last time {day}.", day=coming(on, today))
        if on >= today
        else _("You met for the last time {day}.", day=past(on, today))
    )
    return [note(words, ft.Icons.EVENT_OUTLINED, identifier="last-meeting")]


async def resume(shown: CitizenPage, screen: Screen) -> None:
    """*Genoptag*: one tap, from today; what was written is all there."""
    saved = await asyncio.to_thread(pauses.resume, screen.desk, shown.id)
    say_saved(screen, saved)


async def take_back(shown: CitizenPage, screen: Screen) -> None:
    saved = await asyncio.to_thread(closings.not_dead, screen.desk, shown.id)
    told = _("Taken back. The support is as it was.")
    screen.saved(told, undo=lambda: contacts.undo(screen.desk, saved))
