"""Goals, small steps and small progress."""

import pytest

from fieldapp.actions import drafts, goals
from fieldapp.actions.desk import Desk
from fieldapp.actions.goals import GoalForm
from fieldapp.domain.values import Dimension
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import TODAY, an_id


def test_a_goal_is_saved_with_its_smallest_step(desk: Desk) -> None:
    citizen = seed(desk)
    form = GoalForm("housing", " Et bord ", step="Kigge i genbrugsen", step_by="together", step_due_on=TODAY)
    drafts.keep(desk, goals.draft_key(citizen), drafts.values_of(form))
    id = goals.add(desk, citizen, form).id
    goal = goals.read(desk, citizen)[0]
    assert (goal.id, goal.title, goal.decided_by, goal.two_versions) == (id, "Et bord", "citizen", False)
    assert [(s.text, s.by, s.due_on, s.done_on) for s in goal.steps] == [
        ("Kigge i genbrugsen", "together", TODAY, None)
    ]
    assert drafts.read(desk, goals.draft_key(citizen)) is None


@pytest.mark.parametrize(
    ("form", "field"), [(GoalForm(title="Et bord"), "dimension"), (GoalForm("housing", "  "), "title")]
)
def test_a_goal_needs_a_dimension_and_words(desk: Desk, form: GoalForm, field: str) -> None:
    with pytest.raises(RecordError, match="missing") as refused:
        goals.add(desk, seed(desk), form)
    assert refused.value.field == field


def test_goals_stand_in_the_manuals_order_and_ended_ones_last(desk: Desk) -> None:
    citizen = seed(desk)
    ids = {one: goals.add(desk, citizen, GoalForm(one, f"Mål: {one}")).id for one in reversed(Dimension)}
    arrive(desk, a_row("goal", citizen, dimension="gardening", title="En have"))
    goals.end(desk, ids[Dimension.HOUSING])
    told = [goal.dimension for goal in goals.read(desk, citizen)]
    assert told == [*list(Dimension)[1:], "gardening", "housing"]
    assert goals.read(desk, citizen)[-1].ended_on == TODAY


def test_open_steps_come_first_and_a_step_can_be_done_and_not_done(desk: Desk) -> None:
    citizen = seed(desk)
    goal = goals.add(desk, citizen, GoalForm("housing", "Et bord", step="Først")).id
    goals.add_step(desk, goal, "Siden", "worker", TODAY)
    first = next(step for step in goals.read(desk, citizen)[0].steps if step.text == "Først")
    assert [step.text for step in goals.read(desk, citizen)[0].steps] == ["Siden", "Først"]
    goals.step_done(desk, first.id)
    assert [(s.text, s.done_on) for s in goals.read(desk, citizen)[0].steps] == [("Siden", None), ("Først", TODAY)]
    goals.step_done(desk, first.id, done=False)
    assert all(step.done_on is None for step in goals.read(desk, citizen)[0].steps)


def test_progress_belongs_to_the_citizen_and_perhaps_to_a_goal_newest_first(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    goal = goals.add(desk, citizen, GoalForm("housing", "Et bord")).id
    goals.add_progress(desk, citizen, "Valgte en farve", dimension="housing", goal=goal)
    clock.move(days=1)
    goals.add_progress(desk, citizen, "Ringede selv")
    assert [p.text for p in goals.progress(desk, citizen)] == ["Ringede selv", "Valgte en farve"]
    assert [p.text for p in goals.read(desk, citizen)[0].progress] == ["Valgte en farve"]
    with pytest.raises(RecordError, match="missing"):
        goals.add_progress(desk, citizen, " ")


def test_title_and_outcome_change_field_by_field(desk: Desk) -> None:
    citizen = seed(desk)
    arrive(desk, row := a_row("goal", citizen, dimension="housing", title="Et bord"))
    goals.set_outcome(desk, row.id, "as_before")
    goals.change_title(desk, row.id, "Et rundt bord")
    goals.change_title(desk, row.id, "Et rundt bord")  # nothing new: nothing travels
    with desk.store.reading() as session:
        assert [(o.do, o.fields) for o in outbox.waiting(session)] == [
            ("change", {"outcome": "as_before"}),
            ("change", {"title": "Et rundt bord"}),
        ]
    with pytest.raises(RecordError, match="missing"):
        goals.change_title(desk, row.id, "")


def test_a_goal_that_is_gone_is_said_to_be(desk: Desk) -> None:
    with pytest.raises(RecordError, match="gone"):
        goals.end(desk, an_id())


def test_less_harm_is_marked_by_area_and_kind_in_one_order_and_taken_off_again(desk: Desk) -> None:
    citizen = seed(desk)
    goal = goals.add(desk, citizen, GoalForm("substances", "Drikke mindre om formiddagen")).id
    arrive(desk, a_row("goal", citizen, id=an_id(), dimension="housing", title="Ny", harm_areas=["newer", "food"]))
    for area in ("loneliness", "food", "own_doctor"):
        goals.set_harm(desk, goal, area=area)
    goals.set_harm(desk, goal, tag="social")
    goals.set_harm(desk, goal, area="food")
    newer, mine = goals.read(desk, citizen)
    assert (mine.harm_areas, mine.harm) == (("own_doctor", "loneliness"), ("social",))
    goals.set_harm(desk, newer.id, area="own_doctor")
    assert goals.read(desk, citizen)[0].harm_areas == ("own_doctor", "food", "newer"), "what is newer survives"


def test_the_professional_view_stands_beside_the_words_and_can_go_again(desk: Desk) -> None:
    citizen = seed(desk)
    goal = goals.add(desk, citizen, GoalForm("substances", "Drikke mindre")).id
    goals.set_view(desk, goal, " Det dulmer smerter ")
    assert goals.read(desk, citizen)[0].professional_view == "Det dulmer smerter"
    goals.set_view(desk, goal, " ")
    assert goals.read(desk, citizen)[0].professional_view is None
