"""What happened, as the timeline tells it, and the one sentence about the thread."""

import pytest

from fieldapp.actions.timeline import Moment
from fieldapp.domain.values import ContactMode, Outcome, Way
from fieldapp.views import story
from tests.examples import NOW


def a_moment(kind: str, word: str, by: str | None = "Freja Sivmose", **more: object) -> Moment:
    return Moment("id", kind, NOW, by, word, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "word"), [*(("contact", mode) for mode in ContactMode), *(("attempt", way) for way in Way)]
)
def test_everything_that_can_happen_is_told_of_me_and_of_a_colleague(kind: str, word: str) -> None:
    mine = story.title(a_moment(kind, word), "Freja Sivmose", "Bo")
    theirs = story.title(a_moment(kind, word, "Karim Lyngå"), "Freja Sivmose", "Bo")
    unknown = story.title(a_moment(kind, word, None), "Freja Sivmose", "Bo")

    assert "{" not in mine + theirs and "nyere" not in mine + theirs
    assert mine == unknown and "Freja" not in mine
    assert theirs != mine or word == "citizen_came"


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_a_short_sentence_or_says_nothing_more(outcome: Outcome) -> None:
    said = story.outcome(a_moment("attempt", "call", outcome=outcome))

    assert (said == "") == (outcome in ("sent", "left", "done"))
    assert said == "" or said.endswith(".")


def test_a_value_from_a_newer_app_is_told_too() -> None:
    assert story.title(a_moment("contact", "hologram"), "Freja Sivmose", "Bo") == "Andet (nyere version)"
    assert story.outcome(a_moment("attempt", "call", outcome="beamed")) == "Andet (nyere version)"


@pytest.mark.parametrize(
    ("thread", "said"),
    [
        ("", "Tråden begynder med den første hilsen."),
        ("mm", "I har kontakt."),
        ("maaam", "Efter 3 hilsner fik I kontakt."),
        ("mam", "Efter én hilsen fik I kontakt."),
        ("ma", "I har rakt ud én gang. Det betyder noget, også uden svar."),
        ("aaaa", "I har rakt ud 4 gange. Det betyder noget, også uden svar."),
    ],
)
def test_the_thread_says_one_sentence_about_what_matters(thread: str, said: str) -> None:
    assert story.thread_sentence(tuple(thread)) == said


def test_more_attempts_than_beads_are_counted_too() -> None:
    assert "12 gange" in story.thread_sentence(tuple("aaaaaaaaa"), 12)


def test_a_talk_at_the_door_is_a_filled_bead_and_a_corrected_one_counts_once() -> None:
    moments = (
        a_moment("contact", "met"),
        a_moment("contact", "met", corrected=True),
        a_moment("progress", "progress"),
        a_moment("attempt", "bell", outcome="opened_talked"),
        a_moment("attempt", "text", outcome="sent"),
        a_moment("contact", "not_met"),
    )

    assert story.beads(moments) == ("a", "m", "m")
