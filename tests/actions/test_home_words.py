"""What is said and agreed about a home: wishes, the plan, the two questions, neighbours, money, the authority."""

from datetime import timedelta

import pytest

from fieldapp.actions import (
    agreements,
    citizens,
    consents,
    contacts,
    goals,
    home_losses,
    home_page,
    home_talks,
    home_wishes,
    homes,
    today,
    visitations,
)
from fieldapp.actions.agreements import AgreementForm
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.goals import GoalForm
from fieldapp.actions.home_losses import ReflectionForm
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.home_talks import TalkForm
from fieldapp.actions.home_wishes import PlanForm, WishForm
from fieldapp.actions.homes import HomeForm
from fieldapp.actions.visitations import VisitationForm
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import Dimension, Support
from fieldapp.domain.values_life import HomeType, HousingWish, Visitation
from fieldapp.errors import RecordError
from tests.desks import Clock, seed
from tests.examples import TODAY


def page(desk: Desk, citizen: str) -> HomePage:
    shown = home_page.read(desk, citizen)
    assert shown is not None
    return shown


# ---- wishes and the plan


@pytest.mark.parametrize("kind", [HomeType.ALTERNATIVE, HomeType.CATEGORY])
def test_an_alternative_dwelling_needs_a_wish_or_a_reason_in_words(desk: Desk, kind: HomeType) -> None:
    """G5, A4: never by itself; the citizen's own words are reason enough."""
    citizen = seed(desk, situation="street")
    with pytest.raises(RecordError, match=r"missing \(reason\)"):
        home_wishes.keep_wish(desk, citizen, WishForm(home_type=kind, own_words="  "))
    home_wishes.keep_wish(desk, citizen, WishForm(home_type=kind, own_words="Et sted med jord under."))
    home_wishes.keep_wish(desk, citizen, WishForm(home_type=kind, reason="Vil ikke bo i opgang lige nu."))
    assert [wish.home_type for wish in page(desk, citizen).wishes] == [kind, kind]


@pytest.mark.parametrize("kind", [each for each in HomeType if each not in home_wishes.NEED_A_REASON])
def test_no_other_home_asks_for_a_reason(desk: Desk, kind: HomeType) -> None:
    citizen = seed(desk, situation="street")
    home_wishes.keep_wish(desk, citizen, WishForm(home_type=kind, reason="Bliver ikke spurgt om"))
    assert page(desk, citizen).wishes[0].reason is None


def test_not_right_now_is_an_answer_and_the_support_goes_on(desk: Desk) -> None:
    """G18: it stands alone, needs nothing more, and changes nothing."""
    citizen = seed(desk, met=(2,), situation="street")
    before = citizens.read(desk, citizen)
    chosen = home_wishes.toggled(("quiet", "pets"), HousingWish.NOT_NOW)
    assert chosen == ("not_now",) and home_wishes.toggled(chosen, "pets") == ("pets",)
    home_wishes.keep_wish(desk, citizen, WishForm(wishes=chosen))
    assert page(desk, citizen).wishes[0].wishes == ("not_now",)
    after = citizens.read(desk, citizen)
    assert before is not None and after is not None
    assert (after.standing, after.next_step) == (before.standing, before.next_step)


def test_wishes_are_dated_and_those_before_stay(desk: Desk, clock: Clock) -> None:
    """G4, G20."""
    citizen = seed(desk, situation="placed_as_young")
    home_wishes.keep_wish(desk, citizen, WishForm(("young_low_rent",), "youth", own_words="Et sted med en dør."))
    clock.move(days=20)
    home_wishes.keep_wish(desk, citizen, WishForm(("quiet",)))
    said = [(wish.on, wish.wishes, wish.own_words) for wish in page(desk, citizen).wishes]
    assert said == [
        (TODAY + timedelta(days=20), ("quiet",), None),
        (TODAY, ("young_low_rent",), "Et sted med en dør."),
    ]
    with pytest.raises(RecordError, match="missing"):
        home_wishes.keep_wish(desk, citizen, WishForm())


@pytest.mark.parametrize("said", [{}, {"how": "Boliganvisning"}, {"how": "A", "when_text": "B"}])
def test_what_nobody_knows_yet_gets_a_day_to_look_at_it_again(desk: Desk, clock: Clock, said: dict[str, str]) -> None:
    """F4: saving always succeeds, and on that day the citizen is on the list of today."""
    citizen = seed(desk, met=(1,), situation="shelter_110", more=(("method", {"method": "icm", "from_on": TODAY}),))
    home_wishes.keep_plan(desk, citizen, PlanForm(**said))
    plan = page(desk, citizen).plan
    assert plan is not None and plan.follow_up_on is not None
    assert 14 <= (plan.follow_up_on - TODAY).days <= 17
    clock.now += plan.follow_up_on - TODAY
    contacts.note(desk, citizen, contacts.ContactForm())
    listed = today.read(desk)
    assert citizen in {row.citizen for row in (*listed.agreed, *listed.reach, *listed.later)}


def test_a_plan_that_is_whole_asks_for_no_day_and_says_why_one_waits(desk: Desk) -> None:
    citizen = seed(desk, situation="shelter_110")
    form = PlanForm("Boliganvisning", "Til foråret", "På boformen", waits_for="capacity", begun=True)
    saved = home_wishes.keep_plan(desk, citizen, form)
    shown = page(desk, citizen)
    assert shown.plan is not None and shown.plan.follow_up_on is None and shown.waits_for == "capacity"
    contacts.undo(desk, saved)
    assert (page(desk, citizen).plan, page(desk, citizen).waits_for) == (None, None)


# ---- the two questions


def test_the_team_answers_for_itself_and_both_answers_stand(desk: Desk) -> None:
    """G11."""
    citizen = seed(desk, situation="street")
    homes.keep(desk, citizen, HomeForm(move_in_on=TODAY - timedelta(days=40)))
    homes.lose(desk, citizen)
    lost = page(desk, citizen).lost
    assert lost is not None
    with pytest.raises(RecordError, match="missing"):
        home_losses.keep(desk, lost.id, ReflectionForm(" ", ""))
    home_losses.keep(desk, lost.id, ReflectionForm("Vi kom for sjældent om aftenen."))
    home_losses.keep(desk, lost.id, ReflectionForm(home_fit="For langt fra søsteren."))
    told = [(each.support_fit, each.home_fit) for each in page(desk, citizen).reflections]
    assert sorted(told, key=str) == [("Vi kom for sjældent om aftenen.", None), (None, "For langt fra søsteren.")]


# ---- neighbours and landlord


def talk(desk: Desk, citizen: str, **form: object) -> None:
    home_talks.keep(desk, citizen, TalkForm(party="landlord", **form))  # type: ignore[arg-type]


def test_nobody_else_is_talked_with_without_a_yes_to_it(desk: Desk, clock: Clock) -> None:
    """G15, G16: refused by the action; another yes, a no, one that ran out or was taken back is none."""
    citizen, other = seed(desk), seed(desk, "Bo")
    for about, answer in (("hospital", "yes"), ("network", "yes"), ("money", "yes"), ("other", "no")):
        consents.give(desk, citizen, ConsentForm(about, "Udlejeren", answer=answer))
    theirs = consents.give(desk, other, ConsentForm("other", "Udlejeren"))
    for consent in (None, theirs.id, *(each.consent.id for each in consents.register(desk, citizen))):
        with pytest.raises(RecordError, match="no_consent"):
            talk(desk, citizen, consent=consent)
    clock.move(minutes=1)
    yes = consents.give(desk, citizen, ConsentForm("other", "Boligforeningen Nord"))
    talk(desk, citizen, consent=yes.id, text="Om restancen")
    (told,) = home_talks.read(desk, citizen).talks
    assert (told.party, told.to, told.text) == ("landlord", "Boligforeningen Nord", "Om restancen")
    clock.move(minutes=1)
    consents.withdraw(desk, yes.id)
    with pytest.raises(RecordError, match="no_consent"):
        talk(desk, citizen, consent=yes.id)
    assert home_talks.read(desk, citizen).yes == () and len(home_talks.read(desk, citizen).talks) == 1
    late = consents.give(desk, other, ConsentForm("other", "Naboen", until=TODAY))
    clock.move(days=1)
    with pytest.raises(RecordError, match="no_consent"):
        talk(desk, other, consent=late.id)


def test_g16_a_yes_is_about_the_one_who_is_talked_with(desk: Desk, clock: Clock) -> None:
    """Not one about a doctor, and not the landlord's for the neighbour; a name is for whom one talks with first."""
    citizen = seed(desk)
    doctor = consents.give(desk, citizen, ConsentForm("other", "Egen læge")).id
    landlord = consents.give(desk, citizen, ConsentForm("housing", "Udlejeren")).id
    named = consents.give(desk, citizen, ConsentForm("housing", "Bent Opfundet")).id
    for party, consent in (("landlord", doctor), ("neighbour", doctor), ("neighbour", landlord), ("other", landlord)):
        form = TalkForm(party=party, consent=consent)
        assert not home_talks.may_save(form, home_talks.read(desk, citizen))
        with pytest.raises(RecordError, match="no_consent"):
            home_talks.keep(desk, citizen, form)
    talk(desk, citizen, consent=landlord)
    home_talks.keep(desk, citizen, TalkForm(party="neighbour", consent=named))
    offered = home_talks.read(desk, citizen).about
    assert [each.id for each in offered("landlord")] == [landlord], "the neighbour's name opens no landlord"
    assert [each.id for each in offered("neighbour")] == [named]
    assert offered(None) == offered("caretaker") == ()


def test_g16_a_yes_that_names_two_is_for_both_also_after_the_first_talk(desk: Desk) -> None:
    citizen = seed(desk)
    both = consents.give(desk, citizen, ConsentForm("housing", "Udlejer og naboer")).id
    talk(desk, citizen, consent=both)
    offered = home_talks.read(desk, citizen).about
    assert [[each.id for each in offered(party)] for party in ("landlord", "neighbour", "caretaker")] == [
        [both], [both], [],
    ]  # fmt: skip


def test_a_yes_to_the_landlord_holds_whichever_word_there_was_for_it_and_a_no_takes_it_back(
    desk: Desk, clock: Clock
) -> None:
    """Before *housing* was an answer of its own, it was given as *somebody else*."""
    citizen = seed(desk)
    before = consents.give(desk, citizen, ConsentForm("other", "Udlejeren"))
    clock.move(minutes=1)
    since = consents.give(desk, citizen, ConsentForm("housing", "Viceværten"))
    assert [each.id for each in home_talks.read(desk, citizen).yes] == [before.id, since.id]
    clock.move(minutes=1)
    consents.give(desk, citizen, ConsentForm("housing", "udlejeren", answer="no"))
    clock.move(minutes=1)
    consents.give(desk, citizen, ConsentForm("other", "Viceværten", answer="no"))
    assert home_talks.read(desk, citizen).yes == ()


def test_a_yes_given_now_is_registered_with_the_talk(desk: Desk) -> None:
    citizen = seed(desk)
    saved = home_talks.keep(
        desk, citizen, TalkForm("neighbour", "conflict", how="orally", on=TODAY - timedelta(days=3))
    )
    (told,), (yes,) = home_talks.read(desk, citizen).talks, home_talks.read(desk, citizen).yes
    assert (told.to, yes.about, yes.how, told.on) == (yes.to, "housing", "orally", TODAY), "not before the yes"
    contacts.undo(desk, saved)
    assert home_talks.read(desk, citizen) == home_talks.Talks((), (), {})
    with pytest.raises(RecordError, match="missing"):
        home_talks.keep(desk, citizen, TalkForm(how="orally"))


# ---- money


def test_an_administration_agreement_needs_a_yes_about_money_and_ends_when_they_like(desk: Desk, clock: Clock) -> None:
    """G14."""
    citizen = seed(desk)
    consents.give(desk, citizen, ConsentForm("other", "Kommunen"))
    with pytest.raises(RecordError, match="no_consent"):
        agreements.keep(desk, citizen, AgreementForm("Husleje"))
    yes = consents.give(desk, citizen, ConsentForm("money", "Ydelseskontoret"))
    saved = agreements.keep(desk, citizen, AgreementForm("Husleje", "Ydelseskontoret", "00 00 00 48"))
    clock.move(minutes=1)
    consents.withdraw(desk, yes.id)
    about = agreements.read(desk, citizen)
    assert about.now is not None and about.now.what == "Husleje" and about.yes is None
    agreements.end(desk, saved.id)
    about = agreements.read(desk, citizen)
    assert about.now is None and [each.ended_on for each in about.earlier] == [TODAY]


# ---- the authority


def test_support_begins_beside_the_decision_and_the_days_are_told_calmly(desk: Desk, clock: Clock) -> None:
    """F2: nothing waits for it, neither the support nor the home."""
    citizen = seed(desk, known=23, met=(2,), situation="street")
    shown = visitations.read(desk, citizen)
    assert shown is not None and (shown.said, shown.waited) == ((), 23)
    visitations.keep(desk, citizen, VisitationForm("in_progress", "Bente Opfundet"))
    clock.move(days=2)
    shown = visitations.read(desk, citizen)
    assert shown is not None and shown.waited == 25 and page(desk, citizen).undecided == 25
    homes.keep(desk, citizen, HomeForm(move_in_on=TODAY))
    head = citizens.read(desk, citizen)
    assert head is not None and head.standing.support is Support.ACTIVE and page(desk, citizen).has
    visitations.keep(desk, citizen, VisitationForm("granted"))
    shown = visitations.read(desk, citizen)
    assert shown is not None and shown.waited is None and [each.stands for each in shown.said] == [
        "granted", "in_progress",
    ]  # fmt: skip
    with pytest.raises(RecordError, match="missing"):
        visitations.keep(desk, citizen, VisitationForm())


@pytest.mark.parametrize("stands", [None, *Visitation])
def test_no_decision_limits_what_the_support_may_be_about(desk: Desk, stands: str | None) -> None:
    """F9: every dimension of life, whatever was decided; and the decision has no list of what is allowed."""
    citizen = seed(desk, met=(2,), situation="street")
    if stands:
        visitations.keep(desk, citizen, VisitationForm(stands))
    for dimension in Dimension:
        goals.add(desk, citizen, GoalForm(dimension, "Noget, der betyder noget"))
    assert {goal.dimension for goal in goals.read(desk, citizen)} == set(Dimension)
    head = citizens.read(desk, citizen)
    assert head is not None and head.standing.support is Support.ACTIVE and head.next_step is not None
    assert set(KINDS["visitation"].by_name) == {"on", "stands", "paragraph", "contact", "phone", "note"}
