"""CTI with one citizen: its phases by name and day, its three aims, its eight core elements (C3, C4, T2)."""

from datetime import date

import flet as ft

from fieldapp.actions.methods import MethodPage
from fieldapp.domain.methods import phase_ends_on
from fieldapp.domain.values import Phase
from fieldapp.texts import _, ngettext
from fieldapp.views import theme
from fieldapp.views.aims import Aims
from fieldapp.views.cards import card
from fieldapp.views.days import said_on
from fieldapp.views.parts import MUTED, C, button, column, icon, line, padding, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import Screen
from fieldapp.words import P_, intensity, named, word

#: 000 §4.3.1: the eight, in the manual's words and order ("Måltrettet" is printed there and means *målrettet*).
CORE = (
    P_("core element", "Recovery-oriented"),
    P_("core element", "Limited in time"),
    P_("core element", "Divided into phases"),
    P_("core element", "Falling intensity"),
    P_("core element", "Focused on particular areas that the citizen has chosen"),
    P_("core element", "Adapted to the individual citizen"),
    P_("core element", "Based in the local community"),
    P_("core element", "Done by workers with the right training or skills"),
)
_FALLING, _CHOSEN = CORE[3], CORE[4]
_PHASES = (Phase.TRANSITION, Phase.TRY_OUT, Phase.HANDOVER)


def cti(shown: MethodPage, citizen: str, screen: Screen) -> list[ft.Control]:
    return [
        section(_("The phases")),
        _phases(shown, screen.desk.today()),
        space(theme.S),
        _to_phase(shown, citizen, screen),
        Aims(citizen),
        section(_("The eight core elements")),
        _core(shown),
    ]


def _to_phase(shown: MethodPage, citizen: str, screen: Screen) -> ft.Control:
    contact = shown.phase in (None, Phase.CONTACT_PERIOD)
    words = _("When does phase 1 begin?") if contact else _("Talk about the next phase")
    return button(
        words, lambda: screen.citizen(citizen, "method/phase"), look="tonal", small=True, identifier="to-phase"
    )


def _phases(shown: MethodPage, today: date) -> ft.Control:
    """The contact period, then the three by their names and days; the one you are in is marked in words too."""
    lines = [_phase(Phase.CONTACT_PERIOD, _("Not counted in the nine months"), shown)]
    first = shown.began.get(Phase.TRANSITION)
    for phase in _PHASES:
        begun = shown.began.get(phase)
        ends = phase_ends_on(phase, begun or first, first) if begun or first else None
        if begun:
            when = _("From {date}", date=said_on(begun, today))
            if phase == shown.phase and ends:
                when = _("{from_} until {date}", from_=when, date=said_on(ends, today))
        else:
            when = _("Until {date}, if you shift then", date=said_on(ends, today)) if ends else ""
        lines.append(_phase(phase, when, shown))
    return card(*lines, gap=theme.M)


def _phase(phase: Phase, when: str, shown: MethodPage) -> ft.Control:
    here = phase == (shown.phase or Phase.CONTACT_PERIOD)
    mark = icon(ft.Icons.RADIO_BUTTON_CHECKED if here else ft.Icons.RADIO_BUTTON_UNCHECKED, 20, C.PRIMARY)
    name = _("Contact period: making contact, and telling about the support")
    if phase in _PHASES:
        name = _("Phase {number}: {name}", number=_PHASES.index(phase) + 1, name=word(Phase, phase))
    if here:
        name = _("{phase} · now", phase=name)
    said = [text(when, "meta", MUTED)] if when else []
    return line(mark, column(text(name, "name" if here else "body"), *said, gap=0, expand=True), gap=theme.M, top=True)


def _core(shown: MethodPage) -> ft.Control:
    evidence = _("There is evidence that the method works when the core elements are kept to.")
    return card(
        *(_element(each, _what_is_seen(each, shown)) for each in CORE),
        text(evidence, "meta", MUTED),
        text(_("The Housing First manual, section {number}", number="4.3.1"), "small", MUTED),
        gap=theme.M,
    )


def _element(words: tuple[str, str], seen: str | None) -> ft.Control:
    said = [text(seen, "meta", MUTED)] if seen else []
    mark = ft.Container(icon(ft.Icons.CIRCLE, 8, C.PRIMARY), padding=padding(0, 8))
    return line(mark, column(text(named(words), "body"), *said, gap=0, expand=True), gap=theme.M, top=True)


def _what_is_seen(element: tuple[str, str], shown: MethodPage) -> str | None:
    """What the app knows of it already: told, not judged."""
    if element == _FALLING and shown.levels:
        steps = [level for n, level in enumerate(shown.levels) if not n or shown.levels[n - 1] != level]
        return _(", then ").join(intensity(level).lower() for level in steps[-4:])
    if element == _CHOSEN and shown.chosen:
        return ngettext("{count} area right now", "{count} areas right now", shown.chosen)
    return None
