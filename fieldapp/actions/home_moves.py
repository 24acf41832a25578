"""What a move, a lost home and the next one do to the lists about the home: always part of one writing."""

from typing import Any

from fieldapp.actions import home_rows
from fieldapp.actions.writing import UNDONE, Writing
from fieldapp.domain import homes as rules
from fieldapp.domain.values_life import HOUSING, HousingItem, HousingList
from fieldapp.store.tables import HousingPeriodRow
from fieldapp.store.tables_life import HousingTaskRow

#: They belong to one home, and lose their day with it.
_OF_THE_HOME = frozenset({HousingList.MOVING_IN, HousingList.HOME})


def plan(work: Writing, citizen: str, home: HousingPeriodRow) -> None:
    """The days before the move: written once, moved when it is moved, gone when nobody knows it any more (G7)."""
    on = home.move_in_on
    ahead = on is not None and on >= work.today
    found = _by_item(work, citizen, HousingList.MOVING_IN, {home.id, None})
    for item in HOUSING[HousingList.MOVING_IN]:
        due = rules.due_on(item, on, work.today) if on and ahead else None
        for row in found.get(item, []):
            if row.done_on is None:
                work.change(row, due_on=due)
        if item not in found and due is not None:
            row = HousingTaskRow(list=HousingList.MOVING_IN.value, item=item.value, due_on=due, housing_period=home.id)
            work.add(citizen, row)


def finish(work: Writing, citizen: str, home: str) -> None:
    """Moved in: that is ticked, and so is the looking for a new home."""
    moved = _by_item(work, citizen, HousingList.MOVING_IN, {home, None}).get(HousingItem.MOVE_IN, [])
    looking = [row for row in home_rows.tasks(work.session, citizen) if row.list == HousingList.NEW_HOME]
    for row in (*moved, *looking):
        if row.done_on is None:
            work.change(row, done_on=work.today)
    if not moved:
        done: dict[str, Any] = {
            "list": HousingList.MOVING_IN.value,
            "item": HousingItem.MOVE_IN.value,
            "done_on": work.today,
        }
        work.add(citizen, HousingTaskRow(housing_period=home, **done))


def leave(work: Writing, citizen: str, home: str) -> None:
    """What was still to be done in a home that is left has no day any more: it would never leave the list of today."""
    for row in home_rows.tasks(work.session, citizen):
        if row.housing_period == home and row.list in _OF_THE_HOME and row.done_on is None:
            work.change(row, due_on=None)


def look_for_another(work: Writing, citizen: str, lost: str) -> None:
    """*Ny boligløsning* (G12). It has no day of its own: on the list of today nothing tells of a lost home."""
    of, item = HousingList.NEW_HOME.value, HousingItem.NEW_HOME.value
    work.add(citizen, HousingTaskRow(list=of, item=item, housing_period=lost))


def not_lost(work: Writing, citizen: str, home: str) -> None:
    """It was a mistake, and so was the looking for another one."""
    for row in home_rows.tasks(work.session, citizen):
        if row.list == HousingList.NEW_HOME and row.housing_period == home and row.done_on is None:
            work.void(row, UNDONE)


def _by_item(work: Writing, citizen: str, of: str, homes: set[str | None]) -> dict[str, list[HousingTaskRow]]:
    found: dict[str, list[HousingTaskRow]] = {}
    for row in home_rows.tasks(work.session, citizen):
        if row.list == of and row.housing_period in homes:
            found.setdefault(row.item, []).append(row)
    return found
