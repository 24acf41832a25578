"""The method's page, choosing one, the phase shift, whether it fits, how close the support is."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import flet as ft
import pytest

from fieldapp.actions import citizens, intensity, method_fit, method_focus, methods, phases
from fieldapp.actions.desk import Desk
from fieldapp.actions.phases import PhaseForm
from fieldapp.domain.values import Method
from fieldapp.views import marks
from tests.desks import seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, in_full

#: 000 §4.3.1, word for word and in order.
CORE = """Recovery-orienteret
Tidsafgrænset
Faseopdelt
Aftagende intensitet
Målrettet fokus på særlige områder, der er udvalgt af borgeren
Individuelt tilpasset den enkelte borger
Baseret i lokalmiljøet
Udføres af medarbejdere med rette uddannelse eller kompetencer""".splitlines()
ACT = ("method", {"method": "act", "from_on": "2026-08-01"})


def a_citizen(door: Door, *more: tuple[str, dict[str, Any]], seed_one: Any = None, **fields: Any) -> str:
    ids: list[str] = []
    made = seed_one or (lambda desk: seed(desk, "Bent", met=(1,), more=more, **fields))
    door.begin("open", seed=lambda desk: ids.append(made(desk)))
    return ids[0]


def in_phase(phase: str, ends_in: int) -> tuple[tuple[str, dict[str, Any]], ...]:
    """CTI in that phase, begun so that it ends in so many days."""
    began = (TODAY + timedelta(days=ends_in - 91)).isoformat()
    return ("method", {"method": "cti", "from_on": began}), ("phase", {"phase": phase, "from_on": began})


def desk_of(door: Door) -> Desk:
    assert door.desk is not None
    return door.desk


async def test_c1_c3_c4_t2_the_cti_card_has_the_named_phases_the_aims_and_the_eight_core_elements(
    door: Door, behind: Behind
) -> None:
    citizen = a_citizen(door, seed_one=in_full)
    async with behind(door, f"/citizen/{citizen}") as app:
        await app.tap("to-method")
        assert app.page.route == f"/citizen/{citizen}/method"
        texts = app.texts()
        assert [text for text in texts if text in CORE] == CORE
        assert "1. fase: Overgang til egen bolig" in texts and "3. fase: Overdragelse af støtte" in texts
        assert "Kontaktskabelsesperiode: Kontaktskabelse og orientering om indsatsen" in texts
        assert "2. fase: Afprøvning · nu" in texts and "Tælles ikke med i de ni måneder" in texts
        assert {"aim-network", "save-aims"} & set(app.identifiers()) == {"aim-network"}
        assert "meget tæt" in texts  # what is seen of the falling intensity


async def test_c3_the_phase_is_shifted_together_from_the_strip(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, *in_phase("transition", 12))
    async with behind(door, f"/citizen/{citizen}") as app:
        await app.tap("phase-strip")
        assert "Fasen skifter aldrig af sig selv." in app.all_text()
        assert "Det næste er 2. fase: Afprøvning" in app.texts() and "to-fits" not in app.identifiers()
        await app.write("own-view", "Jeg vil gerne prøve selv.")
        await app.tap("shift-phase")
        assert app.page.route == f"/citizen/{citizen}" and "Gemt. 2. fase: Afprøvning i dag." in app.texts()
        now = phases.read(desk_of(door), citizen)
        assert now is not None and now.phase == "try_out" and now.said[0].own_view == "Jeg vil gerne prøve selv."
        await app.tap("undo")
        assert "Fase 1 af 3: Overgang til egen bolig" in app.texts()


async def test_c3_not_yet_keeps_the_phase_and_says_when_you_look_again(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, *in_phase("try_out", 12))
    async with behind(door, f"/citizen/{citizen}/phase") as app:
        assert "to-fits" in app.identifiers()
        await app.tap("again-28")
        await app.tap("not-yet")
        assert "Ikke endnu. Vi ser på det igen den 23. december." in app.texts()
        page = citizens.read(desk_of(door), citizen)
        assert page is not None and page.phase == "try_out"


@pytest.mark.parametrize(
    ("ends_in", "said"),
    [(22, "Om 1 dag taler I om næste fase"), (21, "Om 21 dage slutter fasen. Tal sammen om den næste.")],
)
def test_f9_the_strip_counts_to_the_talk_and_then_to_the_end_of_the_phase(door: Door, ends_in: int, said: str) -> None:
    citizen = a_citizen(door, *in_phase("transition", 40))
    page = citizens.read(desk_of(door), citizen)
    assert page is not None
    [strip, *_space] = marks.phase_strip(replace(page, phase_ends_on=TODAY + timedelta(days=ends_in)), TODAY)
    assert said in said_in(strip)


def said_in(control: object) -> list[str]:
    """Every text below a control that is on no page."""
    inner = [getattr(control, "content", None), *(getattr(control, "controls", None) or [])]
    own = [control.value] if isinstance(control, ft.Text) else []
    return [*own, *(words for each in inner if each is not None for words in said_in(each))]


async def test_c3_before_the_end_of_the_course_no_day_past_it_is_offered(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, *in_phase("handover", 10))
    async with behind(door, f"/citizen/{citizen}/phase") as app:
        shown = set(app.identifiers())
        assert "again-7" in shown and not {"again-14", "again-28"} & shown
        ends = phases.read(desk_of(door), citizen)
        assert ends is not None and ends.ends_on is not None
        assert f"again-{(ends.ends_on - TODAY).days}" in shown, "what is proposed is the end itself"
        await app.tap("not-yet")
        now = phases.read(desk_of(door), citizen)
        assert now is not None and now.said[0].phase is None


async def test_c2_the_first_phase_is_proposed_to_begin_on_the_day_of_the_move(door: Door, behind: Behind) -> None:
    moves = TODAY + timedelta(days=6)
    known = (("method", {"method": "cti", "from_on": "2026-11-01"}), ("housing_period", {"move_in_on": moves}))
    citizen = a_citizen(door, *known, ("phase", {"phase": "contact_period", "from_on": "2026-11-01"}))
    async with behind(door, f"/citizen/{citizen}/phase") as app:
        assert "Indflytning: tirsdag" in app.texts() and "shift-phase" not in app.identifiers()
        await app.tap("begin-phase")
        assert "1. fase begynder på tirsdag" in app.texts()
        now = phases.read(desk_of(door), citizen)
        assert now is not None and (now.phase, now.planned_on) == ("contact_period", moves)


async def test_the_last_phase_asks_who_takes_over_and_leads_to_no_other(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, *in_phase("handover", 20))
    async with behind(door, f"/citizen/{citizen}/phase") as app:
        assert "shift-phase" not in app.identifiers() and "not-yet" in app.identifiers()
        assert "Hvem tager over? Den nye støtte begynder, før denne slutter." in app.texts()


@pytest.mark.parametrize("method", [ICM, ACT], ids=["icm", "act"])
async def test_acceptance_08_icm_and_act_have_no_end_date_on_any_page_and_a_review_after_three_months(
    door: Door, behind: Behind, method: tuple[str, dict[str, Any]]
) -> None:
    left_over = ("phase", {"phase": "try_out", "from_on": "2026-05-01"})
    citizen = a_citizen(door, left_over, method)
    async with behind(door, f"/citizen/{citizen}") as app:
        assert "phase-strip" not in app.identifiers() and "slutter" not in app.all_text()
        await app.go(f"/citizen/{citizen}/method")
        assert "Varer, så længe borgeren har behov for støtten." in app.texts()
        assert not [word for word in ("slutter", " til den ", "ni måneder", "fase") if word in app.all_text()]
        await app.go(f"/citizen/{citizen}/review")
        assert "Det er tid til en gennemgang sammen." in app.texts()
        await app.go(f"/citizen/{citizen}/phase")
        assert "shift-phase" not in app.identifiers()
    page = citizens.read(desk_of(door), citizen)
    assert page is not None and (page.phase_ends_on, page.review_due_on) == (None, date(2026, 11, 1))


async def test_c11_the_ten_areas_of_act_are_marked_as_worked_with_now(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, ACT)
    async with behind(door, f"/citizen/{citizen}/method") as app:
        assert len([name for name in app.identifiers() if name.startswith("area-")]) == 10
        await app.tap("area-trust")
        assert app.texts().count("Arbejdes der med nu") == 2  # the heading and the one
        assert method_focus.read(desk_of(door), citizen, "act").acts == {"trust"}


async def test_c7_icms_areas_come_from_the_teams_list_which_is_empty_first(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, ICM)
    async with behind(door, f"/citizen/{citizen}/method") as app:
        await app.tap("fill-focus")
        assert "Listen er tom" in app.texts()
        await app.tap("add-focus")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("focus-text", "Opfundet område")
        await app.tap("save")
        await app.go(f"/citizen/{citizen}/method")
        [(id, _words, _now)] = method_focus.read(desk_of(door), citizen, "icm").items
        await app.tap(f"item-{id}")
        assert method_focus.read(desk_of(door), citizen, "icm").items == ((id, "Opfundet område", True),)


async def test_c8_act_tells_how_its_three_dimensions_stand_in_words(door: Door, behind: Behind) -> None:
    at = TODAY - timedelta(days=2)
    marked = {"occurred_at": f"{at}T12:00:00+01:00", "mode": "met", "act_dimensions": ["health"]}
    citizen = a_citizen(door, ACT, ("contact", marked))
    async with behind(door, f"/citizen/{citizen}/method") as app:
        texts = app.texts()
        place = texts.index("Specialiseret helbredsmæssig indsats")
        assert texts[place + 1] == "Med i de fleste kontakter" and texts.count("Ikke for nylig") == 2


async def test_d9_any_of_the_four_signals_gives_the_sentence_and_no_change(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, *in_phase("try_out", 30))
    said = "Tal med Bent og visitationen om, hvorvidt ICM eller ACT passer bedre. Det er jer, der vurderer."
    async with behind(door, f"/citizen/{citizen}/method") as app:
        await app.tap("to-fits")
        for question in ("Er der brug for mere støtte, end CTI rummer?", "Er ni måneder for lidt?",
                         "Er det svært at skrue støtten ned?",
                         "Vil det være forkert for borgeren at skifte støtteperson?"):  # fmt: skip
            assert question in app.texts()
        await app.tap("longer-no")
        assert said not in app.texts()
        await app.tap("shift_wrong-yes")
        assert said in app.texts()
        await app.write("own-view", "Jeg vil helst blive hos dig.")
        await app.tap("save")
        assert app.page.route == f"/citizen/{citizen}/method" and said in app.texts()
    [fit] = method_fit.read(desk_of(door), citizen)
    assert (fit.signs, fit.own_view) == (("shift_wrong",), "Jeg vil helst blive hos dig.")
    shown = methods.read(desk_of(door), citizen)
    assert shown is not None and shown.method == "cti"


async def test_h1_g8_after_ninety_days_the_overview_asks_and_keeping_is_one_tap(door: Door, behind: Behind) -> None:
    moved = TODAY - timedelta(days=90)
    citizen = a_citizen(door, ICM, ("housing_period", {"move_in_on": moved}),
                        ("intensity", {"level": 4, "from_on": moved}))  # fmt: skip
    async with behind(door, f"/citizen/{citizen}") as app:
        assert "Passer støtten stadig?" in app.texts()
        await app.tap("keep-support")
        assert "Passer støtten stadig?" not in app.texts()
        assert intensity.history(desk_of(door), citizen)[0].level == 4
        await app.tap("undo")
        await app.tap("turn-support")
        await app.tap("turn-down")
        await app.tap("save")
        assert intensity.history(desk_of(door), citizen)[0].level == 3


@pytest.mark.parametrize(("shifted", "asks"), [(0, False), (60, True)])
async def test_h2_below_regular_the_joint_look_is_asked_for_unless_a_phase_was_just_shifted(
    door: Door, behind: Behind, shifted: int, asks: bool
) -> None:
    known = (*in_phase("try_out", 91 - shifted), ("intensity", {"level": 3, "from_on": "2026-11-01"}))
    citizen = a_citizen(door, *known)
    async with behind(door, f"/citizen/{citizen}/intensity") as app:
        assert "Det passer, som det er" in app.texts()
        await app.tap("turn-down")
        assert ("assess-14" in app.identifiers()) is asks
        assert "timer" in app.all_text() and "Jævnlig" in app.texts()  # how it has been


async def test_a_phase_shift_half_written_waits_on_i_dag(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, *in_phase("transition", 12))
    async with behind(door, f"/citizen/{citizen}/phase") as app:
        await app.write("own-view", "Måske.")
        await app.leave("own-view")
        await app.go("/")
        await app.tap(f"draft-{phases.draft_key(citizen)}")
        assert app.field("own-view").value == "Måske."
        phases.shift(desk_of(door), citizen, PhaseForm())


async def test_with_large_text_the_pages_are_all_there(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, *in_phase("try_out", 12))
    pages = {"method": "choose-method", "method/choose": f"method-{Method.ACT_MODIFIED}", "phase": "shift-phase",
             "intensity": "save", "fits": "save", "review": "new-review", "review/new": "save"}  # fmt: skip
    async with behind(door, width=360, height=640) as app:
        await app.text_scale(2.0)
        for then, name in pages.items():
            await app.go(f"/citizen/{citizen}/{then}")
            assert name in app.identifiers(), then
        for route in ("/more/methods", "/more/focus", "/more/law", "/more/law/p85a_2"):
            await app.go(route)
            assert "back" in app.identifiers(), route
