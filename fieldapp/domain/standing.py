"""Where the support stands: only what a named person recorded can move it (I-1, I-3, I-4)."""

from datetime import date

from fieldapp.domain.closing import GROUNDS
from fieldapp.domain.facts import Closing, Facts, Pause, Reopening, Standing
from fieldapp.domain.values import ClosingGround, Support


def standing(facts: Facts, today: date) -> Standing:
    """Active, paused or closed on `today`, and since when. Nothing but closing, pause and reopening is read.

    A death may be heard of after the course has ended, and have been before: it is what stands.
    """
    reopenings = [r for r in facts.reopenings if r.by and r.on <= today]
    closings = [c for c in facts.closings if counts(c, today) and not any(_beats(r, c) for r in reopenings)]
    if closings:
        closing = max(closings, key=lambda c: (c.ground == ClosingGround.DEATH, c.on, c.recorded_at))
        return Standing(Support.CLOSED, since_on=closing.on, ground=closing.ground)
    pauses = [p for p in facts.pauses if p.by and p.from_on <= today and not any(_ends(r, p) for r in reopenings)]
    if pauses:
        pause = max(pauses, key=lambda p: (p.recorded_at, p.review_on))
        return Standing(Support.PAUSED, since_on=pause.from_on, review_on=pause.review_on)
    return Standing(Support.ACTIVE, since_on=max((facts.known_since, *(r.on for r in reopenings))))


def counts(closing: Closing, today: date) -> bool:
    """Whether a closing is one: a named person, a known ground, a day that has come (I-4).

    That its ground holds by the citizen's records is asked where they are gathered (`closing.lacks`). A ground this
    app does not know does not count: in doubt the citizen stays on the list.
    """
    return bool(closing.by) and closing.ground in GROUNDS and closing.on <= today


def _beats(reopening: Reopening, closing: Closing) -> bool:
    """Made later, or for the same day or a later one: then two people did not know of each other, and open wins.

    A death is taken back by whoever knows that it was a mistake; nobody comes back from it unawares.
    """
    if closing.ground == ClosingGround.DEATH:
        return False
    return reopening.on >= closing.on or reopening.recorded_at >= closing.recorded_at


def _ends(reopening: Reopening, pause: Pause) -> bool:
    return reopening.recorded_at >= pause.recorded_at
