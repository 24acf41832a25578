"""A year of a citizen's life, lived through the screens: from the street to a home, until others take over, and back.

Every screen on the way becomes a picture, shots/year_01 ... in their order, and all of them one: shots/year.png.
"""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from fieldapp.actions import citizens, closings, home_page, timeline, today
from fieldapp.actions.desk import Desk
from fieldapp.domain.values import Support
from tests.browser import UI
from tests.desks import Clock
from tests.e2e.pictures import on_one_sheet
from tests.e2e.test_worker import Worker, Works
from tests.e2e.test_worker import works as works
from tests.views.people import agreed

pytestmark = pytest.mark.browser


#: Where the first of them that is there is now, and whether it was there in the four frames before: Flutter slides a
#: page in, and out.
STEADY = """names => {
  const there = name => document.querySelector(`[flt-semantics-identifier="${name}"]`);
  const name = names.find(there);
  const box = name ? name + JSON.stringify(there(name).getBoundingClientRect()) : '';
  const before = window.steady ?? {};
  window.steady = {box, times: box && box === before.box ? before.times + 1 : 0};
  return window.steady.times > 4;
}"""

#: Whether a finger meets it as it lies: on the screen, and by more than an edge inside of every list it stands in.
IN_REACH = """place => {
  const box = place.getBoundingClientRect();
  let [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  for (let outer = place.parentElement; outer; outer = outer.parentElement) {
    const edge = outer.getBoundingClientRect();
    if (edge.height > 200) [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return box.height >= 40 && bottom - top > box.height - 1;
}"""


class Year:
    """The worker's hand and the calendar: what is done is done on the screen, only days go by of themselves."""

    def __init__(self, ui: UI, worker: Worker) -> None:
        self.ui = ui
        self.pictures: list[Path] = []
        assert worker.door.desk is not None
        self.desk: Desk = worker.door.desk
        self.id = ""

    def later(self, days: int) -> None:
        clock = self.desk.clock
        assert isinstance(clock, Clock)
        clock.move(days=days)

    def tap(self, *names: str) -> "Year":
        for name in names:
            self.reach(name)
            self.ui.tap(name)
        return self

    def reach(self, name: str) -> None:
        """Where a finger meets it: what is told of before it is on the screen is scrolled there, and lies still."""
        place = self.ui.bring(name)
        with suppress(Error):  # it slid away meanwhile, with the page it was on
            if not place.evaluate(IN_REACH, timeout=2_000):
                place.scroll_into_view_if_needed(timeout=2_000)
        if self.ui.page.locator(f'[flt-semantics-identifier="{name}"]').count():
            self.steady(name)

    def write(self, **said: str) -> "Year":
        for field, words in said.items():
            name = field.replace("_", "-")
            self.reach(name)
            self.ui.write(name, words)
        return self

    def look(self, name: str, words: str) -> "Year":
        """What the worker reads there, kept as a picture."""
        self.ui.sees(words)
        self.pictures.append(self.ui.shot(f"year_{len(self.pictures) + 1:02}_{name}"))
        return self

    def lists(self) -> "Year":
        """Back and back again, as one does, until the lists are there."""
        lists, back = (self.ui.page.locator(f'[flt-semantics-identifier="{id}"]') for id in ("go-citizens", "back"))
        for _page in range(10):
            self.steady("go-citizens", "back")  # on the last page back there is none any more
            if lists.count():
                break
            with suppress(Error):  # it slid away under the finger
                back.first.click(force=True, timeout=2_000)
        self.tap("go-citizens").ui.is_headed("Borgere")
        return self

    def home(self) -> "Year":
        """To the citizen's own page, by the lists: it is drawn on the day it is."""
        self.lists().steady(f"row-{self.id}")
        self.tap(f"row-{self.id}").steady("tab-timeline")
        return self

    def in_sight(self, name: str) -> bool:
        box = self.ui.find(name).bounding_box()
        return box is not None and box["y"] >= 0

    def steady(self, *names: str) -> None:
        """Until one of them is there and lies still, the first sooner than the others."""
        self.ui.page.evaluate("window.steady = {}")
        self.ui.page.wait_for_function(STEADY, arg=list(names), timeout=20_000)

    def ending(self) -> "Year":
        """Far down on the citizen's page, where one goes once."""
        self.home()
        for _screen in range(4):
            self.ui.scroll(1200)
        return self.tap("more-ending")

    @property
    def stands(self) -> tuple[Support, str | None]:
        shown = citizens.read(self.desk, self.id)
        assert shown is not None
        return shown.standing.support, shown.phase


@pytest.fixture
def year(works: Works) -> Year:
    ui, worker = works(agreed)
    ui.is_headed("I dag")
    return Year(ui, worker)


def test_a_year_of_a_citizens_life(year: Year) -> None:
    ui, desk = year.ui, year.desk
    before = {each.id for each in citizens.read_all(desk, "")}

    # Found on the street.
    year.tap("new")
    ui.write("known-as", "Ægir")
    year.tap("situation-street").look("new", "Hvor sover personen?").tap("save")
    ui.sees("Gemt. Du rækker ud igen")
    [year.id] = {each.id for each in citizens.read_all(desk, "")} - before
    year.home().look("met", "Ægir")

    # The contact period, however long it takes.
    year.later(6)
    year.home().tap("note", "note-met", "place-street")
    ui.write("own-words", "Jeg sover bag stationen. Kaffe er fint.")
    year.look("note", "Hvad handlede det om?").tap("save")
    year.later(10)
    year.home().tap("to-method", "choose-method", "method-cti").look("method", "Hvilken passer?").tap("save")
    ui.until(lambda: year.stands == (Support.ACTIVE, "contact_period"))

    # A home: how, when, where meanwhile; and then the key.
    year.home().tap("home").look("no_home", "Støtten fortsætter").tap("plan")
    ui.write("how", "Boliganvisningen, én værelse")
    ui.write("meanwhile", "På boformen")
    year.look("plan", "Hvor kan Ægir være imens?").tap("save")
    year.later(30)
    year.home().tap("home", "move", "move-in-0").look("moves_in", "Hvornår flytter Ægir ind?").tap("save")
    year.home().tap("phase-strip").look("phase_1", "Overgang til egen bolig").tap("begin-phase")
    ui.until(lambda: year.stands == (Support.ACTIVE, "transition"))

    year.home().tap("tab-goals", "goals/new", "dimension-finances")
    year.write(goal_title="Lidt til overs sidst på måneden", goal_step="Se på budgettet sammen")
    year.look("goal", "Hvem bestemte det?").tap("save")
    ui.sees("Lidt til overs sidst på måneden")

    # The second phase, agreed together.
    year.later(90)
    year.home().tap("phase-strip")
    ui.write("own-view", "Jeg vil gerne prøve selv.")
    year.look("phase_2", "Fasen skifter aldrig af sig selv.").tap("shift-phase")
    ui.until(lambda: year.stands == (Support.ACTIVE, "try_out"))

    # The hospital, told with a yes; and home again.
    year.later(20)
    year.home().tap("more-away", "place-hospital", "answer-orally").look("away", "Støtten fortsætter.").tap("save")
    year.look("away_now", "Sammen med hospitalet")
    ui.until(lambda: year.stands == (Support.ACTIVE, "try_out"))
    year.later(9)
    year.home().tap("elsewhere", "is-back")

    # The home is lost: the support is not.
    year.later(15)
    year.home().tap("home", "lose-home").look("lost", "Støtten er uændret. Næste skridt: en ny bolig.")
    ui.until(lambda: year.stands == (Support.ACTIVE, "try_out"))
    year.tap("team-questions")
    ui.write("support-fit", "Vi kom for sjældent den måned.")
    year.look("two_questions", "Passede støtten til behovet?").tap("save")
    year.later(40)
    year.home().tap("home", "move", "move-in-0", "save")

    def in_the_second() -> bool:
        found = home_page.read(desk, year.id)
        return found is not None and found.has and len(found.homes) == 2

    ui.until(in_the_second)
    year.home().tap("home").look("new_home", "Flyttede ind i dag")

    # Bridges, and who takes over what.
    year.later(10)
    year.home().tap("phase-strip", "shift-phase")
    ui.until(lambda: year.stands == (Support.ACTIVE, "handover"))
    year.ending().look("ending", "Overgang og afslutning").tap("ending-bridges", "add-bridge")
    year.write(to="Banjogruppen på biblioteket")
    year.tap("went-along").look("bridge", "Hvad siger Ægir om det?").tap("save")
    until_somebody_takes_over(year)
    until_the_end(year)
    until_they_come_back(year)
    on_one_sheet(ui.page, year.pictures, ui.pictures / "year.png")


def until_somebody_takes_over(year: Year) -> None:
    year.ending().tap("ending-takeovers")
    for dimension, who in (("finances", "Tine fra bostøtten"), ("network_relations", "Banjogruppen")):
        year.tap(f"takeover-{dimension}").write(who=who)
        year.tap("meeting-on-0", "held").look(f"hands_over_{dimension}", "Det første møde sammen").tap("save")
        year.ui.sees(who)
    year.look("handed_over", "I har mødtes sammen")
    year.ending().tap("ending-close").look("close", "Borgerens egne mål og ord").tap("ground-replacement")
    year.look("not_yet", "Du kan ikke afslutte endnu.").tap("takes-over", "what-ordinary_85")
    year.write(who="Tine fra bostøtten")
    year.tap("starts-on-0", "begun").look("takes_over", "Hvem er den nye støtteperson?").tap("save")
    year.ui.sees("Den er begyndt")
    assert year.stands[0] is Support.ACTIVE, "nothing ends by itself"


def until_the_end(year: Year) -> None:
    """With what was begun waiting on the page: it asks before it ends."""
    year.ending().tap("ending-close", "last-meeting-on-0").write(open_door="Døren er åben, Ægir. Kig forbi.")
    year.look("goodbye", "Det, du siger til Ægir").tap("end-course")
    year.look("sure", "Forløbet med Ægir slutter i dag. Ægir kan altid komme tilbage.")
    assert year.stands[0] is Support.ACTIVE, "not before the answer"
    year.tap("yes-end").look("ended", "Læs historien først, så Ægir ikke skal fortælle den igen.")
    assert year.in_sight("ended"), "how it stands is what one sees, wherever one was on the page before"
    assert year.stands[0] is Support.CLOSED
    last = closings.last(year.desk, year.id)
    assert last is not None and last.open_door == "Døren er åben, Ægir. Kig forbi."
    year.lists().ui.sees_not("Ægir")


def until_they_come_back(year: Year) -> None:
    """In one tap, with everything that was written."""
    known = len(timeline.timeline(year.desk, year.id, sensitive=True))
    assert year.id not in {line.id for line in citizens.read_all(year.desk) if line.ended is None}
    year.later(120)
    year.lists().tap("go-today").lists().tap("show-ended").look("has_ended", "Afsluttet").steady(f"row-{year.id}")
    year.tap(f"row-{year.id}").steady("resume")
    year.tap("resume")
    year.ui.until(lambda: year.stands[0] is Support.ACTIVE)
    year.look("resumed", "Næste skridt").tap("tab-timeline").look("history", "Jeg sover bag stationen.")
    assert len(timeline.timeline(year.desk, year.id, sensitive=True)) == known + 1
    year.lists().look("on_the_list_again", "Ægir").tap("go-today").ui.is_headed("I dag")
    assert today.read(year.desk).citizens == 2
