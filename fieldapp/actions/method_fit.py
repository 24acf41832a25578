"""*Passer metoden stadig?*: the four signals of 001, told together. They decide nothing (D9)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.store.tables_life import MethodFitRow

SIGNALS = ("more_support", "longer", "hard_to_lower", "shift_wrong")


@dataclass
class FitForm:
    """Each signal is yes, no or not answered."""

    more_support: bool | None = None
    longer: bool | None = None
    hard_to_lower: bool | None = None
    shift_wrong: bool | None = None
    own_view: str = ""
    talked: bool = False

    def signs(self) -> bool:
        return any(getattr(self, name) for name in SIGNALS)


@dataclass(frozen=True)
class Fit:
    """`signs`: those answered with a yes."""

    on: date
    signs: tuple[str, ...]
    own_view: str | None
    talked_on: date | None


def draft_key(citizen: str) -> str:
    return f"fits:{citizen}"


def read(desk: Desk, citizen: str) -> tuple[Fit, ...]:
    """Newest first."""
    with desk.store.reading() as session:
        return tuple(_fit(row) for row in _rows(session, citizen))


def latest(session: Session, citizen: str) -> Fit | None:
    return next((_fit(row) for row in _rows(session, citizen)), None)


def keep(desk: Desk, citizen: str, form: FitForm) -> Saved:
    """A record of what you saw together; method, phase and intensity stay as they are."""
    with writing(desk) as work:
        row = MethodFitRow(
            on=work.today,
            **{name: getattr(form, name) for name in SIGNALS},
            own_view=form.own_view.strip() or None,
            talked_on=work.today if form.talked else None,
        )
        id = work.add(citizen, row)
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def _rows(session: Session, citizen: str) -> list[MethodFitRow]:
    return sorted(
        rows.of_citizen(session, MethodFitRow, citizen), key=lambda row: (row.on, row.added_at, row.id), reverse=True
    )


def _fit(row: MethodFitRow) -> Fit:
    return Fit(row.on, tuple(name for name in SIGNALS if getattr(row, name)), row.own_view, row.talked_on)
