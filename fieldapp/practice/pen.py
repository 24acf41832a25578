"""Writes a citizen's invented records, each one as the rules of the kinds want it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from fieldapp.domain.facts import Record
from fieldapp.domain.fields import check
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.workdays import workday_from
from fieldapp.practice.moments import danish, made_id
from fieldapp.practice.roles import Citizen

_A_WHILE = timedelta(minutes=20)


@dataclass
class Pen:
    """`workers` maps the cast's keys to ids; `chance` decides what the cast leaves open, always alike."""

    citizen: Citizen
    today: date
    workers: Mapping[str, str]
    records: list[Record] = field(default_factory=list)
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(f"vedhold {self.citizen.key}")  # not a secret: the same town every time

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """A day that is agreed for a workday; today stays today."""
        day = self.today + timedelta(days=days)
        return workday_from(day) if days > 0 else day

    def moment(self, day: date) -> datetime:
        """Some time in working hours."""
        return danish(day, time(self.chance.randint(9, 14), self.chance.choice((0, 10, 15, 30, 40, 50))))

    def write(self, kind: str, day: date, by: str, /, **fields: Any) -> str:
        """The new record's id. `occurred_at` is a moment of `day` where the kind has one; days may be dates."""
        at = self.moment(day)
        if "occurred_at" in KINDS[kind].by_name:
            fields["occurred_at"] = at.isoformat(timespec="minutes")
        return self.write_at(kind, at + _A_WHILE, self.workers[by], **fields)

    def write_at(self, kind: str, at: datetime, author: str | None, /, **fields: Any) -> str:
        values = {name: _wire(value) for name, value in fields.items() if value not in (None, ())}
        check(KINDS[kind], values, whole=True)
        record_id = made_id(at, self.citizen.key, kind, len(self.records))
        self.records.append(Record(kind, record_id, values, author, at))
        return record_id


def _wire(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
