"""Choosing a method: the criteria word for word, side by side, with no score and none proposed; facts and the law."""

from typing import Any

import pytest

from fieldapp.actions import methods, reviews, team_lists
from fieldapp.domain.values import Method
from fieldapp.views.criteria import CRITERIA
from fieldapp.words import named
from tests.desks import seed
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM

#: Checklist 1.D with the corrections of review.md: what each cell holds, word for word.
CELLS = {
    "D1": ("I betydelig grad, i højere grad", "kun i nogen grad benytte og selv opsøge støtte og behandling",
           "Kun i meget begrænset omfang eller slet ikke"),
    "D2": ("Lettere eller middelsvær", "Typisk middelsvær",
           "Psykisk sygdom, også svær psykisk sygdom, og massive psykosociale vanskeligheder"),
    "D3": ("Lettere eller middelsvært", "Middelsvære problemer", "Svære problemer"),
    "D4": ("En kritisk overgangsperiode. Er ni måneder nok?", "En længerevarende periode",
           "Langvarig, vedvarende og intensiv"),
    "D5": ("Udskrivning fra hospital eller behandlingstilbud", "I fare for at miste boligen",
           "Har allerede en bolig og er i fare for at miste den"),
    "D6": ("Støtte til at opbygge og fastholde kontakten til tilbud i en kortere periode",
           "mere intensiv støtte, end almindelig § 85-bostøtte rummer",
           "Negative erfaringer med de etablerede hjælpesystemer"),
}  # fmt: skip


def a_citizen(door: Door, *more: tuple[str, dict[str, Any]]) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Bent", met=(1,), more=more)))
    return ids[0]


def test_d1_to_d6_each_criterion_stands_for_the_three_methods_in_the_sources_words() -> None:
    assert len(CRITERIA) == len(CELLS)
    for (_title, *cells), (row, wanted) in zip(CRITERIA, CELLS.items(), strict=True):
        for cell, words in zip(cells, wanted, strict=True):
            assert words in named(cell), row
    act = named(CRITERIA[4][3])
    assert "anbragt" not in act and "anbringelse" not in act  # §4.5.2 does not name them


async def test_d10_d12_d13_nothing_is_proposed_and_gem_waits_for_a_choice(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door)
    async with behind(door, f"/citizen/{citizen}/method") as app:
        assert "Ingen metode valgt endnu" in app.texts()
        await app.tap("choose-method")
        assert "Vælg en først." in app.texts()
        offered = [each for each in app.walk() if str(getattr(each, "identifier", "")).startswith("method-")]
        assert [each.identifier for each in offered] == [f"method-{each}" for each in Method], "the manual's order"  # type: ignore[attr-defined]
        assert not [each for each in offered if getattr(each, "selected", None)], "none comes first"
        assert getattr(app.find("save"), "on_click", None) is None
        assert "CTI-indsatsen er ikke målrettet borgere med behov for langvarig eller permanent intensiv støtte" in (
            app.all_text()
        )  # D7
        assert "ACT (modificeret)" in app.texts()
        assert "Alle i målgruppen, uanset alder." in app.all_text()  # D13
        await app.tap("method-act_modified")
        assert "Til valget hører en plan for boligen: hvordan, hvornår, og hvor man kan være imens." in app.texts()
        await app.tap("save")
        assert app.page.route == f"/citizen/{citizen}/method"
    assert door.desk is not None
    shown = methods.read(door.desk, citizen)
    assert shown is not None and shown.method == "act_modified"


async def test_what_was_chosen_is_still_so_after_the_way_to_the_home(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door)
    async with behind(door, f"/citizen/{citizen}/method/choose") as app:
        await app.tap("method-cti")
        await app.tap("to-home")
        assert app.page.route == f"/citizen/{citizen}/home"
        await app.go(f"/citizen/{citizen}/method/choose")
        assert "Vælg en først." not in app.texts()
        assert any(text.startswith("Din tekst fra kl. ") for text in app.texts())
        await app.tap("save")
        await app.go(f"/citizen/{citizen}/method/choose")
        assert "Vælg en først." in app.texts(), "the next time nothing is proposed"
    assert door.desk is not None
    shown = methods.read(door.desk, citizen)
    assert shown is not None and (shown.method, shown.from_on) == ("cti", door.desk.today())


async def test_f4_without_a_home_and_a_plan_a_choice_says_the_day_to_look_at_one(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door)
    async with behind(door, f"/citizen/{citizen}/method/choose") as app:
        await app.tap("method-icm")
        await app.tap("save")
        assert "Gemt. I ser på planen for en bolig den 9. december." in app.texts()
        await app.go(f"/citizen/{citizen}/method/choose")
        await app.tap("method-act")
        await app.tap("save")
        assert "Gemt." in app.texts(), "the plan is there now"


async def test_b4_the_criteria_stand_beside_what_was_found_out(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, ("use_of_offers", {"on": "2026-11-01", "level": "some_degree"}))
    async with behind(door, f"/citizen/{citizen}/method/choose") as app:
        assert "I nogen grad (1. november)" in app.texts()
        assert not [text for text in app.texts() if text.strip().isdigit() or "point" in text.lower()]


@pytest.mark.parametrize("width", [390, 1200])
async def test_the_criteria_are_there_on_phone_and_tablet(door: Door, behind: Behind, width: float) -> None:
    citizen = a_citizen(door)
    async with behind(door, f"/citizen/{citizen}/method/choose", width=width) as app:
        for wanted in CELLS.values():
            assert all(words in app.all_text() for words in wanted)


async def test_c18_the_facts_of_the_three_methods_are_about_nobody(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, ICM)
    async with behind(door, "/more") as app:
        await app.tap("more-methods")
        said = app.all_text()
        for words in ("Bostøtte i egen bolig, er tidsbegrænset og opdelt i adskilte faser.",
                      "samtidig med bostøtte i egen bolig og uden tidsbegrænsning.",
                      "Et ambulant, udgående og tværfagligt indsatsteam.",
                      "Der arbejdes ikke efter et visiteret antal timer."):  # fmt: skip
            assert words in said
        assert "Bent" not in said and citizen not in " ".join(app.identifiers())


async def test_q1_the_paragraphs_with_85_a_are_read_offline_and_worded_by_the_team(door: Door, behind: Behind) -> None:
    a_citizen(door)
    async with behind(door, "/more") as app:
        await app.tap("more-law")
        assert {"§ 85", "§ 85 a", "§ 85 a, stk. 2", "§ 99", "§ 104", "§ 110", "§ 141"} <= set(app.texts())
        assert "specialiserede støttemetoder fra Housing First-tilgangen" in app.all_text()
        await app.tap("paragraph-p85a_2")
        await app.write("text", "Sådan gør vi her.")
        await app.tap("save")
        assert "Sådan gør vi her." in app.texts() and "Med jeres teams ord" in app.texts()
        await app.tap("paragraph-p85a_2")
        await app.tap("end-entry")
        assert "Sådan gør vi her." not in app.texts()
        await app.tap("add-paragraph")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
    assert door.desk is not None and len(team_lists.paragraphs(door.desk)) == 9


async def test_k2_j7_l9_t19_a_review_is_held_together_and_read_again(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, ICM, ("intensity", {"level": 4, "from_on": "2026-08-01"}))
    async with behind(door, f"/citizen/{citizen}") as app:
        await app.tap("review-due")
        for asked in ("Hvad har du brug for nu?", "Er støtten for meget, for lidt eller passende?",
                      "Hvad synes Bent selv?", "Hvad står i vejen lige nu?", "Hvad ville hjælpe?",
                      "Hvor meget klarer Bent selv?", "Passer metoden stadig?"):  # fmt: skip
            assert asked in app.all_text()
        await app.write("need", "Nogen at ringe til.")
        await app.write("in-the-way", "Gælden.")
        await app.tap("enough-about_right")
        await app.tap("manages-alone-partly")
        await app.tap("method-fits-no")
        assert "Tal med Bent og visitationen om, hvilken metode der passer. Det er jer, der vurderer." in app.texts()
        await app.tap("to-fits")
        assert app.page.route == f"/citizen/{citizen}/review/new/fits"
        await app.tap("back")
        assert app.field("need").value == "Nogen at ringe til."
        await app.tap("turn-down")
        await app.tap("turn-down")
        assert "assess-14" not in app.identifiers()  # this is the joint look
        await app.tap("save")
        assert "Gemt. Næste gennemgang er den 25. februar." in app.texts()
        assert app.page.route == f"/citizen/{citizen}/review"
        assert {"“Nogen at ringe til.”", "Gælden.", "Delvist"} <= set(app.texts())
        await app.tap("back")
        assert "review-due" not in app.identifiers()
    assert door.desk is not None
    shown = reviews.read(door.desk, citizen)
    assert shown is not None and shown.held[0].enough == "about_right" and shown.method == "icm"


async def test_a_review_half_written_waits_on_i_dag(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, ICM)
    async with behind(door, f"/citizen/{citizen}/review/new") as app:
        await app.write("would-help", "Et møde.")
        await app.leave("would-help")
        await app.go("/")
        await app.tap(f"draft-{reviews.draft_key(citizen)}")
        assert app.field("would-help").value == "Et møde."
