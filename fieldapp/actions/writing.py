"""One thing a worker does, as one transaction, with what it takes to take it back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlmodel import Session

from fieldapp.actions import facts, people, same
from fieldapp.actions.desk import Change, Desk, Saved
from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.next_step import next_step
from fieldapp.errors import RecordError
from fieldapp.store import drafts, records
from fieldapp.store.tables import TABLES, Synced

UNDONE = "undone"

Row = TypeVar("Row", bound=Synced)


class Writing:
    """Adds and changes, all at the same moment, and remembers both."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.desk = desk
        self.session = session
        self.now = desk.now()
        self.today = self.now.date()
        self._added: list[tuple[str, str]] = []
        self._changed: list[Change] = []
        self._voided: list[tuple[str, str]] = []
        self._draft: tuple[str, Mapping[str, object]] | None = None

    def add(self, citizen: str, row: Synced) -> str:
        """The new record's id. Nothing asks whether the citizen is still on this device: what was typed is kept,
        and the server gives it to the one who is responsible now."""
        return self.add_to(self._where(citizen, row), row)

    def add_to(self, scope: str, row: Synced) -> str:
        """The same, in a scope that is known: a team's, or that of one of two who are the same person."""
        row.scope = scope
        records.add(self.session, row, self.now)
        self._added.append((row.kind, row.id))
        return row.id

    def _where(self, citizen: str, row: Synced) -> str:
        """With the one who is kept of several that are one person; what belongs to a record stands beside it, so that
        it still does when they turn out to be two."""
        lies_in = same.scopes(self.session, citizen)
        if row.kind in ("citizen", "citizen_merge") or len(lies_in) == 1:
            return citizen_scope(citizen)
        for field in KINDS[row.kind].fields:
            owner = getattr(row, field.name) if field.belongs else None
            found = [self.session.get(TABLES[kind], owner) for kind in field.of] if owner else []
            for one in found:
                if one is not None and one.scope in lies_in:
                    return one.scope
        return lies_in[0]

    def change(self, row: Synced, /, **fields: Any) -> None:
        before = {name: getattr(row, name) for name in fields if getattr(row, name) != fields[name]}
        if before:
            after = {name: fields[name] for name in before}
            records.change(self.session, row, self.now, **after)
            self._changed.append(Change(row.kind, row.id, before, after))

    def void(self, row: Synced, reason: str) -> None:
        records.void(self.session, row, self.now, reason)
        self._voided.append((row.kind, row.id))

    def get(self, table: type[Row], id: str) -> Row:
        """Raises RecordError("gone") for a record that is not here any more."""
        row = self.session.get(table, id)
        if row is None or row.void_reason is not None:
            raise RecordError("gone")
        return row

    def no_draft(self, key: str, values: Mapping[str, object]) -> None:
        """The form is saved: its draft goes in the same transaction, and comes back with *Fortryd*."""
        drafts.discard(self.session, key)
        self._draft = (key, values)

    def saved(self, id: str, citizen: str) -> Saved:
        self.session.flush()
        known = facts.read_one(self.session, citizen, self.today)
        step = people.step_named(self.session, self.desk, next_step(known, self.today) if known else None)
        return Saved(id, citizen, step, tuple(self._added), tuple(self._changed), tuple(self._voided), self._draft)

    def undo(self, saved: Saved) -> None:
        """Void what was added, set back what nobody has changed since, and add anew what was voided."""
        for kind, id in reversed(saved.added):
            row = self.session.get(TABLES[kind], id)
            if row is not None and row.void_reason is None:
                records.void(self.session, row, self.now, UNDONE)
        for change in saved.changed:
            row = self.session.get(TABLES[change.kind], change.id)
            if row is not None and row.void_reason is None:  # what was added and then changed is gone already
                untouched = {k: v for k, v in change.before.items() if getattr(row, k) == change.after[k]}
                records.change(self.session, row, self.now, **untouched)
        for kind, id in saved.voided:
            if (row := self.session.get(TABLES[kind], id)) is not None:
                again = TABLES[kind](**{name: getattr(row, name) for name in KINDS[kind].by_name})
                self.add_to(row.scope, again)
        if saved.draft is not None and drafts.read(self.session, saved.draft[0]) is None:
            # What is being written now is nowhere else; what was saved stands in the voided record.
            key, values = saved.draft
            drafts.keep(self.session, key, dict(values), self.now)


@contextmanager
def writing(desk: Desk) -> Iterator[Writing]:
    with desk.store.transaction() as session:
        yield Writing(desk, session)


def citizen_of(row: Synced) -> str:
    return scope_id(row.scope)
