"""I-4, I-5: no client can end or pause somebody's support without what that takes."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.domain.values import ClosingGround
from fieldapp.server.administration import Office
from fieldapp.server.tables import Record
from fieldapp.wire import Operation
from tests.examples import TODAY
from tests.server.people import Clock, Phone, a_change, a_void, an_add

Beside = tuple[str, dict[str, Any]]


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def tine(starts: int = 0, begun: bool = True) -> Beside:
    return "replacement_support", {"what": "ordinary_85", "starts_on": day(starts), "begun": begun}


NO: Beside = ("support_answer", {"said_on": day(-20), "answer": "no_thanks", "ask_again_on": day(-6)})
PRISON: Beside = ("absence", {"place": "prison", "since_on": day(-200)})
MOVE: Beside = ("municipality_move", {"on": day(-1), "to": "Fjordby", "agreed_on": day(-1)})
#: By its ground: what the closing says (THE_ONE is the record beside it), and what stands beside it.
THE_ONE = "the one"
WHOLE: dict[str, tuple[dict[str, Any], Beside | None]] = {
    "replacement": ({"replacement": THE_ONE, "begun": True}, tine()),
    "manages_own_judgement": ({"own_words": "Nu kan jeg selv."}, None),
    "own_wish": ({}, NO),
    "long_imprisonment": ({}, PRISON),
    "moved_municipality": ({}, MOVE),
    "authority_decision": ({"leader_told": True}, None),
    "death": ({}, None),
}


def a_closing(citizen: str, ground: str, said: dict[str, Any], one: str | None = None, on: int = 0) -> Operation:
    named = {name: one if value == THE_ONE else value for name, value in said.items()}
    fields = {"on": day(on), "ground": ground} | {name: value for name, value in named.items() if value is not None}
    return an_add("closing", citizen, fields, offset=60)


def closings(engine: Engine, citizen: str) -> list[Record]:
    with Session(engine) as session:
        found = select(Record).where(Record.kind == "closing", Record.scope == f"citizen:{citizen}")
        return list(session.exec(found))


def test_every_ground_is_asked_about() -> None:
    assert set(WHOLE) == set(ClosingGround)


@pytest.mark.parametrize("ground", WHOLE)
def test_a_closing_with_its_ground_is_taken_also_in_one_batch_with_it(freja: Phone, ground: str) -> None:
    said, beside = WHOLE[ground]
    citizen = freja.meet()
    first = [an_add(beside[0], citizen, beside[1])] if beside else []
    acks = freja.send(*first, a_closing(citizen, ground, said, first[0].id if first else None))
    assert {ack.result for ack in acks} == {"ok"}


@pytest.mark.parametrize("ground", [ground for ground, (said, beside) in WHOLE.items() if said or beside])
def test_without_its_ground_it_is_refused_and_not_kept(freja: Phone, engine: Engine, ground: str) -> None:
    said, beside = WHOLE[ground]
    citizen = freja.meet()
    assert freja.send_one(a_closing(citizen, ground, {} if not beside else said)) == "refused: no_ground"
    assert closings(engine, citizen) == []


@pytest.mark.parametrize("ground", ["own_wish", "long_imprisonment", "replacement", "moved_municipality"])
def test_what_was_so_before_the_support_was_taken_up_again_ends_nothing_later(
    freja: Phone, clock: Clock, ground: str
) -> None:
    said, beside = WHOLE[ground]
    assert beside is not None
    citizen = freja.meet()
    first = an_add(*_at(beside, citizen))
    ended = a_closing(citizen, ground, said, first.id)
    resumed = an_add("reopening", citizen, {"on": day(3)})
    assert [ack.result for ack in freja.send(first, ended)] == ["ok", "ok"]
    clock.advance(days=3)
    freja.log_in()
    assert freja.send_one(resumed) == "ok"
    clock.advance(days=3)
    freja.log_in()
    assert freja.send_one(a_closing(citizen, ground, said, first.id, on=6)) == "refused: no_ground"
    clock.advance(days=1)
    freja.log_in()
    alone = a_closing(citizen, "manages_own_judgement", {"own_words": "Nu kan jeg selv."}, on=7)
    assert freja.send_one(alone) == "ok"


def test_silence_is_none_whatever_it_is_called(freja: Phone) -> None:
    citizen = freja.meet()
    for ground in ("cannot_be_found", "not_found", "silence", "lost_home", "other"):
        assert (
            freja.send_one(a_closing(citizen, ground, {"own_words": "-", "leader_told": True})) == "refused: no_ground"
        )


def test_a_ground_that_comes_after_it_or_is_taken_back_before_it_is_none(freja: Phone) -> None:
    citizen = freja.meet()
    prison = an_add(*_at(PRISON, citizen))
    late = freja.send(a_closing(citizen, "long_imprisonment", {}), prison)
    assert [ack.result for ack in late] == ["refused", "ok"]
    gone = freja.send(a_void(prison.id, citizen, "absence"), a_closing(citizen, "long_imprisonment", {}))
    assert [ack.result for ack in gone] == ["ok", "refused"]


def test_a_ground_changed_in_the_same_batch_is_read_as_it_stands_then(freja: Phone) -> None:
    citizen = freja.meet()
    begins = an_add(*_at(tine(begun=False), citizen))
    said = WHOLE["replacement"][0]
    assert [a.result for a in freja.send(begins, a_closing(citizen, "replacement", said, begins.id))] == [
        "ok",
        "refused",
    ]
    begun = a_change(begins.id, citizen, {"begun": True}, kind="replacement_support")
    assert [a.result for a in freja.send(begun, a_closing(citizen, "replacement", said, begins.id))] == ["ok", "ok"]


def test_another_citizens_ground_is_none(freja: Phone) -> None:
    citizen, other = freja.meet(), freja.meet()
    there = an_add(*_at(tine(), other))
    assert freja.send_one(there) == "ok"
    said = WHOLE["replacement"][0]
    assert freja.send_one(a_closing(citizen, "replacement", said, there.id)) == "refused: no_ground"


def test_the_ground_may_lie_with_another_registration_of_the_same_person(freja: Phone) -> None:
    citizen, twice = freja.meet(), freja.meet()
    merge = an_add("citizen_merge", twice, {"on": day(0), "same_as": citizen})
    assert freja.send_one(an_add(*_at(PRISON, twice))) == "ok"
    assert freja.send_one(a_closing(citizen, "long_imprisonment", {})) == "refused: no_ground"
    assert freja.send_one(merge) == "ok"
    assert freja.send_one(a_closing(citizen, "long_imprisonment", {})) == "ok"


def test_no_closing_for_a_day_ahead(freja: Phone) -> None:
    citizen = freja.meet()
    assert freja.send_one(a_closing(citizen, "death", {}, on=1)) == "refused: no_ground"


def test_the_day_is_that_of_where_it_was_written(freja: Phone, clock: Clock) -> None:
    """At half past midnight in Denmark it is still yesterday in UTC."""
    clock.advance(hours=15, minutes=30)
    citizen = freja.meet()
    assert clock().date() == TODAY
    assert freja.send_one(a_closing(citizen, "death", {}, on=1)) == "ok"


def test_work_that_waited_is_no_way_around_it(freja: Phone, karim: Phone, office: Office, clock: Clock) -> None:
    """Taken along by whoever has the citizen now, it is asked for its ground as well."""
    citizen = freja.meet()
    held = office.assign(citizen, worker=karim.enrolled.worker)
    karim.catch_up()
    clock.advance(minutes=1)
    office.end_assignment(held)
    karim.catch_up()
    late = a_closing(citizen, "own_wish", {})
    assert karim.send_one(late) == "quarantined"
    yes = an_add("quarantine_decision", citizen, {"quarantined": late.op, "decision": "accept"})
    assert freja.send_one(yes) == "refused: no_ground"


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, "ok"),
        ({"reason": "  "}, "refused: missing"),
        ({"review_on": day(0)}, "refused: malformed"),
        ({"review_on": day(91)}, "refused: malformed"),
    ],
)
def test_a_pause_without_a_reason_and_a_review_in_time_is_refused(
    freja: Phone, fields: dict[str, Any], outcome: str
) -> None:
    said = {"from_on": day(0), "reason": "Længere afsoning", "review_on": day(90)} | fields
    assert freja.send_one(an_add("pause", freja.meet(), said)) == outcome


def test_a_reopening_is_never_refused(freja: Phone) -> None:
    citizen = freja.meet()
    assert freja.send_one(an_add("reopening", citizen, {"on": day(0)})) == "ok"
    assert freja.send_one(a_closing(citizen, "death", {})) == "ok"
    assert freja.send_one(an_add("reopening", citizen, {"on": day(0)})) == "ok"


grounds = st.sampled_from([*WHOLE, "cannot_be_found"])
said = st.fixed_dictionaries(
    {},
    optional={
        "replacement": st.just(THE_ONE),
        "begun": st.booleans(),
        "own_words": st.sampled_from(["", "  ", "Nu kan jeg selv."]),
        "leader_told": st.booleans(),
    },
)
near = st.integers(-30, 30)
besides = st.lists(
    st.one_of(
        st.builds(tine, near, st.booleans()),
        st.builds(
            lambda answer, at, again: (
                "support_answer",
                {"said_on": day(-abs(at)), "answer": answer, "ask_again_on": day(again)},
            ),
            st.sampled_from(["yes", "no_thanks"]),
            near,
            near,
        ),
        st.builds(
            lambda place, since: ("absence", {"place": place, "since_on": day(since)}),
            st.sampled_from(["prison", "hospital"]),
            near,
        ),
        st.builds(
            lambda on, ok: ("municipality_move", {"on": day(on), "to": "Fjordby", "agreed_on": day(ok)}), near, near
        ),
    ),
    max_size=3,
    unique_by=lambda each: each[0],
)


@given(ground=grounds, said=said, beside=besides, on=st.integers(-20, 2))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_client_sends_it_no_closing_is_kept_without_its_ground(
    freja: Phone, ground: str, said: dict[str, Any], beside: list[Beside], on: int
) -> None:
    citizen = freja.meet()
    sent = {kind: an_add(kind, citizen, fields) for kind, fields in beside}
    one = sent["replacement_support"].id if "replacement_support" in sent else None
    *_, ack = freja.send(*sent.values(), a_closing(citizen, ground, said, one, on))
    assert (ack.result == "ok") == (on <= 0 and _holds(ground, said, dict(beside), date.fromisoformat(day(on))))


def _holds(ground: str, said: dict[str, Any], beside: dict[str, dict[str, Any]], on: date) -> bool:
    """The invariant said once more, in other words."""

    def by_then(kind: str, *names: str) -> bool:
        return kind in beside and all(date.fromisoformat(beside[kind][name]) <= on for name in names)

    told = said.get("leader_told", False)
    return {
        "replacement": by_then("replacement_support", "starts_on")
        and beside["replacement_support"]["begun"]
        and said.get("begun", False)
        and "replacement" in said,
        "manages_own_judgement": said.get("own_words", "").strip() != "",
        "own_wish": by_then("support_answer", "said_on")
        and beside["support_answer"]["answer"] == "no_thanks"
        and (told or by_then("support_answer", "ask_again_on")),
        "long_imprisonment": by_then("absence", "since_on") and beside["absence"]["place"] == "prison",
        "moved_municipality": by_then("municipality_move", "on", "agreed_on"),
        "authority_decision": told,
        "death": True,
    }.get(ground, False)


def _at(beside: Beside, citizen: str) -> tuple[str, str, dict[str, Any]]:
    return beside[0], citizen, beside[1]
