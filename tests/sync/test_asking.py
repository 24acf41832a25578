"""A question reaches those who have the citizen on their phone, and only they are offered (review.md 2.8)."""

from fieldapp.actions import asking, away, today
from fieldapp.actions.asking import RequestForm
from fieldapp.actions.desk import Desk
from tests.sync.parts import Device, World


def desk_of(device: Device, name: str) -> Desk:
    return Desk(device.store, device.worker, name, device.clock)


def test_who_is_offered_is_who_it_reaches(world: World, freja: Device, karim: Device) -> None:
    citizen = freja.meet()
    mine, his = desk_of(freja, "Freja Opfundet"), desk_of(karim, "Karim Opfundet")
    world.converged(freja, karim)
    assert away.supporting(mine, citizen) == (), "he has not got her on his phone: it would reach nobody"

    world.share(citizen)
    world.converged(freja, karim)
    assert [each.name for each in away.supporting(mine, citizen)] == ["Karim Opfundet"]
    asking.ask(mine, citizen, RequestForm("Kender du et sted mere?", to=karim.worker))
    freja.sync()
    karim.sync()
    [row] = today.read(his).colleagues
    assert (row.reason.text, row.reason.who) == ("Kender du et sted mere?", "Freja")


def test_who_is_not_offered_does_not_get_it(world: World, freja: Device, karim: Device) -> None:
    citizen = freja.meet()
    mine, his = desk_of(freja, "Freja Opfundet"), desk_of(karim, "Karim Opfundet")
    asking.ask(mine, citizen, RequestForm("Kender du et sted mere?", to=karim.worker))
    world.converged(freja, karim)
    assert today.read(his).colleagues == () and away.supporting(mine, citizen) == ()
