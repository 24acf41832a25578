"""The review together: need, enough, own view, what is in the way, what would help, and when again (K2, J7, L9)."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import drafts, facts, intensity, people, rows, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain import names, reviews
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import ReviewRow


@dataclass
class ReviewForm:
    """Nothing of it is demanded. The intensity is turned in the same breath; None: as it is."""

    need: str = ""
    enough: str | None = None
    own_view: str = ""
    in_the_way: str = ""
    would_help: str = ""
    manages_alone: str | None = None
    method_fits: bool | None = None
    next_on: date | None = None
    intensity: int | None = None
    intensity_reasons: tuple[str, ...] = ()
    intensity_why: str = ""
    assess_on: str | None = None  # this is the joint look: never asked here


@dataclass(frozen=True)
class Review:
    on: date
    by: str | None
    need: str | None
    enough: str | None
    own_view: str | None
    in_the_way: str | None
    would_help: str | None
    manages_alone: str | None
    method_fits: bool | None
    next_on: date | None


@dataclass(frozen=True)
class ReviewPage:
    """`held` newest first; `propose` is the day for the next one when today's is held."""

    name: str
    method: str | None
    due_on: date | None
    propose: date
    held: tuple[Review, ...]


def draft_key(citizen: str) -> str:
    return f"review:{citizen}"


def read(desk: Desk, citizen: str) -> ReviewPage | None:
    """None when the citizen is not (any more) on this device."""
    today = desk.today()
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, today)
        head = same.head(session, citizen)
        if known is None or head is None:
            return None
        workers = people.workers(session, desk)
        held = rows.of_citizen(session, ReviewRow, citizen)
    held.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
    return ReviewPage(
        name=names.shown(head.known_as, head.label),
        method=known.method,
        due_on=reviews.due_on(known, today),
        propose=reviews.next_on(known, today),
        held=tuple(_review(row, workers.get(row.author)) for row in held),
    )


def keep(desk: Desk, citizen: str, form: ReviewForm) -> Saved:
    """The review and, where it was turned, the intensity: together. The next one is three months ahead if no other day
    is chosen. Raises RecordError("malformed", "next_on") for a day gone by."""
    with writing(desk) as work:
        known = facts.read_one(work.session, citizen, work.today)
        if known is None:
            raise RecordError("gone")
        again = form.next_on or reviews.next_on(known, work.today)
        if again <= work.today:
            raise RecordError("malformed", "next_on")
        row = ReviewRow(
            on=work.today,
            need=_said(form.need),
            enough=form.enough,
            own_view=_said(form.own_view),
            in_the_way=_said(form.in_the_way),
            would_help=_said(form.would_help),
            manages_alone=form.manages_alone,
            method_fits=form.method_fits,
            next_on=again,
        )
        id = work.add(citizen, row)
        if form.intensity is not None:
            intensity.turn(work, citizen, form.intensity, (", ".join(form.intensity_reasons), form.intensity_why))
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def _said(words: str) -> str | None:
    return words.strip() or None


def _review(row: ReviewRow, by: str | None) -> Review:
    return Review(
        row.on,
        by,
        row.need,
        row.enough,
        row.own_view,
        row.in_the_way,
        row.would_help,
        row.manages_alone,
        row.method_fits,
        row.next_on,
    )
