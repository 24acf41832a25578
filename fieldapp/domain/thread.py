"""The thread between us: when we last had contact, and what has been tried since."""

from datetime import date

from fieldapp.domain.facts import Attempt, Contact, Facts
from fieldapp.domain.values import ContactMode, Outcome


def all_acts(facts: Facts) -> list[Contact | Attempt]:
    """Contacts and attempts, oldest first."""
    return list(facts.acts)


def acts(facts: Facts, today: date) -> list[Contact | Attempt]:
    """As `all_acts`, until `today`: what a wrong clock dated later is left out."""
    return [act for act in facts.acts if act.at.date() <= today]


def last_contact_on(facts: Facts, today: date) -> date | None:
    """The day of the last real contact, in either direction and by anyone; None when there was none."""
    return max((act.at.date() for act in acts(facts, today) if act.real), default=None)


def days_since(facts: Facts, today: date) -> int:
    """Since the last real contact, or since we knew of somebody nobody has talked with yet."""
    return (today - (last_contact_on(facts, today) or facts.known_since)).days


def tries(facts: Facts, today: date) -> list[Attempt]:
    """The attempts since the last real contact: nobody has answered them yet."""
    since: list[Attempt] = []
    for act in acts(facts, today):
        if act.real:
            since.clear()
        elif isinstance(act, Attempt):
            since.append(act)
    return since


def unanswered(facts: Facts, today: date) -> Contact | None:
    """What the citizen wrote last, while nobody has written, called or met since."""
    found: Contact | None = None
    for act in acts(facts, today):
        if isinstance(act, Contact) and act.mode == ContactMode.CITIZEN_WROTE:
            found = act
        elif act.real or isinstance(act, Attempt):
            found = None
    return found


def unconfirmed(facts: Facts, today: date) -> Attempt | None:
    """The latest text of which nobody has said whether it was sent."""
    waiting = [a for a in facts.attempts if a.outcome == Outcome.UNCONFIRMED and a.at.date() <= today]
    return max(waiting, key=lambda attempt: attempt.at, default=None)


def seen(facts: Facts, today: date) -> Attempt | None:
    """The latest time others had seen the citizen, since the last real contact."""
    by_others = [a for a in tries(facts, today) if a.outcome == Outcome.SEEN_BY_OTHERS]
    return by_others[-1] if by_others else None
