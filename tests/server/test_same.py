"""Two who were said to be one person: whoever has the one kept has the other as well, through all that befalls them."""

from datetime import timedelta

import pytest

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.erasure import Ground
from fieldapp.domain.values import AssignmentRole
from fieldapp.server import retention
from fieldapp.settings import DEFAULTS
from fieldapp.store.tables import CitizenMergeRow, KeepAnswerRow
from tests.server.keeping import everything
from tests.sync.parts import Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def karim(world: World) -> Device:
    return world.colleague("Karim Opfundet")


@pytest.fixture
def kept(world: World, freja: Device, karim: Device) -> str:
    return freja.meet("Marek Opfundet")


@pytest.fixture
def twice(freja: Device, kept: str) -> str:
    twice = freja.meet("Mareck Opfundet")
    freja.note(twice, "Opdigtet: ved kajen")
    freja.sync()
    return twice


def merge(device: Device, twice: str, kept: str) -> str:
    row = CitizenMergeRow(on=device.clock().date(), same_as=kept, scope=citizen_scope(twice))
    id = device.add(row)
    device.sync()
    return id


def holds(world: World, device: Device, *citizens: str) -> bool:
    """On the phone, and so on the server."""
    world.clock.advance(minutes=5)
    device.sync()
    found = [device.get("citizen", citizen) is not None for citizen in citizens]
    assert all(found) or not any(found)
    return all(found)


def responsible(world: World, device: Device, citizen: str) -> None:
    world.office.hand_over(citizen, worker=device.worker)


def test_handed_over_the_other_goes_along(world: World, freja: Device, karim: Device, kept: str, twice: str) -> None:
    merge(freja, twice, kept)
    assert not holds(world, karim, kept, twice)
    responsible(world, karim, kept)
    assert holds(world, karim, kept, twice) and not holds(world, freja, kept, twice)
    assert "ved kajen" in str(karim.rows(["contact"]))


def test_taken_apart_by_the_one_who_has_them_both_stay_there(
    world: World, freja: Device, karim: Device, kept: str, twice: str
) -> None:
    merged = merge(freja, twice, kept)
    responsible(world, karim, kept)
    assert holds(world, karim, kept, twice)
    karim.void("citizen_merge", merged)
    karim.sync()
    assert holds(world, karim, kept, twice) and not holds(world, freja, kept, twice)


def test_a_deputy_and_a_team_see_both(world: World, freja: Device, karim: Device, kept: str, twice: str) -> None:
    merge(freja, twice, kept)
    end = world.now() + timedelta(hours=1)
    world.office.assign(kept, worker=karim.worker, role=AssignmentRole.DEPUTY, to_at=end)
    assert holds(world, karim, kept, twice)
    world.clock.advance(hours=2)
    assert not holds(world, karim, kept, twice)
    assert holds(world, freja, kept, twice)


def test_taken_away_both_are_gone(world: World, freja: Device, karim: Device, kept: str, twice: str) -> None:
    merge(freja, twice, kept)
    assignment = world.office.assign(kept, worker=karim.worker)
    assert holds(world, karim, kept, twice)
    world.office.end_assignment(assignment)
    assert not holds(world, karim, kept, twice)


def test_those_who_had_the_kept_one_get_the_other_when_it_is_said(
    world: World, freja: Device, karim: Device, kept: str, twice: str
) -> None:
    world.office.assign(kept, worker=karim.worker)
    karim.sync()
    assert karim.get("citizen", kept) is not None and karim.get("citizen", twice) is None
    merge(freja, twice, kept)
    assert holds(world, karim, kept, twice)


def test_nobody_gets_at_somebody_by_saying_that_they_are_the_same(
    world: World, freja: Device, karim: Device, kept: str, twice: str
) -> None:
    own = karim.meet("Ida Opfundet")
    karim.sync()
    merge(karim, own, kept)
    assert [row.why for row in karim.outbox("refused")] == ["unknown_reference"]
    assert karim.get("citizen", kept) is None
    freja.sync()
    assert freja.get("citizen", own) is None


def test_nobody_keeps_one_who_was_handed_over_by_saying_late_that_they_are_the_same(
    world: World, freja: Device, karim: Device, kept: str, twice: str
) -> None:
    """Said on a phone without network: the one who has them now decides, and the other sees nothing of them."""
    freja.add(CitizenMergeRow(on=freja.clock().date(), same_as=kept, scope=citizen_scope(twice)))
    world.clock.advance(minutes=5)
    responsible(world, karim, twice)
    world.clock.advance(minutes=5)
    freja.sync()
    world.clock.advance(minutes=5)
    freja.sync()
    karim.sync()
    assert freja.get("citizen", kept) is not None and freja.get("citizen", twice) is None
    assert karim.get("citizen", twice) is not None and karim.get("citizen", kept) is None


def test_erased_both_are_gone_everywhere(world: World, freja: Device, kept: str, twice: str) -> None:
    merge(freja, twice, kept)
    count = world.office.count("citizen", kept)
    leader = world.office.add_worker("Birgit Opfundet", role="leader")
    assert world.office.erase_citizen(kept, leader, Ground.REQUEST) == count
    freja.sync()
    assert not freja.rows(["citizen", "contact"])
    assert "ved kajen" not in everything(world.engine) and "Mareck" not in everything(world.engine)


def test_on_two_phones_the_other_way_round_both_still_hold_both(
    world: World, freja: Device, karim: Device, kept: str, twice: str
) -> None:
    world.office.assign(kept, worker=karim.worker)
    world.office.assign(twice, worker=karim.worker)
    karim.sync()
    freja.add(CitizenMergeRow(on=freja.clock().date(), same_as=kept, scope=citizen_scope(twice)))
    karim.add(CitizenMergeRow(on=karim.clock().date(), same_as=twice, scope=citizen_scope(kept)))
    freja.sync()
    karim.sync()
    assert holds(world, freja, kept, twice) and holds(world, karim, kept, twice)


class TestLetGo:
    """E11: erased when somebody said no, after its time, and never otherwise."""

    def no(self, device: Device, citizen: str, answer: str = "remove") -> str:
        device.clock.right.advance(minutes=1)
        row = KeepAnswerRow(on=device.clock().date(), answer=answer, scope=citizen_scope(citizen))
        id = device.add(row)
        device.sync()
        return id

    def carry_out(self, world: World) -> int:
        return retention.carry_out(world.engine, world.register, world.now(), DEFAULTS).let_go

    @pytest.mark.parametrize("answer", ["remove", "mistake"])
    def test_whom_somebody_said_no_to_is_erased_after_its_time_with_all_of_the_person(
        self, world: World, freja: Device, kept: str, twice: str, answer: str
    ) -> None:
        merge(freja, twice, kept)
        world.clock.advance(days=100)
        self.no(freja, kept, answer)
        self.no(freja, twice, answer)
        world.clock.advance(days=DEFAULTS.let_go_days - 1)
        assert self.carry_out(world) == 0 and "Marek" in everything(world.engine)
        world.clock.advance(days=2)
        assert self.carry_out(world) == 1
        assert "Marek" not in everything(world.engine) and "ved kajen" not in everything(world.engine)
        freja.sync()
        assert not freja.rows(["citizen"])

    def test_not_one_whom_somebody_keeps_or_took_back_or_wrote_about_since(
        self, world: World, freja: Device, kept: str, twice: str
    ) -> None:
        third = freja.meet("Ida Opfundet")
        freja.sync()
        self.no(freja, kept)
        self.no(freja, kept, "keep")
        taken_back = self.no(freja, twice)
        freja.void("keep_answer", taken_back)
        self.no(freja, third)
        freja.clock.right.advance(minutes=1)
        freja.note(third)
        freja.sync()
        world.clock.advance(days=4_000)
        assert self.carry_out(world) == 0
        assert all(not world.records()[id].deleted for id in (kept, twice, third))

    @pytest.mark.parametrize("answer", ["remove", "mistake"])
    def test_not_a_person_of_whom_one_registration_alone_was_said_no_to(
        self, world: World, freja: Device, kept: str, twice: str, answer: str
    ) -> None:
        """Who said no on one phone did not know that another says they are the same."""
        world.clock.advance(days=100)
        self.no(freja, twice, answer)
        merge(freja, twice, kept)
        world.clock.advance(days=DEFAULTS.let_go_days + 2)
        assert self.carry_out(world) == 0 and "Marek" in everything(world.engine)
