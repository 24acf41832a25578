"""A server or a phone put back to what it was: nothing readable goes, and what was lost is offered again."""

import pytest

from fieldapp.domain.access import citizen_scope
from fieldapp.errors import (
    ServerTrouble,
)
from fieldapp.wire import ExchangeAnswer
from tests.sync.parts import (
    Backup,
    Deliver,
    Device,
    World,
    meanwhile,
)
from tests.sync.test_failures import citizen as citizen
from tests.sync.test_failures import times as times


def test_a_server_put_back_from_a_backup_is_offered_again_what_it_lost(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    goal = freja.aim(citizen, "Opdigtet: før kopien")
    world.converged(freja, karim)
    backup = Backup(world)
    contact = freja.note(citizen, "Opdigtet: efter kopien")
    freja.edit("goal", goal, title="Opdigtet: ændret efter kopien")
    other = karim.meet("Ida Opfundet")
    karim.note(other)
    world.converged(freja, karim)
    backup.restore()
    assert contact not in world.records()
    shown = set(freja.rows())
    freja.client.exchange()
    assert set(freja.rows()) == shown  # I21: what is held stays readable
    assert {row.record for row in freja.outbox()} >= {contact, goal}
    world.converged(freja, karim)
    assert world.records()[contact].fields["own_words"] == "Opdigtet: efter kopien"
    assert world.records()[goal].fields["title"] == "Opdigtet: ændret efter kopien"
    assert karim.get("contact", contact) is not None
    assert other in world.records()


def test_a_reset_killed_anywhere_keeps_every_held_citizen_readable(
    world: World, freja: Device, karim: Device, citizen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.answer.PIECE", 1)
    for _ in range(3):
        freja.note(citizen)
    world.converged(freja, karim)
    shown = set(karim.rows())
    Backup(world).restore()
    for _ in range(12):
        karim.killed_after(1)
        assert set(karim.rows()) == shown
    assert not karim.state().resetting
    world.converged(freja, karim)


def test_after_a_reset_what_the_server_no_longer_has_goes_but_not_own_unsent_work(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    backup = Backup(world)
    lost = karim.note(citizen)
    world.converged(freja, karim)
    karim.close()  # and it never comes back to offer it again
    mine = freja.note(citizen)
    backup.restore()
    freja.befall(meanwhile(lambda: None)).sync()
    assert freja.get("contact", lost) is None
    assert freja.get("contact", mine) is not None
    karim.start()


def test_what_is_durable_is_not_kept_any_longer(world: World, freja: Device, citizen: str) -> None:
    freja.note(citizen)
    freja.sync()
    assert freja.outbox("kept") != []
    with world.engine.begin() as tx:
        tx.exec_driver_sql("UPDATE sync_clock SET durable = seq")
    freja.sync()
    assert freja.outbox("kept") == []


def test_what_is_never_durable_is_kept_for_thirty_days_of_the_servers_time(
    world: World, freja: Device, citizen: str
) -> None:
    freja.sync()
    kept = len(freja.outbox("kept"))
    world.clock.advance(days=29)
    freja.sync()
    assert len(freja.outbox("kept")) == kept > 0
    world.clock.advance(days=2)
    freja.sync()
    assert freja.outbox("kept") == []


@pytest.mark.parametrize("reset", ["floor", "rewound"])
def test_a_reset_that_is_no_new_epoch_offers_nothing_again(
    world: World, freja: Device, citizen: str, reset: str
) -> None:
    freja.note(citizen)
    freja.sync()
    kept, shown = len(freja.outbox("kept")), freja.rows()

    def comes(deliver: Deliver) -> ExchangeAnswer:
        return deliver().model_copy(update={"reset": reset, "rows": []})

    if reset == "rewound":
        freja.befall(comes).fails(ServerTrouble)
        assert freja.state().since > 0
    else:
        freja.befall(comes).sync()
        assert all(request.operations == [] for request in freja.way.requests[-2:])
    assert (len(freja.outbox("kept")), freja.rows()) == (kept, shown)
    world.converged(freja)


def test_a_phone_put_back_to_before_a_birth_lets_a_citizen_go_who_was_taken_away_since(
    world: World, freja: Device
) -> None:
    freja.sync()
    citizen = freja.meet()
    image = freja.image()
    freja.sync()
    [assignment] = world.office.assignments()
    world.office.end_assignment(assignment.id)
    world.clock.advance(seconds=1)
    freja.sync()
    freja.put_back(image)
    freja.sync()
    assert citizen_scope(citizen) not in {row["scope"] for row in freja.rows().values()}
