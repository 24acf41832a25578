"""What you have found out together, as it leaves the app for the authority: resources before needs, dated (F1)."""

from collections.abc import Iterator

from fieldapp.actions.assessments import Assessment
from fieldapp.domain import sheet, spreadsheet
from fieldapp.domain.sheet import Part
from fieldapp.domain.values_life import Assessed, UsesOffers
from fieldapp.texts import _, pgettext
from fieldapp.views.export_words import foot, voice, with_year
from fieldapp.words import word


def texts(found: Assessment, name: str) -> tuple[str, ...]:
    return (name, *(cell for line in _lines(found) for cell in line if cell))


def as_pdf(found: Assessment, name: str) -> bytes:
    """A part for each dimension, its newest note first."""
    parts: dict[str, list[str]] = {}
    for of, day, resources, needs in _lines(found):
        told = parts.setdefault(of, [])
        told += [day, *voice(pgettext("assessment", "Resources"), resources)]
        told += voice(pgettext("assessment", "Needs"), needs)
    return sheet.sheets(name, [Part(of, told) for of, told in parts.items()], foot())


def as_csv(found: Assessment, name: str) -> bytes:
    said = (pgettext("assessment", "Resources"), pgettext("assessment", "Needs"))
    heads = (_("Citizen"), _("Life dimensions"), _("Day"), *said)
    return spreadsheet.table(heads, [[name, *line] for line in _lines(found)])


def _lines(found: Assessment) -> Iterator[tuple[str, str, str, str]]:
    """What it is about, the day, resources and needs; last how far what there is already can be used."""
    for about in found.about:
        for each in about.notes:
            yield word(Assessed, about.code), with_year(each.on), each.resources or "", each.needs or ""
    for uses in found.uses:
        told = " · ".join(filter(None, (word(UsesOffers, uses.level), uses.note)))
        yield pgettext("export", "What there is already"), with_year(uses.on), told, ""
