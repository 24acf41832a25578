"""The end of a course between real phones: open wins, a death reaches everybody, and another worker takes over."""

from datetime import timedelta

import pytest

from fieldapp.actions import asking, citizens, closings, outbox, pauses, replacements, today, worker_changes
from fieldapp.actions.asking import HandoverForm
from fieldapp.actions.closings import ClosingForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.replacements import ReplacementForm
from fieldapp.actions.worker_changes import ChangeForm
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.values import Support
from fieldapp.store.tables import ClosingRow, PauseRow
from tests.sync.parts import Device, World

ALONE = ClosingForm("manages_own_judgement", own_words="Opfundet: nu kan jeg selv.")


def desk_of(device: Device) -> Desk:
    return Desk(device.store, device.worker, "Freja Opfundet", device.clock)


def support(device: Device, citizen: str) -> Support:
    shown = citizens.read(desk_of(device), citizen)
    assert shown is not None
    return shown.standing.support


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    """On both phones, with Freja as support person."""
    citizen = freja.meet()
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    return citizen


@pytest.mark.parametrize("first", ["the one who ends it", "the other"])
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_reopening_wins_over_a_closing_that_did_not_know_of_it(
    world: World, freja: Device, karim: Device, citizen: str, first: str, hours: int
) -> None:
    """Neither phone has a network; whoever sends first, and whatever their clocks say."""
    closings.close(desk_of(freja), citizen, ALONE)
    freja.sync()
    world.clock.advance(days=30)
    world.converged(freja, karim)
    assert support(karim, citizen) is Support.CLOSED
    pauses.resume(desk_of(karim), citizen)
    karim.clock.ahead = timedelta(hours=hours)
    world.clock.advance(minutes=1)
    again = ClosingRow(on=world.clock().date(), ground=ALONE.ground, own_words=ALONE.own_words)
    again.scope = citizen_scope(citizen)
    freja.add(again)
    for device in (freja, karim) if first == "the one who ends it" else (karim, freja):
        device.sync()
    world.converged(freja, karim)
    assert {support(freja, citizen), support(karim, citizen)} == {Support.ACTIVE}
    assert today.read(desk_of(freja)).citizens == 1


def test_a_closing_whose_ground_was_taken_away_meanwhile_is_refused_and_the_citizen_stays(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    """Karim puts the new support off while Freja, without a network, ends the course on it."""
    day = world.clock().date()
    replacements.keep(desk_of(freja), citizen, ReplacementForm("ordinary_85", "Tine", "", day, True))
    world.converged(freja, karim)
    later = ReplacementForm("ordinary_85", "Tine", "", day + timedelta(days=14))
    replacements.keep(desk_of(karim), citizen, later)
    karim.sync()
    closings.close(desk_of(freja), citizen, ClosingForm("replacement"))
    assert support(freja, citizen) is Support.CLOSED
    freja.sync(), karim.sync()
    assert {support(freja, citizen), support(karim, citizen)} == {Support.ACTIVE}
    [shown] = outbox.waiting(desk_of(freja))
    assert (shown.kind, shown.state, shown.why) == ("closing", "needs_you", "no_ground")
    assert today.read(desk_of(freja)).citizens == 1
    outbox.let_go(desk_of(freja), shown)
    world.converged(freja, karim)
    assert outbox.waiting(desk_of(freja)) == () and support(freja, citizen) is Support.ACTIVE


def test_what_a_phone_ends_on_a_day_that_has_not_come_is_refused_and_the_citizen_stays(
    world: World, freja: Device, citizen: str
) -> None:
    """Its clock is two days ahead: for itself the ground holds, and the server's word counts."""
    freja.clock.ahead = timedelta(days=2)
    closings.close(desk_of(freja), citizen, ALONE)
    assert support(freja, citizen) is Support.CLOSED
    freja.sync()
    assert [each.why for each in outbox.waiting(desk_of(freja))] == ["no_ground"]
    assert support(freja, citizen) is Support.ACTIVE
    assert today.read(desk_of(freja)).citizens == 1


def test_a_pause_the_server_would_not_have_pauses_nobody(world: World, freja: Device, citizen: str) -> None:
    """A client that asks for no day to look again."""
    row = PauseRow(from_on=world.clock().date(), reason="Opfundet", review_on=world.clock().date() + timedelta(days=91))
    row.scope = citizen_scope(citizen)
    freja.add(row)
    assert support(freja, citizen) is Support.ACTIVE
    freja.sync()
    assert [each.why for each in outbox.waiting(desk_of(freja))] == ["malformed"]
    assert support(freja, citizen) is Support.ACTIVE


def test_a_death_turns_everything_off_on_every_phone_at_its_next_contact_and_can_be_taken_back(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    pauses.resume(desk_of(karim), citizen)  # not sent yet: nobody comes back from it unawares
    world.clock.advance(minutes=5)
    closings.died(desk_of(freja), citizen)
    freja.sync(), karim.sync()
    world.converged(freja, karim)
    for device in (freja, karim):
        shown = citizens.read(desk_of(device), citizen)
        assert shown is not None and shown.standing.ground == "death" and shown.next_step is None
        assert today.read(desk_of(device)).citizens == 0
    closings.not_dead(desk_of(karim), citizen)
    karim.sync()
    world.converged(freja, karim)
    assert {support(freja, citizen), support(karim, citizen)} == {Support.ACTIVE}
    assert today.read(desk_of(freja)).citizens == 1


def test_k12_another_support_person_from_the_first_word_to_the_end_of_the_old_ones_access(
    world: World, freja: Device, karim: Device
) -> None:
    citizen = freja.meet()
    mine = desk_of(freja)
    day = mine.today()
    change = ChangeForm(worker=karim.worker, reason="wish", joint_meeting_on=day, note="Opfundet: i køkkenet.")
    worker_changes.keep(mine, citizen, change)
    freja.sync()
    assert citizen not in karim.rows(["citizen"])
    [asked] = world.office.changes_asked()
    assert (asked.citizen, asked.by, asked.to, asked.on) == (citizen, "Freja Opfundet", "Karim Opfundet", day)

    worker_changes.keep(mine, citizen, ChangeForm(worker=karim.worker, reason="wish", joint_meeting_on=day, held=True))
    asking.note_handover(mine, citizen, HandoverForm("Opfundet: ring før du kommer."))
    freja.sync()
    world.clock.advance(minutes=1)
    world.office.hand_over(citizen, worker=karim.worker)
    assert world.office.changes_asked() == []
    freja.sync(), karim.sync()
    assert citizen not in freja.rows(["citizen"]), "the old access has ended"
    his = desk_of(karim)
    shown = citizens.read(his, citizen)
    assert shown is not None and shown.mine and shown.standing.support is Support.ACTIVE
    assert shown.next_step is not None
    assert [each.text for each in asking.handovers(his, citizen)] == ["Opfundet: ring før du kommer."]
    assert worker_changes.read(his, citizen) is None
