"""What the worker is told about sending: saved here, on its way, with the server, or needs you."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["here", "moving", "there", "waiting", "needs_you", "first"]


@dataclass(frozen=True)
class Sending:
    """`why` is the error's kind when something waits, `detail` its second word.

    `done` of `total` rows while the first citizens are fetched.
    """

    state: State = "here"
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    last_sent_at: datetime | None = None
    waiting_since: datetime | None = None
    why: str | None = None
    detail: str | None = None
    next_try_in: int | None = None
    done: int = 0
    total: int = 0
    left_over: int = 0  # of what waits: the server answered, and did not take it
    silent_days: int = 0  # since the server was heard; told when it locks `locks_in` days from now
    locks_in: int | None = None
