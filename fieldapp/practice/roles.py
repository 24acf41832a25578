"""What the cast says of its invented people; days are counted from the day the practice data is made."""

from dataclasses import dataclass
from typing import Literal

Pattern = Literal["none", "light", "regular", "tight"]


@dataclass(frozen=True)
class Team:
    key: str
    name: str


@dataclass(frozen=True)
class Worker:
    """`team_role`, `deputy` (who usually stands in) and `method` as the office would say them."""

    key: str
    name: str
    job: str
    team: str
    phone: str
    role: Literal["worker", "leader"] = "worker"
    team_role: str | None = None
    deputy: str | None = None
    method: str | None = None


@dataclass(frozen=True)
class Met:
    """A contact, in either direction."""

    days_ago: int
    by: str
    mode: str
    place: str
    own_words: str | None = None
    professional_view: str | None = None
    place_text: str | None = None
    act_dimensions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """An attempt to reach out."""

    days_ago: int
    by: str
    way: str
    outcome: str
    place_text: str | None = None


@dataclass(frozen=True)
class Goal:
    """A goal with its smallest step. `other_step`: what a colleague wrote about the same step, offline."""

    dimension: str
    title: str
    decided_by: str
    step: str
    step_by: str
    in_days: int
    outcome: str | None = None
    progress: tuple[tuple[int, str], ...] = ()  # days ago, text
    other_step: tuple[str, str] | None = None  # by, text


@dataclass(frozen=True)
class Next:
    in_days: int
    text: str
    agreed: bool
    by: str
    at: str | None = None


@dataclass(frozen=True)
class Phase:
    name: str
    ends_in_days: int | None = None


@dataclass(frozen=True)
class Home:
    """`moved_in_days_ago` may be negative: the move lies ahead."""

    in_use: bool
    moved_in_days_ago: int | None = None
    lost_days_ago: int | None = None


@dataclass(frozen=True)
class Away:
    place: str
    since_days_ago: int
    home_in_days: int | None = None
    place_text: str | None = None
    informed_days_ago: int | None = None
    done: tuple[str, ...] = ()  # what is seen to on the list about the home


@dataclass(frozen=True)
class Consent:
    """A yes; the one about the place where the citizen is lets those there be told."""

    to: str
    about: str
    how: str
    given_days_ago: int
    valid_in_days: int | None = None
    purpose: str | None = None


@dataclass(frozen=True)
class Professional:
    name: str
    job: str
    sector: str
    phone: str
    note: str | None = None


@dataclass(frozen=True)
class Peace:
    said_days_ago: int
    until_in_days: int
    own_words: str


@dataclass(frozen=True)
class Pause:
    since_days_ago: int
    review_in_days: int
    reason: str


@dataclass(frozen=True)
class CameBack:
    """Closed once, and open again."""

    closed_days_ago: int
    closed_ground: str
    reopened_days_ago: int


@dataclass(frozen=True)
class Citizen:
    """One invented citizen. `states` are the labels a test can ask for."""

    key: str
    responsible: str
    deputy: str
    situation: str
    intensity: int
    known_from_days_ago: int
    pattern: Pattern
    next_step: Next
    states: tuple[str, ...] = ()
    known_as: str | None = None
    full_name: str | None = None
    label: str | None = None
    name_asked: str | None = None
    made_aware_by: str | None = None
    team: str | None = None
    method: str | None = None
    phase: Phase | None = None
    phone: str | None = None
    phone_works: bool = True
    protected_address: bool = False
    known_places: tuple[str, ...] = ()
    language: str | None = None
    needs_interpreter: bool = False
    previous_situation: str | None = None
    wish: str | None = None
    strength: str | None = None
    goals: tuple[Goal, ...] = ()
    signs: tuple[str, ...] = ()  # that the method may not fit any more
    areas: tuple[str, ...] = ()  # of ACT, worked with now
    contacts: tuple[Met, ...] = ()
    attempts: tuple[Tried, ...] = ()
    wishes: tuple[str, ...] = ()
    peace: Peace | None = None
    home: Home | None = None
    away: Away | None = None
    pause: Pause | None = None
    came_back: CameBack | None = None
    consents: tuple[Consent, ...] = ()
    professionals: tuple[Professional, ...] = ()
