"""I dag says what others have decided, whom the worker stands in for, and what waits for their decision."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldapp.actions import quarantine
from fieldapp.actions.desk import Desk
from fieldapp.actions.notices import Cover, Notice
from fieldapp.store import outbox
from fieldapp.views import news_words
from tests.desks import FREJA, KARIM, Clock, a_notice, an_assignment, arrive, kept_work, seed
from tests.examples import NOW, an_id
from tests.gates import Door
from tests.views.conftest import Behind

SAID = {"occurred_at": NOW, "mode": "met", "own_words": "Opfundne ord", "professional_view": "Opfundet syn"}


def told(what: str, **more: object) -> Notice:
    fields: dict[str, object] = {"ids": ("x",), "what": what, "at": NOW, "citizens": (), "count": 1}
    return Notice(**(fields | more))  # type: ignore[arg-type]


AASE = (("id", "Åse"),)


@pytest.mark.parametrize(("notice", "title", "sentence"), [
    (told("gained", citizens=AASE, role="responsible"), "Åse", "Du er støtteperson nu."),
    (told("gained", citizens=AASE, role="deputy"), "Åse", "Du er stedfortræder nu."),
    (told("gained", citizens=AASE * 2, count=2, role="team"), "Åse og Åse", "Støttes nu af dit team."),
    (told("gained", citizens=AASE * 5, count=5, role="a_newer_role"), "Åse, Åse, Åse og 2 til",
     "Du er støtteperson nu."),
    (told("lost", who="Karim Lyngå"), "En borger",
     "Karim Lyngå støtter borgeren nu. Oplysningerne er fjernet fra din telefon."),
    (told("lost", count=3), "3 borgere", "Du støtter ikke borgerne længere. Oplysningerne er fjernet fra din telefon."),
    (told("lost", role="deputy", who="Karim Lyngå"), "En borger",
     "Du er ikke stedfortræder mere. Oplysningerne er fjernet fra din telefon."),
    (told("quarantined", kind="contact", written=NOW, who="Karim Lyngå", citizens=AASE), "Et notat fra i dag",
     "Sendt. Venter på Karim Lyngå, som har overtaget Åse."),
    (told("quarantined", kind="contact", written=NOW - timedelta(days=1), who="Karim Lyngå"), "Et notat fra i går",
     "Sendt. Venter på Karim Lyngå."),
    (told("quarantined", count=2), "2 ting, du har skrevet", "Sendt. Venter på den nye ansvarlige."),
    (told("accepted", kind="goal", who="Karim Lyngå"), "Et mål", "Karim Lyngå har taget det med."),
    (told("rejected", kind="strength", who="Karim Lyngå", reason="already_there"), "Noget, du har skrevet",
     "Karim Lyngå har ikke taget det med: det stod der allerede."),
    (told("rejected", kind="attempt"), "En hilsen", "En kollega har ikke taget det med: noget andet."),
    (told("recovered", who="Birgit Opfundet"), "En ny kode til telefonen",
     "Birgit Opfundet sagde ja til en ny kode til din telefon. Har du ikke bedt om den, så sig det straks til din"
     " leder."),
    (told("recovered"), "En ny kode til telefonen",
     "Den, der driver serveren, sagde ja til en ny kode til din telefon. Har du ikke bedt om den, så sig det straks til"
     " din leder."),
    (told("login", who="Ida Opfundet"), "Et andet navn i kommunens login",
     "Ida Opfundet har skrevet, hvad du hedder i kommunens login. Vidste du det ikke, så sig det straks til en anden"
     " leder."),
])  # fmt: skip
def test_what_happened_is_one_calm_sentence(notice: Notice, title: str, sentence: str) -> None:
    assert news_words.title(notice, NOW) == title
    assert news_words.sentence(notice) == sentence


def test_whom_one_stands_in_for_is_said_with_the_last_day() -> None:
    until = datetime(2026, 12, 3, tzinfo=UTC).date()
    assert news_words.cover(Cover("Karim Lyngå", until, 2)) == (
        "Du er stedfortræder for Karim Lyngå til og med 3. december."
    )
    assert news_words.cover(Cover(None, until, 2)) == "Du er stedfortræder til og med 3. december."


async def test_what_was_seen_leaves_i_dag_and_nobody_else_does(door: Door, behind: Behind) -> None:
    def begin(desk: Desk) -> None:
        arrive(desk, a_notice("gained", seed(desk, "Åse", met=(1,)), role="responsible"))
        arrive(desk, a_notice("lost", an_id(), name="Karim Lyngå"))

    door.begin("open", seed=begin)
    async with behind(door) as app:
        assert "Du er støtteperson nu." in app.texts() and "En borger" in app.texts()
        await app.tap("Set: Åse")
        assert "Du er støtteperson nu." not in app.texts() and "En borger" in app.texts()
        assert "wrote" in door.asked, "it is sent to the worker's other phone"


async def test_a_citizen_gained_opens_and_one_who_has_left_does_not(door: Door, behind: Behind) -> None:
    def begin(desk: Desk) -> None:
        arrive(desk, a_notice("gained", seed(desk, "Åse", met=(1,)), role="responsible"))
        arrive(desk, a_notice("lost", an_id(), name="Karim Lyngå"))

    door.begin("open", seed=begin)
    async with behind(door) as app:
        rows = [name for name in app.identifiers() if name.startswith("notice-")]
        assert len(rows) == 1
        await app.tap(rows[0])
        assert "/citizen/" in app.page.route and "Åse" in app.texts()


async def test_many_are_folded(door: Door, behind: Behind) -> None:
    def begin(desk: Desk) -> None:
        arrive(desk, *(a_notice("lost", an_id(), name=f"Opfundet {n}") for n in range(5)))

    door.begin("open", seed=begin)
    async with behind(door) as app:
        assert len([text for text in app.texts() if text.endswith("fra din telefon.")]) == 3
        await app.tap("Vis 2 mere")
        assert len([text for text in app.texts() if text.endswith("fra din telefon.")]) == 5


async def test_nothing_new_is_nothing_said(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: seed(desk, "Åse", met=(1,)))
    async with behind(door) as app:
        assert "Nyt til dig" not in app.texts() and "Venter på dig" not in app.texts()


async def test_a_deputy_is_told_as_long_as_it_lasts(door: Door, behind: Behind, clock: Clock) -> None:
    def begin(desk: Desk) -> None:
        citizen = seed(desk, "Åse", met=(30,), responsible=KARIM)
        arrive(desk, an_assignment(citizen, FREJA, NOW, NOW + timedelta(days=2), role="deputy"))

    door.begin("open", seed=begin)
    words = "Du er stedfortræder for Karim Lyngå til og med 27. november."
    async with behind(door) as app:
        assert words in app.texts() and "Åse" in app.texts()
    clock.move(days=3)
    async with behind(door) as app:
        assert words not in app.texts()


class TestDeciding:
    def one(self, desk: Desk) -> None:
        arrive(desk, kept_work(seed(desk, "Åse", met=(1,)), **SAID))

    async def test_it_is_on_i_dag_and_read_in_full_before_it_is_taken_along(self, door: Door, behind: Behind) -> None:
        door.begin("open", seed=self.one)
        async with behind(door) as app:
            assert "Karim Lyngå støtter ikke Åse mere, men har skrevet noget. Skal det med?" in app.texts()
            assert "Opfundne ord" not in app.all_text(), "not in a list"
            await app.tap("Se: Åse")
            assert {"Et møde med Åse", "“Opfundne ord”", "Opfundet syn", "Hvornår", "25. november kl. 9.00"} <= set(
                app.texts()
            )
            assert "Karim Lyngå · I dag kl. 9.00" in app.texts()
            await app.tap("take-along")
            assert "Taget med. Karim Lyngå får besked." in app.texts()
            await app.go("/")
            assert "Venter på dig" not in app.texts()

    async def test_it_is_left_out_with_a_reason_and_a_few_words(self, door: Door, behind: Behind) -> None:
        door.begin("open", seed=self.one)
        async with behind(door) as app:
            await app.tap("Se: Åse")
            await app.tap("leave-out")
            assert "Vælg en grund først." in app.texts()
            await app.tap("reason-already_there")
            await app.write("refuse-text", "Karim fortalte det")
            await app.tap("save")
            assert "Ikke taget med. Karim Lyngå får grunden at vide." in app.texts()
        assert door.desk is not None
        with door.desk.store.reading() as session:
            [said] = [each.fields for each in outbox.waiting(session) if each.kind == "quarantine_decision"]
        assert (said["decision"], said["reason"], said["text"]) == ("reject", "already_there", "Karim fortalte det")

    async def test_what_was_left_out_stays_readable(self, door: Door, behind: Behind) -> None:
        def out(desk: Desk) -> None:
            self.one(desk)
            quarantine.reject(desk, quarantine.waiting(desk), "already_there", "Karim fortalte det")

        door.begin("open", seed=out)
        async with behind(door, "/more") as app:
            await app.tap("more-decide")
            assert "Der venter ikke noget på en beslutning." in app.texts()
            await app.tap("Se: Et møde med Åse")
            assert {"“Opfundne ord”", "Det stod der allerede. Karim fortalte det"} <= set(app.texts())
            assert "take-along" not in app.identifiers()

    async def test_back_from_the_reasons_is_back_to_the_work(self, door: Door, behind: Behind) -> None:
        door.begin("open", seed=self.one)
        async with behind(door) as app:
            await app.tap("Se: Åse")
            await app.tap("leave-out")
            await app.tap("back")
            assert "Opfundet syn" in app.texts()

    async def test_several_by_the_same_are_one_row_and_can_be_taken_together(self, door: Door, behind: Behind) -> None:
        def two(desk: Desk) -> None:
            citizen = seed(desk, "Åse", met=(1,))
            arrive(
                desk, kept_work(citizen, **SAID), kept_work(citizen, "strength", text="Opfundet", noted_on="2026-11-25")
            )

        door.begin("open", seed=two)
        async with behind(door) as app:
            assert "Karim Lyngå støtter ikke Åse mere, men har skrevet 2 ting. Skal de med?" in app.texts()
            await app.tap("Se: Åse")
            assert app.page.route == "/decide"
            assert {"Et møde med Åse", "En styrke: Åse"} <= set(app.texts())
            await app.tap("take-all")
            assert "Det hele er taget med." in app.texts()
        assert door.desk is not None and quarantine.waiting(door.desk) == ()

    async def test_of_a_change_it_says_what_stands_now(self, door: Door, behind: Behind) -> None:
        def begin(desk: Desk) -> None:
            citizen = seed(desk, "Åse", met=(1,), known_places="Biblioteket")
            arrive(desk, kept_work(citizen, "citizen", "change", about=citizen, known_places="Åkanden", phone="00 22"))

        door.begin("open", seed=begin)
        async with behind(door) as app:
            await app.tap("Se: Åse")
            assert {"Kendte steder", "Åkanden", "Nu: Biblioteket"} <= set(app.texts())

    async def test_why_something_was_taken_back_is_said(self, door: Door, behind: Behind) -> None:
        def begin(desk: Desk) -> None:
            arrive(desk, kept_work(seed(desk, "Åse", met=(1,)), "contact", "void", reason="Skrevet to gange"))

        door.begin("open", seed=begin)
        async with behind(door) as app:
            await app.tap("Se: Åse")
            assert {"Trukket tilbage, fordi", "Skrevet to gange"} <= set(app.texts())

    async def test_what_others_decide_is_found_under_mere_and_not_on_i_dag(self, door: Door, behind: Behind) -> None:
        door.begin("open", seed=lambda desk: arrive(desk, kept_work(seed(desk, "Åse", responsible=KARIM), **SAID)))
        async with behind(door) as app:
            assert "Venter på dig" not in app.texts()
            await app.tap("go-more")
            await app.tap("more-decide")
            assert "Andre beslutter" in app.texts() and "take-all" not in app.identifiers()

    async def test_it_is_among_what_needs_the_worker(self, door: Door, behind: Behind) -> None:
        door.begin("open", seed=self.one)
        async with behind(door, "/sync") as app:
            assert "1 ting venter på din beslutning" in app.texts()
            await app.tap("needs-decide")
            assert app.page.route == "/decide"

    async def test_what_is_settled_says_so(self, door: Door, behind: Behind) -> None:
        door.begin("open")
        async with behind(door, "/decide/nothing") as app:
            assert "Det er på plads." in app.all_text()
            await app.tap("back")
            assert "Der venter ikke noget på en beslutning." in app.texts()
