"""*Når det bliver svært*: made with the citizen, read by whoever supports them; the latest stands (N6)."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import CopingPlanRow


@dataclass
class CopingForm:
    signs: str = ""
    helps: str = ""
    helps_not: str = ""
    whom_to_call: str = ""
    for_others: str = ""
    begun: bool = False


@dataclass(frozen=True)
class CopingPlan:
    on: date
    signs: str
    helps: str
    helps_not: str
    whom_to_call: str
    for_others: str

    @property
    def said(self) -> dict[str, str]:
        """What is filled in, in order."""
        named = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "on"}
        return {name: words for name, words in named.items() if words}


WORDS = tuple(each.name for each in fields(CopingForm) if each.name != "begun")


def draft_key(citizen: str) -> str:
    return f"coping_plan:{citizen}:"


def read(desk: Desk, citizen: str) -> tuple[CopingPlan, ...]:
    """Newest first; the first is the one that stands."""
    with desk.store.reading() as session:
        found = rows.of_citizen(session, CopingPlanRow, citizen)
        found.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
        return tuple(CopingPlan(row.on, *(getattr(row, name) or "" for name in WORDS)) for row in found)


def keep(desk: Desk, citizen: str, form: CopingForm) -> Saved:
    """A new one beside those before, which stay readable. Raises RecordError("missing", "signs") when all is empty."""
    said: dict[str, Any] = {name: getattr(form, name).strip() or None for name in WORDS}
    if not any(said.values()):
        raise RecordError("missing", "signs")
    with writing(desk) as work:
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(work.add(citizen, CopingPlanRow(on=work.today, **said)), citizen)
