"""The contact log: noting that we met, talked or wrote, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from fieldapp.actions import drafts, next_steps
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.timeline import Moment, one, timeline
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain.values import ContactMode
from fieldapp.errors import RecordError
from fieldapp.store.tables import ContactRow, NextStepRow, ProgressRow

__all__ = ["ContactForm", "Moment", "draft_key", "form_of", "note", "one", "timeline", "undo"]

CORRECTED = "corrected"
_FACE_TO_FACE = frozenset({ContactMode.MET, ContactMode.NOT_MET, ContactMode.CITIZEN_CAME})


@dataclass
class ContactForm:
    """What the worker has filled in; a draft until *Gem*. Mutable, because fields write into it at each key."""

    mode: str = "met"
    place: str | None = None
    place_text: str = ""
    occurred_at: datetime | None = None  # None: now
    with_whom: str = ""
    dimensions: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    act_dimensions: tuple[str, ...] = ()
    own_words: str = ""
    professional_view: str = ""
    progress: str = ""
    sensitive: bool = False
    next_on: str | None = None  # a day the worker chose; None: the rhythm's
    corrects: str | None = None


def draft_key(citizen: str, corrects: str | None = None) -> str:
    """A correction is a draft of its own: it must not take the place of a note being written."""
    return f"contact:{citizen}:{corrects}" if corrects else f"contact:{citizen}"


def note(desk: Desk, citizen: str, form: ContactForm) -> Saved:
    """Save the contact, its progress line and the next step in one transaction.

    What is sensitive stays in the contact: its progress is not repeated among the others'.
    """
    with writing(desk) as work:
        first = work.get(ContactRow, form.corrects) if form.corrects else None
        happened = _happened(work, form, first)
        id = work.add(citizen, _row(form, happened))
        _keep_progress(work, citizen, form, happened, first)
        if first is None:
            next_steps.finish(work, citizen, happened, lambda step: _fulfils(form.mode, step, happened))
        if (day := _day(form.next_on)) is not None:
            next_steps.move(work, citizen, day)
        work.no_draft(draft_key(citizen, form.corrects), drafts.values_of(form))
        return work.saved(id, citizen)


def undo(desk: Desk, saved: Saved) -> None:
    """*Fortryd*: void what was just saved, whatever it was; the form is a draft again."""
    with writing(desk) as work:
        work.undo(saved)


def form_of(desk: Desk, contact: str) -> ContactForm:
    """The form as it was saved, to correct it: the first stays, the new one names it."""
    with desk.store.reading() as session:
        row = session.get(ContactRow, contact)
        if row is None or row.void_reason is not None:
            raise RecordError("gone")
        return ContactForm(
            mode=row.mode,
            place=row.place,
            place_text=row.place_text or "",
            occurred_at=row.occurred_at,
            with_whom=row.with_whom or "",
            dimensions=tuple(row.dimensions),
            content=tuple(row.content),
            act_dimensions=tuple(row.act_dimensions),
            own_words=row.own_words or "",
            professional_view=row.professional_view or "",
            progress=row.progress or "",
            sensitive=bool(row.sensitive),
            corrects=row.id,
        )


def _happened(work: Writing, form: ContactForm, first: ContactRow | None) -> datetime:
    """Now, unless the worker chose another moment; never later than now, and a correction keeps the first's."""
    said = form.occurred_at or (first.occurred_at if first else None)
    return min(said, work.now) if said else work.now


def _fulfils(mode: str, step: NextStepRow, happened: datetime) -> bool:
    return mode in _FACE_TO_FACE or not next_steps.still_to_come(step, happened)


def _row(form: ContactForm, happened: datetime) -> ContactRow:
    return ContactRow(
        occurred_at=happened,
        mode=form.mode,
        place=form.place,
        place_text=form.place_text.strip() or None,
        with_whom=form.with_whom.strip() or None,
        dimensions=list(form.dimensions),
        content=list(form.content),
        act_dimensions=list(form.act_dimensions),
        own_words=form.own_words.strip() or None,
        professional_view=form.professional_view.strip() or None,
        progress=form.progress.strip() or None,
        sensitive=form.sensitive or None,
        corrects=form.corrects,
    )


def _keep_progress(
    work: Writing, citizen: str, form: ContactForm, happened: datetime, first: ContactRow | None
) -> None:
    """A line of its own among the progress; a correction takes the first's place there too."""
    text = "" if form.sensitive else form.progress.strip()
    if first is not None and first.progress and first.progress != text:
        for row in _lines_of(work, first):
            work.void(row, CORRECTED)
    if text and (first is None or first.progress != text or first.sensitive):
        # About the dimension the contact was about, when it was about just one.
        about = form.dimensions[0] if len(form.dimensions) == 1 else None
        work.add(citizen, ProgressRow(noted_on=happened.date(), text=text, dimension=about))


def _lines_of(work: Writing, contact: ContactRow) -> list[ProgressRow]:
    wanted = select(ProgressRow).where(
        col(ProgressRow.scope) == contact.scope,
        col(ProgressRow.author) == contact.author,
        col(ProgressRow.text) == contact.progress,
        col(ProgressRow.noted_on) == contact.occurred_at.date(),
        col(ProgressRow.void_reason).is_(None),
    )
    return list(work.session.exec(wanted))


def _day(chosen: str | None) -> date | None:
    """A day nobody can read is no reason not to save: the rhythm's stands."""
    try:
        return date.fromisoformat(chosen) if chosen else None
    except ValueError:
        return None
