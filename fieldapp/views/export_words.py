"""Notes and plans as words on paper and cells of a table; the citizen's own words first and apart."""

from collections.abc import Sequence

from fieldapp.actions.entries import Entry
from fieldapp.actions.exports import Note
from fieldapp.actions.plans import MeetingForm, OtherPlanForm, PlanForm
from fieldapp.domain import sheet, spreadsheet
from fieldapp.domain.sheet import Part
from fieldapp.domain.values import Aspect, ContactMode, Content, Dimension, Place
from fieldapp.domain.values_life import Meeting, OtherPlan, PlanType
from fieldapp.texts import _
from fieldapp.views.days import clock, full_day, long_date
from fieldapp.words import word, words

#: Names of files say nothing of anybody: whoever sees the phone or the folder reads them.
NOTES_PDF, NOTES_CSV, PLAN_PDF, DAY_CSV, DAY_PDF = (
    "notater.pdf",
    "notater.csv",
    "plan.pdf",
    "dagens-notater.csv",
    "dagens-notater.pdf",
)


def foot() -> str:
    return _("To be kept in the municipality's case system only")


def notes_csv(notes: Sequence[Note]) -> bytes:
    heads = (
        *(_("Citizen"), _("Day"), _("Time"), _("What"), _("Where"), _("With whom"), _("Life dimensions")),
        *(_("What it was about"), _("The citizen's words"), _("Professional perspective"), _("Small step forward")),
        *(_("Written by"), _("In the case system")),
    )
    return spreadsheet.table(heads, [_cells(each) for each in notes])


def _cells(note: Note) -> list[str]:
    said = note.moment
    return [
        note.name,
        said.at.date().isoformat(),
        said.at.strftime("%H:%M"),
        word(ContactMode, said.word),
        _place(note),
        said.with_whom or "",
        words(Dimension, said.dimensions),
        words(Content, said.content),
        said.own_words or "",
        said.professional_view or "",
        said.progress or "",
        said.by or "",
        note.transferred_at.date().isoformat() if note.transferred_at else "",
    ]


def notes_pdf(notes: Sequence[Note], title: str) -> bytes:
    return sheet.sheets(title, [_part(each) for each in notes], foot())


def _part(note: Note) -> Part:
    said = note.moment
    what = " · ".join(filter(None, (word(ContactMode, said.word), _place(note), said.with_whom)))
    about = ", ".join(filter(None, (words(Dimension, said.dimensions), words(Content, said.content))))
    return Part(
        f"{note.name} · {full_day(said.at.date())} {said.at.date().year} {clock(said.at)}",
        [
            what,
            *([about] if about else []),
            *_voice(_("The citizen's words"), said.own_words),
            *_voice(_("Professional perspective"), said.professional_view),
            *_voice(_("Small step forward"), said.progress),
            _("Written by {name}", name=said.by or _("A colleague")),
        ],
    )


def plan_pdf(
    name: str,
    own: Sequence[tuple[str, str]],
    goals: Sequence[tuple[str, str]],
    plans: Sequence[Entry[PlanForm]],
    others: Sequence[Entry[OtherPlanForm]],
    meetings: Sequence[Entry[MeetingForm]],
) -> bytes:
    """`own`: (aspect, words), `goals`: (dimension, title). It begins with what the citizen wishes for (F7)."""
    parts = [
        Part(_("In {name}'s own words", name=name), [f"{word(Aspect, aspect)}: {said}" for aspect, said in own]),
        Part(_("Goals"), [f"{word(Dimension, dimension)}: {title}" for dimension, title in goals]),
        *(Part(word(PlanType, each.form.type), _headings(each.form)) for each in plans),
        Part(_("Meetings"), [_meeting(each.form) for each in meetings if not each.over]),
        Part(_("Other plans"), [_other(each.form) for each in others if not each.over]),
    ]
    return sheet.sheets(name, [part for part in parts if part.paragraphs], foot())


def _headings(form: PlanForm) -> list[str]:
    return [
        *([_("Made {day}.", day=long_date(form.made_on))] if form.made_on else []),
        *_voice(_("What it is for"), form.purpose),
        *_voice(_("What is done"), form.effort),
        *_voice(_("How long"), form.how_long),
        *_voice(_("Other matters"), form.other),
        *_voice(_("Kept"), form.kept_at),
    ]


def _meeting(form: MeetingForm) -> str:
    day = long_date(form.on) if form.on else ""
    when = f"{day} {clock(form.at)}" if form.at else day
    return " · ".join(filter(None, (word(Meeting, form.form), when, form.with_whom)))


def _other(form: OtherPlanForm) -> str:
    return " · ".join(filter(None, (word(OtherPlan, form.type), form.what, form.contact)))


def _voice(title: str, said: str | None) -> list[str]:
    return [f"{title}: {said}"] if said else []


def _place(note: Note) -> str:
    place = note.moment.place or ""
    return word(Place, place) if place in set(Place) else place
