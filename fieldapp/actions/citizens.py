"""Citizens: the list, one citizen's page, and a new one met on the street."""

from dataclasses import dataclass
from datetime import date, datetime

from fieldapp.actions.desk import Desk, Saved
from fieldapp.domain.facts import NextStep, Reason, Standing


@dataclass(frozen=True)
class CitizenLine:
    """`name` is what the citizen is called, else the label of place and date."""

    id: str
    name: str
    last: Reason | None
    responsible: str | None  # a name
    mine: bool


@dataclass(frozen=True)
class OwnWords:
    aspect: str
    text: str
    said_on: date


@dataclass(frozen=True)
class Strength:
    text: str
    noted_on: date


@dataclass(frozen=True)
class CitizenPage:
    """The head of the page and its overview; goals and timeline have their own readers.

    `phone_ends` is at most the last two digits; the number itself goes only to the dialler.
    """

    id: str
    name: str
    responsible: str | None
    deputies: tuple[str, ...]
    standing: Standing
    method: str | None
    phase: str | None
    phase_from_on: date | None
    phase_ends_on: date | None
    intensity: int | None
    situation: str | None
    move_in_on: date | None
    absence_place: str | None
    absence_home_on: date | None
    phone: str | None
    phone_ends: str | None
    phone_works: bool
    known_places: str | None
    has_cpr: bool
    wishes: tuple[str, ...]  # respect
    peace_until: date | None
    next_step: NextStep | None
    own_words: tuple[OwnWords, ...]
    strengths: tuple[Strength, ...]
    last_contact_at: datetime | None
    waiting: bool  # something about this citizen has not reached the server


@dataclass(frozen=True)
class NewCitizen:
    """Everything is optional: I-7. Without a name the label is `{place}, {date}`."""

    known_as: str = ""
    name_asked: str = "not_yet"
    place: str = ""
    situation: str | None = None
    made_aware_by: str | None = None
    phone: str = ""
    most_important: str = ""


def read_all(desk: Desk, search: str = "") -> tuple[CitizenLine, ...]:
    """At most 200, those last written about first; `search` finds name, label, place and the last digits."""
    raise NotImplementedError


def read(desk: Desk, citizen: str) -> CitizenPage | None:
    """None when the citizen is not (any more) on this device."""
    raise NotImplementedError


def opened(desk: Desk, citizen: str) -> None:
    """Write the access record: one per citizen and 15 minutes (architecture 16)."""
    raise NotImplementedError


def similar(desk: Desk, known_as: str) -> tuple[CitizenLine, ...]:
    """Those it could already be, so that nobody is registered twice."""
    raise NotImplementedError


def add(desk: Desk, new: NewCitizen) -> Saved:
    raise NotImplementedError


def say(desk: Desk, citizen: str, aspect: str, text: str) -> None:
    """Keep the citizen's own words: a wish, a dream or a hope, dated today."""
    raise NotImplementedError


def note_strength(desk: Desk, citizen: str, text: str) -> None:
    raise NotImplementedError


def set_phone(desk: Desk, citizen: str, phone: str) -> None:
    raise NotImplementedError
