"""*Har du svaret?*: asked after noting that the citizen called, wrote or came by, and on the page of one who wrote."""

import asyncio
from datetime import date

import flet as ft

from fieldapp.actions import answers, citizens
from fieldapp.actions.answers import Asked
from fieldapp.domain.values import ContactMode
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import past
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, column, heading, icon_disc, line, space, text
from fieldapp.views.rows import pair, tile
from fieldapp.views.state import Screen, use_reading, use_screen

#: What was just saved is said for 8 s at the foot of the page: it must not lie over *Ja*.
_ROOM_FOR_THE_BAR = 128


@ft.component
@shielded
def Answered() -> ft.Control:
    """One tap: yes, now, or later; whichever is left untouched, nothing is lost."""
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    asked = use_reading(answers.asked, citizen)
    if shown is None:
        return gone(screen)
    bar = act_bar(back=screen.home, hide=screen.hide)
    top = [person_head(shown.id, shown.name, None), space(theme.L)]
    if asked is None:
        return page([*top, note(_("Nothing waits for an answer."), ft.Icons.CHECK, "pine")], bar, name="answered")

    async def later() -> None:
        saved = await asyncio.to_thread(answers.later, screen.desk, citizen)
        say_saved(screen, saved, _("Stays on your list until you have answered."))
        screen.home()

    tiles = [
        tile(_("I'll answer later"), _("Stays on your list"), ft.Icons.SCHEDULE, later, identifier="answer-later"),
        space(theme.S),
        tile(
            _("Reach out now"),
            None,
            ft.Icons.WAVING_HAND_OUTLINED,
            lambda: screen.citizen(citizen, "reach"),
            identifier="answer-now",
        ),
        space(theme.S),
        tile(_("Yes"), None, ft.Icons.CHECK, _yes(citizen, screen), look="filled", identifier="answer-yes"),
    ]
    body = [
        heading(_("Have you answered?"), "title"),
        text(_happened(asked, shown.name, screen.desk.today()), "reason"),
        space(theme.M),
        *tiles,
        space(_ROOM_FOR_THE_BAR * (2 if theme.is_large() else 1)),
    ]
    return page(body, bar, low=True, top=top, name="answered")


@ft.component
def Unanswered(citizen: str, name: str) -> ft.Control:
    """On the citizen's page, while something written waits."""
    screen = use_screen()
    waits = use_reading(answers.waiting, citizen)
    if waits is None:
        return ft.Container()
    ask = _("Have you answered?")
    words = f"{_happened(waits, name, screen.desk.today())} {ask}"
    now = button(_("Reach out now"), lambda: screen.citizen(citizen, "reach"), look="quiet", small=True,
                 identifier="answer-now")  # fmt: skip
    yes = button(_("Yes"), _yes(citizen, screen), look="tonal", small=True, identifier="answer-yes")
    said = line(icon_disc(ft.Icons.MARK_CHAT_UNREAD_OUTLINED), text(words, "reason", expand=True), gap=theme.M)
    return column(card(said, pair(now, yes, gap=theme.S)), space(theme.S), gap=0)


def asks(mode: str) -> bool:
    return mode in (ContactMode.CITIZEN_CALLED, ContactMode.CITIZEN_WROTE, ContactMode.CITIZEN_CAME)


def _yes(citizen: str, screen: Screen) -> Call:
    async def yes() -> None:
        saved = await asyncio.to_thread(answers.yes, screen.desk, citizen)
        say_saved(screen, saved)
        screen.home()

    return yes


def _happened(asked: Asked, name: str, today: date) -> str:
    day = past(asked.on, today)
    match asked.mode:
        case ContactMode.CITIZEN_WROTE:
            return _("{name} wrote to you {day}.", name=name, day=day)
        case ContactMode.CITIZEN_CALLED:
            return _("{name} called you {day}.", name=name, day=day)
    return _("{name} came by {day}.", name=name, day=day)
