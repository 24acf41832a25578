"""Search: beside every row with words in it stand its plain words, kept by triggers: nothing that writes can forget it.

Which fields are read is declared with them (domain/kinds.py, `searched`). Erasing a row erases its words. What is
sensitive is hidden from a search (microcopy `log.sensitive`), so its words are not kept here at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func
from sqlmodel import Session, col, select

from fieldapp.domain.fields import Part
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.search import may_slip, words
from fieldapp.store.bookkeeping import SearchRow, WhoRow, WrittenRow
from fieldapp.store.columns import Table
from fieldapp.store.tables import TABLES

PARTS: dict[Part, type[SearchRow]] = {"who": WhoRow, "written": WrittenRow}
_IN_A_SECOND = 1_000_000
"""Places for rows of the same second: a place is microseconds since 1970, or the next that is free."""


@dataclass(frozen=True)
class Hit:
    kind: str
    id: str


def find(session: Session, query: str, part: Part, limit: int | None = None) -> list[Hit]:
    """The rows that hold every word of the query, newest first; if there are none, those with a slip in the words."""
    wanted = sorted(words(query), key=len, reverse=True)  # the longest is the rarest
    if not wanted:
        return []
    held = col(PARTS[part].words)
    found = _rows(session, part, [func.instr(held, word) > 0 for word in wanted], limit)
    if found or not any(map(may_slip, wanted)):
        return found
    near = [func.near(held, word) if may_slip(word) else func.instr(held, word) > 0 for word in wanted]
    return _rows(session, part, near, limit)


def _rows(session: Session, part: Part, conditions: list[ColumnElement[bool]], limit: int | None) -> list[Hit]:
    """It ends as soon as enough is found."""
    table = PARTS[part]
    found = select(table.kind, table.id).where(*conditions).order_by(col(table.place).desc()).limit(limit)
    return [Hit(kind, id) for kind, id in session.exec(found)]


def make(connection: Connection) -> None:
    """The words of every row there is, and the triggers that keep them from now on; what was there before goes."""
    before = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*_search_*'"
    for (name,) in connection.exec_driver_sql(before).fetchall():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for row in PARTS.values():
        table = Table.metadata.tables[str(row.__tablename__)]
        table.drop(connection, checkfirst=True)
        table.create(connection)
    for kind in TABLES:
        for trigger in triggers(kind).values():
            connection.exec_driver_sql(trigger)
        for part in _parts(kind):
            _fill(connection, kind, part)


def triggers(kind: str) -> dict[str, str]:
    """What keeps the words of a kind, by name. Only what changes them is worth a write: most rows that arrive have
    been here before."""
    found = {}
    for part in _parts(kind):
        read = ("void_reason", *_mark(kind), *KINDS[kind].searched(part))
        old, new = _age(kind, "OLD"), _age(kind, "NEW")
        of = ", ".join(f'"{name}"' for name in (*_times(kind), *read))
        changed = f"({old}, {_columns('OLD', read)}) IS NOT ({new}, {_columns('NEW', read)})"
        drop = f"DELETE FROM search_{part} WHERE place BETWEEN {_places(old)} AND kind = '{kind}' AND id = OLD.id"
        put = _put(kind, part, "NEW")
        for write, then in {
            "insert": f'INSERT ON "{kind}" BEGIN {put}; END',
            "update": f'UPDATE OF {of} ON "{kind}" WHEN {changed} BEGIN {drop}; {put}; END',
            "delete": f'DELETE ON "{kind}" BEGIN {drop}; END',
        }.items():
            name = f"{kind}_search_{part}_{write}"
            found[name] = f'CREATE TRIGGER "{name}" AFTER {then}'
    return found


def _parts(kind: str) -> list[Part]:
    return [part for part in PARTS if KINDS[kind].searched(part)]


def _fill(connection: Connection, kind: str, part: Part) -> None:
    """One by one: which place is free shows when the row before has got its own."""
    ids = connection.exec_driver_sql(f'SELECT id FROM "{kind}" ORDER BY {_age(kind, kind)}').fetchall()
    if ids:
        put = _put(kind, part, kind, source=f'FROM "{kind}"')
        connection.exec_driver_sql(f'{put} AND "{kind}".id = ?', [tuple(id) for id in ids])


def _put(kind: str, part: Part, row: str, source: str = "") -> str:
    """Keep a row's words, unless it is void, sensitive or has none. `row`: what it is called in this statement."""
    texts = _columns(row, KINDS[kind].searched(part))
    age = _age(kind, row)
    place = f"coalesce((SELECT max(place) + 1 FROM search_{part} WHERE place BETWEEN {_places(age)}), {age})"
    hidden = " ".join(f'AND coalesce("{row}"."{name}", 0) = 0' for name in _mark(kind))
    return (
        f"INSERT INTO search_{part} (place, kind, id, words) "
        f"SELECT {place}, '{kind}', \"{row}\".id, plain(concat_ws(' ', {texts})) {source} "
        f"WHERE \"{row}\".void_reason IS NULL {hidden} AND concat({texts}) <> ''"
    )


def _mark(kind: str) -> list[str]:
    return [name for name in ("sensitive",) if name in KINDS[kind].by_name]


def _age(kind: str, row: str) -> str:
    """The first place of the second it was. What is planned is as old as its writing."""
    times = _columns(row, _times(kind))
    return f"coalesce(unixepoch(substr(min({times}), 1, 19)), 0) * {_IN_A_SECOND}"


def _times(kind: str) -> tuple[str, str]:
    dated = KINDS[kind].dated
    return "added_at", dated.name if dated else "added_at"


def _places(age: str) -> str:
    return f"{age} AND {age} + {_IN_A_SECOND - 1}"


def _columns(row: str, names: Iterable[str]) -> str:
    return ", ".join(f'"{row}"."{name}"' for name in names)
