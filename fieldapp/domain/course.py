"""The course as six steps (001, the figure; K1): derived, so that they may overlap and go backwards again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldapp.domain.facts import Facts
from fieldapp.domain.homes import WITH_A_HOME
from fieldapp.domain.standing import standing
from fieldapp.domain.tracing import is_looked_for
from fieldapp.domain.values import AbsencePlace, Phase, Support
from fieldapp.domain.values_life import Visitation


class Step(StrEnum):
    """Opsporing, Visitation, Etablering af boligløsning, Indsats, Brobygning, Afslutning."""

    TRACING = "tracing"
    VISITATION = "visitation"
    HOME = "home"
    SUPPORT = "support"
    BRIDGING = "bridging"
    ENDING = "ending"


class State(StrEnum):
    AHEAD = "ahead"
    NOW = "now"
    BEEN = "been"


@dataclass(frozen=True)
class Told:
    """What the rules of the day need not know: where the visitation stands, and how many bridges and takeovers."""

    visitation: str | None = None
    bridges: int = 0
    open_bridges: int = 0
    takeovers: int = 0
    replacement: bool = False


def course(facts: Facts, told: Told, today: date) -> tuple[tuple[Step, State], ...]:
    """Every step in the figure's order, and whether it is now, has been, or lies ahead."""
    ended = standing(facts, today).support is Support.CLOSED
    now, been = _now(facts, told, today), _been(facts, told, today)
    if ended:
        been |= now | {Step.ENDING}
        now = set()
    return tuple((step, State.NOW if step in now else State.BEEN if step in been else State.AHEAD) for step in Step)


def _now(facts: Facts, told: Told, today: date) -> set[Step]:
    lost = facts.absence is not None and facts.absence.place == AbsencePlace.UNKNOWN
    return {
        step
        for step, holds in {
            Step.TRACING: is_looked_for(facts, today) or lost,
            Step.VISITATION: told.visitation == Visitation.IN_PROGRESS,
            Step.HOME: not _has_home(facts, today) and (facts.method is not None or _granted(told)),
            Step.SUPPORT: facts.method is not None,
            Step.BRIDGING: told.open_bridges > 0 or told.takeovers > 0 or facts.phase == Phase.HANDOVER,
            Step.ENDING: told.replacement,
        }.items()
        if holds
    }


def _been(facts: Facts, told: Told, today: date) -> set[Step]:
    return {
        step
        for step, holds in {
            Step.TRACING: facts.method is not None,
            Step.VISITATION: _granted(told) or facts.method is not None,
            Step.HOME: _has_home(facts, today),
            Step.BRIDGING: told.bridges > 0,
        }.items()
        if holds
    }


def _granted(told: Told) -> bool:
    return told.visitation == Visitation.GRANTED


def _has_home(facts: Facts, today: date) -> bool:
    """As the page of the home tells it: moved in, or said to live in one."""
    moved_in = facts.move_in_on is not None and facts.move_in_on <= today
    return facts.lost_home_on is None and (moved_in or facts.situation in WITH_A_HOME)
