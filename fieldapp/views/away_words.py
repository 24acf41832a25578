"""What the pages about being elsewhere say alike: who is there, that the support goes on, and who is called in need."""

from datetime import date, timedelta

import flet as ft

from fieldapp.actions.absences import IN_WRITING, NO, NOT_ASKED, ORALLY
from fieldapp.actions.citizens import CitizenPage
from fieldapp.domain.values import AbsencePlace
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.parts import space, tappable
from fieldapp.views.state import Screen
from fieldapp.words import P_, intensity, named

_THEM = {
    AbsencePlace.HOSPITAL: P_("them", "the hospital"),
    AbsencePlace.PRISON: P_("them", "the prison"),
    AbsencePlace.TREATMENT: P_("them", "the treatment place"),
    AbsencePlace.SHELTER: P_("them", "the shelter"),
}
LEVELS = range(1, 6)


def them(place: str) -> str:
    """Whom one would tell, as the end of a sentence."""
    return named(_THEM[AbsencePlace(place)]) if place in _THEM else _("those who are there")


def goes_on() -> ft.Control:
    return note(_("Support goes on."), ft.Icons.HANDSHAKE_OUTLINED, "pine", identifier="goes-on")


def elsewhere(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    """On the citizen's page while they are somewhere else: the way to all that is to be done about it."""
    if shown.absence_place is None:
        return []
    title = _("Elsewhere right now")
    words = note(_("Support goes on."), ft.Icons.MOVE_DOWN, "pine", title)
    return [
        tappable(words, lambda: screen.citizen(shown.id, "away"), identifier="elsewhere", radius=theme.CHIP),
        space(theme.S),
    ]


def danger() -> ft.Control:
    """Beside every lock: life comes first, and is the leader's and 112's business, not the app's (review.md 1.2)."""
    return note(_("Danger to life: call 112. Talk to your leader."), ft.Icons.EMERGENCY_OUTLINED, identifier="danger")


def answers() -> list[tuple[str, str]]:
    return [
        (ORALLY, _("Yes, orally")),
        (IN_WRITING, _("Yes, in writing")),
        (NO, _("No")),
        (NOT_ASKED, _("Not asked yet")),
    ]


def home_days(today: date) -> list[tuple[str, date]]:
    return [
        (_("In a week"), today + timedelta(days=7)),
        (_("In a month"), today + timedelta(days=30)),
    ]


def levels() -> list[tuple[str, str]]:
    """From rolig to meget tæt."""
    return [(str(level), intensity(level).capitalize()) for level in LEVELS]
