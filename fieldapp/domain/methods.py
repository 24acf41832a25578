"""The clocks of the methods: CTI has three phases of three months, ICM and ACT have no end (000 §4.3.1)."""

from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day `months` later; the last day of a month stays the last day of a month."""
    raise NotImplementedError


def phase_ends_on(phase: str | None, from_on: date | None) -> date | None:
    """None for the contact period, for no phase and for one this app does not know."""
    raise NotImplementedError


def next_phase(phase: str) -> str | None:
    """None after the last one."""
    raise NotImplementedError
