"""The end of a course on screen (F9): the citizen's goals first, why it is closed, and the way back."""

from datetime import datetime, timedelta

import flet as ft
import pytest

from fieldapp.actions import citizens, closings, pauses, replacements, today
from fieldapp.actions.closings import ClosingForm
from fieldapp.actions.replacements import ReplacementForm
from fieldapp.domain.values import Support
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import CET, TODAY, an_id
from tests.fake_client import FakeClient
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.test_sync import refuse_all

CTI = ("method", {"method": "cti", "from_on": "2026-03-01"})
GOAL = ("goal", {"id": an_id(), "dimension": "housing", "title": "En stol mere til bordet", "decided_by": "citizen"})
SAID = ("own_words", {"aspect": "hope", "text": "At sove en hel nat.", "said_on": "2026-10-01"})
NOT_BEGUN = "Du kan ikke afslutte endnu. Den nye støtte skal være begyndt først."


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Bent", known=300, met=(2,), more=(CTI, GOAL, SAID))))
    return ids[0]


def support(door: Door, citizen: str) -> str:
    shown = door.desk and citizens.read(door.desk, citizen)
    assert shown
    return shown.standing.support


def can_be_ended(app: FakeClient) -> bool:
    return app.surfaces()["end-course"].on_click is not None


def page(bent: str) -> str:
    return f"/citizen/{bent}/ending/close"


async def test_the_way_to_it_begins_with_the_course_and_the_others(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("more-ending")
        texts = app.texts()
        steps = ["Opsporing", "Visitation", "Etablering af boligløsning", "Indsats", "Brobygning", "Afslutning"]
        assert [text for text in texts if text in steps][:6] == steps, "K1: in the order of the figure"
        assert "Indsats: nu" in texts and "Opsporing: har været" in texts
        await app.tap("ending-close")
        assert app.page.route == page(bent)


async def test_acceptance_05_without_a_replacement_that_has_begun_the_button_is_closed_and_says_why(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, page(bent)) as app:
        await app.tap("ground-replacement")
        assert not can_be_ended(app) and NOT_BEGUN in app.texts()
        await app.tap("end-course")
        assert support(door, bent) is Support.ACTIVE

        await app.tap("takes-over")
        await app.tap("what-ordinary_85")
        await app.write("who", "Tine fra bostøtten")
        await app.tap("starts-on-pick")
        picker = next(each for each in app.walk() if isinstance(each, ft.DatePicker))
        await app.fire(picker, "change", value=datetime(2026, 11, 26, tzinfo=CET))
        assert "begun" not in app.identifiers(), "what begins tomorrow has not begun"
        await app.tap("save")
        assert not can_be_ended(app)
        assert "Den nye støtte begynder 26. november. Du kan afslutte fra den dag." in app.texts()

        await app.tap("takes-over")
        await app.tap("starts-on-0")
        await app.tap("save")
        assert not can_be_ended(app) and NOT_BEGUN in app.texts(), "a date is no beginning: somebody says so"
        await app.tap("takes-over")
        await app.tap("begun")
        await app.tap("save")
        assert can_be_ended(app) and NOT_BEGUN not in app.texts()

        await app.tap("end-course")
        assert "Forløbet med Bent slutter i dag. Bent kan altid komme tilbage." in app.texts()
        assert support(door, bent) is Support.ACTIVE, "not before the answer"
        await app.tap("no")
        await app.tap("end-course")
        await app.tap("yes-end")
        assert app.page.route == f"/citizen/{bent}"
        assert support(door, bent) is Support.CLOSED
        assert "Afsluttet 25. november. Bent kan altid komme tilbage." in app.texts()
        await app.tap("Fortryd")
        assert support(door, bent) is Support.ACTIVE


async def test_k8_the_citizens_own_goals_and_words_stand_first_and_it_is_no_decision(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, page(bent)) as app:
        texts = app.texts()
        first = texts.index("Borgerens egne mål og ord")
        assert first < texts.index("“At sove en hel nat.”") < texts.index("En stol mere til bordet")
        assert texts.index("En stol mere til bordet") < texts.index("Hvorfor slutter forløbet?")
        assert "At afslutte her er ikke en afgørelse. Den træffer kommunen, og borgeren kan klage over den." in texts
        await app.tap("ground-replacement")
        assert "Efter Housing First-manualen, afsnit 2.3. At appen venter på det, er vores eget valg." in app.texts()


async def test_silence_is_no_ground_and_the_page_says_so(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Preben", known=400, met=(390,))))
    async with behind(door, page(ids[0])) as app:
        assert "ground-death" not in app.identifiers(), "a death has its own page"
        assert not [name for name in app.identifiers() if "silence" in name and name.startswith("ground")]
        assert (
            "At I ikke har hørt fra Preben længe er ikke en grund til at afslutte. "
            "Skru ned, eller ræk ud på en anden måde." in app.texts()
        )
        assert "Hvad står i vejen lige nu? Hvad ville hjælpe?" in app.texts(), "L9"
        assert not can_be_ended(app) and "Vælg, hvorfor forløbet slutter." in app.texts()


async def test_manages_alone_is_said_in_the_citizens_own_words(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, page(bent)) as app:
        await app.tap("ground-manages_own_judgement")
        assert "Det er Bents egen vurdering. Skriv den med Bents egne ord." in app.texts()
        await app.write("own-words", " ")
        assert not can_be_ended(app)
        await app.write("own-words", "Nu kan jeg godt selv.")
        assert can_be_ended(app)
        await app.tap("end-course")
        await app.tap("yes-end")
        assert "“Nu kan jeg godt selv.”" in app.texts() and support(door, bent) is Support.CLOSED


async def test_own_wish_waits_for_a_no_and_for_the_day_to_ask_again_or_the_leader(
    door: Door, behind: Behind, bent: str
) -> None:
    assert door.desk is not None
    async with behind(door, page(bent)) as app:
        await app.tap("ground-own_wish")
        assert "Notér først, hvad Bent siger til støtten. Et nej en dag afslutter ikke noget." in app.texts()
        await app.tap("to-ground")
        await app.tap("no-thanks")
        await app.write("own-words", "Jeg vil hellere selv.")
        await app.tap("save")
        assert support(door, bent) is Support.ACTIVE
        await app.go(page(bent))
        assert not can_be_ended(app) and any(text.startswith("I har aftalt, at du spørger") for text in app.texts())
        await app.tap("leader-told")
        assert can_be_ended(app)


@pytest.mark.parametrize(
    ("ground", "why", "kind", "fields"),
    [
        (
            "long_imprisonment",
            "Det er ikke noteret, at Bent er i arrest eller fængsel.",
            "absence",
            {"place": "prison", "since_on": "2026-03-01"},
        ),
        (
            "moved_municipality",
            "Notér først, hvor Bent flytter hen, og hvem der tager over dér.",
            "municipality_move",
            {"on": "2026-11-20", "to": "Fjordby", "agreed_on": "2026-11-25"},
        ),
    ],
)
async def test_i6_k9_the_other_grounds_open_with_what_is_noted(
    door: Door, behind: Behind, bent: str, ground: str, why: str, kind: str, fields: dict[str, str]
) -> None:
    async with behind(door, page(bent)) as app:
        await app.tap(f"ground-{ground}")
        assert not can_be_ended(app) and why in app.texts()
    assert door.desk is not None
    arrive(door.desk, a_row(kind, bent, **fields))
    async with behind(door, page(bent)) as app:
        await app.tap(f"ground-{ground}")
        assert can_be_ended(app)


async def test_the_authoritys_decision_wants_the_leader_told_and_asks_for_what_takes_over(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, page(bent)) as app:
        await app.tap("ground-authority_decision")
        assert "Tal med din leder først, og notér, at du har gjort det." in app.texts()
        assert "takes-over" in app.identifiers()
        await app.tap("leader-told")
        assert can_be_ended(app)


async def test_goodbye_words_are_offered_and_the_last_meeting_is_agreed(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    replacements.keep(door.desk, bent, ReplacementForm("ordinary_85", "Tine Opfundet", "00 00 00 99", TODAY, True))
    async with behind(door, page(bent)) as app:
        assert "“Døren er åben. Ring, hvis du får brug for det.”" in app.texts()
        await app.tap("open-door-use")
        await app.tap("last-meeting-on-7")
        await app.tap("ground-replacement")
        await app.tap("end-course")
        await app.tap("yes-end")
        last = closings.last(door.desk, bent)
        assert last is not None and last.last_meeting_on == TODAY + timedelta(days=7)
        assert last.open_door == "Døren er åben. Ring, hvis du får brug for det."
        assert last.replacement is not None and last.begun and last.replacement_starts_on == TODAY


async def test_goodbye_words_may_be_ones_own_and_none_of_them_is_written_over(
    door: Door, behind: Behind, bent: str
) -> None:
    """The field is there from the first: what is offered stands below it, until the first letter."""
    async with behind(door, page(bent)) as app:
        before = app.field("open-door")
        await app.write("open-door", "K")
        assert "open-door-use" not in app.identifiers(), "a tap would write over it"
        await app.write("open-door", "Kig forbi, når som helst.")
        assert app.field("open-door") is before, "no letter is lost"
        await app.write("open-door", "")
        await app.tap("open-door-use")
        assert app.field("open-door").value == "Døren er åben. Ring, hvis du får brug for det."
        await app.write("open-door", "Døren er åben, Bent.")
        await app.leave("open-door")
    async with behind(door, page(bent)) as app:
        assert app.field("open-door").value == "Døren er åben, Bent."
        assert any(text.startswith("Din tekst fra kl. ") for text in app.texts()), "it is said that it was kept"


async def test_a_prison_from_before_the_support_was_resumed_is_told_and_is_no_ground(
    door: Door, behind: Behind, bent: str, clock: Clock
) -> None:
    assert door.desk is not None
    arrive(door.desk, a_row("absence", bent, place="prison", since_on="2026-03-01"))
    closings.close(door.desk, bent, ClosingForm("long_imprisonment"))
    clock.move(days=30)
    pauses.resume(door.desk, bent)
    clock.move(days=1)
    async with behind(door, page(bent)) as app:
        await app.tap("ground-long_imprisonment")
        told = "Den tid i arrest eller fængsel, der er noteret, var før, støtten blev genoptaget 25. december."
        assert not can_be_ended(app) and told in app.texts()


async def test_the_goodbye_text_opens_filled_with_whom_to_write_to(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    replacements.keep(door.desk, bent, ReplacementForm("ordinary_85", "Tine Opfundet", "00 00 00 99", TODAY, True))
    async with behind(door, page(bent)) as app:
        await app.tap("farewell")
        assert app.page.route == f"/citizen/{bent}/reach/text"
        assert app.field("own-text").value == (
            "Hej Bent. Tak for tiden sammen. Fra nu af er det Tine, du kan skrive til, på 00 00 00 99. "
            "Alt det bedste. Freja"
        )


async def test_what_was_begun_waits_on_i_dag(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, page(bent)) as app:
        await app.tap("ground-manages_own_judgement")
        await app.write("own-words", "Nu kan jeg")
        await app.leave("own-words")
        await app.go("/")
        await app.tap(f"draft-closing:{bent}")
        assert app.field("own-words").value == "Nu kan jeg"
        assert any(text.startswith("Din tekst fra kl. ") for text in app.texts())


async def test_an_ending_the_server_would_not_have_is_shown_and_the_citizen_is_on_the_list(
    door: Door, behind: Behind, bent: str
) -> None:
    assert door.desk is not None
    closings.close(door.desk, bent, ClosingForm("manages_own_judgement", own_words="Nu kan jeg godt selv."))
    refuse_all(door.desk, "no_ground")
    async with behind(door, "/sync") as app:
        await app.tap("Se: Enden på forløbet med Bent")
        assert "Grunden til at afslutte holder ikke. Støtten fortsætter, og borgeren står på din liste." in app.texts()
    assert support(door, bent) is Support.ACTIVE and today.read(door.desk).citizens == 1


async def test_with_large_text_every_page_is_there(door: Door, behind: Behind, bent: str) -> None:
    pages = {
        "ending": "ending-close",
        "ending/close": "end-course",
        "ending/close/replacement": "save",
        "ending/death": "note-death",
        "ending/bridges": "add-bridge",
        "ending/bridges/new": "save",
        "ending/takeovers": "takeover-finances",
        "ending/takeovers/finances": "save",
        "ending/change": "save",
        "ending/move": "save",
    }
    async with behind(door, width=360, height=640) as app:
        await app.text_scale(2.0)
        for route, name in pages.items():
            await app.go(f"/citizen/{bent}/{route}")
            assert name in app.identifiers(), route
