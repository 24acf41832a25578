"""What is told and decided when a citizen or a text has been in two hands: no code here is shown by itself."""

from enum import StrEnum


class Version(StrEnum):
    """Which of two texts stands, after somebody looked: see `conflict` for what is stored and what is kept."""

    STORED = "stored"
    KEPT = "kept"
    BOTH = "both"


class NoticeWord(StrEnum):
    """What a worker is told of, because somebody else decided it."""

    GAINED = "gained"
    LOST = "lost"
    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Decision(StrEnum):
    """What became of work for a citizen its writer no longer holds."""

    ACCEPT = "accept"
    REJECT = "reject"
