"""Between the schemas of the records: what older apps send is brought up to today's, what they get is brought down.

A field that is only added needs nothing: an operation names what was set, and a device keeps fields it does not know.
One that is renamed, split or newly required needs a step. Steps up are kept for ever, so that no note of an old app
is stranded; rows are brought down two schemas, and an app older than that gets acknowledgements alone (sync.md 4.9).
Two fields are never joined into one: a change may name one of them, and nobody can tell the other from it.

An app newer than the server is answered 409 before anything is decided: what it wrote of a kind or field unknown here
waits on the device until the server is updated. Under a schema that the server has, the unknown is a fault: refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from fieldapp.wire import Operation, Row


class Cell(NamedTuple):
    """What a record says of one field. Nobody has checked the value."""

    value: Any
    base: int = 0
    by: str = ""


Cells = dict[str, Cell]
#: Given a kind and its fields, all of them or some: the same in the next schema, or in the one before.
Turn = Callable[[str, Cells], Cells]


@dataclass(frozen=True)
class Step:
    up: Turn
    down: Turn


def renamed(kind: str, old: str, new: str) -> Step:
    """A field got another name; conflicts about it follow."""

    def turn(was: str, becomes: str) -> Turn:
        def turned(of: str, cells: Cells) -> Cells:
            if of == kind:
                return {becomes if name == was else name: cell for name, cell in cells.items()}
            if of == "conflict" and cells.get("about_kind", _NONE).value == kind and cells["field"].value == was:
                return cells | {"field": cells["field"]._replace(value=becomes)}
            return cells

        return turned

    return Step(turn(old, new), turn(new, old))


_NONE = Cell(None)


@dataclass(frozen=True)
class Schemas:
    """The n-th step leads from schema n to n + 1."""

    steps: tuple[Step, ...] = ()

    @property
    def newest(self) -> int:
        return 1 + len(self.steps)

    @property
    def oldest(self) -> int:
        """The oldest one that rows are brought down to."""
        return max(1, self.newest - 2)

    def up(self, operation: Operation, request: int) -> Operation:
        """`request`: the schema of the app that sends it; the operation may have waited since an older one."""
        written = operation.schema_ or request
        if written >= self.newest or operation.do == "void":
            return operation.model_copy(update={"schema_": self.newest})
        known = {name: Cell(value, operation.base.get(name, 0)) for name, value in operation.fields.items()}
        cells = known
        try:
            for step in self.steps[written - 1 :]:
                cells = step.up(operation.kind, cells)
        except (TypeError, ValueError, LookupError, AttributeError):
            cells = known  # it holds what it cannot: the check of its fields will say so
        fields = {name: cell.value for name, cell in cells.items()}
        base = {name: cell.base for name, cell in cells.items() if cell.base}
        return operation.model_copy(update={"fields": fields, "base": base, "schema_": self.newest})

    def down(self, row: Row, to: int) -> Row:
        if to >= self.newest:
            return row
        cells = {name: Cell(v, row.base.get(name, 0), row.by.get(name, "")) for name, v in row.fields.items()}
        for step in reversed(self.steps[to - 1 :]):
            cells = step.down(row.row, cells)
        return row.model_copy(
            update={
                "fields": {name: cell.value for name, cell in cells.items()},
                "base": {name: cell.base for name, cell in cells.items() if cell.base},
                "by": {name: cell.by for name, cell in cells.items() if cell.by},
            }
        )


def _as_it_is(_kind: str, cells: Cells) -> Cells:
    return cells


#: Kinds came to be, and nothing of the others changed: a device that knows them fetches what it could not read.
ADDED = Step(_as_it_is, _as_it_is)

#: Today's. `wire.SCHEMA` is the number of its newest.
TODAY = Schemas(
    (
        ADDED,  # 2: who is told and who decides when a citizen changes hands
        ADDED,  # 3: the working day
        ADDED,  # 4: the citizen's life
        ADDED,  # 5: what is told may be about no citizen; an app that cannot read it keeps it until it can
    )
)
