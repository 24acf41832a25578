"""The contact log: noting that we met, talked or wrote, and the citizen's timeline."""

from dataclasses import dataclass
from datetime import datetime

from fieldapp.actions.desk import Desk, Saved


@dataclass
class ContactForm:
    """What the worker has filled in; a draft until *Gem*. Mutable, because fields write into it at each key."""

    mode: str = "met"
    place: str | None = None
    place_text: str = ""
    occurred_at: datetime | None = None  # None: now
    with_whom: str = ""
    dimensions: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    act_dimensions: tuple[str, ...] = ()
    own_words: str = ""
    professional_view: str = ""
    progress: str = ""
    sensitive: bool = False
    next_on: str | None = None  # a day the worker chose; None: the rhythm's
    corrects: str | None = None


@dataclass(frozen=True)
class Moment:
    """One bead on the thread and one entry on the timeline. `kind`: contact | attempt | progress | own_words."""

    id: str
    kind: str
    at: datetime
    by: str | None  # a name
    word: str  # mode or way
    outcome: str | None = None
    place: str | None = None
    own_words: str | None = None
    professional_view: str | None = None
    progress: str | None = None
    text: str | None = None
    sensitive: bool = False
    dimensions: tuple[str, ...] = ()
    corrects: str | None = None
    state: str = "there"  # here | there | needs_you


def note(desk: Desk, citizen: str, form: ContactForm) -> Saved:
    """Save the contact, its progress line and the next step in one transaction."""
    raise NotImplementedError


def undo(desk: Desk, saved: Saved) -> None:
    """*Fortryd*: void what was just saved."""
    raise NotImplementedError


def timeline(desk: Desk, citizen: str, limit: int = 100) -> tuple[Moment, ...]:
    """Newest first."""
    raise NotImplementedError
