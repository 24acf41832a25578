"""What the rules need to know of one citizen, and what they answer: plain values, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Any

from fieldapp.domain.values import Support

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class Record:
    """One record as `domain.gather` reads it: what stands now, wherever it is kept.

    `fields` hold wire values (ISO text) or Python dates and times, both are read; `at` is when it was last written.
    """

    kind: str
    id: str
    fields: Mapping[str, Any]
    author: str | None
    at: datetime
    void: bool = False

    def day(self, name: str) -> date | None:
        """The day in a field."""
        value = self.fields.get(name)
        return None if value is None else read_day(value)


def read_day(value: date | str) -> date:
    """Within what the rules can reckon with: a slip of the thumb may be the year 9999."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return min(max(day, EARLIEST), LATEST)


@dataclass(frozen=True)
class Contact:
    """`at` is the local moment it happened; `real` is False for *vi mødtes ikke i dag*."""

    at: datetime
    mode: str
    real: bool
    by: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Attempt:
    at: datetime
    way: str
    outcome: str
    real: bool
    by: str | None = None
    place: str | None = None
    id: str | None = None
    template: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class PlannedStep:
    """An open next step (done ones are not facts for the rules). `by`: worker | citizen | colleague."""

    id: str
    on: date
    at: time | None = None
    text: str | None = None
    agreed: bool = False
    worker: str | None = None
    made_at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True)
class Pause:
    recorded_at: datetime
    from_on: date
    review_on: date
    by: str


@dataclass(frozen=True)
class Closing:
    """One whose ground holds by the citizen's records (`domain.closing`): the others are not gathered."""

    recorded_at: datetime
    on: date
    ground: str
    by: str


@dataclass(frozen=True)
class Reopening:
    recorded_at: datetime
    on: date
    by: str


@dataclass(frozen=True)
class Absence:
    place: str
    since_on: date
    home_on: date | None = None
    known_on: date | None = None  # when we heard of it
    asked: bool = True  # whether we may tell those who are there: answered, or nobody to tell


@dataclass(frozen=True)
class Urgent:
    """Somebody has marked that it cannot wait; it holds until there was real contact, or it is taken off."""

    id: str
    at: datetime
    by: str | None
    reason: str | None = None


@dataclass(frozen=True)
class Request:
    """A colleague asks: one worker, a role, or (both None) whoever supports the citizen."""

    id: str
    at: datetime
    by: str | None
    text: str
    worker: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Thanks:
    """Owed to somebody who made us aware; `to` is their name or place."""

    id: str
    on: date
    to: str | None = None


@dataclass(frozen=True)
class Dated:
    """Something that waits for a day: `kind` says of which record, `id` which one.

    `word` is its stored code (a task of the home, a form of meeting), `text` what somebody wrote of it,
    `said_on` the day on which it was agreed to look again.
    """

    kind: str
    id: str
    on: date
    word: str | None = None
    text: str | None = None
    said_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """One citizen, as the rules see them. Tuples are in order of time, oldest first.

    `responsible` is the responsible worker's id, or whoever met the citizen, before the server has answered and when
    it is entrusted to no worker any more; `for_all` says the latter: a team is responsible, or nobody.
    `intensity` is 1 (rolig) to 5 (meget tæt), None when nobody has chosen.
    `covering` are the workers who stand in right now: deputies by an assignment with an end.
    """

    citizen: str
    known_since: date
    responsible: str | None = None
    method: str | None = None
    phase: str | None = None
    phase_from_on: date | None = None
    intensity: int | None = None
    move_in_on: date | None = None
    lost_home_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    steps: tuple[PlannedStep, ...] = ()
    wishes: frozenset[str] = frozenset()
    peace_until: date | None = None
    phone_works: bool = True
    absence: Absence | None = None
    pauses: tuple[Pause, ...] = ()
    closings: tuple[Closing, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    covering: frozenset[str] = frozenset()
    method_from_on: date | None = None
    intensity_from_on: date | None = None
    harder_on: date | None = None  # when a goal last was "harder right now"
    home_in_use: bool | None = None
    home_again_on: date | None = None  # back from the latest absence
    situation: str | None = None
    has_phone: bool = True
    protected_address: bool = False
    known_places: str | None = None
    peace_said_at: datetime | None = None
    hours: tuple[time, time] | None = None  # when the citizen wants to be reached
    for_all: bool = False
    urgent: Urgent | None = None
    requests: tuple[Request, ...] = ()
    consent_ends_on: date | None = None  # the first day a yes that holds comes to its end
    has_cpr: bool = False
    thanks: tuple[Thanks, ...] = ()  # still owed, oldest first
    kept_on: date | None = None  # when somebody last said that we still look for them
    dated: tuple[Dated, ...] = ()  # still open, the earliest first
    reviewed_on: date | None = None  # the last review together
    first_phase_on: date | None = None  # when CTI's first phase began

    @cached_property
    def acts(self) -> tuple[Contact | Attempt, ...]:
        """Contacts and attempts, oldest first: asked for some twenty times by the rules of one day."""
        return tuple(sorted((*self.contacts, *self.attempts), key=lambda act: act.at))


class Why(StrEnum):
    """Why somebody stands on the list today; the words are the screen's (microcopy 1)."""

    AGREED_TIME = "agreed_time"  # time
    AGREED_DAY = "agreed_day"
    AGREED_MISSED = "agreed_missed"
    PLANNED = "planned"  # text: what the worker planned
    DAYS_SINCE = "days_since"  # days
    FIRST_SILENCE = "first_silence"  # on
    SILENCE_LONG = "silence_long"  # days, count
    SILENCE_TEAM = "silence_team"  # days
    SILENCE_LEADER = "silence_leader"  # days
    PEACE_OVER = "peace_over"
    PEACE_SOON = "peace_soon"  # on
    CITIZEN_WROTE = "citizen_wrote"  # on
    UNCONFIRMED = "unconfirmed"  # on
    PHONE_BAD = "phone_bad"  # place
    JUST_MOVED = "just_moved"  # days
    MOVING_SOON = "moving_soon"  # days
    HOME_SOON = "home_soon"  # days
    HOME_TODAY = "home_today"
    ELSEWHERE = "elsewhere"  # days
    ELSEWHERE_NEW = "elsewhere_new"  # nobody has asked yet whether we may tell those who are there
    CONSENT_ENDS = "consent_ends"  # on
    DATED = "dated"  # kind, on, word, text: something waits for that day
    PHASE_ENDS = "phase_ends"  # days (below 0: it was to end), word: the phase
    REVIEW = "review"  # on: the day of the one before, if any
    STILL_RIGHT = "still_right"  # three months in the home: does the support still fit?
    PAUSE_REVIEW = "pause_review"  # on
    NEW = "new"  # nobody has talked with them yet; days since they became known
    SEEN = "seen"  # place, on
    THANKS = "thanks"  # text: to whom
    KEEP = "keep"  # days: shall this still be here?
    RHYTHM = "rhythm"  # days: the usual interval (for a suggestion, not for the list)
    NEW_HOME = "new_home"
    NO_ANSWER = "no_answer"
    AFTER_PEACE = "after_peace"
    URGENT = "urgent"  # who, at, on, text
    FROM_COLLEAGUE = "from_colleague"  # who, text
    CITIZEN_CALLS = "citizen_calls"  # the citizen does it, else we
    COLLEAGUE_DOES = "colleague_does"  # who


@dataclass(frozen=True)
class Reason:
    """A reason as a value. Only what its kind needs is set."""

    why: Why
    days: int | None = None
    count: int | None = None
    on: date | None = None
    at: time | None = None
    word: str | None = None
    text: str | None = None
    place: str | None = None
    who: str | None = None  # a worker: the id in the rules, the name on screen
    kind: str | None = None  # of the record that waits


@dataclass(frozen=True)
class Due:
    """When the rhythm says to be in touch at the latest, how long the interval is, and why."""

    on: date
    interval: int
    reason: Reason


@dataclass(frozen=True)
class NextStep:
    """Never missing while the support is active or paused (I-2). `id` None: the rhythm suggests it, nobody wrote it."""

    on: date
    reason: Reason
    id: str | None = None
    at: time | None = None
    text: str | None = None
    agreed: bool = False
    worker: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Standing:
    """Where the support stands, and since when."""

    support: Support
    since_on: date | None = None
    review_on: date | None = None
    ground: str | None = None
