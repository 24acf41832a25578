"""Two lists a team keeps: ICM's focus areas (C7), and the paragraphs of the law, the app's own and the team's (1.Q)."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.actions import drafts, team_pages
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.names import fold
from fieldapp.domain.paragraphs import OWN, Own
from fieldapp.domain.values import Method
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import FocusAreaItemRow, ParagraphItemRow

FOCUS_DRAFT, PARAGRAPH_DRAFT = "focus-item", "paragraph"


@dataclass
class ItemForm:
    text: str = ""
    begun: bool = False


@dataclass
class ParagraphForm:
    paragraph: str = ""
    text: str = ""
    begun: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`own`: one of the app's, whose words the screen knows; `text` are the team's, `record` where they stand."""

    key: str
    paragraph: str
    own: Own | None = None
    text: str | None = None
    record: str | None = None


def focus_items(desk: Desk, method: str = Method.ICM) -> tuple[tuple[str, str], ...]:
    """Id and text of what the team works with in this method; empty until somebody fills it."""
    with desk.store.reading() as session:
        found = [row for row in team_pages.standing_rows(session, FocusAreaItemRow) if row.method == method]
    return tuple((row.id, row.text) for row in sorted(found, key=lambda row: row.id))


def keep_item(desk: Desk, id: str | None, form: ItemForm, key: str, method: str = Method.ICM) -> Saved:
    """Raises RecordError("missing", "text") and ("no_team")."""
    text = form.text.strip()
    if not text:
        raise RecordError("missing", "text")
    with writing(desk) as work:
        work.no_draft(key, drafts.values_of(form))
        return team_pages.keep_row(work, FocusAreaItemRow, id, {"method": str(method), "text": text})


def end_item(desk: Desk, id: str) -> Saved:
    return team_pages.end(desk, FocusAreaItemRow, id)


def paragraphs(desk: Desk) -> tuple[Paragraph, ...]:
    """The app's own in the order of the law, each with the team's words if it has any; then those of the team alone."""
    with desk.store.reading() as session:
        kept = team_pages.standing_rows(session, ParagraphItemRow)
    own = [_with(each, [row for row in kept if row.replaces == each.code]) for each in OWN]
    alone = [row for row in kept if row.replaces not in {each.code for each in OWN}]
    ordered = sorted(alone, key=lambda row: (fold(row.paragraph), row.id))
    return (*own, *(Paragraph(row.id, row.paragraph, None, row.text, row.id) for row in ordered))


def keep_paragraph(desk: Desk, about: Paragraph | None, form: ParagraphForm, key: str) -> Saved:
    """The team's words. Raises RecordError("missing", "paragraph" | "text") and ("no_team")."""
    fields = {"paragraph": form.paragraph.strip(), "text": form.text.strip()}
    for name, said in fields.items():
        if not said:
            raise RecordError("missing", name)
    replaces = about.own.code if about and about.own else None
    with writing(desk) as work:
        work.no_draft(key, drafts.values_of(form))
        return team_pages.keep_row(
            work, ParagraphItemRow, about.record if about else None, {**fields, "replaces": replaces}
        )


def end_paragraph(desk: Desk, id: str) -> Saved:
    """The team's words go; of the app's own its own stand again."""
    return team_pages.end(desk, ParagraphItemRow, id)


def _with(own: Own, rows: Sequence[ParagraphItemRow]) -> Paragraph:
    """When two phones wrote one each, the first stands."""
    row = min(rows, key=lambda each: each.id, default=None)
    if row is None:
        return Paragraph(own.code, own.paragraph, own)
    return Paragraph(own.code, row.paragraph, own, row.text, row.id)
