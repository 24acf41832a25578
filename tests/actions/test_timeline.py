"""What was decided and talked about stands in the history too: phases, reviews, talks about the home."""

from datetime import timedelta

from fieldapp.actions import consents, contacts, home_talks, reviews, timeline
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.home_talks import TalkForm
from fieldapp.actions.reviews import ReviewForm
from tests.desks import a_row, arrive, seed
from tests.examples import NOW

TODAY = NOW.date()


def told(desk: Desk, citizen: str) -> list[tuple[str, str]]:
    return [(each.kind, each.word) for each in timeline.timeline(desk, citizen)]


def test_c2_a_phase_stands_from_the_day_it_begins_and_not_before(desk: Desk) -> None:
    phases = (("transition", 100), ("try_out", 5), ("handover", -30))
    more = tuple(("phase", {"phase": each, "from_on": TODAY - timedelta(days=ago)}) for each, ago in phases)
    citizen = seed(desk, more=more)
    assert told(desk, citizen) == [("phase", "try_out"), ("phase", "transition")]


def test_k2_a_review_stands_with_what_the_citizen_said_and_taken_back_it_does_not(desk: Desk) -> None:
    citizen = seed(desk)
    saved = reviews.keep(desk, citizen, ReviewForm(need="Ro (opfundet)", own_view="Det går bedre"))
    (moment,) = timeline.timeline(desk, citizen)
    assert (moment.kind, moment.own_words, moment.professional_view) == ("review", "Det går bedre", None)
    contacts.undo(desk, saved)
    assert timeline.timeline(desk, citizen) == ()


def test_g16_a_talk_about_the_home_stands_with_the_yes_it_rests_on(desk: Desk) -> None:
    citizen = seed(desk)
    yes = consents.give(desk, citizen, ConsentForm("housing", "Boligforeningen Nord (opfundet)"))
    talk = TalkForm("landlord", "rent", "Om restancen", consent=yes.id)
    saved = home_talks.keep(desk, citizen, talk)
    (moment,) = timeline.timeline(desk, citizen)
    assert (moment.kind, moment.word, moment.content) == ("neighbour_contact", "landlord", ("rent",))
    assert (moment.professional_view, moment.yes) == ("Om restancen", "Boligforeningen Nord (opfundet)")
    consents.withdraw(desk, yes.id)
    assert [each.yes for each in timeline.timeline(desk, citizen)] == [moment.yes], "it was said then"
    contacts.undo(desk, saved)
    assert timeline.timeline(desk, citizen) == ()


def test_what_the_server_took_back_is_gone_as_any_other(desk: Desk) -> None:
    citizen = seed(desk)
    rows = (
        a_row("phase", citizen, void="mistake", phase="transition", from_on=TODAY),
        a_row("review", citizen, void="mistake", on=TODAY),
        a_row("neighbour_contact", citizen, void="mistake", on=TODAY, party="neighbour"),
    )
    arrive(desk, *rows)
    assert timeline.timeline(desk, citizen) == ()
