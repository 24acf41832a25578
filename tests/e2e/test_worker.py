"""A worker's day in a real browser at phone size: one test a flow, tapped as a thumb would."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import flet as ft
import pytest

from fieldapp.actions.desk import Desk
from fieldapp.views.root import root
from tests.browser import UI, Browser
from tests.gates import Door
from tests.views.people import agreed, due

pytestmark = pytest.mark.browser


class Worker:
    """`main` is the app on one page, unlocked; `door` is what lies behind it, `citizen` the one the test is about."""

    def __init__(self, folder: Path, seed: Callable[[Desk], str]) -> None:
        self._folder = folder
        self._seed = seed
        self.closing = ExitStack()
        self.citizen = ""

    def main(self, page: ft.Page) -> None:
        self.door = Door(self._folder).begin("open", seed=self._begin)
        self.closing.callback(self.door.close)
        root(page, self.door)

    def _begin(self, desk: Desk) -> None:
        self.citizen = self._seed(desk)


Works = Callable[[Callable[[Desk], str]], tuple[UI, Worker]]


@pytest.fixture
def works(browser: Browser, tmp_path: Path) -> Iterator[Works]:
    with ExitStack() as closing:

        def begin(seed: Callable[[Desk], str]) -> tuple[UI, Worker]:
            worker = Worker(tmp_path / "vault", seed)
            closing.push(worker.closing)
            return browser.open_page(worker.main), worker

        yield begin


def test_a_meeting_is_noted_in_three_taps_from_i_dag(works: Works) -> None:
    ui, worker = works(agreed)
    ui.is_headed("I dag").sees("Hjemmebesøg")
    ui.tap(f"note-{worker.citizen}").tap("note-met").tap("save")
    ui.is_headed("I dag").sees("Gemt. Næste skridt: Ræk ud").sees_not("Hjemmebesøg")


def test_a_meeting_with_words_and_a_day_stands_on_the_timeline(works: Works) -> None:
    ui, worker = works(agreed)
    ui.tap(f"note-{worker.citizen}").tap("note-met").tap("place-home")
    ui.write("own-words", "Kom bare igen. Men ring på først, æh.")
    ui.write("professional-view", "Rolig samtale ved døren.")
    ui.tap("save").sees("Gemt. Næste skridt: Ræk ud")
    ui.tap("go-citizens").is_headed("Borgere").tap(f"row-{worker.citizen}").tap("tab-timeline")
    ui.sees("Kom bare igen. Men ring på først, æh.").sees("Rolig samtale ved døren.").sees("Hjemme.")


def test_reaching_out_by_text_call_bell_and_note(works: Works) -> None:
    ui, worker = works(due)
    aase = worker.citizen
    ui.tap(f"reach-{aase}").tap("reach-text").tap("text-s1").sees("Blev den sendt?").tap("sent-yes")
    ui.is_headed("I dag").sees("Gemt. Næste skridt")
    ui.tap("go-citizens").is_headed("Borgere").tap(f"row-{aase}").tap("reach").tap("reach-call")
    ui.sees("Hvordan gik det?").tap("outcome-no_answer").is_headed("Borgere")
    ui.tap(f"row-{aase}").tap("reach").tap("reach-bell").sees("I har rakt ud 2 gange det seneste døgn.")
    ui.tap("reach-now").tap("outcome-nobody_opened").tap("leave-note")
    ui.sees("Jeg kom forbi for at sige hej").tap("note-left").is_headed("Borgere")
    ui.tap(f"row-{aase}").tap("tab-timeline")
    for told in ("Du sendte en hilsen", "Du ringede", "Du ringede på", "Du lagde en seddel"):
        ui.sees(told)
    assert [how for how, _what in worker.door.platform.opened] == ["sms", "call"]


def test_a_goal_with_its_smallest_step(works: Works) -> None:
    ui, worker = works(agreed)
    ui.tap("go-citizens").is_headed("Borgere").tap(f"row-{worker.citizen}").tap("tab-goals").sees("Ingen mål endnu")
    ui.tap("goals/new").tap("dimension-finances")
    ui.write("goal-title", "Lidt til overs sidst på måneden")
    ui.write("goal-step", "Se på budgettet sammen")
    ui.tap("save").sees("Lidt til overs sidst på måneden").sees("Se på budgettet sammen")
    ui.tap("“Lidt til overs sidst på måneden”").is_headed("Små skridt").tap("Se på budgettet sammen")
    ui.sees("Gjort i dag")


def test_somebody_new_met_on_the_street(works: Works) -> None:
    ui, _worker = works(agreed)
    ui.tap("go-citizens").tap("new")
    ui.write("known-as", "Ægir")
    ui.write("place", "Banegården")
    ui.tap("situation-street").tap("save")
    ui.is_headed("Borgere").sees("Gemt. Du rækker ud igen").sees("Ægir")


def test_no_letter_is_lost_while_words_are_pointed_out_and_a_better_one_is_put_in(works: Works) -> None:
    """The line below the field comes and goes at every other key; the tap gives the field a new text."""
    typed = "En patient og en klient kom forgæves, og så et misbrug; hjemløs, sagde han, nægter at tro det."
    ui, worker = works(agreed)
    ui.tap(f"note-{worker.citizen}").tap("note-met")
    for _turn in range(4):
        ui.write("professional-view", typed)
    ui.tap("word-klient").sees_not("klient: skriv hellere borger")
    better = typed.replace("klient", "borger")
    ui.focus("professional-view").keys("Control+End").type(" Mere.", delay=5)
    ui.until(lambda: ui.field("professional-view").input_value() == f"{better} Mere.")
    ui.tap("save").sees("Gemt. Næste skridt")
    ui.tap("go-citizens").is_headed("Borgere").tap(f"row-{worker.citizen}").tap("tab-timeline").sees(f"{better} Mere.")
