"""What happens to a home: moved into, used or not, lost, moved on from. The support is untouched (I-3; 000 §2.5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldapp.actions import drafts, facts, home_moves, home_rows, situations
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, citizen_of, writing
from fieldapp.domain import homes as rules
from fieldapp.domain.homes import Home
from fieldapp.domain.values import Situation
from fieldapp.domain.values_day import WaitingReason
from fieldapp.errors import RecordError
from fieldapp.store.tables import HousingPeriodRow


@dataclass
class HomeForm:
    """One home, or the next one. `left_on`: the day it was lost or moved on from, when it was."""

    move_in_on: date | None = None
    left_on: date | None = None
    home_type: str | None = None
    note: str = ""
    begun: bool = False


def draft_key(citizen: str, home: str | None = None) -> str:
    return f"home:{citizen}:{home or 'new'}"


def use(desk: Desk, citizen: str, in_use: bool) -> Saved:
    """Whether the home is used (I7). The support is the same either way (I-3)."""
    with writing(desk) as work:
        return work.saved(_put(work, citizen, _now(work, citizen) or _next(work, citizen), in_use=in_use), citizen)


def wait_for(desk: Desk, citizen: str, reason: str | None) -> Saved:
    """What a home is waited for: about the system, never the citizen (T7)."""
    with writing(desk) as work:
        return work.saved(waits(work, citizen, reason), citizen)


def waits(work: Writing, citizen: str, reason: str | None) -> str:
    """The same, as part of another writing; the id of the home that is waited for."""
    if reason is not None and reason not in set(WaitingReason):
        raise RecordError("malformed", "waits_for")
    return _put(work, citizen, _next(work, citizen) or _now(work, citizen), waits_for=reason)


def form_of(desk: Desk, home: str) -> HomeForm:
    with desk.store.reading() as session:
        row = session.get(HousingPeriodRow, home)
        if row is None or row.void_reason is not None:
            raise RecordError("gone")
        return HomeForm(row.move_in_on, row.lost_on or row.moved_out_on, row.home_type, row.note or "")


def keep(desk: Desk, citizen: str, form: HomeForm, home: str | None = None) -> Saved:
    """A home with the day one moves in, or that nobody knows it yet. Another home begins where the one now ends (G12).

    Once the day has come the citizen lives there; until then the day draws the rhythm closer (G8).
    """
    with writing(desk) as work:
        row = work.get(HousingPeriodRow, home) if home else _row(work, _next(work, citizen))
        before, lived = (row.move_in_on, rules.was_lived_in(home_rows.home(row), work.today)) if row else (None, False)
        id = _put(work, citizen, home_rows.home(row) if row else None, **_fields(form, row))
        kept = work.get(HousingPeriodRow, id)
        if not lived:
            _moves_on(work, citizen, form.move_in_on, id)
        if form.move_in_on != before:
            home_moves.plan(work, citizen, kept)
        if form.move_in_on and form.move_in_on <= work.today and not lived and kept.lost_on is None:
            _arrived(work, citizen, kept)
        work.no_draft(draft_key(citizen, home), drafts.values_of(form))
        return work.saved(id, citizen)


def moved_in(desk: Desk, citizen: str) -> Saved:
    """*Indflytning* is ticked: they live there, since the day that was set or today."""
    with writing(desk) as work:
        found = _next(work, citizen) or _now(work, citizen)
        on = min((found.move_in_on if found else None) or work.today, work.today)
        id = _put(work, citizen, found, move_in_on=on)
        _moves_on(work, citizen, on, id)
        _arrived(work, citizen, work.get(HousingPeriodRow, id))
        return work.saved(id, citizen)


def lose(desk: Desk, citizen: str) -> Saved:
    """*Har mistet boligen*: the support is unchanged, and a new home is to be found (G11, G12; 000 §2.4, §2.5)."""
    with writing(desk) as work:
        id = _put(work, citizen, _now(work, citizen), lost_on=work.today, in_use=False)
        home_moves.leave(work, citizen, id)
        home_moves.look_for_another(work, citizen, id)
        known = facts.read_one(work.session, citizen, work.today)
        if known and known.situation in rules.WITH_A_HOME:
            situations.situate(work, citizen, Situation.UNKNOWN)
        return work.saved(id, citizen)


def not_lost(desk: Desk, home: str) -> Saved:
    """It was not so after all."""
    with writing(desk) as work:
        row = work.get(HousingPeriodRow, home)
        citizen = citizen_of(row)
        work.change(row, lost_on=None, in_use=None)
        home_moves.not_lost(work, citizen, home)
        situations.situate(work, citizen, Situation.OWN_HOME)
        return work.saved(home, citizen)


def _fields(form: HomeForm, row: HousingPeriodRow | None) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "move_in_on": form.move_in_on,
        "home_type": form.home_type,
        "note": form.note.strip() or None,
    }
    if row is not None and row.lost_on is not None:
        fields["lost_on"] = form.left_on or row.lost_on
    elif row is not None and row.moved_out_on is not None:
        fields["moved_out_on"] = form.left_on or row.moved_out_on
    return fields


def _arrived(work: Writing, citizen: str, row: HousingPeriodRow) -> None:
    assert row.move_in_on is not None
    if row.in_use is None:
        work.change(row, in_use=True)
    home_moves.finish(work, citizen, row.id)
    situations.situate(work, citizen, Situation.OWN_HOME, row.move_in_on)


def _moves_on(work: Writing, citizen: str, on: date | None, to: str) -> None:
    """Whoever moves into another home has moved on from the one now: no loss, and the support goes along (G12)."""
    for home in home_rows.homes(work.session, citizen):
        lives = rules.was_lived_in(home, work.today) and not rules.is_left(home, work.today)
        if home.id == to or not lives or home.lost_on or (on and home.move_in_on and home.move_in_on >= on):
            continue
        work.change(work.get(HousingPeriodRow, home.id), moved_out_on=on)
        if on:
            home_moves.leave(work, citizen, home.id)


def _put(work: Writing, citizen: str, home: Home | None, **fields: Any) -> str:
    if home is None:
        return work.add(citizen, HousingPeriodRow(**fields))
    work.change(work.get(HousingPeriodRow, home.id), **fields)
    return home.id


def _row(work: Writing, home: Home | None) -> HousingPeriodRow | None:
    return work.get(HousingPeriodRow, home.id) if home else None


def _now(work: Writing, citizen: str) -> Home | None:
    return rules.current(home_rows.homes(work.session, citizen), work.today)


def _next(work: Writing, citizen: str) -> Home | None:
    return rules.ahead(home_rows.homes(work.session, citizen), work.today)
