"""Pause: a longer interruption, by a named person with a reason and a day to look at it again (I5, I-5)."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import drafts
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.closing import REVIEW_AT_MOST
from fieldapp.errors import RecordError
from fieldapp.store.tables import PauseRow, ReopeningRow


@dataclass
class PauseForm:
    reason: str = ""
    review_on: date | None = None


def draft_key(citizen: str) -> str:
    return f"pause:{citizen}"


def last_review(today: date) -> date:
    return today + REVIEW_AT_MOST


def pause(desk: Desk, citizen: str, form: PauseForm) -> Saved:
    """Raises RecordError("missing", "reason" | "review_on"), or "malformed" for a review too far ahead or not ahead."""
    reason, review = form.reason.strip(), form.review_on
    if not reason:
        raise RecordError("missing", "reason")
    if review is None:
        raise RecordError("missing", "review_on")
    with writing(desk) as work:
        if not work.today < review <= last_review(work.today):
            raise RecordError("malformed", "review_on")
        id = work.add(citizen, PauseRow(from_on=work.today, reason=reason, review_on=review))
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def resume(desk: Desk, citizen: str) -> Saved:
    """*Genoptag*: the support goes on from today."""
    with writing(desk) as work:
        return work.saved(work.add(citizen, ReopeningRow(on=work.today)), citizen)
