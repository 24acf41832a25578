"""What is worked with now: ACT's ten focus areas, and ICM's as the team has listed them (C7, C11). No sequence."""

from dataclasses import dataclass

from sqlmodel import Session

from fieldapp.actions import rows, team_pages
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.store.tables_life import FocusAreaItemRow, FocusAreaRow


@dataclass(frozen=True)
class Focus:
    """`acts`: the codes worked with now. `items`: the team's list for the method, with whether each is."""

    acts: frozenset[str]
    items: tuple[tuple[str, str, bool], ...]


def read(desk: Desk, citizen: str, method: str | None) -> Focus:
    """`items`: id, text, whether it is worked with now; an ended one that still is stays."""
    with desk.store.reading() as session:
        now = _now(session, citizen)
        chosen = {row.item for row in now if row.item}
        listed = [row for row in team_pages.all_rows(session, FocusAreaItemRow) if row.method == method]
        items = [(r.id, r.text, r.id in chosen) for r in listed if r.ended_on is None or r.id in chosen]
        return Focus(frozenset(row.act_area for row in now if row.act_area), tuple(sorted(items, key=lambda i: i[1])))


def turn(desk: Desk, citizen: str, *, act_area: str | None = None, item: str | None = None) -> Saved:
    """Worked with from today, or not any more; what was worked with stays readable."""
    with writing(desk) as work:
        standing = [r for r in _now(work.session, citizen) if (r.act_area, r.item) == (act_area, item)]
        for row in standing:
            work.change(row, ended_on=work.today)
        if standing:
            return work.saved(standing[0].id, citizen)
        return work.saved(work.add(citizen, FocusAreaRow(from_on=work.today, act_area=act_area, item=item)), citizen)


def _now(session: Session, citizen: str) -> list[FocusAreaRow]:
    return [row for row in rows.of_citizen(session, FocusAreaRow, citizen) if row.ended_on is None]
