"""The home: it and the support side by side; what there is to do, what is wished, what was (F8, G1-G20)."""

import asyncio
from collections.abc import Callable

import flet as ft

from fieldapp.actions import citizens, contacts, home_page
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_page import HomePage
from fieldapp.texts import _, ngettext
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.home_cards import cards
from fieldapp.views.home_more import more
from fieldapp.views.home_now import now
from fieldapp.views.home_tasks import lists, looked_after
from fieldapp.views.marks import marks
from fieldapp.views.parts import MUTED, Look, button, space, text
from fieldapp.views.state import Screen, use_reading, use_screen

Keep = Callable[..., object]


@ft.component
@shielded
def Home() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    home = use_reading(home_page.read, citizen)
    if shown is None or home is None:
        return gone(screen)

    async def keep(how: Callable[..., Saved], *of: object, words: str = "") -> None:
        saved = await asyncio.to_thread(how, screen.desk, *of)
        screen.saved(words or _("Saved."), undo=lambda: contacts.undo(screen.desk, saved))

    body = [
        person_head(citizen, shown.name, _("Housing")),
        space(theme.L),
        marks(shown, screen.desk.today()),
        *_support_goes_on(home),
        *now(home, screen, keep),
        *_nearest(home, screen, keep),
        *looked_after(home, screen),
        *more(home, screen),
        *_quiet(home, screen),
    ]
    return page(body, act_bar(*_acts(home, screen), back=screen.back, hide=screen.hide), name=f"home-{citizen}")


def _support_goes_on(home: HomePage) -> list[ft.Control]:
    """Whatever becomes of the home (G12, G17); while all is well with it there is nothing to be said."""
    if home.has and home.in_use is not False:
        return []
    if home.lost:
        words = _("Support is unchanged. Next step: a new home.")
    elif home.has:
        words = _("Support goes on.")
    else:
        words = _("Support goes on while you wait for the home.")
    return [space(theme.S), note(words, ft.Icons.HANDSHAKE_OUTLINED, "pine", identifier="goes-on")]


def _nearest(home: HomePage, screen: Screen, keep: Keep) -> list[ft.Control]:
    """What is wished and planned comes before what there is to do for it; in a home it is what was wished once."""
    told, to_do = cards(home, screen), lists(home, screen, keep)
    return [*to_do, *told] if home.has and home.ahead is None else [*told, *to_do]


def _acts(home: HomePage, screen: Screen) -> list[ft.Control]:
    """The next home, under the thumb; from one to another is no loss (G12)."""
    to = home.ahead.id if home.ahead else "new"
    words = _("Moves in …")
    if home.ahead and home.ahead.move_in_on:
        words = _("Day of the move")
    elif home.has:
        words = _("Moves on …")
    look: Look = "tonal" if home.has else "filled"
    move = button(words, lambda: screen.citizen(home.citizen, f"home/period/{to}"), ft.Icons.KEY_OUTLINED, look,
                  expand=True, identifier="move")  # fmt: skip
    return [move]


def _quiet(home: HomePage, screen: Screen) -> list[ft.Control]:
    """What is never a rule and never a rank: the lease alone is to be kept (G3), and how long it has taken (A1)."""
    said = [_("Only the lease has to be kept. Homes from before never stand in the way of a new one.")]
    if home.without_since:
        count = (screen.desk.today() - home.without_since).days
        said.append(
            ngettext(
                "{name} has been without a home of their own for {count} day, as far as we know. "
                "It says something about the homes, not about {name}.",
                "{name} has been without a home of their own for {count} days, as far as we know. "
                "It says something about the homes, not about {name}.",
                count,
                name=home.name,
            )
        )
    return [space(theme.L), *(each for words in said for each in (text(words, "meta", MUTED), space(theme.S)))]
