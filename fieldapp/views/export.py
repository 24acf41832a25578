"""Out of the app and into the municipality's own system: what belongs there, as a file, and when it stands there."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import flet as ft

from fieldapp.actions import assessments, citizens, contacts, exports
from fieldapp.actions.assessments import Assessment
from fieldapp.actions.desk import Desk
from fieldapp.actions.exports import Note, Out
from fieldapp.domain import sheet
from fieldapp.domain.values_life import Exported
from fieldapp.texts import _, ngettext
from fieldapp.views import export_found, export_plan, export_words, notices, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, page_head, person_head
from fieldapp.views.days import clock, full_day, past
from fieldapp.views.export_plan import Plan
from fieldapp.views.file_out import hand_out
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.rows import chip, chips, group, row, section, tile
from fieldapp.views.state import Screen, use_reading, use_screen

SHOWN = 50


@dataclass(frozen=True)
class File:
    """One file to make. `make` gives its bytes; `about` are the citizens in it."""

    name: str
    what: Exported
    form: str
    make: Callable[[], bytes]
    about: tuple[str, ...]
    said: tuple[str, ...] = ()
    """What stands in it: a letter that cannot be printed is told of."""


Tile = tuple[str, ft.IconData, File]
"""The words of one, its picture, and what it makes."""


@ft.component
@shielded
def Export() -> ft.Control:
    """One citizen's notes and plan."""
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    with_sensitive, choose = ft.use_state(False)
    shown = use_reading(citizens.read, citizen)
    found = use_reading(_of_citizen, citizen, with_sensitive)
    if shown is None:
        return gone(screen)
    kept = [each for each in found if with_sensitive or not each.moment.sensitive]
    waits = [each for each in kept if each.belongs and each.transferred_at is None]
    hidden = len(found) - len(kept)
    about, said = (citizen,), _texts(kept)
    notes_pdf = File(
        export_words.NOTES_PDF, Exported.CONTACTS, "pdf", lambda: export_words.notes_pdf(kept, shown.name), about, said
    )
    notes_csv = File(export_words.NOTES_CSV, Exported.CONTACTS, "csv", lambda: export_words.notes_csv(kept), about)
    out = use_reading(exports.out, citizen)
    body: list[ft.Control] = [
        person_head(citizen, shown.name, _("For the case system")),
        space(theme.L),
        leaves(),
        *_files(
            screen,
            [
                (_("The notes on paper"), ft.Icons.PICTURE_AS_PDF_OUTLINED, notes_pdf),
                (_("The notes as a table"), ft.Icons.TABLE_ROWS_OUTLINED, notes_csv),
                *_plan(use_reading(export_plan.read, citizen, shown.name), about),
                *_found(use_reading(assessments.read, citizen), shown.name, about),
            ],
            out,
        ),
        *_sensitive(hidden, with_sensitive, lambda: choose(not with_sensitive)),
        section(_("Not in the case system yet"), len(waits)),
        *_waiting(waits, screen, named=False),
    ]
    return page(body, act_bar(*_moved(waits, screen), back=screen.back, hide=screen.hide), name="export")


@ft.component
@shielded
def ExportDay() -> ft.Control:
    """Everybody's notes that belong in the case system and are not there: one file, once a day."""
    screen = use_screen()
    with_sensitive, choose = ft.use_state(False)
    found = use_reading(_of_all, with_sensitive)
    waits = [each for each in found if with_sensitive or not each.moment.sensitive]
    about = tuple(sorted({each.citizen for each in waits}))
    as_csv = File(export_words.DAY_CSV, Exported.DAY, "csv", lambda: export_words.notes_csv(waits), about)
    title = _("Notes for the case system")
    as_pdf = File(
        export_words.DAY_PDF, Exported.DAY, "pdf", lambda: export_words.notes_pdf(waits, title), about, _texts(waits)
    )
    hidden, out = len(found) - len(waits), use_reading(exports.out)
    body: list[ft.Control] = [
        page_head(_("For the case system"), _("What you marked, and is not there yet")),
        space(theme.L),
        *_sensitive(hidden, with_sensitive, lambda: choose(not with_sensitive)),
    ]
    if waits:
        files = [
            (_("One table of them all"), ft.Icons.TABLE_ROWS_OUTLINED, as_csv),
            (_("All of them on paper"), ft.Icons.PICTURE_AS_PDF_OUTLINED, as_pdf),
        ]
        body += [leaves(), *_files(screen, files, out), section(_("Not in the case system yet"), len(waits))]
        body += _waiting(waits, screen, named=True)
    else:
        body.append(empty(_("Everything you marked is in the case system.")))
    return page(body, act_bar(*_moved(waits, screen), back=screen.back, hide=screen.hide), name="export-day")


def leaves() -> ft.Control:
    words = _("The file is not encrypted once it leaves the app. Store it only where the municipality says.")
    return note(words, ft.Icons.LOCK_OPEN, "clay")


def _of_citizen(desk: Desk, citizen: str, sensitive: bool) -> tuple[Note, ...]:
    return exports.of_citizen(desk, citizen, sensitive=sensitive)


def _of_all(desk: Desk, sensitive: bool) -> tuple[Note, ...]:
    return exports.waiting(desk, sensitive=sensitive)


def _plan(plan: Plan, about: tuple[str, ...]) -> list[Tile]:
    said = export_plan.texts(plan)
    pdf = File(export_words.PLAN_PDF, Exported.PLAN, "pdf", lambda: export_plan.as_pdf(plan), about, said)
    csv = File(export_words.PLAN_CSV, Exported.PLAN, "csv", lambda: export_plan.as_csv(plan), about)
    return [
        (_("The plan on paper"), ft.Icons.DESCRIPTION_OUTLINED, pdf),
        (_("The plan as a table"), ft.Icons.TABLE_ROWS_OUTLINED, csv),
    ]


def _found(found: Assessment, name: str, about: tuple[str, ...]) -> list[Tile]:
    """Only when there is something: nobody hands an empty page to the authority."""
    if not (found.about or found.uses):
        return []
    what, said = Exported.ASSESSMENT, export_found.texts(found, name)
    pdf = File(export_words.FOUND_PDF, what, "pdf", lambda: export_found.as_pdf(found, name), about, said)
    csv = File(export_words.FOUND_CSV, what, "csv", lambda: export_found.as_csv(found, name), about)
    return [
        (_("Resources and needs on paper"), ft.Icons.SPA_OUTLINED, pdf),
        (_("Resources and needs as a table"), ft.Icons.TABLE_ROWS_OUTLINED, csv),
    ]


def _files(screen: Screen, files: Sequence[Tile], out: Mapping[tuple[str, str], Out]) -> list[ft.Control]:
    """With each, when it was last taken out, and by whom."""
    tiles: list[ft.Control] = [space(theme.M)]
    for words, icon_name, file in files:
        tiles += [
            tile(
                words,
                _taken(out.get((file.what, file.form)), screen),
                icon_name,
                _saving(screen, file),
                identifier=f"file-{file.what}-{file.form}",
            ),
            space(theme.S),
        ]
    return tiles


def _taken(last: Out | None, screen: Screen) -> str | None:
    if last is None:
        return None
    day = past(last.at.date(), screen.desk.today())
    return _("Taken out {day} by {name}", day=day, name=last.by) if last.by else _("Taken out {day}", day=day)


def _saving(screen: Screen, file: File) -> Call:
    async def save() -> None:
        made = await asyncio.to_thread(file.make)
        kept = await hand_out(screen, file.name, made, file.about, file.what, file.form)
        if not kept:
            if kept is False:
                notices.show(_("This machine cannot keep the file."))
            return
        words = _("The file is made.")
        if file.form == "pdf" and sheet.loses(*file.said):
            words = _("The file is made. Some letters cannot be printed and stand as “?”. The table has them all.")
        notices.show(words, ft.Icons.CHECK)

    return save


def _texts(notes: Sequence[Note]) -> tuple[str, ...]:
    said = (
        (n.name, m.own_words, m.professional_view, m.progress, m.text, m.with_whom) for n in notes for m in (n.moment,)
    )
    return tuple(text for texts in said for text in texts if text)


def _sensitive(hidden: int, chosen: bool, turn: Call) -> list[ft.Control]:
    if not hidden and not chosen:
        return []
    words = (
        ngettext("Take {count} sensitive note along", "Take {count} sensitive notes along", hidden) if hidden else ""
    )
    label = words or _("Sensitive notes are taken along")
    return [
        space(theme.S),
        chips(chip(label, turn, chosen=chosen, icon_name=ft.Icons.LOCK_OUTLINE, identifier="take-sensitive")),
    ]


def _waiting(waits: Sequence[Note], screen: Screen, *, named: bool) -> list[ft.Control]:
    if not waits:
        words = _("Nothing waits. Mark a note with “Also belongs in the case system” when it does.")
        return [note(words, ft.Icons.CHECK_CIRCLE_OUTLINE)]
    return [group([_row(each, screen, named) for each in waits[:SHOWN]])]


def _row(each: Note, screen: Screen, named: bool) -> ft.Container:
    when = f"{full_day(each.moment.at.date())} {clock(each.moment.at)}"
    return row(
        each.name if named else when,
        when if named else (each.moment.own_words or each.moment.professional_view),
        lead=icon_disc(ft.Icons.EVENT_NOTE_OUTLINED),
        call=lambda: screen.citizen(each.citizen),
        identifier=f"waits-{each.id}",
    )


def _moved(waits: Sequence[Note], screen: Screen) -> list[ft.Control]:
    """Told by a person: that a file was made does not say that it stands anywhere. Only of those that are shown."""
    waits = waits[:SHOWN]
    if not waits:
        return []

    def mark() -> None:
        saved = exports.transferred(screen.desk, waits)
        undo = (lambda: contacts.undo(screen.desk, saved)) if saved else None
        screen.saved(_("Noted that they stand in the case system."), undo=undo)

    words = ngettext("It stands there now", "They stand there now", len(waits))
    return [button(words, mark, ft.Icons.CHECK, expand=True, identifier="transferred")]
