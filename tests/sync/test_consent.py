"""J1: a withdrawal made without a network and what somebody writes meanwhile end the same on both phones."""

import pytest

from fieldapp.actions import absences, consents
from fieldapp.actions.absences import AwayForm, InformForm
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk
from fieldapp.errors import RecordError
from tests.sync.parts import Device, World


def desk_of(device: Device) -> Desk:
    return Desk(device.store, device.worker, "Freja Opfundet", device.clock)


def away(desk: Desk, citizen: str) -> absences.Away:
    shown = absences.read(desk, citizen)
    assert shown is not None and shown.away is not None
    return shown.away


@pytest.mark.parametrize("first", ["the one who withdraws", "the other"])
def test_a_withdrawal_made_offline_wins_on_both_phones(world: World, freja: Device, karim: Device, first: str) -> None:
    citizen = freja.meet()
    mine, his = desk_of(freja), desk_of(karim)
    absences.go(mine, citizen, AwayForm(place="hospital", answer="orally"))
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    yes = away(his, citizen).may_tell
    assert yes is not None

    world.clock.advance(minutes=5)
    consents.withdraw(mine, yes.id)
    absences.inform(his, away(his, citizen).id, InformForm("Afsnit 4"))
    absences.expect_home(his, away(his, citizen).id, his.today())
    consents.give(his, citizen, ConsentForm("money", "Banken"))
    for device in (freja, karim) if first == "the one who withdraws" else (karim, freja):
        device.sync()
    world.converged(freja, karim)

    for desk in (mine, his):
        shown = away(desk, citizen)
        assert shown.may_tell is None and shown.answer_state == "withdrawn"
        assert [told.to for told in shown.told] == ["Afsnit 4"], "what was done while it held stays readable"
        assert shown.home_on == his.today()
        with pytest.raises(RecordError, match="no_consent"):
            absences.inform(desk, shown.id, InformForm())
        assert [(each.consent.to, each.state.value) for each in consents.register(desk, citizen)] == [
            ("Banken", "holds"),
            ("Hospital", "withdrawn"),
        ]


def test_two_who_both_noted_a_withdrawal_agree(world: World, freja: Device, karim: Device) -> None:
    citizen = freja.meet()
    mine, his = desk_of(freja), desk_of(karim)
    given = consents.give(mine, citizen, ConsentForm("network", "Søster Lis"))
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    consents.withdraw(mine, given.id)
    world.clock.advance(days=1)
    consents.withdraw(his, given.id, "Hellere selv.")
    world.converged(freja, karim)
    (here,), (there,) = consents.register(mine, citizen), consents.register(his, citizen)
    assert here == there and here.state == "withdrawn"
