"""The review together, and the two lists a team keeps."""

from datetime import date, timedelta

import pytest

from fieldapp.actions import citizens, contacts, intensity, method_focus, reviews, team_lists
from fieldapp.actions.desk import Desk
from fieldapp.actions.reviews import ReviewForm
from fieldapp.actions.team_lists import ItemForm, ParagraphForm
from fieldapp.domain.paragraphs import OWN
from fieldapp.errors import RecordError
from fieldapp.texts import use_language
from tests.desks import Clock, seed
from tests.examples import TODAY

ICM = ("method", {"method": "icm", "from_on": "2026-06-01"})


@pytest.fixture(autouse=True)
def danish() -> None:
    use_language("da")


def test_k2_j7_l9_t19_a_review_is_kept_whole_and_read_again(desk: Desk) -> None:
    citizen = seed(desk, met=(1,), more=(ICM, ("intensity", {"level": 4, "from_on": "2026-06-01"})))
    shown = reviews.read(desk, citizen)
    assert shown is not None and (shown.due_on, shown.held) == (date(2026, 9, 1), ())
    form = ReviewForm(
        need="Nogen at ringe til.",
        enough="about_right",
        own_view="Det går fremad.",
        in_the_way="Gælden.",
        would_help="Et møde i banken.",
        manages_alone="partly",
        method_fits=True,
        intensity=3,
        intensity_reasons=("Går godt",),
    )
    saved = reviews.keep(desk, citizen, form)
    held = reviews.read(desk, citizen)
    assert held is not None and held.due_on == date(2027, 2, 25)
    [one] = held.held
    assert (one.on, one.by, one.need, one.enough) == (TODAY, "Freja Sivmose", "Nogen at ringe til.", "about_right")
    assert (one.own_view, one.in_the_way, one.would_help) == ("Det går fremad.", "Gælden.", "Et møde i banken.")
    assert (one.manages_alone, one.method_fits, one.next_on) == ("partly", True, date(2027, 2, 25))
    turned = intensity.history(desk, citizen)[0]
    assert (turned.level, turned.reason) == (3, "Går godt")
    contacts.undo(desk, saved)
    back = reviews.read(desk, citizen)
    assert back is not None and (back.held, back.due_on) == ((), date(2026, 9, 1))


def test_nothing_of_it_is_demanded_and_a_day_gone_by_is_refused(desk: Desk) -> None:
    citizen = seed(desk, more=(ICM,))
    with pytest.raises(RecordError):
        reviews.keep(desk, citizen, ReviewForm(next_on=TODAY))
    reviews.keep(desk, citizen, ReviewForm())
    shown = reviews.read(desk, citizen)
    assert shown is not None and len(shown.held) == 1


def test_a_review_that_finds_the_method_does_not_fit_changes_no_method(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, more=(ICM,))
    reviews.keep(desk, citizen, ReviewForm(method_fits=False, enough="too_much", manages_alone="wholly"))
    clock.move(days=200)
    page = citizens.read(desk, citizen)
    assert page is not None and (page.method, page.standing.support.value) == ("icm", "active")


def test_c7_icms_list_is_empty_until_the_team_fills_it(desk: Desk) -> None:
    citizen = seed(desk, more=(ICM,))
    assert team_lists.focus_items(desk) == () and method_focus.read(desk, citizen, "icm").items == ()
    with pytest.raises(RecordError):
        team_lists.keep_item(desk, None, ItemForm(" "), "focus-item:new")
    saved = team_lists.keep_item(desk, None, ItemForm("Opfundet område"), "focus-item:new")
    method_focus.turn(desk, citizen, item=saved.id)
    assert method_focus.read(desk, citizen, "icm").items == ((saved.id, "Opfundet område", True),)
    team_lists.end_item(desk, saved.id)
    assert team_lists.focus_items(desk) == ()
    # What is worked with now stays until it is ended there.
    assert method_focus.read(desk, citizen, "icm").items == ((saved.id, "Opfundet område", True),)
    method_focus.turn(desk, citizen, item=saved.id)
    assert method_focus.read(desk, citizen, "icm").items == ()


def test_q1_the_paragraphs_are_the_apps_own_until_the_team_words_them(desk: Desk) -> None:
    first = team_lists.paragraphs(desk)
    assert [each.paragraph for each in first] == [own.paragraph for own in OWN]
    assert {"§ 85", "§ 85 a", "§ 99", "§ 104", "§ 110", "§ 141"} <= {each.paragraph for each in first}
    about = next(each for each in first if each.key == "p85a_2")
    saved = team_lists.keep_paragraph(desk, about, ParagraphForm("§ 85 a, stk. 2-6", "Vores ord."), "paragraph:p85a_2")
    team_lists.keep_paragraph(desk, None, ParagraphForm("§ 142", "Planen på boformen."), "paragraph:new")
    now = {each.key: (each.paragraph, each.text) for each in team_lists.paragraphs(desk)}
    assert now["p85a_2"] == ("§ 85 a, stk. 2-6", "Vores ord.") and ("§ 142", "Planen på boformen.") in now.values()
    again = next(each for each in team_lists.paragraphs(desk) if each.key == "p85a_2")
    team_lists.keep_paragraph(desk, again, ParagraphForm("§ 85 a, stk. 2", "Nye ord."), "paragraph:p85a_2")
    assert [each.text for each in team_lists.paragraphs(desk) if each.key == "p85a_2"] == ["Nye ord."]
    team_lists.end_paragraph(desk, saved.id)
    assert [each.text for each in team_lists.paragraphs(desk) if each.key == "p85a_2"] == [None]
    for form in (ParagraphForm("", "Ord"), ParagraphForm("§ 1", " ")):
        with pytest.raises(RecordError):
            team_lists.keep_paragraph(desk, None, form, "paragraph:new")


def test_a_due_review_is_due_on_the_day_agreed(desk: Desk) -> None:
    citizen = seed(desk, more=(ICM,))
    reviews.keep(desk, citizen, ReviewForm(next_on=TODAY + timedelta(days=9)))
    page = citizens.read(desk, citizen)
    assert page is not None and page.review_due_on == TODAY + timedelta(days=9)
