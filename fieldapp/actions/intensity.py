"""The intensity of the support: what it is now, and turning it up or down while a contact is noted (H1, C14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.actions import facts
from fieldapp.actions.desk import Desk
from fieldapp.actions.writing import Writing
from fieldapp.domain import intensity, rhythm
from fieldapp.domain.next_step import next_step
from fieldapp.store.tables import IntensityRow, NextStepRow
from fieldapp.texts import _


@dataclass(frozen=True)
class SupportNow:
    """`level` is what was chosen, else what the situation leads to. `assess` are the levels that ask for a joint
    assessment when the support is turned down to them."""

    level: int
    assess: frozenset[int] = frozenset()


def read(desk: Desk, citizen: str) -> SupportNow | None:
    today = desk.today()
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, today)
    if known is None:
        return None
    now = rhythm.level(known, today)
    levels = range(intensity.LOWEST, intensity.HIGHEST + 1)
    return SupportNow(now, frozenset(n for n in levels if intensity.asks_for_assessment(now, n, known, today)))


def turn(work: Writing, citizen: str, level: int, why: Iterable[str]) -> None:
    """A record of its own, dated today: the earlier ones stay readable. A reason is never demanded."""
    said = ". ".join(part.strip().rstrip(".") for part in why if part.strip())
    work.add(citizen, IntensityRow(level=level, from_on=work.today, reason=said or None))


def assess(work: Writing, citizen: str, on: date) -> None:
    """The day the support is looked at together, agreed with the citizen: it stands beside the rhythm's next step."""
    on = max(on, work.today)
    work.session.flush()
    known = facts.read_one(work.session, citizen, work.today)
    sooner = next_step(known, work.today) if known else None
    if sooner is not None and sooner.id is None and sooner.on < on:
        # Else this day, planned further ahead, would stand in the place of the rhythm's.
        work.add(citizen, NextStepRow(on=sooner.on, worker=work.desk.worker))
    text = _("Look at the support together")
    work.add(citizen, NextStepRow(on=on, text=text, agreed=True, worker=work.desk.worker))
