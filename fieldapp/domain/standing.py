"""Where the support stands: only what a named person recorded can move it (I-1, I-3, I-4)."""

from datetime import date

from fieldapp.domain.facts import Closing, Facts, Standing


def standing(facts: Facts, today: date) -> Standing:
    """Active, paused or closed on `today`, and since when. Nothing but closing, pause and reopening is read."""
    raise NotImplementedError


def counts(closing: Closing, today: date) -> bool:
    """Whether a closing is one: a named person, a known ground, and a replacement that has begun by then (I-4)."""
    raise NotImplementedError
