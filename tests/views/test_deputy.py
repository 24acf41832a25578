"""Away from now, said by the worker or by a leader for somebody who has called in ill (review.md 2.8)."""

from fieldapp.actions import away
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from fieldapp.store import sync_state
from fieldapp.wire import Row
from tests.desks import KARIM, TEAM, a_row, arrive
from tests.examples import NOW, TODAY, an_id
from tests.gates import Door
from tests.views.conftest import Behind

IDA, ELSEWHERE = an_id(), an_id()


def a_colleague(worker: str, name: str, team: str = TEAM, **more: str) -> Row:
    row = a_row("colleague", an_id(), NOW, worker=worker, name=name, **more)
    return row.model_copy(update={"scope": team_scope(team)})


def a_leader(desk: Desk) -> None:
    """Freja leads the team, in which Karim's usual deputy is Ida; in another team are others."""
    with desk.store.transaction() as session:
        sync_state.get(session).role = "leader"
    arrive(
        desk,
        a_colleague(IDA, "Ida Opfundet"),
        a_colleague(KARIM, "Karim Lyngå", deputy=IDA),
        a_colleague(desk.worker, "Freja Sivmose", ELSEWHERE),
        a_colleague(an_id(), "Anker Opfundet", ELSEWHERE),
    )


def gone(worker: str, deputy: str | None) -> Row:
    row = a_row("worker_absence", an_id(), NOW, author=worker, worker=worker, from_on=TODAY, deputy=deputy)
    return row.model_copy(update={"scope": team_scope(TEAM)})


async def test_a_leader_says_it_for_somebody_and_their_usual_deputy_is_proposed(door: Door, behind: Behind) -> None:
    door.begin("open", seed=a_leader)
    async with behind(door, "/more") as app:
        await app.tap("more-away")
        assert "Nogen er væk …" in app.texts()
        await app.tap("away-new")
        assert "Hvem er væk?" in app.texts()
        await app.tap(f"away-{KARIM}")
        deputies = {name for name in app.identifiers() if name.startswith("deputy-")}
        assert f"deputy-{IDA}" in deputies and f"deputy-{KARIM}" not in deputies
        assert len(deputies) == 2, "not who is of another team: the server would not take it"
        await app.tap("save")
        assert "Karim Lyngå" in app.texts()
        assert "Ikke sendt endnu. Ring til Ida: listen kommer, når du har net." in app.texts()
    assert door.desk is not None
    [said] = away.read(door.desk)
    assert (said.worker, said.deputy, said.mine, said.from_on) == (KARIM, "Ida Opfundet", False, TODAY)


async def test_a_leader_sees_whether_it_has_arrived_and_takes_it_back(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: (a_leader(desk), arrive(desk, gone(KARIM, IDA))))
    async with behind(door, "/more/away") as app:
        assert "Sendt. Ida har ikke åbnet listen endnu. Ring." in app.texts()
        [back] = [name for name in app.identifiers() if name.startswith("back-")]
        await app.tap(back)
        assert "Karim Lyngå har sin liste igen." in app.texts()
    assert door.desk is not None and away.read(door.desk) == ()


async def test_whoever_is_no_leader_says_it_for_nobody_else(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: arrive(desk, a_colleague(IDA, "Ida Opfundet"), gone(KARIM, IDA)))
    async with behind(door, "/more/away") as app:
        assert "Jeg er væk …" in app.texts()
        assert not [name for name in app.identifiers() if name.startswith("back-")]
        await app.tap("away-new")
        assert not [name for name in app.identifiers() if name.startswith("away-")]
        await app.tap("save")
    assert door.desk is not None
    assert [each.mine for each in away.read(door.desk)] == [True, False]


def test_the_phone_of_whoever_does_not_stand_in_says_of_nothing_that_it_was_seen(door: Door) -> None:
    door.begin("open", seed=lambda desk: arrive(desk, gone(KARIM, IDA)))
    assert door.desk is not None
    assert away.mark_seen(door.desk) is False
    assert [each.seen_at for each in away.read(door.desk)] == [None]
