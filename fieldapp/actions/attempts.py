"""Reaching out: texts, calls, a ring at the door, a note left there; every attempt counts as care."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions.desk import Desk, Saved


@dataclass(frozen=True)
class TextChoice:
    """A text ready to send: its id (s1 ...), and the words with the names filled in."""

    template: str
    text: str


@dataclass(frozen=True)
class ReachOut:
    """What the *Ræk ud* page needs. `suggested` is the way the respect settings and the rhythm lead to."""

    citizen: str
    name: str
    phone: str | None
    wishes: tuple[str, ...]
    peace_until: date | None
    suggested: str
    texts: tuple[TextChoice, ...]  # three, the last one sent is not among them
    notes: tuple[TextChoice, ...]
    last_text: str | None
    last_text_on: date | None
    beads: tuple[str, ...]  # "m" met or talked, "a" reached out; oldest first, at most 9
    unconfirmed: str | None  # the attempt that waits for "Blev den sendt?"


def read(desk: Desk, citizen: str) -> ReachOut | None:
    raise NotImplementedError


def save(
    desk: Desk,
    citizen: str,
    way: str,
    outcome: str,
    *,
    text: str = "",
    template: str | None = None,
    place: str = "",
    peace_until: date | None = None,
    own_words: str = "",
) -> Saved:
    """Save an attempt with its outcome and the next step, in one transaction.

    `wants_peace` also keeps the respect wish until `peace_until` (14 days when no date was said);
    `number_not_working` marks the number.
    """
    raise NotImplementedError


def confirm(desk: Desk, attempt: str, sent: bool) -> Saved:
    """Answer "Blev den sendt?": a new record that corrects the first, which stays."""
    raise NotImplementedError
