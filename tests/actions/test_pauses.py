"""I5: a pause is set by a person, with a reason and a day to look at it again, and taken up the same way."""

from datetime import timedelta

import pytest

from fieldapp.actions import citizens, contacts, pauses, today
from fieldapp.actions.desk import Desk
from fieldapp.actions.pauses import PauseForm
from fieldapp.domain.values import Support
from fieldapp.errors import RecordError
from tests.desks import Clock, seed
from tests.examples import TODAY


def support(desk: Desk, citizen: str) -> str:
    shown = citizens.read(desk, citizen)
    assert shown is not None
    return shown.standing.support


def test_a_pause_keeps_the_citizen_under_on_pause_with_a_review(desk: Desk) -> None:
    citizen = seed(desk, met=(3,))
    saved = pauses.pause(desk, citizen, PauseForm("Længere afsoning", TODAY + timedelta(days=90)))
    assert support(desk, citizen) == Support.PAUSED
    assert [row.citizen for row in today.read(desk).paused] == [citizen]
    assert saved.next_step is not None
    contacts.undo(desk, saved)
    assert support(desk, citizen) == Support.ACTIVE


def test_on_pause_there_is_a_sign_of_life_every_30_days(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(3,))
    pauses.pause(desk, citizen, PauseForm("Længere afsoning", TODAY + timedelta(days=90)))
    clock.move(days=31)
    assert citizen in {row.citizen for row in (*today.read(desk).reach, *today.read(desk).later)}


@pytest.mark.parametrize(
    ("reason", "days", "why"),
    [("", 20, "missing"), ("  ", 20, "missing"), ("Rejse", None, "missing"), ("Rejse", 0, "malformed"),
     ("Rejse", -3, "malformed"), ("Rejse", 91, "malformed")],
)  # fmt: skip
def test_a_pause_without_a_reason_or_a_review_within_90_days_is_none(
    desk: Desk, reason: str, days: int | None, why: str
) -> None:
    """I-5."""
    citizen = seed(desk)
    review = None if days is None else TODAY + timedelta(days=days)
    with pytest.raises(RecordError, match=why):
        pauses.pause(desk, citizen, PauseForm(reason, review))
    assert support(desk, citizen) == Support.ACTIVE


def test_taken_up_again_the_support_goes_on_today(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(3,))
    pauses.pause(desk, citizen, PauseForm("Længere afsoning", TODAY + timedelta(days=30)))
    clock.move(days=10)
    saved = pauses.resume(desk, citizen)
    assert support(desk, citizen) == Support.ACTIVE
    contacts.undo(desk, saved)
    assert support(desk, citizen) == Support.PAUSED
