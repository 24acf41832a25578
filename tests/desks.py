"""A worker's desk over a real store, and invented citizens on it, as the server would have sent them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import uuid6

from fieldapp.actions.desk import Desk
from fieldapp.domain.access import citizen_scope, team_scope, worker_scope
from fieldapp.domain.values import Dimension
from fieldapp.store import incoming
from fieldapp.store.database import Store
from fieldapp.store.disk import DISK, Disk
from fieldapp.wire import Row
from tests.examples import NOW, an_id
from tests.fresh import open_fresh

FREJA, KARIM, TEAM = an_id(), an_id(), an_id()
NAMES = {FREJA: "Freja Sivmose", KARIM: "Karim Lyngå"}
_seqs = count(1)
_DIMENSIONS = [each.value for each in Dimension]


class Clock:
    """Time that stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """days=, hours=, minutes="""
        self.now += timedelta(**by)


@contextmanager
def a_desk(folder: Path, clock: Clock | None = None, worker: str = FREJA, disk: Disk = DISK) -> Iterator[Desk]:
    """Freja's desk. The team's list is there: she and Karim, each with a phone."""
    store = Store(open_fresh(folder, disk), worker)
    try:
        desk = Desk(store, worker, NAMES[worker], clock or Clock())
        arrive(desk, *(_colleague(id, name, f"00 00 00 0{n}") for n, (id, name) in enumerate(NAMES.items(), 1)))
        yield desk
    finally:
        store.close()


def arrive(desk: Desk, *rows: Row) -> None:
    """Take rows in as if the server had sent them."""
    with desk.store.transaction() as session:
        incoming.take_in(session, rows)


def a_row(kind: str, citizen: str, written: datetime = NOW, author: str = FREJA, **fields: Any) -> Row:
    """One record of a citizen, with fields as Python or wire values. `id` and `void` may be among them."""
    seq = next(_seqs)
    id, void = fields.pop("id", None) or _made_at(written), fields.pop("void", None)
    plain = {name: _plain(value) for name, value in fields.items() if value is not None}
    return Row(
        row=kind,
        id=id,
        scope=citizen_scope(citizen),
        seq=seq,
        fields=plain,
        base=dict.fromkeys(plain, seq),
        by=dict.fromkeys(plain, author),
        author=author,
        at=written.astimezone(UTC),
        offset=round((written.utcoffset() or timedelta()).total_seconds() / 60),
        void=void,
    )


def seed(
    desk: Desk,
    known_as: str | None = "Åse",
    *,
    known: int = 100,
    met: tuple[int, ...] = (),
    tried: tuple[int, ...] = (),
    responsible: str | None = FREJA,
    more: tuple[tuple[str, dict[str, Any]], ...] = (),
    **fields: Any,
) -> str:
    """A citizen's id. `known`, `met` and `tried` are days ago; `more` are further records: kind and fields."""
    citizen, born = an_id(), desk.now() - timedelta(days=known)
    head = {"known_as": known_as, "phone": "00 00 12 34"} | fields
    rows = [a_row("citizen", citizen, born, id=citizen, **head)]
    if responsible is not None:
        rows.append(an_assignment(citizen, responsible, born))
    for days in met:
        at = desk.now() - timedelta(days=days)
        rows.append(a_row("contact", citizen, at, occurred_at=at, mode="met"))
    for days in tried:
        at = desk.now() - timedelta(days=days)
        rows.append(
            a_row("attempt", citizen, at, occurred_at=at, way="text", outcome="sent", text="Hej", template="s1")
        )
    rows += (a_row(kind, citizen, desk.now() - timedelta(hours=1), **values) for kind, values in more)
    arrive(desk, *rows)
    return citizen


def seed_many(desk: Desk, citizens: int = 100, contacts: int = 10_000) -> list[str]:
    """So many citizens, with contacts and attempts spread evenly over two years."""
    course = (("method", {"method": "icm", "from_on": desk.today() - timedelta(days=600)}),)
    ids = [seed(desk, f"Borger {n}", known=700, more=course) for n in range(citizens)]
    step = timedelta(days=699) / (contacts // citizens)
    for start in range(0, contacts, 500):
        rows = []
        for n in range(start, min(start + 500, contacts)):
            at = desk.now() - step * (n // citizens + 1)
            what: dict[str, Any] = {"mode": "met", "own_words": "Opfundne ord."}
            if n % 4 == 0:
                what = {"way": "text", "outcome": "sent"}
            kind = "contact" if "mode" in what else "attempt"
            rows.append(a_row(kind, ids[n % citizens], at, occurred_at=at, **what))
        arrive(desk, *rows)
    return ids


def ten_years(desk: Desk, goals: int = 40, contacts: int = 2_000, homes: int = 30) -> str:
    """One citizen of ten years: goals with steps and progress, contacts, homes had and lost, words and strengths."""
    now = desk.now()
    citizen = seed(desk, "Yrsa", known=3_650, more=(("method", {"method": "icm", "from_on": desk.today()}),))

    def ago(days: float) -> date:
        return (now - timedelta(days=days)).date()

    rows = []
    for n in range(goals):
        goal = an_id()
        ended = None if n < 4 else ago(90 * n - 60)
        began = now - timedelta(days=90 * n)
        area = _DIMENSIONS[n % 8]
        rows.append(a_row("goal", citizen, began, id=goal, dimension=area, title=f"Mål {n}", ended_on=ended))
        rows += (a_row("step", citizen, began, goal=goal, text=f"Skridt {step}", by="together") for step in range(3))
        rows += (
            a_row("progress", citizen, began, goal=goal, text=f"Fremad {line}", noted_on=ago(90 * n))
            for line in range(5)
        )
    for n in range(homes):
        begun = 120 * (homes - n)
        rows.append(a_row("housing_period", citizen, move_in_on=ago(begun), lost_on=ago(begun - 100), in_use=False))
        rows.append(a_row("own_words", citizen, aspect="wish", text=f"Et hjem {n}", said_on=ago(begun)))
        rows.append(a_row("strength", citizen, text=f"Kan noget {n}", noted_on=ago(begun)))
    for n in range(contacts):
        at = now - timedelta(days=3_640 * n / contacts + 1)
        about = [_DIMENSIONS[n % 8], _DIMENSIONS[n % 3]]
        rows.append(a_row("contact", citizen, at, occurred_at=at, mode="met", dimensions=about, own_words="Ord."))
    for start in range(0, len(rows), 500):
        arrive(desk, *rows[start : start + 500])
    return citizen


def an_assignment(
    citizen: str,
    worker: str,
    from_at: datetime,
    to_at: datetime | None = None,
    role: str = "responsible",
    id: str | None = None,
) -> Row:
    fields = {"worker": worker, "name": NAMES[worker], "role": role, "from_at": from_at, "to_at": to_at, "id": id}
    return a_row("assignment", citizen, from_at, author=KARIM, **fields)


def a_notice(what: str, citizen: str | None, at: datetime = NOW, worker: str = FREJA, **fields: Any) -> Row:
    """What the server tells `worker`; `citizen` None: about nobody but them."""
    row = a_row("notice", citizen or "", at, what=what, from_at=at, **fields)
    of = {"citizen": citizen} if citizen else {}
    return row.model_copy(update={"scope": worker_scope(worker), "fields": row.fields | of})


def kept_work(
    citizen: str, kind: str = "contact", do: str = "add", at: datetime = NOW, who: str = KARIM, **fields: Any
) -> Row:
    """An operation of `who`, waiting to be taken along; `fields` are its own, `about` among them if it matters."""
    about = fields.pop("about", None) or an_id()
    words = json.dumps({name: _plain(value) for name, value in fields.items()}, ensure_ascii=False)
    said = {"do": do, "about_kind": kind, "about": about, "words": words, "worker": who, "written_at": at}
    return a_row("quarantined", citizen, at, who, name=NAMES.get(who, "Sofie Opfundet"), **said)


def _colleague(worker: str, name: str, phone: str) -> Row:
    row = a_row("colleague", worker, worker=worker, name=name, phone=phone)
    return row.model_copy(update={"scope": team_scope(TEAM)})


def _made_at(at: datetime) -> str:
    """An id made at that moment, different from all others."""
    made = int(at.timestamp() * 1000) << 80
    return str(uuid6.UUID(int=made | 0x7000_8000_0000_0000_0000 | next(_seqs)))


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
