"""What the note form holds besides words: ACT's marks, tools, the intensity, supervision, the case system."""

from datetime import timedelta

import pytest

from fieldapp.actions import contacts, rows
from fieldapp.domain.access import team_scope
from fieldapp.domain.values import Content, Place
from fieldapp.domain.values_day import FocusArea, Tool
from fieldapp.store.tables import IntensityRow, NextStepRow
from tests.desks import KARIM, TEAM, a_row, an_assignment, arrive, seed
from tests.examples import NOW, TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, REGULAR, agreed, moments

ACT = ("method", {"method": "act", "from_on": "2026-08-01"})
#: 000 §4.5.1, word for word.
TEN = """Kontaktskabelse og orientering om ACT-indsatsen
Opbygning af tillid mellem borger og ACT-team
Løbende og vedholdende kontakt til borgeren
Støtte borgeren i at etablere sig i egen bolig og organisere hverdagen
Støtte borgeren i at afdække støttebehov og muligheder samt behandlingsmæssige indsatser
Støtte og samarbejde med borgeren om, at udarbejde en plan for ACT-indsatsen
Introducere borgeren til nærmiljø og relevante lokale sociale tilbud
Afprøve og tilpasse socialfaglige, sundhedsfaglige og administrative indsatser
Løbende vurdering af støtte- og behandlingsbehov
Dokumentation af indsatsen""".splitlines()


def with_method(door: Door, *more: tuple[str, dict[str, object]]) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Bent", met=(1,), more=(REGULAR, *more))))
    return ids[0]


def turned(door: Door, citizen: str) -> list[tuple[int, str | None]]:
    assert door.desk is not None
    with door.desk.store.reading() as session:
        return [(row.level, row.reason) for row in rows.of_citizen(session, IntensityRow, citizen)]


def planned(door: Door, citizen: str) -> list[tuple[object, str | None]]:
    assert door.desk is not None
    with door.desk.store.reading() as session:
        return [(row.on, row.text) for row in rows.of_citizen(session, NextStepRow, citizen)]


async def test_c8_c11_an_act_contact_is_marked_with_the_three_dimensions_and_the_ten_focus_areas(
    door: Door, behind: Behind
) -> None:
    """T18: *Dokumentation af indsatsen* is one of them, and the contact log is where it is done."""
    citizen = with_method(door, ACT)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("more-about")
        assert [text for text in app.texts() if text in TEN] == TEN
        await app.tap("act_dimensions-health")
        await app.tap("focus_areas-trust")
        await app.tap("focus_areas-documentation")
        await app.tap("save")
        await app.go(f"/citizen/{citizen}")
        await app.tap("tab-timeline")
        await app.tap(f"moment-{moments(door, citizen)[0].id}")
        assert ", ".join((TEN[1], TEN[9])) in app.texts()
    note = moments(door, citizen)[0]
    assert note.act_dimensions == ("health",)
    assert note.focus_areas == (FocusArea.TRUST, FocusArea.DOCUMENTATION)


async def test_c8_c11_only_where_the_method_is_act(door: Door, behind: Behind) -> None:
    citizen = with_method(door, ICM)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("more-about")
        assert not [name for name in app.identifiers() if name.startswith(("focus_areas-", "act_dimensions-"))]


async def test_t1_what_was_done_lies_one_tap_away(door: Door, behind: Behind) -> None:
    """The content of the support (000 §1.1): everyday life, talk, along, authorities, treatment, company ..."""
    citizen = with_method(door)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("more-about")
        assert {f"content-{code}" for code in Content} <= set(app.identifiers())
        await app.tap("content-authority")
        await app.tap("content-activity")
        await app.tap("save")
    assert moments(door, citizen)[0].content == ("authority", "activity")


async def test_c16_t17_h9_the_support_is_given_wherever_the_citizen_is(door: Door, behind: Behind) -> None:
    """Home, street, drop-in, café, car, phone ..., and the worker's own words for any other place."""
    citizen = with_method(door)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("more-place")
        assert {f"place-{code}" for code in Place} <= set(app.identifiers())
        await app.tap("place-other")
        await app.write("place-text", "Bænken ved åen")
        await app.write("professional-view", "Gik en tur og fodrede ænder.")
        await app.tap("save")
    note = moments(door, citizen)[0]
    assert (note.place, note.professional_view) == ("Bænken ved åen", "Gik en tur og fodrede ænder.")


async def test_t3_the_professional_perspective_asks_what_may_lie_behind(door: Door, behind: Behind) -> None:
    citizen = with_method(door)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        hint = app.field("professional-view").hint_text
        assert isinstance(hint, str) and hint.endswith("Hvad kan der ligge bag?")
        await app.tap("save")
    assert moments(door, citizen)[0].professional_view is None, "a hint, never asked for"


async def test_h10_a_small_step_forward_is_one_line_and_stands_in_the_story(door: Door, behind: Behind) -> None:
    citizen = with_method(door)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("progress")
        await app.write("progress-text", "Åbnede selv brevet.")
        await app.tap("save")
        await app.go(f"/citizen/{citizen}")
        await app.tap("tab-goals")
        assert "Åbnede selv brevet." in app.texts()


async def test_t15_the_tools_one_used_are_folded_until_somebody_asks(door: Door, behind: Behind) -> None:
    citizen = with_method(door)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        assert not [name for name in app.identifiers() if name.startswith("tools-")]
        await app.tap("tools")
        assert {f"tools-{code}" for code in Tool} <= set(app.identifiers())
        await app.tap("tools-network_map")
        await app.tap("tools-motivational_interview")
        await app.tap("save")
        await app.go(f"/citizen/{citizen}")
        await app.tap("tab-timeline")
        await app.tap(f"moment-{moments(door, citizen)[0].id}")
        assert "Netværkskort, Motiverende samtale" in app.texts()


#: The rows of the checklist, each by the source's own name.
TOOLS = {
    "N11": ("De små skridts metode", "Forandringskompasset", "Forandringscirklen"),
    "N12": ("Personcentreret planlægning (Styr Livet)", "Livshistoriefortælling", "Social færdighedstræning",
            "Peerstøtte"),
}  # fmt: skip


async def test_n11_n12_each_of_the_sources_methods_is_a_mark_and_a_peer_can_be_asked(
    door: Door, behind: Behind
) -> None:
    citizen = with_method(door)
    assert door.desk is not None
    peer = a_row("colleague", citizen, worker=KARIM, name="Karim Opfundet", role="peer")
    arrive(
        door.desk, peer.model_copy(update={"scope": team_scope(TEAM)}), an_assignment(citizen, KARIM, NOW, role="peer")
    )
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("tools")
        for row, names in TOOLS.items():
            assert set(names) <= set(app.texts()), row
        await app.go(f"/citizen/{citizen}/ask/new")
        await app.tap("to-role-peer")
        assert "Peer-medarbejder" in app.texts()


async def test_supervision_and_the_case_system_are_a_mark_each(door: Door, behind: Behind) -> None:
    citizen = with_method(door)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("supervision")
        await app.tap("to-case-system")
        await app.tap("save")
        await app.go(f"/citizen/{citizen}")
        await app.tap("tab-timeline")
        await app.tap(f"moment-{moments(door, citizen)[0].id}")
        assert {"Tag med til supervision", "Skal også i fagsystemet"} <= set(app.texts())
    note = moments(door, citizen)[0]
    assert (note.supervision, note.to_case_system) == (True, True)


async def test_h1_the_support_is_turned_up_with_one_tap_and_a_reason_is_offered(door: Door, behind: Behind) -> None:
    citizen = with_method(door, ICM)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        assert "Jævnlig" in app.texts() and "intensity-why" not in app.identifiers()
        await app.tap("turn-up")
        assert "Fra jævnlig til tæt" in app.texts()
        assert {"Flytning", "Krise", "Borgeren bad om det", "Går godt", "Faseskift"} <= set(app.texts())
        await app.tap("why-Krise")
        await app.write("intensity-why", "Søvnløs")
        await app.tap("save")
        await app.go(f"/citizen/{citizen}")
        await app.tap("tab-timeline")
        assert "Støtten derfra: tæt" in app.texts()
    assert turned(door, citizen)[-1] == (4, "Krise. Søvnløs")


async def test_h2_turned_down_below_regular_it_asks_for_the_day_of_a_joint_look(door: Door, behind: Behind) -> None:
    citizen = with_method(door, ICM)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("turn-down")
        assert "Hvornår ser I på støtten sammen?" in app.texts()
        await app.tap("assess-14")
        await app.tap("save")
    assert turned(door, citizen)[-1] == (2, None)
    assert (TODAY + timedelta(days=14), "Se på støtten sammen") in planned(door, citizen)


async def test_h2_it_never_holds_up_gem_and_a_phase_shift_asks_nothing(door: Door, behind: Behind) -> None:
    cti = ("method", {"method": "cti", "from_on": "2026-05-01"})
    phase = ("phase", {"phase": "handover", "from_on": (TODAY - timedelta(days=3)).isoformat()})
    citizen = with_method(door, cti, phase)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("turn-down")
        assert "Hvornår ser I på støtten sammen?" not in app.texts()
        await app.tap("save")
        assert any(text.startswith("Gemt.") for text in app.texts())
    assert turned(door, citizen)[-1] == (2, None)


async def test_turned_there_and_back_is_as_it_was(door: Door, behind: Behind) -> None:
    citizen = with_method(door, ICM)
    async with behind(door, f"/citizen/{citizen}/note/met") as app:
        await app.tap("turn-up")
        await app.tap("turn-down")
        await app.tap("save")
    assert turned(door, citizen) == [(3, None)]


async def test_the_question_stands_there_ten_times_and_then_only_with_what_is_sensitive(
    door: Door, behind: Behind
) -> None:
    question = "Ville jeg være tryg ved, at borgeren læste det her?"
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(agreed(desk)))
    assert door.desk is not None
    for _time in range(9):
        contacts.note(door.desk, ids[0], contacts.ContactForm())
    async with behind(door, f"/citizen/{ids[0]}/note/met") as app:
        assert question in app.texts()
        await app.tap("save")
        await app.go(f"/citizen/{ids[0]}/note/met")
        assert question not in app.texts()
        await app.tap("sensitive")
        assert question in app.texts()


@pytest.mark.parametrize(
    "mode", ["met", "talked", "wrote", "citizen_called", "citizen_wrote", "citizen_came", "not_met"]
)
async def test_after_saving_one_line_says_the_next_step_and_offers_ret_and_fortryd(
    door: Door, behind: Behind, mode: str
) -> None:
    citizen = with_method(door, ICM)
    async with behind(door, f"/citizen/{citizen}/note/{mode}") as app:
        await app.tap("save")
        assert any(text.startswith("Gemt. Næste skridt: Ræk ud ") for text in app.texts())
        assert {"change", "undo"} <= set(app.identifiers())
        await app.tap("undo")
        assert "Fortrudt." in app.texts()
    assert [each.word for each in moments(door, citizen)] == ["met", "3"]


async def test_we_did_not_meet_today_is_neutral_and_counts_nothing(door: Door, behind: Behind) -> None:
    citizen = with_method(door, ICM)
    async with behind(door, f"/citizen/{citizen}/note/not_met") as app:
        assert not [name for name in app.identifiers() if name.startswith(("place-", "dimensions-", "tools"))]
        await app.tap("save")
        await app.go(f"/citizen/{citizen}")
        await app.tap("tab-timeline")
        assert "I mødtes ikke" in app.texts()
        assert not [text for text in app.texts() if "gange" in text]
