"""The contact log: noting that we met, talked or wrote, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from fieldapp.actions import drafts, intensity, next_steps, readable
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.timeline import Moment, one, timeline
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import ContactMode
from fieldapp.errors import RecordError
from fieldapp.store.tables import ContactRow, NextStepRow, ProgressRow

__all__ = ["ContactForm", "Moment", "draft_key", "form_of", "note", "one", "timeline", "undo"]

CORRECTED = "corrected"
_FEW_WORDS = 400  # beside the reasons that were tapped
_LIMITS = {name: KINDS["contact"].by_name[name].limit for name in ("place_text", "with_whom", "progress")} | {
    "intensity_why": _FEW_WORDS
}
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
    focus_areas: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    reflections: tuple[str, ...] = ()
    own_words: str = ""
    professional_view: str = ""
    progress: str = ""
    sensitive: bool = False
    supervision: bool = False
    to_case_system: bool = False
    intensity: int | None = None  # turned up or down to this; None: as it is
    intensity_reasons: tuple[str, ...] = ()  # words that were tapped
    intensity_why: str = ""
    assess_on: str | None = None  # when you look at the support together
    next_on: str | None = None  # a day the worker chose; None: the rhythm's
    corrects: str | None = None


def draft_key(citizen: str, corrects: str | None = None) -> str:
    """A correction is a draft of its own: it must not take the place of a note being written."""
    return f"contact:{citizen}:{corrects}" if corrects else f"contact:{citizen}"


def note(desk: Desk, citizen: str, form: ContactForm) -> Saved:
    """Save the contact, its progress line, what was turned up or down and the next step in one transaction.

    What is sensitive stays in the contact: its progress is not repeated among the others'.
    """
    with writing(desk) as work:
        first = work.get(ContactRow, form.corrects) if form.corrects else None
        happened = _happened(work, form, first)
        id = work.add(citizen, _row(form, happened))
        _keep_progress(work, citizen, form, happened, first)
        if first is None:
            next_steps.finish(work, citizen, happened, lambda step: _fulfils(form.mode, step, happened))
            _turn(work, citizen, form)
            readable.count(work.session)
        if (day := _day(form.next_on)) is not None:
            next_steps.move(work, citizen, day)
        if first is None and form.intensity is not None and (day := _day(form.assess_on)) is not None:
            intensity.assess(work, citizen, day)
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
            focus_areas=tuple(row.focus_areas),
            tools=tuple(row.tools),
            reflections=tuple(row.reflections),
            own_words=row.own_words or "",
            professional_view=row.professional_view or "",
            progress=row.progress or "",
            sensitive=bool(row.sensitive),
            supervision=bool(row.supervision),
            to_case_system=bool(row.to_case_system),
            corrects=row.id,
        )


def _happened(work: Writing, form: ContactForm, first: ContactRow | None) -> datetime:
    """Now, unless the worker chose another moment; never later than now, and a correction keeps the first's."""
    said = form.occurred_at or (first.occurred_at if first else None)
    return min(said, work.now) if said else work.now


def _fulfils(mode: str, step: NextStepRow, happened: datetime) -> bool:
    return mode in _FACE_TO_FACE or not next_steps.still_to_come(step, happened)


def _turn(work: Writing, citizen: str, form: ContactForm) -> None:
    if form.intensity is not None:
        why = _lines(form)[0]["intensity_why"] or ""
        intensity.turn(work, citizen, form.intensity, (", ".join(form.intensity_reasons), why))


def _row(form: ContactForm, happened: datetime) -> ContactRow:
    line, rest = _lines(form)
    view = "\n".join(filter(None, (form.professional_view.strip(), *rest)))
    return ContactRow(
        occurred_at=happened,
        mode=form.mode,
        place=form.place,
        place_text=line["place_text"],
        with_whom=line["with_whom"],
        dimensions=list(form.dimensions),
        content=list(form.content),
        act_dimensions=list(form.act_dimensions),
        focus_areas=list(form.focus_areas),
        tools=list(form.tools),
        reflections=list(form.reflections),
        own_words=form.own_words.strip() or None,
        professional_view=view or None,
        progress=line["progress"],
        sensitive=form.sensitive or None,
        supervision=form.supervision or None,
        to_case_system=form.to_case_system or None,
        corrects=form.corrects,
    )


def _lines(form: ContactForm) -> tuple[dict[str, str | None], list[str]]:
    """The short fields, and the whole of what is too long for one: *Gem* never says no to a long line."""
    kept: dict[str, str | None] = {}
    rest: list[str] = []
    for name, limit in _LIMITS.items():
        said = getattr(form, name).strip()
        kept[name] = said[:limit].strip() or None
        rest += [said] if len(said) > limit else []
    return kept, rest


def _keep_progress(
    work: Writing, citizen: str, form: ContactForm, happened: datetime, first: ContactRow | None
) -> None:
    """A line of its own among the progress; a correction takes the first's place there too."""
    text = "" if form.sensitive else _lines(form)[0]["progress"] or ""
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
