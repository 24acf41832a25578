"""The pages between colleagues: urgent, asking, handing over, away with a deputy, and the end of the day."""

from datetime import timedelta

from fieldapp.actions import asking, away, next_steps, today
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from fieldapp.domain.facts import Why
from tests.desks import KARIM, TEAM, Clock, a_row, an_assignment, arrive, seed
from tests.examples import NOW, TODAY, an_id
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, REGULAR, agreed, due


async def test_urgent_today_is_one_tap_and_stands_first(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.extend((due(desk), seed(desk, "Bent", met=(1,), more=(ICM, REGULAR)))))
    async with behind(door, f"/citizen/{ids[1]}") as app:
        await app.tap("urgent")
        assert "Står øverst på I dag." in app.texts()
        await app.go("/")
        assert [text for text in app.texts() if text.startswith("Haster i dag. Sat af Freja kl. ")]
        assert app.identifiers().index(f"row-{ids[1]}") < app.identifiers().index(f"row-{ids[0]}")
        await app.go(f"/citizen/{ids[1]}")
        await app.tap("urgent-off")
        await app.go("/")
        assert "Haster i dag" not in app.texts()


async def test_a_colleague_is_asked_by_name_and_the_text_survives_a_lock(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    assert door.desk is not None
    arrive(door.desk, an_assignment(ids[0], KARIM, NOW, role="deputy"))
    async with behind(door, f"/citizen/{ids[0]}/ask/new") as app:
        await app.write("ask-text", "Kender du et sted mere, æh?")
        await app.leave("ask-text")
        await app.go(f"/citizen/{ids[0]}")
        await app.go(f"/citizen/{ids[0]}/ask/new")
        await app.tap(f"to-{KARIM}")
        await app.tap("save")
        assert "Gemt. De kolleger, der også støtter Åse, ser det på deres liste." in app.texts()
        assert "Du spurgte Karim." in app.texts()
    assert door.desk is not None
    [asked] = asking.read(door.desk, ids[0])
    assert (asked.text, asked.to) == ("Kender du et sted mere, æh?", "Karim Lyngå")


async def test_where_no_colleague_has_the_citizen_nobody_seems_to_be_asked(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door, f"/citizen/{ids[0]}/ask/new") as app:
        assert "nobody-to-ask" in app.identifiers()
        assert not [name for name in app.identifiers() if name.startswith("to-")]
        await app.write("ask-text", "Kender du et sted mere?")
        await app.tap("save")
        assert door.desk is not None and asking.read(door.desk, ids[0]) == ()
        await app.go(f"/citizen/{ids[0]}/next")
        assert "by-colleague" not in app.identifiers()


async def test_what_colleagues_ask_stands_on_today_and_one_tap_says_it_is_done(door: Door, behind: Behind) -> None:
    def seeded(desk: Desk) -> None:
        citizen = due(desk)
        ask = a_row("colleague_request", citizen, NOW, author=KARIM, on=TODAY, text="Lægen kommer fredag")
        arrive(desk, ask)

    door.begin("open", seed=seeded)
    async with behind(door) as app:
        assert {"Fra kolleger", "Karim: ”Lægen kommer fredag”"} <= set(app.texts())
        [done] = [name for name in app.identifiers() if name.startswith("done-") and name != "done-for-today"]
        await app.tap(done)
        assert "Gjort. Karim kan se det." in app.texts()
        assert "Fra kolleger" not in app.texts()


async def test_a_handover_note_is_written_and_the_latest_is_read(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door, f"/citizen/{ids[0]}/handover") as app:
        await app.write("handover-text", "Skriv, før du kommer.")
        await app.tap("save")
        await app.go(f"/citizen/{ids[0]}/handover")
        assert {"Det seneste notat", "Skriv, før du kommer."} <= set(app.texts())


async def test_ill_today_takes_a_deputy_and_gem_and_says_whether_it_has_arrived(door: Door, behind: Behind) -> None:
    door.begin("open", seed=due)
    async with behind(door, "/more") as app:
        await app.tap("more-away")
        assert "Alle er her" in app.texts()
        await app.tap("away-new")
        await app.tap(f"deputy-{KARIM}")
        await app.tap("save")
        assert "Ikke sendt endnu. Ring til Karim: listen kommer, når du har net." in app.texts()
        assert "Væk i dag" in app.texts()
    assert door.desk is not None
    [mine] = away.read(door.desk)
    assert (mine.from_on, mine.to_on, mine.deputy) == (TODAY, TODAY, "Karim Lyngå")


async def test_the_deputys_today_tells_the_one_who_is_away(door: Door, behind: Behind) -> None:
    def seeded(desk: Desk) -> None:
        citizen = seed(desk, "Bent", met=(30,), responsible=KARIM)
        arrive(desk, an_assignment(citizen, desk.worker, NOW, NOW + timedelta(days=1), role="deputy"))
        gone = a_row("worker_absence", an_id(), NOW, author=KARIM, worker=KARIM, from_on=TODAY, deputy=desk.worker)
        arrive(desk, gone.model_copy(update={"scope": team_scope(TEAM)}))

    door.begin("open", seed=seeded)
    async with behind(door) as app:
        await app.settle()
    assert door.desk is not None
    assert [each.seen_at for each in away.read(door.desk)] == [NOW]


async def test_the_citizen_calls_themselves_and_the_worker_is_reminded_on_the_day(
    door: Door, behind: Behind, clock: Clock
) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, met=(1,), more=(ICM, REGULAR))))
    async with behind(door, f"/citizen/{ids[0]}/next") as app:
        await app.tap("by-citizen")
        await app.tap("day-1")
        await app.tap("save")
        assert "Gemt. Næste skridt: Borgeren ringer selv, ellers rækker jeg ud i morgen." in app.texts()
    assert door.desk is not None
    step = next_steps.read(door.desk, ids[0])
    assert step is not None and step.reason.why is Why.CITIZEN_CALLS
    clock.move(days=1)
    [row] = today.read(door.desk).reach
    assert row.reason.why is Why.CITIZEN_CALLS


async def test_the_end_of_the_day_says_what_is_not_sent_and_who_is_still_there(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: (agreed(desk), due(desk)))
    door.told(state="waiting", waiting=12)
    async with behind(door) as app:
        await app.tap("done-for-today")
        assert "12 notater er ikke sendt endnu." in app.all_text()
        assert {"2 står stadig på listen", "Bent · Åse"} <= set(app.texts())
        assert "send-now" in app.identifiers()
        await app.tap("lock")
    assert door.state == "locked"


async def test_when_all_is_sent_the_day_is_over(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/done") as app:
        assert "Alt er sendt. Tak for i dag." in app.texts()
        assert "send-now" not in app.identifiers()


async def test_what_was_not_taken_is_not_said_to_be_sent(door: Door, behind: Behind) -> None:
    door.begin("open")
    door.told(state="needs_you", refused=1)
    async with behind(door, "/done") as app:
        assert "Alt er sendt. Tak for i dag." not in app.texts()
        assert "Gemt på telefonen. 1 har brug for dig." in app.texts()
