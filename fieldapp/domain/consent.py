"""What a citizen has said yes to: the latest answer holds, and a withdrawal wins at once (000 §2.5; J1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.values_day import ConsentAnswer


@dataclass(frozen=True)
class Consent:
    """One answer. `until` is its last day; `withdrawn_on` the day it was taken back."""

    id: str
    answer: str
    to: str
    given_on: date
    about: str | None = None
    purpose: str | None = None
    how: str | None = None
    until: date | None = None
    withdrawn_on: date | None = None


def in_force(consents: Iterable[Consent], about: str, today: date) -> Consent | None:
    """The yes that holds today for acts about this; `consents` oldest first. A later answer stands for earlier ones."""
    asked = [each for each in consents if each.about == about and each.given_on <= today]
    latest = max(enumerate(asked), key=lambda pair: (pair[1].given_on, pair[0]), default=(0, None))[1]
    return latest if latest is not None and _holds(latest, today) else None


def _holds(consent: Consent, today: date) -> bool:
    expired = consent.until is not None and consent.until < today
    return consent.answer == ConsentAnswer.YES and consent.withdrawn_on is None and not expired
