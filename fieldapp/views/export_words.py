"""Notes as words on paper and cells of a table; the citizen's own words first and apart."""

from collections.abc import Sequence
from datetime import date

from fieldapp.actions.exports import Note
from fieldapp.actions.timeline import Moment
from fieldapp.domain import sheet, spreadsheet
from fieldapp.domain.sheet import Part
from fieldapp.domain.values import ContactMode, Content, Dimension, Outcome, Place, Way
from fieldapp.texts import _
from fieldapp.views.days import clock, full_day, long_date
from fieldapp.words import word, words

#: Names of files say nothing of anybody: whoever sees the phone or the folder reads them.
NOTES_PDF, NOTES_CSV, PLAN_PDF, PLAN_CSV, FOUND_PDF, FOUND_CSV, DAY_CSV, DAY_PDF = (
    "notater.pdf",
    "notater.csv",
    "plan.pdf",
    "plan.csv",
    "udredning.pdf",
    "udredning.csv",
    "dagens-notater.csv",
    "dagens-notater.pdf",
)


def foot() -> str:
    return _("To be kept in the municipality's case system only")


def notes_csv(notes: Sequence[Note]) -> bytes:
    heads = (
        *(_("Citizen"), _("Day"), _("Time"), _("What"), _("Where"), _("With whom"), _("Life dimensions")),
        *(_("What it was about"), _("The citizen's words"), _("Professional perspective"), _("Small step forward")),
        *(_("Written by"), _("Also belongs in the case system"), _("In the case system")),
    )
    return spreadsheet.table(heads, [_cells(each) for each in notes])


def _cells(note: Note) -> list[str]:
    said = note.moment
    return [
        note.name,
        said.at.date().isoformat(),
        said.at.strftime("%H:%M"),
        _what(said),
        _place(note),
        said.with_whom or "",
        words(Dimension, said.dimensions),
        said.text or words(Content, said.content),
        said.own_words or "",
        said.professional_view or "",
        said.progress or "",
        said.by or "",
        _("Yes") if note.belongs else "",
        note.transferred_at.date().isoformat() if note.transferred_at else "",
    ]


def notes_pdf(notes: Sequence[Note], title: str) -> bytes:
    return sheet.sheets(title, [_part(each) for each in notes], foot())


def _part(note: Note) -> Part:
    said = note.moment
    what = " · ".join(filter(None, (_what(said), _place(note), said.with_whom)))
    about = ", ".join(filter(None, (words(Dimension, said.dimensions), words(Content, said.content), said.text)))
    return Part(
        f"{note.name} · {full_day(said.at.date())} {said.at.date().year} {clock(said.at)}",
        [
            what,
            *([about] if about else []),
            *voice(_("The citizen's words"), said.own_words),
            *voice(_("Professional perspective"), said.professional_view),
            *voice(_("Small step forward"), said.progress),
            _("Written by {name}", name=said.by or _("A colleague")),
        ],
    )


def voice(title: str, said: str | None) -> list[str]:
    return [f"{title}: {said}"] if said else []


def _what(said: Moment) -> str:
    """How you met; of a talk from reaching out the way, and what came of it."""
    if said.outcome is None:
        return word(ContactMode, said.word)
    return f"{word(Way, said.word)}: {word(Outcome, said.outcome)}"


def _place(note: Note) -> str:
    place = note.moment.place or ""
    return word(Place, place) if place in set(Place) else place


def with_year(on: date) -> str:
    """A file is read for long."""
    return _("{date} {year}", date=long_date(on), year=on.year)
