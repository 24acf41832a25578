"""What a citizen has said yes to: the latest answer holds, and a withdrawal wins at once (000 §2.5; J1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from fieldapp.domain.values_day import ConsentAbout, ConsentAnswer

#: Where somebody is cared for or held: there is one answer about each, whatever it was called that day.
PLACES = frozenset({ConsentAbout.HOSPITAL, ConsentAbout.PRISON, ConsentAbout.TREATMENT, ConsentAbout.SHELTER})
SUGGESTED_MONTHS = 6
ASK_AGAIN = timedelta(days=14)
"""So long before a yes ends it is asked about again."""


@dataclass(frozen=True)
class Consent:
    """One answer. `until` is its last day; `withdrawn_on` the day it was taken back; `_at` when each was written."""

    id: str
    answer: str
    to: str
    given_on: date
    about: str | None = None
    purpose: str | None = None
    how: str | None = None
    until: date | None = None
    withdrawn_on: date | None = None
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None


class State(StrEnum):
    """How one answer stands today."""

    HOLDS = "holds"
    SAID_NO = "said_no"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"  # a later answer, or a later withdrawal, about the same


def in_force(consents: Sequence[Consent], about: str, today: date) -> Consent | None:
    """The yes that holds today for acts about this; `consents` oldest first. A later answer stands for earlier ones."""
    latest = last_answer(consents, about, today)
    if latest is None or not _holds(latest, today) or _taken_back(latest, consents):
        return None
    return latest


def last_answer(consents: Sequence[Consent], about: str, today: date) -> Consent | None:
    """The latest yes or no about this, whether or not it still holds."""
    asked = [each for each in consents if each.about == about and each.given_on <= today]
    return max(enumerate(asked), key=lambda pair: (pair[1].given_on, pair[0]), default=(0, None))[1]


def state(consent: Consent, consents: Sequence[Consent], today: date) -> State:
    """For the register; `consents` are all of the citizen's, oldest first."""
    if consent.withdrawn_on is not None:
        return State.WITHDRAWN
    if _answered_later(consent, consents, today) or _taken_back(consent, consents):
        return State.REPLACED
    if consent.answer != ConsentAnswer.YES:
        return State.SAID_NO
    return State.HOLDS if _holds(consent, today) else State.EXPIRED


def ends_on(consents: Sequence[Consent], today: date) -> date | None:
    """The first day on which a yes that holds today comes to its end."""
    holding = (each for each in consents if each.given_on <= today and state(each, consents, today) is State.HOLDS)
    return min((each.until for each in holding if each.until is not None), default=None)


def _holds(consent: Consent, today: date) -> bool:
    expired = consent.until is not None and consent.until < today
    return consent.answer == ConsentAnswer.YES and consent.withdrawn_on is None and not expired


def _taken_back(consent: Consent, consents: Sequence[Consent]) -> bool:
    """Two workers may each have noted a yes about the same place: taking back one of them takes back both."""
    same = (each for each in consents if each.about == consent.about and consent.about in PLACES)
    return any(_after(each, consent) for each in same)


def _after(withdrawn: Consent, given: Consent) -> bool:
    """Whether a withdrawal came after a yes; in doubt it did."""
    if withdrawn.withdrawn_on is None:
        return False
    if withdrawn.withdrawn_on != given.given_on or withdrawn.withdrawn_at is None or given.given_at is None:
        return withdrawn.withdrawn_on >= given.given_on
    return withdrawn.withdrawn_at >= given.given_at


def _answered_later(consent: Consent, consents: Sequence[Consent], today: date) -> bool:
    order = {each.id: (each.given_on, place) for place, each in enumerate(consents)}
    return any(
        order[each.id] > order[consent.id]
        for each in consents
        if _about(each) == _about(consent) and each.given_on <= today and _same_party(each, consent)
    )


def _about(consent: Consent) -> str | None:
    """Before there was a word for the home, a landlord was *somebody else*: a no to one holds whichever was chosen."""
    return ConsentAbout.OTHER if consent.about == ConsentAbout.HOUSING else consent.about


def _same_party(one: Consent, other: Consent) -> bool:
    return one.about in PLACES or one.to.casefold().strip() == other.to.casefold().strip()
