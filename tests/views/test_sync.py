"""*Gemt og sendt*: states in words, what waits by name, what needs a person, and the way out of both."""

from datetime import timedelta

import pytest

from fieldapp import errors
from fieldapp.actions import citizens, contacts, goals
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.sending import Sending
from fieldapp.domain.kinds import KINDS
from fieldapp.store import erasing, outbox, sync_state
from fieldapp.views import sync_words
from fieldapp.views.refused import reason
from fieldapp.views.unsent_words import field_name, value
from fieldapp.wire import Ack, Row
from tests.actions.test_conflicts import a_conflict
from tests.desks import KARIM, a_row, arrive, seed
from tests.examples import NOW, an_id
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.test_first_start import type_pin

FULL = (
    "Telefonen er fuld, så der kan ikke gemmes eller hentes noget nyt. Det, du har gemt, er her stadig. "
    "Slet billeder eller apps."
)
NOT_KEPT = "Telefonens lager svarede ikke, som det skal. Det, du har gemt, er her stadig. Der bliver prøvet igen."


def two_titles(desk: Desk) -> None:
    goal = a_row("goal", seed(desk, "Åse"), dimension="housing", title="En altan")
    arrive(desk, goal, a_conflict(goal, "title", "En altan", "Et bord"))


def a_meeting(desk: Desk) -> None:
    contacts.note(desk, seed(desk, "Jonas"), ContactForm(mode="met", own_words="Opfundne ord."))


def refuse_all(desk: Desk, why: str) -> None:
    with desk.store.transaction() as session:
        acks = [Ack(ack=operation.op, result="refused", why=why) for operation in outbox.waiting(session)]
        outbox.settle(session, acks)


async def test_what_waits_is_named(door: Door, behind: Behind) -> None:
    door.begin("open", seed=a_meeting)
    door.told(state="waiting", waiting=2, why="no_connection")
    async with behind(door, "/sync") as app:
        assert "Et møde med Jonas" in app.texts()
        assert "Siden i dag kl. 9.00" in app.texts()
        assert "Ingen forbindelse. Alt er gemt på telefonen." in app.texts()


@pytest.mark.parametrize(("sending", "words"), [
    ({"state": "there"}, "Alt er sendt"),
    ({"state": "moving", "waiting": 2}, "Sendes nu"),
    ({"state": "waiting", "waiting": 2}, "2 venter på at blive sendt."),
    ({"state": "needs_you", "conflicts": 1}, "1 har brug for dig"),
    ({"state": "here", "last_sent_at": None}, "Der er ikke sendt noget endnu"),
    ({"state": "waiting", "waiting": 1, "why": "device_revoked"}, "taget ud af brug"),
    ({"state": "waiting", "waiting": 1, "why": "version_mismatch"}, "Appen skal opdateres"),
    ({"state": "waiting", "waiting": 1, "left_over": 1}, "Serveren svarede, men har ikke taget imod det."),
    ({"state": "waiting", "waiting": 1, "waiting_since": NOW}, "Venter siden i dag kl. 9.00."),
    ({"state": "waiting", "waiting": 1, "why": "no_connection", "waiting_since": NOW - timedelta(days=3)},
     "Venter siden i søndags kl. 9.00. Ingen forbindelse. Alt er gemt på telefonen. Find net, når du kan."),
    ({"state": "first", "done": 40, "total": 120}, "Henter dine borgere: 40 af 120."),
    ({"state": "waiting", "waiting": 1, "waiting_since": NOW, "why": "disk_full"},
     f"Venter siden i dag kl. 9.00. {FULL}"),
    ({"state": "there", "why": "disk_full"}, FULL),
    ({"state": "waiting", "waiting": 1, "why": "not_saved"}, NOT_KEPT),
])  # fmt: skip
async def test_every_state_is_said_in_words(door: Door, behind: Behind, sending: dict[str, object], words: str) -> None:
    door.begin("open")
    door.told(**sending)
    async with behind(door, "/sync") as app:
        assert words in app.all_text()


@pytest.mark.parametrize(("sending", "words"), [
    (Sending("here", waiting=1), "Gemt på telefonen. 1 venter på at blive sendt."),
    (Sending("waiting", waiting=1, left_over=1), "Gemt på telefonen. 1 er ikke modtaget endnu."),
    (Sending("waiting", waiting=2, why="no_connection"),
     "Ingen forbindelse. Alt gemmes på telefonen og bliver sendt, når der er net igen."),
    (Sending("moving", waiting=2), "Gemt på telefonen. Sendes nu."),
    (Sending("needs_you", refused=1), "Gemt på telefonen. 1 har brug for dig."),
    (Sending("needs_you", refused=1, waiting=2, why="no_connection"),
     "Gemt på telefonen. 1 har brug for dig. 2 venter på at blive sendt."),
    (Sending("first"), "Henter dine borgere."),
    (Sending("first", done=7, total=20), "Henter dine borgere: 7 af 20."),
    (Sending("there", last_sent_at=NOW), "Gemt på telefonen. Sidst sendt kl. 9.00."),
    (Sending("here"), "Gemt på telefonen."),
    (Sending("waiting", waiting=1, why="disk_full"), FULL),
    (Sending("there", last_sent_at=NOW, why="disk_full"), FULL),
    (Sending("needs_you", conflicts=1, why="disk_full"), FULL),
    (Sending("moving", waiting=1, why="disk_full"), "Gemt på telefonen. Sendes nu."),
    (Sending("waiting", waiting=1, why="not_saved"), NOT_KEPT),
    (Sending("waiting", waiting=1, why="not_readable"), NOT_KEPT),
    (Sending("there", last_sent_at=NOW, why="vault_damaged"),
     "Noget i appens lager er gået i stykker. Det, der er sendt, ligger trygt på serveren. "
     "Luk ikke appen, og ring til din leder."),
    (Sending("there", why="device_revoked", detail="retired", last_sent_at=NOW),
     "Telefonen er ved at blive taget ud af brug. Det, du har skrevet, bliver sendt, og derefter slettes det her. "
     "Gør det færdigt, der venter på dig. Spørg din leder, hvis det er en fejl."),
])  # fmt: skip
def test_the_line_says_each_state_truly(sending: Sending, words: str) -> None:
    assert sync_words.line(sending, NOW) == words


async def test_a_phone_the_server_knows_no_more_takes_a_new_code(door: Door, behind: Behind) -> None:
    door.begin("open", seed=a_meeting)
    async with behind(door, "/more/sync") as app:
        assert "Jeg har en ny kode" not in app.texts()
        door.told(state="waiting", waiting=2, why="login_again")
        await app.settle()
        assert "Serveren kender ikke telefonen." in app.all_text()
        await app.tap("see-code")
        assert app.page.route == "/more/sync/code"
        await app.write("code", " AB12CD34 ")
        door.refuses = errors.CodeRefused("other")
        await app.tap("connect")
        assert "Koden er til en anden. Bed om din egen. Alt er gemt her." in app.texts()
        door.refuses = errors.NoConnection()
        await app.tap("connect")
        assert "Det kræver net. Dine notater er i sikkerhed imens." in app.texts()
        await app.tap("connect")
        assert door.asked[-1] == "enrol again AB12CD34"
        assert app.page.route == "/more/sync" and "Serveren kender telefonen igen." in app.texts()


async def test_what_is_with_the_server_and_others_decide_is_not_said_to_wait_here(door: Door, behind: Behind) -> None:
    def handed_on(desk: Desk) -> None:
        a_meeting(desk)
        with desk.store.transaction() as session:
            operation = outbox.waiting(session)[0]
            sync_state.get(session).view = [operation.scope]
            outbox.settle(session, [Ack(ack=operation.op, result="quarantined")])

    door.begin("open", seed=handed_on)
    async with behind(door, "/sync") as app:
        assert "Sendt, andre beslutter" in app.texts() and "Venter på at blive sendt" not in app.texts()
        assert "Sendt. Venter på den, der støtter borgeren nu." in app.texts()


async def test_between_two_colleagues_both_are_named(door: Door, behind: Behind) -> None:
    def theirs(desk: Desk) -> None:
        goal = a_row("goal", seed(desk, "Åse"), dimension="housing", title="En altan")
        arrive(desk, goal, a_conflict(goal, "title", "En altan", "Et bord", by=(KARIM, an_id())))

    door.begin("open", seed=theirs)
    async with behind(door, "/sync") as app:
        assert "Åse · Et mål · Karim Lyngå og en kollega" in app.texts()
        await app.tap("Se: To har skrevet om det samme")
        assert {"Karim Lyngå", "En kollega"} <= set(app.texts()) and "Freja (dig)" not in app.texts()


async def test_sending_can_be_asked_for(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/sync") as app:
        await app.tap("send-now")
        assert "sync" in door.asked


async def test_two_versions_are_shown_in_full_and_a_person_chooses(door: Door, behind: Behind) -> None:
    door.begin("open", seed=two_titles)
    async with behind(door, "/sync") as app:
        assert "Åse · Et mål · du og Karim Lyngå" in app.texts()
        await app.tap("Se: To har skrevet om det samme")
        assert {"Et bord", "En altan", "Freja (dig)", "Karim Lyngå"} <= set(app.texts())
        await app.tap("version-mine")
        await app.tap("keep")
        assert "Gemt. Den anden tekst er også gemt." in app.texts()
        assert "To har skrevet om det samme" not in app.texts()
        assert door.desk is not None
        citizen = next(iter(_ids(door.desk)))
        assert [goal.title for goal in goals.read(door.desk, citizen)] == ["Et bord"]


async def test_what_stands_is_chosen_from_the_start(door: Door, behind: Behind) -> None:
    door.begin("open", seed=two_titles)
    async with behind(door, "/sync") as app:
        await app.tap("Se: To har skrevet om det samme")
        await app.tap("keep")
        assert door.desk is not None
        assert [goal.title for goal in goals.read(door.desk, next(iter(_ids(door.desk))))] == ["En altan"]


async def test_both_can_stand_under_each_other(door: Door, behind: Behind) -> None:
    door.begin("open", seed=two_titles)
    async with behind(door, "/sync") as app:
        await app.tap("Se: To har skrevet om det samme")
        await app.tap("version-both")
        await app.tap("keep")
        assert door.desk is not None
        assert [goal.title for goal in goals.read(door.desk, next(iter(_ids(door.desk))))] == ["En altan\nEt bord"]


async def test_two_texts_too_long_for_one_place_are_not_offered_together_and_it_is_said(
    door: Door, behind: Behind
) -> None:
    def two_long(desk: Desk) -> None:
        goal = a_row("goal", seed(desk, "Åse"), dimension="housing", title="a" * 333)
        arrive(desk, goal, a_conflict(goal, "title", "a" * 333, "b" * 333))

    line = "De to tekster er for lange til at stå her begge. Vælg den ene. Den anden bliver også gemt."
    for given, said in ((two_titles, False), (two_long, True)):
        door.close()
        door.begin("open", seed=given)
        async with behind(door, "/sync") as app:
            see = [name for name in app.identifiers() if name.startswith("see-")][-1]
            await app.tap(see)
            assert (line in app.texts()) is said
            assert ("version-both" in app.identifiers()) is not said


async def test_two_names_are_kept_on_one_line_as_it_will_stand(door: Door, behind: Behind) -> None:
    def two_names(desk: Desk) -> None:
        citizen = seed(desk, "Åse")
        row = Row(row="citizen", id=citizen, scope=f"citizen:{citizen}", seq=1)
        arrive(desk, a_conflict(row, "known_as", "Åse", "Ægir"))

    door.begin("open", seed=two_names)
    async with behind(door, "/sync") as app:
        await app.tap("Se: To har skrevet om det samme")
        assert "Åse / Ægir" in app.texts()
        await app.tap("version-both")
        await app.tap("keep")
        assert door.desk is not None
        assert [line.name for line in citizens.read_all(door.desk)] == ["Åse / Ægir"]


async def test_a_refused_note_stays_until_it_is_let_go_twice(door: Door, behind: Behind) -> None:
    def refused(desk: Desk) -> None:
        a_meeting(desk)
        refuse_all(desk, "scope")

    door.begin("open", seed=refused)
    async with behind(door, "/sync") as app:
        await app.tap("Se: Et møde med Jonas")
        assert "Det kunne ikke modtages. Det ligger stadig på telefonen. Vis det til din leder." in app.texts()
        assert "En anden støtter borgeren nu." in app.texts()
        await app.tap("let-go")
        assert "Så er det væk fra telefonen, og serveren har aldrig haft det." in app.texts()
        await app.tap("let-go")
        assert "Opgivet." in app.texts() and "Et møde med Jonas" not in app.texts()


async def test_letting_a_refused_citizen_go_says_how_much_goes_along(door: Door, behind: Behind) -> None:
    def refused(desk: Desk) -> None:
        citizen = citizens.add(desk, NewCitizen(known_as="Ægir", met=False)).citizen
        for own_words in ("Opfundne ord.", "Andre opfundne ord."):
            contacts.note(desk, citizen, ContactForm(own_words=own_words))
        with desk.store.transaction() as session:
            birth = next(operation for operation in outbox.waiting(session) if operation.kind == "citizen")
            outbox.settle(session, [Ack(ack=birth.op, result="refused", why="malformed")])

    door.begin("open", seed=refused)
    async with behind(door, "/sync") as app:
        [see] = [name for name in app.identifiers() if name.startswith("see-")]
        await app.tap(see)
        await app.tap("let-go")
        assert "2 andre ting, du har skrevet om borgeren, forsvinder også." in app.all_text()
        await app.tap("let-go")
        assert door.desk is not None
        with door.desk.store.reading() as session:
            assert outbox.counts(session) == outbox.Counts()


async def test_a_settled_page_says_so_instead_of_failing(door: Door, behind: Behind) -> None:
    door.begin("open")
    for route in ("/sync/conflict/nothing", "/sync/refused/nothing"):
        async with behind(door, route) as app:
            assert "Det er på plads." in app.all_text()
            await app.tap("back")
            assert app.page.route == "/sync"


async def test_what_was_erased_is_said_to_go_for_good_at_the_lock_and_one_can_lock_now(
    door: Door, behind: Behind
) -> None:
    citizens: list[str] = []
    door.begin("open", seed=lambda desk: citizens.append(seed(desk, "Åse")))
    line = "Det forsvinder helt, næste gang appen låser."
    async with behind(door, "/sync") as app:
        assert line not in app.texts()
        assert door.desk is not None
        with door.desk.store.transaction() as session:
            erasing.erase(session, "citizen", citizens[0])
        app.root.screen.changed()  # type: ignore[attr-defined]
        await app.settle()
        assert line in app.texts()
        await app.tap("lock-now")
        assert door.state == "locked" and "Indtast din kode" in app.texts()
        await type_pin(app)
        assert line not in app.texts() and "Alt er sendt" in app.texts()


async def test_what_this_app_cannot_read_is_counted_and_said(door: Door, behind: Behind) -> None:
    def newer(desk: Desk) -> None:
        citizen = seed(desk, "Åse")
        rows = [
            Row(row="hologram", id=an_id(), scope=f"citizen:{citizen}", seq=seq, fields={"words": "Opfundne ord"})
            for seq in (1, 2)
        ]
        arrive(desk, *rows)

    for given, said in ((two_titles, False), (newer, True)):
        door.close()
        door.begin("open", seed=given)
        async with behind(door, "/sync") as app:
            assert ("2 ting kan ikke læses her" in app.texts()) is said
            assert ("Opdater appen." in app.all_text()) is said
            assert "Opfundne ord" not in app.all_text()


def test_every_reason_of_the_server_has_words() -> None:
    known = {reason(why) for why in ("scope", "unknown_reference", "taken", "unknown_field")}
    assert len(known) == 4 and reason("something new") == reason(None)


@pytest.mark.parametrize(("kind", "field", "stored", "words"), [
    ("goal", "title", "Et bord", "Et bord"),
    ("goal", "outcome", "better", "Bedre"),
    ("goal", "outcome", "a_newer_word", "Andet (nyere version)"),
    ("goal", "ended_on", "2026-11-24", "24. november"),
    ("next_step", "at", "09:05", "9.05"),
    ("citizen", "phone_works", False, "Nej"),
    ("citizen", "phone", None, "Ingenting"),
])  # fmt: skip
def test_a_value_is_said_as_a_person_would(kind: str, field: str, stored: object, words: str) -> None:
    assert value(kind, field, stored) == words


def test_every_field_that_can_be_written_twice_has_a_name() -> None:
    for kind in KINDS.values():
        for field in kind.fields:
            assert field_name(kind.name, field.name)


def _ids(desk: Desk) -> list[str]:
    from fieldapp.actions import citizens

    return [line.id for line in citizens.read_all(desk)]
