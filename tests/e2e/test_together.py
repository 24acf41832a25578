"""F6 in a real browser: handed over, six taps and their words, saved together, and given back by the code."""

import pytest

from fieldapp.actions import own_page
from tests.e2e.test_taps import begun
from tests.e2e.test_worker import Works
from tests.e2e.test_worker import works as works
from tests.gates import PIN
from tests.views.people import due

pytestmark = pytest.mark.browser


def test_f6_sammen_takes_six_and_the_words_and_no_address_leads_out(works: Works) -> None:
    thumb, worker, desk = begun(works, due)
    ui = thumb.ui
    thumb.tap(f"row-{worker.citizen}", "together", "wheel-network_relations")
    ui.sees("Hvad vil du gerne arbejde med?")
    ui.write("wish", "Se min søster")
    ui.bring("well")
    ui.write("well", "Jeg har hendes nummer")
    ui.bring("step")
    ui.write("step", "Skrive til hende")
    thumb.tap("by-together", "day-1", "save")
    ui.sees("Gemt. Det er dine egne ord.")
    assert thumb.count == 6
    shown = own_page.read(desk, worker.citizen)
    assert shown is not None
    (goal,) = shown.page.goals
    assert (goal.dimension, goal.title) == ("network_relations", "Se min søster")
    assert [(step.text, step.by) for step in goal.steps] == [("Skrive til hende", "together")]

    ui.page.evaluate("location.hash = '#/citizens'; history.pushState({}, '', '/citizens'); history.back()")
    ui.page.wait_for_timeout(600)
    ui.sees("Min side")
    ui.tap("hand-back").find("key-1").wait_for(state="attached")
    ui.page.wait_for_timeout(500)
    ui.code(PIN).find("tab-timeline").wait_for(state="attached")
