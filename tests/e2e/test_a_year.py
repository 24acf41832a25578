"""A year of a citizen's life, lived through the screens: from the street to a home, and until others take over.

Every screen on the way becomes a picture, shots/year_01 ... in their order.
"""

from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError

from fieldapp.actions import citizens, home_page
from fieldapp.actions.desk import Desk
from fieldapp.domain.values import Support
from tests.browser import UI
from tests.desks import Clock
from tests.e2e.test_worker import Worker, Works
from tests.e2e.test_worker import works as works
from tests.views.people import agreed

pytestmark = pytest.mark.browser


class Year:
    """The worker's hand and the calendar: what is done is done on the screen, only days go by of themselves."""

    def __init__(self, ui: UI, worker: Worker) -> None:
        self.ui, self._taken = ui, 0
        assert worker.door.desk is not None
        self.desk: Desk = worker.door.desk
        self.id = ""

    def later(self, days: int) -> None:
        clock = self.desk.clock
        assert isinstance(clock, Clock)
        clock.move(days=days)

    def tap(self, *names: str) -> "Year":
        for name in names:
            self.ui.tap(name)
        return self

    def look(self, name: str, words: str) -> "Year":
        """What the worker reads there, kept as a picture."""
        self.ui.sees(words)
        self._taken += 1
        self.ui.shot(f"year_{self._taken:02}_{name}")
        return self

    def home(self) -> "Year":
        """To the citizen's own page: back to the lists, and from there, as one does."""
        lists, back = (self.ui.page.locator(f'[flt-semantics-identifier="{id}"]') for id in ("go-citizens", "back"))
        for _page in range(10):
            self.ui.page.wait_for_timeout(500)  # a page slides away, and what was there a moment ago is not
            if lists.count():
                break
            with suppress(TimeoutError):
                back.first.click(force=True, timeout=2_000)
        self.tap("go-citizens").ui.is_headed("Borgere").page.wait_for_timeout(500)
        self.tap(f"row-{self.id}").ui.find("tab-timeline").wait_for(state="attached")
        self.ui.page.wait_for_timeout(500)
        return self

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

    # Bridges, and somebody who takes over.
    year.later(10)
    year.home().tap("phase-strip", "shift-phase")
    ui.until(lambda: year.stands == (Support.ACTIVE, "handover"))
    year.ending().look("ending", "Overgang og afslutning").tap("ending-bridges", "add-bridge")
    ui.write("to", "Banjogruppen på biblioteket")
    year.tap("went-along").look("bridge", "Hvad siger Ægir om det?").tap("save")
    year.ending().tap("ending-close", "ground-replacement")
    year.look("not_yet", "Du kan ikke afslutte endnu.").tap("takes-over", "what-ordinary_85")
    ui.write("who", "Tine fra bostøtten")
    year.tap("starts-on-0", "begun").look("takes_over", "Hvem er den nye støtteperson?").tap("save")
    ui.sees("Den er begyndt")
    assert year.stands == (Support.ACTIVE, "handover"), "nothing ends by itself"
