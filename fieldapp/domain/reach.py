"""Which way to reach out: as the citizen wants it, and not the same way twice when nobody answers."""

from datetime import date

from fieldapp.domain.facts import Facts
from fieldapp.domain.values import Way


def ways(facts: Facts, today: date) -> tuple[Way, ...]:
    """Text, call, bell and known place, as far as the citizen's wishes leave them; the suggested one first."""
    raise NotImplementedError


def suggested(facts: Facts, today: date) -> Way:
    raise NotImplementedError


def beads(facts: Facts, at_most: int = 9) -> tuple[str, ...]:
    """The thread, oldest first: "m" met, talked or wrote; "a" reached out (looks.md)."""
    raise NotImplementedError
