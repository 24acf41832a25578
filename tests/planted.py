"""Schemas as they may come: in the second a citizen's `phone` is called `telephone` and goals may have a colour; in
the third the full name is two fields, and every goal says how far ahead it looks."""

from dataclasses import replace

import pytest

from fieldapp.domain import access
from fieldapp.domain.fields import Field, Kind, Type
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.kinds_citizen import CITIZEN, GOAL
from fieldapp.server import audit, claims, operations
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.schemas import Cell, Cells, Schemas, Step, renamed


def _with(kind: Kind, *fields: Field, without: str = "") -> Kind:
    return replace(kind, fields=(*(f for f in kind.fields if f.name != without), *fields))


CITIZEN_2 = _with(CITIZEN, Field("telephone", limit=30), without="phone")
GOAL_2 = _with(GOAL, Field("colour", Type.CODE))
CITIZEN_3 = _with(CITIZEN_2, Field("first_name", limit=60), Field("last_name", limit=60), without="full_name")
GOAL_3 = _with(GOAL_2, Field("horizon", Type.CODE, required=True))
HOLOGRAM = Kind("hologram", "citizen", fields=(Field("light"),))


def _split(kind: str, cells: Cells) -> Cells:
    if kind == "citizen" and "full_name" in cells:
        was = cells["full_name"]
        first, _, last = (None, None, None) if was.value is None else was.value.rpartition(" ")
        names = {"first_name": was._replace(value=first or None), "last_name": was._replace(value=last)}
        return {name: cell for name, cell in cells.items() if name != "full_name"} | names
    if kind == "goal" and "title" in cells and not any(cell.base for cell in cells.values()):  # a new one
        return {"horizon": Cell("later")} | cells
    return cells


def _join(kind: str, cells: Cells) -> Cells:
    both = [cells[name] for name in ("first_name", "last_name") if name in cells]
    if kind != "citizen" or not both:
        return cells
    whole = " ".join(cell.value for cell in both if cell.value) or None
    newest = max(both, key=lambda cell: cell.base)
    kept = {name: cell for name, cell in cells.items() if name not in ("first_name", "last_name")}
    return kept | {"full_name": newest._replace(value=whole)}


SECOND = renamed("citizen", "phone", "telephone")
THIRD = Step(_split, _join)
KINDS_OF = {
    2: {"citizen": CITIZEN_2, "goal": GOAL_2, "hologram": HOLOGRAM},
    3: {"citizen": CITIZEN_3, "goal": GOAL_3, "hologram": HOLOGRAM},
}


def upgrade(server: InProcessServer, to: int, plant: pytest.MonkeyPatch, since: int = 1) -> None:
    """The server is of a later schema from here on; the devices beside it are of `since`, where these steps begin."""
    steps = (SECOND, THIRD)[: to - since]
    nothing = Step(_same, _same)
    steps = (nothing,) * (since - 1) + steps + (nothing,) * (to - since - len(steps))
    plant.setattr(server, "schemas", Schemas(steps))
    for module in (access, claims, operations, audit):
        plant.setattr(module, "KINDS", KINDS | KINDS_OF[min(to - since + 1, 3)])


def update_apps(plant: pytest.MonkeyPatch, to: int) -> None:
    """Every device here is of this schema from now on, as far as what it says goes."""
    for module in ("sync.client", "sync.answer", "store.outbox"):
        plant.setattr(f"fieldapp.{module}.SCHEMA", to)


def _same(kind: str, cells: Cells) -> Cells:
    return cells
