"""What was erased leaves its trace only for a while: a device from before that fetches everything again."""

import pytest
from sqlalchemy import Engine, text

from fieldapp.server.administration import Office
from tests.server.people import Phone, a_change, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def raise_floor(engine: Engine, to: int | None = None) -> int:
    """As the retention job will: to a number that is given already."""
    with engine.begin() as connection:
        change = text("UPDATE sync_clock SET floor = coalesce(:to, seq) RETURNING floor")
        return int(connection.execute(change, {"to": to}).scalar_one())


@pytest.fixture
def citizen(freja: Phone) -> str:
    citizen = freja.meet()
    freja.catch_up()
    return citizen


def test_a_device_from_before_the_floor_is_sent_back_to_the_beginning(
    freja: Phone, citizen: str, engine: Engine
) -> None:
    freja.send(an_add("contact", citizen, MET))
    freja.since -= 1
    raise_floor(engine)
    answer = freja.exchange()
    assert (answer.reset, answer.rows, answer.view) == ("floor", [], None)
    assert freja.exchange(since=0).rows


def test_one_at_the_floor_or_past_it_has_missed_nothing(freja: Phone, citizen: str, engine: Engine) -> None:
    raise_floor(engine)
    freja.exchange()
    assert freja.since == raise_floor(engine)
    assert freja.exchange().reset is None


def test_a_fetch_from_the_beginning_is_not_sent_back_although_its_cursor_is_below(
    freja: Phone, citizen: str, engine: Engine
) -> None:
    freja.send(*(an_add("contact", citizen, MET) for _ in range(5)))
    upto = raise_floor(engine)
    freja.since = 0
    answers = [freja.exchange(rows=2, upto=0)]
    while answers[-1].more:
        answers.append(freja.exchange(rows=2, upto=answers[0].upto))
    assert len(answers) > 3 and all(answer.reset is None for answer in answers)
    assert freja.since >= upto


def test_a_fetch_that_rested_so_long_that_something_may_be_gone_begins_again(
    freja: Phone, citizen: str, engine: Engine
) -> None:
    freja.send(*(an_add("contact", citizen, MET) for _ in range(5)))
    freja.since = 0
    began = freja.exchange(rows=2, upto=0).upto
    freja.server.exchange(freja.token, freja.request(an_add("contact", citizen, MET)))
    raise_floor(engine)
    assert freja.exchange(rows=2, upto=began).reset == "floor"


def test_what_a_device_from_before_the_floor_sends_is_taken(freja: Phone, citizen: str, engine: Engine) -> None:
    seen = freja.rows[citizen].base
    freja.server.exchange(freja.token, freja.request(an_add("contact", citizen, MET)))
    raise_floor(engine)
    change = a_change(citizen, citizen, {"known_as": "Åse Opdigtet"}, seen)
    answer = freja.exchange(change)
    assert answer.reset == "floor" and [ack.result for ack in answer.acks] == ["ok"]
    freja.since = 0
    assert freja.catch_up()[citizen].fields["known_as"] == "Åse Opdigtet"


def test_a_changed_view_comes_after_the_reset(freja: Phone, citizen: str, engine: Engine, office: Office) -> None:
    office.end_assignment(office.assignments()[0].id)
    freja.since -= 1
    raise_floor(engine)
    assert freja.exchange().reset == "floor"
    assert freja.exchange(since=0).view is not None
