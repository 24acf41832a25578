"""Hypothesis: any records that the rules accept, and any facts; nobody here exists."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from fieldapp.domain.facts import Absence, Attempt, Closing, Contact, Facts, Pause, PlannedStep, Record, Reopening
from fieldapp.domain.fields import Field, Kind, Type
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import (
    REAL_CONTACTS,
    REAL_OUTCOMES,
    AbsencePlace,
    ClosingGround,
    ContactMode,
    Method,
    Outcome,
    Phase,
    Respect,
    Situation,
    Way,
)
from tests.examples import CET, TODAY

WORKERS = ("01990000-0000-7000-8000-00000000aaaa", "01990000-0000-7000-8000-00000000bbbb")

ids = st.uuids().map(str)
near = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
#: What a wrong clock or a slip of the thumb can write.
any_day = st.one_of(near, near, near, st.dates())
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0))
moments = st.builds(lambda day, clock: datetime.combine(day, clock, CET), near, clocks)
any_moment = st.one_of(moments, moments, st.datetimes(timezones=st.just(UTC)))


def _value(field: Field) -> st.SearchStrategy[Any]:
    codes = st.sampled_from([*(field.words or ()), "from_a_newer_app"]).map(str)
    return {
        Type.TEXT: st.sampled_from(["", "Ålkær", "x" * min(field.limit, 30)]),
        Type.CODE: codes,
        Type.CODES: st.lists(codes, max_size=3),
        Type.DAY: any_day.map(date.isoformat),
        Type.CLOCK: clocks.map(lambda t: f"{t:%H:%M}"),
        Type.MOMENT: any_moment.map(datetime.isoformat),
        Type.FLAG: st.booleans(),
        Type.NUMBER: st.integers(0, field.limit),
        Type.REF: st.sampled_from(WORKERS) if not field.of else ids,
    }[field.type]


def fields_of(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    required = {f.name: _value(f) for f in kind.fields if f.required}
    return st.fixed_dictionaries(required, optional={f.name: _value(f) for f in kind.fields if not f.required})


def records(*without: str) -> st.SearchStrategy[list[Record]]:
    """Any records of one citizen that `check` lets through, except of the kinds named."""
    kinds = [k for k in KINDS.values() if k.ready and k.scope == "citizen" and k.name not in without]
    one = st.sampled_from(kinds).flatmap(
        lambda kind: st.builds(
            Record,
            kind=st.just(kind.name),
            id=ids,
            fields=fields_of(kind),
            author=st.sampled_from([*WORKERS, None]),
            at=any_moment,
            void=st.sampled_from([False, False, False, True]),
        )
    )
    return st.lists(one, max_size=12)


def _contact(at: datetime, mode: str) -> Contact:
    return Contact(at, mode, mode in REAL_CONTACTS, by=WORKERS[0])


def _attempt(at: datetime, way: str, outcome: str) -> Attempt:
    return Attempt(at, way, outcome, outcome in REAL_OUTCOMES, by=WORKERS[0])


def _tuples(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=4).map(tuple)


maybe_day = st.none() | near
pauses = st.builds(Pause, recorded_at=moments, from_on=near, review_on=near, by=st.sampled_from(WORKERS))
closings = st.builds(
    Closing,
    recorded_at=moments,
    on=near,
    ground=st.sampled_from([*ClosingGround, "cannot_be_found"]),
    by=st.sampled_from([WORKERS[0], ""]),
)
reopenings = st.builds(Reopening, recorded_at=moments, on=near, by=st.sampled_from(WORKERS))
steps = st.builds(
    PlannedStep,
    id=ids,
    on=st.integers(-4, 9).map(lambda days: TODAY + timedelta(days=days)),
    at=st.none() | clocks,
    text=st.none() | st.just("Kaffe på Kilden"),
    agreed=st.booleans(),
    worker=st.none() | st.sampled_from(WORKERS),
    made_at=st.none() | moments,
)


def facts(**fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Facts]:
    """Any facts about one citizen; `fixed` replaces the strategy of a field."""
    free: dict[str, st.SearchStrategy[Any]] = {
        "citizen": ids,
        "known_since": near.map(lambda day: min(day, TODAY)),
        "responsible": st.sampled_from(WORKERS),
        "method": st.none() | st.sampled_from([*Method, "newer"]),
        "method_from_on": maybe_day,
        "phase": st.none() | st.sampled_from([*Phase, "newer"]),
        "phase_from_on": maybe_day,
        "intensity": st.none() | st.integers(0, 5),
        "intensity_from_on": maybe_day,
        "move_in_on": maybe_day,
        "lost_home_on": maybe_day,
        "home_again_on": maybe_day,
        "harder_on": maybe_day,
        "contacts": _tuples(st.builds(_contact, moments, st.sampled_from(list(ContactMode)))),
        "attempts": _tuples(st.builds(_attempt, moments, st.sampled_from(list(Way)), st.sampled_from(list(Outcome)))),
        "steps": _tuples(steps),
        "wishes": st.frozensets(st.sampled_from(list(Respect))),
        "peace_until": maybe_day,
        "peace_said_at": st.none() | moments,
        "phone_works": st.booleans(),
        "has_phone": st.booleans(),
        "known_places": st.none() | st.just("Søndre Kaj"),
        "situation": st.none() | st.sampled_from(list(Situation)),
        "absence": st.none()
        | st.builds(Absence, place=st.sampled_from(list(AbsencePlace)), since_on=near, home_on=maybe_day),
        "pauses": _tuples(pauses),
        "closings": _tuples(closings),
        "reopenings": _tuples(reopenings),
        "covering": st.frozensets(st.sampled_from(WORKERS), max_size=1),
    }
    return st.builds(Facts, **(free | fixed))


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), CET)


def uuid7(milliseconds: int) -> UUID:
    """A UUIDv7 made at that moment after 1970 (RFC 9562 §5.7)."""
    return UUID(int=(milliseconds << 80) | (7 << 76) | (2 << 62) | 1)
