"""How many taps the acts of a day take, counted from an unlocked I dag: the row's own tap is one of them.

Typing and what is done in the phone's own messages are not counted.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from fieldapp.actions import attempts, citizens, home_page, timeline
from fieldapp.actions.desk import Desk
from fieldapp.domain.values import Support
from tests.browser import UI
from tests.desks import FREJA, seed
from tests.e2e.test_worker import Worker, Works
from tests.e2e.test_worker import works as works
from tests.views.people import agreed, due

pytestmark = pytest.mark.browser


class Taps:
    """A thumb on the screen, and how often it came down."""

    def __init__(self, ui: UI) -> None:
        self.ui, self.count = ui, 0

    def tap(self, *names: str) -> None:
        for name in names:
            self.ui.tap(name)
            self.count += 1


def begun(works: Works, seed: Callable[[Desk], str]) -> tuple[Taps, Worker, Desk]:
    ui, worker = works(seed)
    ui.is_headed("I dag")
    desk = worker.door.desk
    assert desk is not None
    return Taps(ui), worker, desk


def test_f2_a_meeting_takes_three(works: Works) -> None:
    thumb, worker, desk = begun(works, agreed)
    thumb.tap(f"note-{worker.citizen}", "note-met", "save")
    thumb.ui.sees("Gemt. Næste skridt")
    assert thumb.count == 3
    assert [each.word for each in timeline.timeline(desk, worker.citizen, 1)] == ["met"]


def test_f3_a_text_takes_three_and_is_kept_before_the_messages_open(works: Works) -> None:
    thumb, worker, desk = begun(works, due)
    thumb.tap(f"reach-{worker.citizen}", "reach-text", "text-s1")
    thumb.ui.sees("Blev den sendt?")
    assert thumb.count == 3
    out = attempts.read(desk, worker.citizen)
    assert out is not None and out.unconfirmed is not None
    assert [how for how, _what in worker.door.platform.opened] == ["sms"]


def test_f4_nobody_opened_takes_three(works: Works) -> None:
    thumb, worker, desk = begun(works, due)
    thumb.tap(f"reach-{worker.citizen}", "reach-bell", "outcome-nobody_opened")
    thumb.ui.sees("Du var der, og det betyder noget")
    assert thumb.count == 3
    assert [each.word for each in timeline.timeline(desk, worker.citizen, 1)] == ["bell"]


def test_f5_somebody_new_takes_three_and_a_few_words(works: Works) -> None:
    thumb, _worker, desk = begun(works, agreed)
    thumb.tap("new")
    thumb.ui.write("known-as", "Ægir")
    thumb.tap("situation-street", "save")
    thumb.ui.sees("Gemt. Du rækker ud igen")
    assert thumb.count == 3
    assert "Ægir" in [line.name for line in citizens.read_all(desk)]


def test_f7_is_elsewhere_takes_five(works: Works) -> None:
    thumb, worker, desk = begun(works, due)
    thumb.tap(f"row-{worker.citizen}", "more-away", "place-hospital", "answer-orally", "save")
    assert thumb.count == 5

    def is_there() -> bool:
        page = citizens.read(desk, worker.citizen)
        assert page is not None
        return (page.absence_place, page.standing.support) == ("hospital", Support.ACTIVE)

    thumb.ui.until(is_there).sees("Støtten fortsætter.")


def test_f8_a_tick_on_the_way_to_a_home_takes_two_from_the_citizen(works: Works) -> None:
    """Bolig, then the thing itself; within the six seconds of ux.md F8 for a thumb."""
    thumb, worker, desk = begun(works, lambda desk: due(desk, situation="shelter_110"))
    thumb.tap(f"row-{worker.citizen}")
    before, thumb.count = citizens.read(desk, worker.citizen), 0
    thumb.tap("home", "tick-finding-signed_up")
    assert thumb.count == 2

    def is_ticked() -> bool:
        shown = home_page.read(desk, worker.citizen)
        assert shown is not None
        return [task.item for tasks in shown.lists for task in tasks.tasks if task.done_on] == ["signed_up"]

    thumb.ui.until(is_ticked).sees("Gjort i dag")
    after = citizens.read(desk, worker.citizen)
    assert before is not None and after is not None and after.standing == before.standing


def test_f8_a_lost_home_takes_two_and_is_taken_back_by_one(works: Works) -> None:
    thumb, worker, desk = begun(works, lambda desk: due(desk, situation="own_home"))
    thumb.tap(f"row-{worker.citizen}")
    thumb.count = 0
    thumb.tap("home", "lose-home")
    assert thumb.count == 2
    thumb.ui.sees("Støtten er uændret. Næste skridt: en ny bolig.")
    thumb.tap("undo")

    def is_back() -> bool:
        shown = home_page.read(desk, worker.citizen)
        assert shown is not None
        return shown.has and shown.lost is None

    thumb.ui.until(is_back)


def test_f9_a_phase_shift_takes_three_from_i_dag(works: Works) -> None:
    def in_the_first_phase(desk: Desk) -> str:
        began = (desk.today() - timedelta(days=80)).isoformat()
        course = (
            ("method", {"method": "cti", "from_on": began}),
            ("phase", {"phase": "transition", "from_on": began}),
            ("next_step", {"on": desk.today(), "at": "10:30", "agreed": True, "worker": FREJA}),
        )
        return seed(desk, "Bent", met=(1,), more=course)

    thumb, worker, desk = begun(works, in_the_first_phase)
    thumb.tap(f"row-{worker.citizen}", "phase-strip")
    thumb.ui.sees("Fasen skifter aldrig af sig selv.")
    thumb.ui.write("own-view", "Jeg vil gerne prøve selv.")
    thumb.tap("shift-phase")
    thumb.ui.sees("Gemt. 2. fase: Afprøvning i dag.").sees("Fase 2 af 3: Afprøvning")
    assert thumb.count == 3
    page = citizens.read(desk, worker.citizen)
    assert page is not None and page.phase == "try_out"
