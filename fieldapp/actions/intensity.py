"""The intensity of the support: what it is now, and turning it up or down while a contact is noted (H1, C14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.actions import drafts, facts, people, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import intensity, rhythm
from fieldapp.domain.next_step import next_step
from fieldapp.errors import RecordError
from fieldapp.store.tables import IntensityRow, NextStepRow
from fieldapp.texts import _


@dataclass
class TurnForm:
    """Turned to this; None: as it is, looked at and kept."""

    intensity: int | None = None
    intensity_reasons: tuple[str, ...] = ()
    intensity_why: str = ""
    assess_on: str | None = None


@dataclass(frozen=True)
class Turned:
    level: int
    on: date
    reason: str | None
    by: str | None


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


def draft_key(citizen: str) -> str:
    return f"turn:{citizen}"


def history(desk: Desk, citizen: str) -> tuple[Turned, ...]:
    """Newest first."""
    with desk.store.reading() as session:
        names = people.workers(session, desk)
        turned = rows.of_citizen(session, IntensityRow, citizen)
    turned.sort(key=lambda row: (row.from_on, row.added_at, row.id), reverse=True)
    return tuple(Turned(row.level, row.from_on, row.reason, names.get(row.author)) for row in turned)


def keep(desk: Desk, citizen: str, form: TurnForm) -> Saved:
    """Turned, or said to be right as it is; both are records of today."""
    with writing(desk) as work:
        known = facts.read_one(work.session, citizen, work.today)
        if known is None:
            raise RecordError("gone")
        level = form.intensity or rhythm.level(known, work.today)
        why = (*form.intensity_reasons, form.intensity_why) if form.intensity else (_("Looked at, right as it is"),)
        id = turn(work, citizen, level, (", ".join(why[:-1]), why[-1]))
        if form.intensity and form.assess_on:
            assess(work, citizen, date.fromisoformat(form.assess_on))
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def turn(work: Writing, citizen: str, level: int, why: Iterable[str]) -> str:
    """A record of its own, dated today: the earlier ones stay readable. A reason is never demanded."""
    said = ". ".join(part.strip().rstrip(".") for part in why if part.strip())
    return work.add(citizen, IntensityRow(level=level, from_on=work.today, reason=said or None))


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
