"""Citizens: a new one on the street, the list and its search, and one citizen's page."""

import dataclasses
from datetime import timedelta

import pytest

from fieldapp.actions import citizens, contacts, drafts, respect, today
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.desk import Desk
from fieldapp.domain.facts import Why
from fieldapp.domain.values import Support
from fieldapp.errors import RecordError
from fieldapp.store import incoming, outbox
from fieldapp.store.tables import AccessRow, CitizenRow
from tests.desks import FREJA, KARIM, Clock, a_row, an_assignment, arrive, seed
from tests.examples import NOW, TODAY, an_id


def test_nothing_about_a_new_citizen_is_required(desk: Desk) -> None:
    """I-7: neither name, number, place, consent, readiness nor CPR."""
    saved = citizens.add(desk, NewCitizen())
    page = citizens.read(desk, saved.citizen)
    assert page is not None
    assert page.name == "25.11."
    assert page.standing.support is Support.ACTIVE


def test_without_a_name_the_label_is_place_and_date(desk: Desk) -> None:
    saved = citizens.add(desk, NewCitizen(place=" Søndre Kaj ", name_asked="rather_not"))
    page = citizens.read(desk, saved.citizen)
    assert page is not None
    assert (page.name, page.name_asked, page.known_places) == ("Søndre Kaj, 25.11.", "rather_not", "Søndre Kaj")
    assert citizens.label(desk, "Søndre Kaj") == page.name


def test_whoever_was_met_today_is_reached_out_to_within_three_days(desk: Desk) -> None:
    saved = citizens.add(desk, NewCitizen(known_as="Ægir", place="Banegården", situation="street"))
    assert saved.next_step is not None
    assert TODAY < saved.next_step.on <= TODAY + timedelta(days=3)
    assert saved.next_step.worker == FREJA
    assert [m.place for m in contacts.timeline(desk, saved.citizen)] == ["Banegården"]


def test_a_tip_is_no_meeting(desk: Desk) -> None:
    saved = citizens.add(desk, NewCitizen(place="Åparken", made_aware_by="gp", met=False))
    assert contacts.timeline(desk, saved.citizen) == ()
    assert saved.next_step is not None
    assert saved.next_step.reason.why is Why.NEW


def test_a_citizen_added_without_net_is_held_at_once_and_is_the_workers_own(desk: Desk, clock: Clock) -> None:
    saved = citizens.add(desk, NewCitizen(known_as="Ægir"))
    with desk.store.transaction() as session:  # the view is what the server knows: nothing yet
        incoming.change_view(session, ["all"])
    assert [(line.name, line.mine, line.responsible) for line in citizens.read_all(desk)] == [
        ("Ægir", True, "Freja Sivmose")
    ]
    clock.move(days=10)
    assert [row.citizen for row in today.read(desk).reach] == [saved.citizen]
    assert citizens.read(desk, saved.citizen).waiting  # type: ignore[union-attr]


def test_undo_takes_a_new_citizen_off_every_list(desk: Desk) -> None:
    form = NewCitizen(known_as="Ægir", most_important="En sovepose")
    drafts.keep(desk, citizens.DRAFT_KEY, drafts.values_of(form))
    saved = citizens.add(desk, form)
    assert drafts.read(desk, citizens.DRAFT_KEY) is None
    contacts.undo(desk, saved)
    assert citizens.read_all(desk) == ()
    assert citizens.read(desk, saved.citizen) is None
    assert today.read(desk).citizens == 0
    draft = drafts.read(desk, citizens.DRAFT_KEY)
    assert draft is not None
    assert drafts.restored(NewCitizen, draft.values) == form


def test_a_name_that_is_given_counts_as_told(desk: Desk) -> None:
    saved = citizens.add(desk, NewCitizen(known_as="Ægir"))
    page = citizens.read(desk, saved.citizen)
    assert page is not None
    assert page.name_asked == "told"


def test_a_name_can_be_asked_later(desk: Desk) -> None:
    saved = citizens.add(desk, NewCitizen(place="Kajen"))
    citizens.set_name(desk, saved.citizen, "Bodil")
    citizens.set_phone(desk, saved.citizen, "+45 00 00 12 34")
    citizens.set_known_places(desk, saved.citizen, "Kajen, om morgenen")
    page = citizens.read(desk, saved.citizen)
    assert page is not None
    assert (page.name, page.known_as, page.phone_ends) == ("Bodil", "Bodil", "34")
    assert page.known_places == "Kajen, om morgenen"
    with pytest.raises(RecordError, match="missing"):
        citizens.set_name(desk, saved.citizen, "  ")


@pytest.mark.parametrize(
    "search",
    [
        "Åse",
        "åse",
        "aase",
        "AASE",
        "sø",
        "soe",
        "Ærø",
        "aeroe",
        "banegård",
        "banegaard",
        "67",
        "45 67",
        "234 5",
        "+45 01 23 45 67",
        "aerosoegaard",
        "bangeaard",
    ],
)
def test_search_finds_name_place_and_digits_however_they_are_typed(desk: Desk, search: str) -> None:
    sought = seed(desk, "Åse Ærøsøgård", known_places="Banegården", phone=None)
    citizens.set_phone(desk, sought, "01 23 45 67")
    seed(desk, "Bent")
    assert [line.id for line in citizens.read_all(desk, search)] == [sought]


def test_search_finds_the_label_of_somebody_without_a_name(desk: Desk) -> None:
    saved = citizens.add(desk, NewCitizen(place="Søndre Kaj"))
    assert [line.id for line in citizens.read_all(desk, "kaj 25.11")] == [saved.citizen]
    assert citizens.read_all(desk, "nord") == ()


def test_whoever_is_found_stands_in_the_order_of_the_list(desk: Desk, clock: Clock) -> None:
    first, second = (seed(desk, name, met=(9,), known_places="Kilden") for name in ("Anna", "Bent"))
    seed(desk, "Carl", known_places="Søen")
    clock.move(hours=1)
    contacts.note(desk, first, contacts.ContactForm(mode="talked"))
    assert [line.id for line in citizens.read_all(desk, "kilden")] == [first, second]


def test_a_right_name_leaves_out_those_that_are_only_near(desk: Desk) -> None:
    hanne, hanna = seed(desk, "Hanne"), seed(desk, "Hanna")
    assert [line.id for line in citizens.read_all(desk, "hanne")] == [hanne]
    assert {line.id for line in citizens.read_all(desk, "hannx")} == {hanne, hanna}


def test_the_list_begins_with_those_last_written_about_and_says_who_is_responsible(desk: Desk, clock: Clock) -> None:
    first, second, third = (seed(desk, name, met=(9,)) for name in ("Anna", "Bent", "Carl"))
    clock.move(hours=1)
    contacts.note(desk, second, contacts.ContactForm(mode="talked"))
    clock.move(hours=1)
    citizens.say(desk, first, "hope", "Fred")
    karims = seed(desk, "Dorte", responsible=KARIM, known=3)
    lines = citizens.read_all(desk)
    assert [line.id for line in lines] == [first, second, karims, third]
    assert [(line.mine, line.responsible) for line in lines][2:] == [(False, "Karim Lyngå"), (True, "Freja Sivmose")]
    assert [(line.last.why, line.last.days) for line in lines if line.last] == [
        (Why.DAYS_SINCE, 9),
        (Why.DAYS_SINCE, 0),
        (Why.NEW, 3),
        (Why.DAYS_SINCE, 9),
    ]


def test_the_list_shows_two_hundred_at_most(desk: Desk) -> None:
    ids = [an_id() for _ in range(203)]
    arrive(desk, *(a_row("citizen", id, NOW, id=id, known_as="Opfundet") for id in ids))
    assert len(citizens.read_all(desk)) == 200


def test_a_real_contact_older_than_the_rules_look_back_is_still_the_last_one(desk: Desk) -> None:
    citizen = seed(desk, known=2000, met=(1500, 1600))
    corrected = a_row("contact", citizen, NOW, occurred_at=NOW - timedelta(days=800), mode="met")
    correction = a_row(
        "contact", citizen, NOW, occurred_at=NOW - timedelta(days=801), mode="not_met", corrects=corrected.id
    )
    arrive(desk, corrected, correction)
    page = citizens.read(desk, citizen)
    assert page is not None
    assert page.last_contact_at == NOW - timedelta(days=1500)
    assert page.last is not None
    assert page.last.days == 1500


def test_similar_names_are_shown_before_anybody_is_registered_twice(desk: Desk) -> None:
    one = seed(desk, "Aase")
    seed(desk, "Bent")
    assert [line.id for line in citizens.similar(desk, "åse")] == [one]
    assert citizens.similar(desk, "") == ()


def test_the_page_tells_what_the_records_say(desk: Desk) -> None:
    citizen = seed(
        desk,
        "Åse",
        known=200,
        met=(4, 11),
        tried=(2,),
        situation="own_home",
        known_places="Varmestuen Kilden",
        cpr="010203-0000",
        more=(
            ("method", {"method": "cti", "from_on": "2026-08-31"}),
            ("phase", {"phase": "transition", "from_on": "2026-08-31"}),
            ("intensity", {"level": 4, "from_on": "2026-08-31"}),
            ("housing_period", {"move_in_on": "2026-08-31"}),
            ("absence", {"place": "hospital", "since_on": "2026-11-20", "home_on": "2026-12-01"}),
            ("respect", {"wishes": ["text_only", "not_at_home", "some_day"], "said_on": "2026-11-01"}),
            ("strength", {"text": "Kan reparere alt", "noted_on": "2026-11-01"}),
            ("own_words", {"aspect": "wish", "text": "Et bord", "said_on": "2026-11-01"}),
        ),
    )
    citizens.note_strength(desk, citizen, "Husker alle navne")
    citizens.say(desk, citizen, "dream", "En båd ved Ærø")
    arrive(desk, an_assignment(citizen, KARIM, NOW - timedelta(days=1), NOW + timedelta(days=1), role="deputy"))
    page = citizens.read(desk, citizen)
    assert page is not None
    assert dataclasses.asdict(page) | {"next_step": None, "standing": None, "last": None} == {
        "id": citizen,
        "name": "Åse",
        "known_as": "Åse",
        "responsible": "Freja Sivmose",
        "mine": True,
        "deputies": ("Karim Lyngå",),
        "standing": None,
        "method": "cti",
        "phase": "transition",
        "phase_from_on": TODAY.replace(month=8, day=31),
        "phase_ends_on": TODAY.replace(month=11, day=30),
        "intensity": 4,
        "situation": "own_home",
        "move_in_on": TODAY.replace(month=8, day=31),
        "lost_home_on": None,
        "home_in_use": None,
        "absence_place": "hospital",
        "absence_home_on": TODAY.replace(month=12, day=1),
        "phone": "00 00 12 34",
        "phone_ends": "34",
        "phone_works": True,
        "known_places": "Varmestuen Kilden",
        "has_cpr": True,
        "wishes": ("text_only", "not_at_home", "some_day"),
        "peace_until": None,
        "next_step": None,
        "own_words": (
            {"aspect": "dream", "text": "En båd ved Ærø", "said_on": TODAY},
            {"aspect": "wish", "text": "Et bord", "said_on": TODAY.replace(day=1)},
        ),
        "strengths": (
            {"text": "Husker alle navne", "noted_on": TODAY, "dimension": None},
            {"text": "Kan reparere alt", "noted_on": TODAY.replace(day=1), "dimension": None},
        ),
        "last_contact_at": NOW - timedelta(days=4),
        "last": None,
        "waiting": True,
        "beads": ("m", "m", "a"),
        "name_asked": None,
        "most_important": None,
        "needs_interpreter": False,
        "language": None,
        "urgent": None,
        "asked": 0,
        "reviewed_on": None,
        "review_due_on": TODAY.replace(month=11, day=30),
        "still_right": False,
        "phase_planned_on": None,
    }
    assert "010203" not in repr(page)


def test_a_citizen_that_is_not_on_this_device_has_no_page(desk: Desk) -> None:
    assert citizens.read(desk, an_id()) is None


def test_opening_a_citizen_is_recorded_once_in_fifteen_minutes(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    for minutes in (0, 5, 9.5, 1, 14.9, 200):
        clock.move(minutes=minutes)
        citizens.opened(desk, citizen)
    with desk.store.reading() as session:
        kinds = [operation.kind for operation in outbox.waiting(session)]
    assert kinds == [AccessRow.kind] * 3


def test_a_colleagues_opening_is_not_mine(desk: Desk) -> None:
    citizen = seed(desk)
    arrive(desk, a_row("access", citizen, author=KARIM, opened_at=NOW))
    citizens.opened(desk, citizen)
    with desk.store.reading() as session:
        assert len(outbox.waiting(session)) == 1


def test_having_opened_a_page_does_not_count_as_something_unsent(desk: Desk) -> None:
    citizen = seed(desk)
    citizens.opened(desk, citizen)
    page = citizens.read(desk, citizen)
    assert page is not None
    assert not page.waiting


@pytest.mark.parametrize("act", [citizens.note_strength, lambda desk, id, text: citizens.say(desk, id, "wish", text)])
def test_empty_words_are_refused(desk: Desk, act) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RecordError, match="missing"):
        act(desk, seed(desk), "   ")


def test_wishes_are_kept_with_their_date_and_the_latest_holds(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    respect.say(desk, citizen, ["text_only"], own_words="Ring ikke, skriv.")
    clock.move(days=1)
    saved = respect.say(desk, citizen, ["peace_until", "not_at_home"], peace_until=TODAY + timedelta(days=9))
    page = citizens.read(desk, citizen)
    assert page is not None
    assert (page.wishes, page.peace_until) == (("not_at_home", "peace_until"), TODAY + timedelta(days=9))
    assert saved.next_step is not None
    assert saved.next_step.on > TODAY + timedelta(days=9)


def test_a_changed_field_of_a_citizen_travels_alone(desk: Desk) -> None:
    citizen = seed(desk)
    citizens.set_phone(desk, citizen, "00 00 99 99")
    with desk.store.reading() as session:
        operation = outbox.waiting(session)[0]
        row = session.get(CitizenRow, citizen)
    assert operation.fields == {"phone": "00 00 99 99", "phone_works": True}
    assert row is not None
    assert row.known_as == "Åse"
