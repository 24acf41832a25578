"""Who may be the same person: as the phones see it, found without comparing everybody with everybody."""

from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.domain import names
from fieldapp.errors import RecordError
from fieldapp.server import doubles
from fieldapp.server.administration import Office
from fieldapp.server.doubles import Pair, _Known, _pairs
from tests.examples import an_id
from tests.server.people import Phone

NAMES = ("Ægir Ømand", "Aegir", "Yusuf", "Jusuf", "Kaarim", "Karim", "Rikke Holm", "Rikke", "Bo", "Åse", "Aase", "Ib")
NUMBERS = ("11 22 33 44", "+45 11223344", "0045 11 22 33 44", "99 22 33 44", "112", None)


def known(called: list[str], phones: list[str | None]) -> list[_Known]:
    return [_Known(f"{n:036}", (name,), phone) for n, (name, phone) in enumerate(zip(called, phones, strict=False))]


def all_with_all(people: list[_Known]) -> set[Pair]:
    return {
        Pair(a.id, b.id)
        for a, b in combinations(people, 2)
        if names.alike(a.called[0], b.called[0]) or names.same_number(a.phone, b.phone)
    }


@given(st.lists(st.sampled_from(NAMES), max_size=12), st.lists(st.sampled_from(NUMBERS), min_size=12, max_size=12))
def test_nobody_is_missed_by_not_comparing_all(called: list[str], phones: list[str | None]) -> None:
    people = known(called, phones)
    assert _pairs(people) == all_with_all(people)


@given(st.sampled_from(["Mohammed", "Frederikke", "Christoffer"]), st.data())
def test_a_slip_anywhere_in_a_name_is_found(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    slipped = name[:place] + data.draw(st.sampled_from("aeiox")) + name[place + 1 :]
    people = known([name, slipped], [None, None])
    assert _pairs(people) == all_with_all(people)


def test_a_thousand_citizens_take_no_minute() -> None:
    called = [f"{first}{n} {last}" for n in range(10) for first in NAMES[:10] for last in NAMES[:10]]
    begun = perf_counter()
    _pairs(known(called, [None] * len(called)))
    assert perf_counter() - begun < 60


def test_who_was_judged_is_not_asked_again_and_the_erased_are_nobody(
    office: Office, freja: Phone, engine: Engine, team: str
) -> None:
    leader = office.add_worker("Birgit Opfundet", role="leader", team=team)
    desk = Office(engine, office.clock, by=leader)
    one, other, third = (freja.meet(known_as="Ægir Opdigtet") for _ in range(3))

    def pairs() -> list[Pair]:
        with Session(engine) as session:
            return doubles.alike(session)

    assert pairs() == [Pair(one, other), Pair(one, third), Pair(other, third)]
    desk.say_two(other, one)
    desk.say_two(one, other)
    assert pairs() == [Pair(one, third), Pair(other, third)]
    desk.say_same(third, other)
    assert pairs() == []


def test_what_cannot_be_said_is_refused(office: Office, freja: Phone, engine: Engine, team: str) -> None:
    leader = office.add_worker("Birgit Opfundet", role="leader", team=team)
    administrator = office.add_worker("Poul Opfundet", role="administrator")
    one, other = freja.meet(), freja.meet()
    desk = Office(engine, office.clock, by=leader)
    for pair in ((one, one), (one, an_id()), (one, "x"), ("", "")):
        with pytest.raises(RecordError):
            desk.say_same(*pair)
        with pytest.raises(RecordError):
            desk.say_two(*pair)
    for nobody in (freja.enrolled.worker, administrator, None):
        with pytest.raises(RecordError):
            Office(engine, office.clock, by=nobody).say_same(one, other)
    assert one in freja.catch_up() and other in freja.catch_up()
