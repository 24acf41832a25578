"""A leader looks at a citizen: only with a reason, which is in the log before anything is shown.

The log itself is the key: what a leader has said why to look at is shown for a quarter of an hour. Everything in the
console that says a word about a citizen is read here.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select
from starlette.responses import Response

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.fields import is_id
from fieldapp.domain.names import shown
from fieldapp.errors import RecordError
from fieldapp.server import audit
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.console.why import Why
from fieldapp.server.extract_names import field_name
from fieldapp.server.extract_words import value
from fieldapp.server.tables import Audit, Record
from fieldapp.settings import DEFAULTS

LOOK = "look"
#: Pages that show citizens, and with what behind them: where one may come back to.
_BACK = re.compile(
    r"/(assignments|waiting|doubles|erase|sample)(/[0-9a-f-]{36})?"
    r"(\?(of|citizen|week)=(nobody|asked|ended|[0-9a-f-]{36}|[0-9]{4}-W[0-9]{2})(&first=[0-9]{1,6})?)?"
)


@dataclass(frozen=True)
class Card:
    """What is shown of a citizen; `lines` are names of fields with what they say."""

    id: str
    name: str
    lines: tuple[tuple[str, str], ...]


#: What tells one person from another, and no more.
SHOWN = ("known_as", "full_name", "phone", "label", "known_places", "language")


def cards(ask: Ask, session: Session, citizens: Iterable[str]) -> dict[str, Card]:
    """Of these, those that this leader has given a reason for lately; of nobody for anybody else."""
    open_now = looked_at(ask, session, citizens)
    wanted = select(Record).where(col(Record.id).in_(open_now), Record.kind == "citizen", ~col(Record.deleted))
    return {record.id: _card(record) for record in session.exec(wanted)}


def looked_at(ask: Ask, session: Session, citizens: Iterable[str]) -> set[str]:
    """Only a leader has anything in the log to be found by: the table of rules lets nobody else say why."""
    since = ask.now - timedelta(seconds=ask.console.office.settings.console_look)
    seen = ask.sight(session).citizens(session, citizens)
    mine = select(Audit.record).where(Audit.do == LOOK, Audit.worker == ask.me.id, col(Audit.received_at) > since)
    return set(session.exec(mine.where(col(Audit.record).in_(seen))))


def words_of(ask: Ask, session: Session, record: Record) -> list[tuple[str, str]]:
    """What a piece of late work says, by the names of its fields; nothing before somebody has said why they look."""
    citizen, said = record.scope.partition(":")[2], record.fields
    if citizen not in looked_at(ask, session, [citizen]) or not said.get("words"):
        return []
    fields: Mapping[str, object] = json.loads(said["words"])
    return [(field_name(name), value(said["about_kind"], name, stored)) for name, stored in fields.items()]


def look(ask: Ask) -> Response:
    """Write down why, for each citizen that was asked for, and go back to the page."""
    why, back = ask.need("why"), ask.need("back", 200)
    if why not in set(Why):
        raise RecordError("missing", "why")
    if not _BACK.fullmatch(back):
        raise RecordError("malformed", "back")
    asked = {id for id in ask.form.getlist("citizen") if isinstance(id, str) and is_id(id)}
    with ask.writing() as session:
        there = select(Record.id).where(col(Record.id).in_(asked), Record.kind == "citizen", ~col(Record.deleted))
        mine = ask.sight(session).citizens(session, session.exec(there).all())
        for citizen in sorted(mine)[: DEFAULTS.rows_in_a_list]:
            scope = citizen_scope(citizen)
            session.add(audit.act(session, LOOK, ask.me.id, ask.now, citizen, kind="citizen", scope=scope, why=why))
    return ask.to(back)


def _card(record: Record) -> Card:
    said = record.fields
    lines = [(field_name(name), value("citizen", name, said[name])) for name in SHOWN if said.get(name) is not None]
    return Card(record.id, shown(said.get("known_as"), said.get("label")), tuple(lines))


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (("POST", "/look", look, None),)
