"""*Sammen* (F6): one citizen's own page, large and simple, and no way out of it without the worker's code."""

from collections.abc import Iterator

import flet as ft
import pytest
from sqlmodel import select

from fieldapp import errors
from fieldapp.actions import drafts, goals, own_page, together
from fieldapp.actions.together import TogetherForm
from fieldapp.store.tables import AccessRow
from fieldapp.store.tables_life import ExportRow
from fieldapp.views import routes
from tests.desks import FREJA, a_row, arrive, seed
from tests.examples import TODAY
from tests.fake_client import FakeClient, walk
from tests.gates import PIN, WORDS, Door
from tests.views.conftest import Behind, Steady
from tests.views.people import GOAL, in_full
from tests.views.test_first_start import type_pin

OTHERS, VIEW = "Zenia Opfundet", "Kun for fagfolk"
FACES = ("talk", "page", "hand-back", "print")


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []

    def begin(desk: object) -> None:
        ids.append(in_full(desk))  # type: ignore[arg-type]
        goals.set_view(desk, GOAL, VIEW)  # type: ignore[arg-type]
        note = {"occurred_at": "2026-11-20T10:00:00+01:00", "mode": "met", "professional_view": VIEW}
        arrive(desk, a_row("contact", ids[0], **note))  # type: ignore[arg-type]
        arrive(desk, a_row("assessment_note", ids[0], on=TODAY, about="finances", needs=VIEW))  # type: ignore[arg-type]
        ids.append(seed(desk, OTHERS, met=(19,)))  # type: ignore[arg-type]

    door.begin("open", seed=begin)
    return ids[0]


def whole(app: FakeClient) -> str:
    """Everything the app has sent, whatever lies in front: each view, each dialog, what lies over all."""
    views = [ft.unwrap_component(view) for view in ft.unwrap_component(app.page.views)]
    assert len(views) == 1, "nothing lies behind it"
    open_now = [dialog for dialog in app.page._dialogs.controls if getattr(dialog, "open", False)]
    shown = [*walk(views), *walk(open_now), *walk(app.page.overlay)]
    names = ("value", "label", "text", "semantics_label", "hint_text", "tooltip", "identifier", "route")
    return "\n".join(said for each in shown for name in names if isinstance(said := getattr(each, name, None), str))


async def face(app: FakeClient, which: str) -> None:
    if which in ("page", "print"):
        await app.tap("tab-page")
    if which in ("hand-back", "print"):
        await app.tap(which)


def every_route(citizen: str, other: str) -> Iterator[str]:
    """Every page of the app, with each of the two as the citizen, and each of what may stand in a route as the rest."""

    def filled(route: ft.Route, before: str) -> Iterator[str]:
        path = f"{before}/{route.path}".replace("//", "/").rstrip("/") if route.path else before
        yield path or "/"
        for child in route.children or ():
            yield from filled(child, path)

    for route in routes.routes():
        for path in filled(route, ""):
            for who in (citizen, other):
                yield "/".join(_value(piece, who) for piece in path.split("/")) or "/"


def _value(piece: str, who: str) -> str:
    known = {":citizen": who, ":goal": GOAL, ":mode": "met", ":way": "text", ":what": "view", ":about": "finances"}
    return known.get(piece, "one" if piece.startswith(":") else piece)


@pytest.mark.parametrize("which", FACES)
async def test_acceptance_24_no_path_leads_to_another_citizen_or_the_professional_view_without_the_code(
    door: Door, behind: Behind, bent: str, which: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await face(app, which)
        before = whole(app)
        wanted = list(dict.fromkeys(every_route(bent, "01990000-0000-7000-8000-00000000eeee")))
        assert len(wanted) > 150
        for route in wanted:
            await app.go(route)
            assert whole(app) == before, route
        for _gesture in range(3):
            await app.back()
        await app.press("Escape")
        await app.resize(1280, 800)
        await app.text_scale(2.0)
        assert OTHERS not in whole(app) and VIEW not in whole(app)
        await app.text_scale(1.0)
        await app.resize(390)
        assert whole(app) == before
        assert "professional" not in before.lower() and "Fagligt perspektiv" not in before


async def test_what_arrives_and_what_was_said_before_show_nothing_there(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("urgent")  # its bar would offer to go back
        assert "Fortryd" in app.texts()
        await app.tap("together")
        before = whole(app)
        assert "Fortryd" not in before
        assert door.desk is not None
        arrive(door.desk, a_row("colleague_request", bent, on=TODAY, text=f"Ring til {OTHERS}", asked=FREJA))
        seed(door.desk, OTHERS)
        for state in ("moving", "needs_you", "there"):
            door.told(state=state)
            await app.settle()
            assert whole(app) == before
        app.root.rows.version += 1  # type: ignore[attr-defined]
        await app.settle()
        assert whole(app) == before


async def test_what_was_begun_before_it_says_nothing_there_and_the_page_counts_as_opened(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, "/more") as app:
        shown = app.root.screen  # type: ignore[attr-defined]
        shown.hand_over(bent)
        await app.settle()
        shown.saved(f"Gemt. Næste skridt: ring til {OTHERS}.", undo=lambda: None)
        await app.settle()
        assert OTHERS not in whole(app) and "Fortryd" not in whole(app)
        assert door.desk is not None
        with door.desk.store.reading() as session:
            assert [row.scope for row in session.exec(select(AccessRow))] == [f"citizen:{bent}"]


async def test_the_code_gives_the_phone_back_and_a_wrong_one_counts_as_at_the_lock(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await app.tap("hand-back")
        assert "Freja: indtast din kode" in app.texts()
        await type_pin(app, "111111")
        assert "Koden er forkert. Prøv igen." in app.texts() and app.root.around.together == bent  # type: ignore[attr-defined]
        door.refuses = errors.TooManyTries(90)
        await type_pin(app)
        assert "For mange forsøg. Prøv igen om 2 minutter. Dine notater er i sikkerhed." in app.texts()
        await app.tap("stay")
        assert "Hvad vil du gerne arbejde med?" in app.texts()
        await app.tap("hand-back")
        await type_pin(app)
        assert app.page.route == f"/citizen/{bent}" and "tab-timeline" in app.identifiers()
        assert door.asked.count("confirm") == 3 and "lock" not in door.asked


async def test_with_words_instead_of_a_pin_the_words_give_it_back(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", secret_form="words", seed=lambda desk: ids.append(in_full(desk)))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        await app.tap("together")
        await app.tap("hand-back")
        await app.write("words", "noget helt andet end ordene")
        await app.tap("hand-back-now")
        assert "tab-timeline" not in app.identifiers()
        await app.write("words", WORDS)
        await app.submit("words")
        assert "tab-timeline" in app.identifiers()


async def test_it_stays_awake_ten_minutes_and_then_locks_and_comes_back_to_itself(
    door: Door, behind: Behind, bent: str, steady: Steady
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await app.write("wish", "En hund")
        assert door.platform.awake
        steady.seconds += 599
        app.root.tick()  # type: ignore[attr-defined]
        assert door.state == "open"
        steady.seconds += 1
        app.root.tick()  # type: ignore[attr-defined]
        await app.settle()
        assert door.state == "locked" and not door.platform.awake
        assert "Bent" not in whole(app)
        await app.go(f"/citizen/{bent}/note")  # while nobody looks
        await type_pin(app)
        assert "Hvad vil du gerne arbejde med?" in app.texts() and "tab-timeline" not in app.identifiers()
        assert app.field("wish").value == "En hund" and door.platform.awake
        await app.tap("hand-back")
        await type_pin(app)
        assert not door.platform.awake
        steady.seconds += 120
        app.root.tick()  # type: ignore[attr-defined]
        await app.settle()
        assert door.state == "locked", "the worker's own two minutes again"


@pytest.mark.parametrize("how", ["hide", "hidden"])
async def test_hidden_it_locks_as_everywhere_and_the_code_leads_back_into_it(
    door: Door, behind: Behind, bent: str, steady: Steady, how: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await app.write("step", "Ringe til min søster")
        if how == "hide":
            await app.tap("hide")
            await app.tap("cover")
        else:
            await app.lifecycle("hide")
            steady.seconds += 61
            await app.lifecycle("show")
        assert "Indtast din kode" in app.texts() and door.state == "locked"
        await type_pin(app)
        assert app.field("step").value == "Ringe til min søster"
        assert app.root.around.together == bent  # type: ignore[attr-defined]


async def test_l4_the_citizens_own_number_stands_in_sammen_alone(door: Door, behind: Behind, bent: str) -> None:
    """Theirs alone: on no page of the worker's, on no list, in no history and on no paper."""
    assert door.desk is not None
    said = together.TogetherForm(near=4)
    together.save(door.desk, bent, said)
    pages = ("", "/goals/" + GOAL, "/review", "/assessment", "/own", "/method", "/ending")
    async with behind(door, "/") as app:
        for page in ("/", "/citizens", *(f"/citizen/{bent}{each}" for each in pages)):
            await app.go(page)
            assert "25. november: 4" not in app.all_text() and "Hvor tæt er du på" not in app.all_text(), page
        await app.go(f"/citizen/{bent}")
        for tab in ("tab-goals", "tab-timeline"):
            await app.tap(tab)
            assert "25. november: 4" not in app.all_text() and "Hvor tæt er du på" not in app.all_text(), tab
        await app.tap("tab-overview")
        await app.tap("together")
        await app.tap("tab-page")
        assert "25. november: 4" in app.texts()


async def test_f6_one_flow_is_saved_together_and_shown_at_once(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        for code in ("finances", "housing", "substances", "mental_health"):
            await app.tap(f"wheel-{code}")
            assert ("En til tre er ofte nok. Flere er helt i orden." in app.texts()) == (code == "mental_health")
        await app.tap("wheel-mental_health")
        await app.tap("wheel-substances")
        await app.tap("dimension-finances")
        await app.write("wish", "Betale regningerne selv")
        await app.write("well", "Jeg siger det, når det er svært")
        await app.write("step", "Åbne ét brev")
        await app.tap("by-worker")
        await app.tap("day-7")
        await app.tap("near-4")
        await app.tap("save")
        texts = app.texts()
        assert {"Gemt. Det er dine egne ord.", "“Betale regningerne selv”", "Åbne ét brev"} <= set(texts)
        assert "25. november: 4" in texts and any(text.startswith("Freja · ") for text in texts)
        await app.tap("tab-talk")
        assert app.field("wish").value == "", "what is saved does not stand there the next time"
        await app.tap("tab-page")
        assert "Gemt. Det er dine egne ord." not in app.texts()
    assert door.desk is not None
    shown = own_page.read(door.desk, bent)
    assert shown is not None and shown.page.focus == ("housing", "finances")


async def test_it_can_be_taken_back_and_the_words_are_there_again(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await app.write("hope", "At sove roligt")
        await app.tap("save")
        await app.tap("undo")
        assert app.field("hope").value == "At sove roligt"
        await app.tap("tab-page")
        assert "“At sove roligt”" not in app.texts()


async def test_nothing_is_fine_and_a_step_asks_what_it_is_about_and_loses_nothing(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await app.tap("save")
        assert "Der er ikke noget at gemme endnu. Det er også i orden." in app.texts()
        await app.write("step", "Ringe til min søster")
        await app.tap("save")
        assert "Vælg i hjulet, hvad skridtet handler om." in app.texts()
        assert app.field("step").value == "Ringe til min søster"
        await app.tap("wheel-network_relations")
        await app.tap("save")
        assert "Gemt. Det er dine egne ord." in app.texts()


async def test_paper_is_asked_for_in_there_and_made_when_the_worker_has_the_phone(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await app.tap("tab-page")
        await app.tap("print")
        assert door.platform.files == []
        await type_pin(app)
        assert app.page.route == f"/citizen/{bent}/own"
        await app.tap("print-own")
        ((name, file),) = door.platform.files
        assert name == "side.pdf" and file.startswith(b"%PDF")
        assert "Filen er lavet." in app.texts()
        assert door.desk is not None
        with door.desk.store.reading() as session:
            (row,) = session.exec(select(ExportRow)).all()
        assert (row.what, row.form) == ("own_page", "pdf"), "that it left is known, and nothing of what stood there"
        await app.tap("together")
        assert "tab-talk" in app.identifiers()


async def test_an_unfinished_talk_is_found_again_on_today(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    drafts.keep(door.desk, together.draft_key(bent), drafts.values_of(TogetherForm(wish="En hund")))
    async with behind(door, "/") as app:
        await app.tap(f"draft-together:{bent}")
        assert app.field("wish").value == "En hund" and OTHERS not in whole(app)


async def test_a_citizen_who_leaves_the_phone_meanwhile_leaves_a_sentence_and_the_way_back(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        assert door.desk is not None
        arrive(door.desk, a_row("citizen", bent, id=bent, known_as="Bent", void="mistake"))
        app.root.rows.version += 1  # type: ignore[attr-defined]
        await app.settle()
        assert "Siden er ikke på telefonen længere." in app.texts() and "Bent" not in whole(app)
        await app.tap("hand-back")
        await type_pin(app, PIN)
        assert app.root.around.together == ""  # type: ignore[attr-defined]


async def test_with_large_text_the_eight_are_words_too(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("together")
        await app.text_scale(2.0)
        await app.tap("dimension-network_relations")
        assert "De otte livsdimensioner. Valgt: Netværk og sociale relationer." in app.texts()
