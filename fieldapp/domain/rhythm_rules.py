"""The figures of the rhythm (rhythm.md): defaults, every one of them a setting the server can change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from fieldapp.domain.consent import ASK_AGAIN
from fieldapp.domain.values import AbsencePlace, Method, Phase


@dataclass(frozen=True)
class Pace:
    """Days between contacts: `usual` when nobody has chosen an intensity, `longest` whatever was chosen."""

    usual: int
    longest: int


def _paces() -> Mapping[str, Pace]:
    return MappingProxyType(
        {
            Phase.CONTACT_PERIOD: Pace(3, 3),
            Phase.TRANSITION: Pace(4, 7),
            Phase.TRY_OUT: Pace(7, 10),
            Phase.HANDOVER: Pace(14, 21),
            Method.CTI: Pace(3, 21),
            Method.ICM: Pace(7, 30),
            Method.ACT: Pace(2, 7),
            Method.ACT_MODIFIED: Pace(2, 7),
        }
    )


def _away() -> Mapping[str, int]:
    return MappingProxyType({AbsencePlace.HOSPITAL: 4, AbsencePlace.PRISON: 14, AbsencePlace.TREATMENT: 7})


def _away_first() -> Mapping[str, int]:
    return MappingProxyType({AbsencePlace.HOSPITAL: 1, AbsencePlace.PRISON: 3})


def _away_home() -> Mapping[str, tuple[int, ...]]:
    return MappingProxyType(
        {AbsencePlace.HOSPITAL: (-1, 1), AbsencePlace.PRISON: (-30, -14, -3, 0), AbsencePlace.TREATMENT: (-14, -3)}
    )


def _caps() -> Mapping[str, int]:
    return MappingProxyType({Method.ACT: 7, Method.ACT_MODIFIED: 7, Method.ICM: 10, Method.CTI: 10})


@dataclass(frozen=True)
class RhythmRules:
    """Every figure is a default the server can change; days unless the name says otherwise."""

    by_intensity: tuple[int, ...] = (30, 14, 7, 3, 1)
    """From rolig to meget tæt: the latest day to be in touch."""
    tries: tuple[tuple[int, ...], ...] = ((15, 30), (7, 14), (4, 7, 10), (2, 3, 5, 7), (2, 3, 5, 7))
    """Between tries when nobody answers, by intensity; the last one repeats."""
    try_caps: Mapping[str, int] = field(default_factory=_caps)
    """No longer than this between tries from jævnlig and up, by method."""
    paces: Mapping[str, Pace] = field(default_factory=_paces)
    """By CTI phase, else by method."""
    icm_start: int = 90
    icm_start_pace: Pace = Pace(3, 30)
    cti_end: int = 28
    cti_end_pace: Pace = Pace(7, 7)
    before_move: int = 14
    before_move_interval: int = 3
    after_move: tuple[tuple[int, int], ...] = ((14, 1), (28, 3), (90, 7))
    """Until so many days after the move: the longest interval."""
    lost_home: int = 14
    lost_home_interval: int = 2
    away: Mapping[str, int] = field(default_factory=_away)
    away_elsewhere: int = 7
    """At a boform or an unknown place: as before, but at most this."""
    away_first_workdays: Mapping[str, int] = field(default_factory=_away_first)
    away_home: Mapping[str, tuple[int, ...]] = field(default_factory=_away_home)
    """Days to be in touch, counted from the day the citizen comes home."""
    home_soon: int = 14
    consent_ends: int = ASK_AGAIN.days
    harder: int = 14
    """So long after *sværere lige nu* the support is one step closer."""
    first_meeting: int = 3
    met: int = 7
    tip_first_workdays: int = 2
    tip: int = 14
    pause: int = 30
    seen_lately: int = 7
    phase_shift: int = 21
    """So long before a CTI phase ends it is time to talk about the next one."""
    cti_end_told: tuple[int, ...] = (60, 28)
    """And before the course ends: what takes over has to be asked for."""
    silent_team: int = 30
    silent_leader: int = 60
    farthest_plan: int = 30
    """A planned step farther ahead than this does not hide that somebody is waiting to hear from us."""
    reach_out_at_most: int = 5
    keep_asked: int = 90
    """So long without contact and without a case: shall this still be here? Asked again as long after a yes."""
    closed: frozenset[date] = frozenset()
    """The municipality's own closing days."""


DEFAULT = RhythmRules()
