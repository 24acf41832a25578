"""Two people set the same field: what stands, and what is kept for a human to see (sync.md 4.5)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    SAME = "same"
    """The value stands already."""
    SEEN = "seen"
    """The writer had seen what the new value takes the place of."""
    OWN = "own"
    """What it takes the place of came from the same device: a chain of edits is no conflict with itself."""
    CONFLICT = "conflict"
    """The newcomer stands; the value it displaced, unseen, is kept."""
    GUARDED = "guarded"
    """The stored value stands; the newcomer is kept."""

    @property
    def applies(self) -> bool:
        return self in (Verdict.SEEN, Verdict.OWN, Verdict.CONFLICT)


@dataclass(frozen=True)
class Version:
    """A value of one field. `base`: the seq the field had when `device` wrote it over, or has where it stands.

    A field that was never set has the base 0, and nothing to displace.
    """

    value: Any = None
    base: int = 0
    device: str | None = None


def decide(stored: Version, new: Version, guarded: bool = False) -> Verdict:
    """What becomes of `new`. Equal bases mean seen; no clock is asked, and no order of numbers."""
    if stored.value == new.value:
        return Verdict.SAME
    if stored.base in (0, new.base):
        return Verdict.SEEN
    if stored.device == new.device:
        return Verdict.OWN
    return Verdict.GUARDED if guarded else Verdict.CONFLICT
