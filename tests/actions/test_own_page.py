"""Nothing of the professional's column and nothing of anybody else is on the citizen's own page or on its paper."""

from dataclasses import asdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.actions import goals, own_page, together
from fieldapp.actions.desk import Desk
from fieldapp.actions.goals import GoalForm
from fieldapp.actions.together import TogetherForm
from fieldapp.domain.fields import Type
from fieldapp.domain.kinds import KINDS, Kind
from fieldapp.domain.own_page import SHOWN
from fieldapp.texts import use_language
from fieldapp.views.own_paper import FILE, paper, parts
from tests.desks import a_row, arrive, seed
from tests.domain.anything import fields_of
from tests.domain.test_sheet import read
from tests.examples import TODAY

#: One who is two people, or is not here, is another test's.
ANY = [k for k in KINDS.values() if k.ready and k.scope == "citizen" and k.name not in ("citizen_merge", "citizen")]
told = st.lists(st.sampled_from(ANY).flatmap(lambda kind: st.tuples(st.just(kind), fields_of(kind))), max_size=8)
Told = list[tuple[Kind, dict[str, Any]]]


def write(desk: Desk, citizen: str, mark: str, everything: Told) -> set[str]:
    """Each text a person wrote is a word of its own; those that may be seen on the citizen's page."""
    seen: set[str] = set()
    for number, (kind, fields) in enumerate(everything):
        for field in kind.fields:
            if field.type == Type.TEXT and field.name in fields:
                fields = fields | {field.name: f"{mark}{number}{field.name}"}
                seen |= {fields[field.name]} if field.name in SHOWN.get(kind.name, ()) else set()
        arrive(desk, a_row(kind.name, citizen, **fields))
    return seen


def test_whatever_is_written_about_two_people_each_page_holds_its_own_words_alone(desk: Desk) -> None:
    use_language("da")

    @settings(max_examples=40, deadline=None)
    @given(told, told)
    def each_time(mine: Told, theirs: Told) -> None:
        citizen, other = seed(desk, "Åse"), seed(desk, "Bent")
        allowed = write(desk, citizen, "mit", mine)
        write(desk, other, "andres", theirs)
        shown = own_page.read(desk, citizen)
        assert shown is not None
        for seen in (str(asdict(shown)), " ".join(read(paper(shown, TODAY)))):
            words = {word.strip("“”'\"(),:") for word in seen.split()}
            assert not {word for word in words if word.startswith("andres")} and "Bent" not in seen
            assert {word for word in words if word.startswith("mit")} <= allowed

    each_time()


def test_the_paper_begins_with_the_wishes_and_names_nobody_in_its_file(desk: Desk) -> None:
    """F7: "borgerens ønsker, drømme og håb … definerende"."""
    use_language("da")
    citizen = seed(
        desk,
        more=(
            ("strength", {"text": "Kan reparere næsten alt", "noted_on": TODAY}),
            ("own_words", {"aspect": "wish", "text": "Et bord", "said_on": TODAY}),
        ),
    )
    goal = goals.add(
        desk, citizen, GoalForm("housing", "En stol", step="Kigge i genbrugsen", step_by="worker", step_due_on=TODAY)
    ).id
    goals.set_view(desk, goal, "Fagligt perspektiv, som kun er fagligt")
    goals.set_harm(desk, goal, area="loneliness")
    shown = own_page.read(desk, citizen)
    assert shown is not None
    said = " ".join(read(paper(shown, TODAY)))
    places = [said.index(each) for each in ("Åse", "Med egne ord", "“Et bord”", "Kan reparere", "“En stol”", "Freja")]
    assert places == sorted(places)
    assert "fagligt" not in said.lower() and "Ensomhed" not in said
    assert "I dag" not in said and "Freja · 25. november" in said, "paper does not know what day it is read on"
    assert FILE == "side.pdf"


def test_l4_the_own_number_is_on_no_paper(desk: Desk) -> None:
    """Theirs alone: beside whatever else was said, neither a number nor the question of it is printed."""
    use_language("da")
    citizen = seed(desk)
    together.save(desk, citizen, TogetherForm(dimensions=("housing",), wish="Et bord", step="Kigge", near=7))
    shown = own_page.read(desk, citizen)
    assert shown is not None and [each.value for each in shown.page.near] == [7]
    said = " ".join(read(paper(shown, TODAY)))
    assert "“Et bord”" in said and "Kigge" in said
    assert "7" not in said and "tæt" not in said


def test_what_was_only_suggested_is_said_to_be_on_the_paper(desk: Desk) -> None:
    """L5: the citizen's page does not make a professional's suggestion theirs."""
    use_language("da")
    citizen = seed(desk)
    goals.add(desk, citizen, GoalForm("housing", "En stol"))
    goals.add(desk, citizen, GoalForm("finances", "Et budget", decided_by="proposed"))
    shown = own_page.read(desk, citizen)
    assert shown is not None
    theirs, suggested = [part.paragraphs for part in parts(shown, TODAY) if "“" in part.paragraphs[0]]
    assert theirs[0] == "“En stol”" and "Foreslået" not in " ".join(theirs)
    assert suggested[0] == "“Et budget”" and "Foreslået" in " ".join(suggested)
    assert "Foreslået" in " ".join(read(paper(shown, TODAY)))


def test_somebody_who_is_not_here_has_no_page(desk: Desk) -> None:
    assert own_page.read(desk, "01990000-0000-7000-8000-00000000dddd") is None
