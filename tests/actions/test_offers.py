"""Offers: what was offered and what the citizen says of it; and CTI's aims, chosen together."""

import pytest

from fieldapp.actions import aims, citizens, contacts, drafts, offers, rows
from fieldapp.actions.desk import Desk
from fieldapp.actions.offers import OfferForm
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError
from fieldapp.store.tables import MethodRow
from tests.desks import KARIM, Clock, a_row, arrive, seed
from tests.examples import TODAY

CTI = ("method", {"method": "cti", "from_on": "2026-09-01", "aims": ["network"]})


def test_t8_an_offer_is_kept_with_the_citizens_verdict_in_their_words(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    offers.keep(desk, citizen, OfferForm("Varmestuens malehold"))
    clock.move(days=3)
    offer = offers.read(desk, citizen)[0]
    form = offers.form_of(desk, offer.id)
    form.went_along, form.verdict, form.own_words = True, "not_for_me", "For mange mennesker."
    offers.keep(desk, citizen, form)
    told = offers.read(desk, citizen)
    assert [(o.on, o.what, o.went_along, o.verdict, o.own_words) for o in told] == [
        (TODAY, "Varmestuens malehold", True, "not_for_me", "For mange mennesker.")
    ]


def test_t8_nothing_counts_who_said_no(desk: Desk) -> None:
    names = {field.name for field in KINDS["offer"].fields}
    assert names == {"on", "what", "went_along", "verdict", "own_words"}
    assert [field.name for field in KINDS["offer"].fields if field.required] == ["on", "what"]


def test_an_offer_is_taken_back_and_is_a_draft_again(desk: Desk) -> None:
    citizen = seed(desk)
    saved = offers.keep(desk, citizen, OfferForm("Et kursus", own_words="Måske til foråret."))
    contacts.undo(desk, saved)
    assert offers.read(desk, citizen) == ()
    draft = drafts.read(desk, offers.draft_key(citizen))
    assert draft is not None and draft.values["own_words"] == "Måske til foråret."


def test_what_was_told_of_an_offer_later_is_taken_back_alone(desk: Desk) -> None:
    citizen = seed(desk)
    saved = offers.keep(desk, citizen, OfferForm("Et kursus"))
    changed = offers.keep(desk, citizen, OfferForm("Et kursus", verdict="helped", offer=saved.id))
    contacts.undo(desk, changed)
    assert [(o.what, o.verdict) for o in offers.read(desk, citizen)] == [("Et kursus", None)]


def test_an_offer_of_nothing_is_none(desk: Desk) -> None:
    with pytest.raises(RecordError, match="missing"):
        offers.keep(desk, seed(desk), OfferForm("  "))


def test_t2_the_aims_are_a_new_record_and_the_method_began_when_it_began(desk: Desk) -> None:
    citizen = seed(desk, more=(CTI,))
    assert aims.read(desk, citizen) == ("network",)
    before = citizens.read(desk, citizen)
    saved = aims.choose(desk, citizen, ("other_support", "stable_home"))
    assert aims.read(desk, citizen) == ("stable_home", "other_support")
    after = citizens.read(desk, citizen)
    assert before is not None and after is not None
    assert (after.method, after.next_step, after.phase) == (before.method, before.next_step, before.phase)
    with desk.store.reading() as session:
        assert {row.from_on.isoformat() for row in rows.of_citizen(session, MethodRow, citizen)} == {"2026-09-01"}
    contacts.undo(desk, saved)
    assert aims.read(desk, citizen) == ("network",)


def test_t2_only_where_the_method_is_cti(desk: Desk) -> None:
    icm = seed(desk, more=(("method", {"method": "icm", "from_on": "2026-09-01"}),))
    assert aims.read(desk, icm) is None and aims.read(desk, seed(desk)) is None
    with pytest.raises(RecordError):
        aims.choose(desk, icm, ("network",))


def test_t2_an_aim_from_a_newer_app_is_kept(desk: Desk) -> None:
    citizen = seed(desk, more=(CTI,))
    arrive(desk, a_row("method", citizen, author=KARIM, method="cti", from_on="2026-10-01", aims=["from_2031"]))
    aims.choose(desk, citizen, (*(aims.read(desk, citizen) or ()), "network"))
    assert aims.read(desk, citizen) == ("network", "from_2031")
