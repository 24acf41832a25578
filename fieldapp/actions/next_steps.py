"""The next step: always there, can be changed, never emptied (I-2)."""

from datetime import date, time

from fieldapp.actions.desk import Desk
from fieldapp.domain.facts import NextStep


def read(desk: Desk, citizen: str) -> NextStep | None:
    """None only when the support has ended."""
    raise NotImplementedError


def suggestion(desk: Desk, citizen: str) -> NextStep | None:
    """What the rhythm would choose, were the worker to talk with the citizen now: shown before *Gem*."""
    raise NotImplementedError


def plan(
    desk: Desk, citizen: str, on: date, *, at: time | None = None, text: str = "", agreed: bool = False
) -> NextStep:
    """Set the next step; the one that stood is done or replaced."""
    raise NotImplementedError


def done(desk: Desk, citizen: str) -> NextStep | None:
    """The step is done; the answer is the next one."""
    raise NotImplementedError
