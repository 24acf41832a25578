"""The two marks side by side, housing and support, so that losing one never visibly touches the other; CTI's strip."""

from datetime import date

import flet as ft

from fieldapp.actions.citizens import CitizenPage
from fieldapp.domain.homes import WITH_A_HOME
from fieldapp.domain.rhythm_rules import DEFAULT
from fieldapp.domain.values import AbsencePlace, Method, Phase, Situation, Support
from fieldapp.texts import _, ngettext
from fieldapp.views import story, theme
from fieldapp.views.cards import card, mark
from fieldapp.views.days import coming, long_date, past, said_on
from fieldapp.views.ended import has_died
from fieldapp.views.guard import Call
from fieldapp.views.parts import MUTED, C, icon, line, space, tappable, text
from fieldapp.views.rows import pair
from fieldapp.views.story import PHASES
from fieldapp.words import intensity, word


def marks(shown: CitizenPage, today: date, *, to_home: Call | None = None, to_method: Call | None = None) -> ft.Control:
    """`to_home` opens what lies behind the home, `to_method` what lies behind the support."""
    home, more = housing(shown, today)
    stands, about = support(shown)
    lives: ft.Control = mark(_("Housing"), home, more, ft.Icons.HOME_OUTLINED, "slate")
    return pair(
        tappable(lives, to_home, identifier="home") if to_home else lives,
        tappable(
            mark(_("Support"), stands, about, ft.Icons.HANDSHAKE_OUTLINED, "pine"), to_method, identifier="to-method"
        ),
        gap=theme.S,
    )


def housing(shown: CitizenPage, today: date) -> tuple[str, str | None]:
    """What stands, and one line more. Of a home: there is one, it is used, it was lost (000 §2.5)."""
    lives = word(Situation, shown.situation) if shown.situation else None
    if shown.absence_place:
        home = shown.absence_home_on
        back = _("Comes home {day}", day=coming(home, today)) if home else word(AbsencePlace, shown.absence_place)
        return _("Elsewhere right now"), back
    if shown.move_in_on and shown.move_in_on >= today:
        return _("Moves in {day}", day=coming(shown.move_in_on, today)), lives
    if shown.lost_home_on:
        sleeps = lives if shown.situation not in (None, Situation.UNKNOWN, *WITH_A_HOME) else None
        return sleeps or _("No home right now"), _("Lost the home {day}", day=past(shown.lost_home_on, today))
    if shown.move_in_on and shown.home_in_use is False:
        return lives or _("Own home"), _("Doesn't use the home right now")
    if shown.move_in_on:
        return lives or _("Own home"), _("Moved in {day}", day=past(shown.move_in_on, today))
    return lives or _("Not known yet"), _("Support goes on meanwhile")


def support(shown: CitizenPage) -> tuple[str, str | None]:
    stands = shown.standing
    if has_died(stands):
        return _("Dead"), None
    value = word(Support, stands.support)
    if stands.support == Support.CLOSED:
        return value, said_on(stands.since_on, stands.since_on) if stands.since_on else None
    if stands.support == Support.PAUSED and stands.review_on:
        return value, _("Review {date}", date=long_date(stands.review_on))
    method = word(Method, shown.method) if shown.method else ""
    level = _("{intensity} contact", intensity=intensity(shown.intensity)) if shown.intensity else ""
    return value, " · ".join(filter(None, (method, level))) or None


def phase_strip(shown: CitizenPage, today: date, call: Call | None = None) -> list[ft.Control]:
    """CTI's three phases as bars, filled by time; in words what happens then. `call` leads to where it is shifted."""
    if shown.method != Method.CTI or shown.phase is None:
        return []
    number = PHASES.index(Phase(shown.phase)) + 1 if shown.phase in PHASES else 0
    title = story.phase(shown.phase)
    bars = line(*(_bar(_filled(shown, place, number, today)) for place in range(1, 4)), gap=4)
    ends = [text(then, "small", MUTED, weight=400)] if (then := _then(shown, number, today)) else []
    on = [icon(ft.Icons.CHEVRON_RIGHT, 20)] if call else []
    head = line(text(_("CTI"), "label", C.PRIMARY), text(title, "label", expand=True), *on)
    strip = card(head, ft.Semantics(content=bars, exclude_semantics=True), *ends)
    return [tappable(strip, call, identifier="phase-strip") if call else strip, space(theme.S)]


def _filled(shown: CitizenPage, place: int, number: int, today: date) -> float:
    """How much of the bar at `place` has passed, from 0 to 1."""
    if place != number:
        return 1.0 if place < number else 0.0
    starts, ends = shown.phase_from_on, shown.phase_ends_on
    if starts is None or ends is None or ends <= starts:
        return 0.0
    return min(1.0, max(0.0, (today - starts) / (ends - starts)))


def _bar(filled: float) -> ft.Control:
    share = round(filled * 100)
    pieces: list[ft.Control] = []
    if share:
        pieces.append(ft.Container(height=8, border_radius=4, bgcolor=C.PRIMARY, expand=share))
    if share < 100:
        pieces.append(ft.Container(expand=100 - share))
    track = ft.Row(pieces, spacing=0)
    return ft.Container(track, height=8, border_radius=4, bgcolor=C.SURFACE_CONTAINER_HIGHEST, expand=True)


def _then(shown: CitizenPage, number: int, today: date) -> str:
    if shown.phase_ends_on is None:
        if number:
            return ""
        if shown.phase_planned_on:
            return _("Phase 1 begins {day}", day=coming(shown.phase_planned_on, today))
        return _("Phase 1 begins when you agree on it together.")
    days = (shown.phase_ends_on - today).days
    if days <= 0:
        return _("It is time to talk about what comes next.")
    if number == len(PHASES):
        return ngettext(
            "In {count} day the course ends. Agree who takes over.",
            "In {count} days the course ends. Agree who takes over.",
            days,
        )
    if days > DEFAULT.phase_shift:
        until = days - DEFAULT.phase_shift
        return ngettext(
            "In {count} day you talk about the next phase", "In {count} days you talk about the next phase", until
        )
    return ngettext(
        "In {count} day the phase ends. Talk about the next one together.",
        "In {count} days the phase ends. Talk about the next one together.",
        days,
    )
