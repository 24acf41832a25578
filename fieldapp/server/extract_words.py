"""What is stored about a citizen, as they can read it: in the words of the screens, one thing after the other."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from fieldapp.domain.fields import Field, Type
from fieldapp.domain.kinds import KINDS
from fieldapp.server.extract_names import deed, field_name, kind_name, reason, result
from fieldapp.texts import _, ngettext
from fieldapp.words import intensity, word

if TYPE_CHECKING:
    from fieldapp.server.extract import Extract

Row = Mapping[str, Any]

NAMELESS: Mapping[str, str] = {}
#: These have parts of their own, below what was written.
APART = ("conflict", "assignment", "access", "quarantined", "notice", "notice_read")


def text(extract: "Extract") -> str:
    """The whole of it."""
    living = [row for row in extract.records if not row["deleted"]]
    told = _Told({row["id"]: _called(row) for row in living} | dict(extract.names))
    erased = len(extract.records) - len(living)
    parts: list[tuple[str, Callable[[Row], list[str]], Sequence[Row]]] = [
        (_("What is written"), told.record, [row for row in living if row["kind"] not in APART]),
        (_("Where two wrote different things"), told.conflict, [row for row in living if row["kind"] == "conflict"]),
        (_("Sent, and not taken along"), told.waiting, [row for row in living if row["fields"].get("words")]),
        (_("Who has had the responsibility"), told.assignment, extract.assignments),
        (_("What workers were told"), told.record, [row for row in living if row["kind"] == "notice"]),
        (_("Who has opened the page"), told.opening, [row for row in living if row["kind"] == "access"]),
        (_("What leaders said when they looked at who opened it"), told.judgement, extract.judgements),
        (_("What the log says"), told.entry, extract.log),
    ]
    lines = [*_head(extract, erased)]
    for title, say, rows in parts:
        lines += ["", "", title.upper(), "=" * len(title)]
        for row in rows:
            lines += ["", *say(row)] if say in (told.record, told.conflict, told.waiting) else say(row)
        if not rows:
            lines.append(_("Nothing."))
    return "\n".join([*lines, ""])


def _head(extract: "Extract", erased: int) -> Iterator[str]:
    yield _("What is stored about one citizen (GDPR article 15)")
    yield ""
    said = {"moment": moment(extract.made_at.isoformat()), "name": extract.made_by}
    yield _("Made {moment} by {name}. The citizen's number here is {id}.", id=extract.citizen, **said)
    yield _("Read it through before you hand it over: a text may name others.")
    yield _("Backups hold the same until they are deleted; how long that is, the municipality decides.")
    if erased:
        yield ngettext("{count} entry has been erased.", "{count} entries have been erased.", erased)


def _called(row: Row) -> str:
    """What another entry that points to this one calls it."""
    return row["fields"].get("title") or f"{kind_name(row['kind'])}, {_local(row['at'], row['offset'])}"


class _Told:
    """Rows as lines; `names` are of the workers, the teams and the entries that they point to."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def record(self, row: Row) -> list[str]:
        author = self.name(row["author"])
        head = f"{kind_name(row['kind'])}, {_local(row['at'], row['offset'])}, {author}"
        lines = [head, "-" * len(head)]
        for name, stored in row["fields"].items():
            if stored is not None:
                by = self.name(row["by"].get(name) or row["author"])
                lines += self._line(row["kind"], name, stored, by if by != author else "")
        if row["void"] is not None:
            lines += _texted(_("Struck out, because"), row["void"])
        return lines

    def conflict(self, row: Row) -> list[str]:
        said = row["fields"]
        kind, name = said["about_kind"], said["field"]
        head = f"{kind_name(kind)}: {field_name(name)}, {_local(row['at'], row['offset'])}"
        lines = [head, "-" * len(head)]
        for part, title in (("stored", _("What stood")), ("kept", _("What was kept beside it"))):
            stored = json.loads(said[part]) if said.get(part) else None
            title = f"{title} ({self.name(said.get(f'{part}_by'))})"
            lines += _texted(title, self.value(kind, name, stored) if stored is not None else _("Nothing."))
        return lines

    def waiting(self, row: Row) -> list[str]:
        """What was left out too: then it says why."""
        said = row["fields"]
        head = f"{kind_name(said['about_kind'])}, {moment(said['written_at'])}, {self.name(said['worker'])}"
        lines = [head, "-" * len(head)]
        for name, stored in json.loads(said["words"]).items():
            lines += self._line(said["about_kind"], name, stored, "")
        for name in ("decision", "reason"):
            if name in said:
                lines += self._line("quarantined", name, said[name], "")
        return lines

    def assignment(self, row: Row) -> list[str]:
        role = self.value("assignment", "role", row["role"])
        until = moment(row["to_at"]) if row["to_at"] else _("until further notice")
        return [f"{self.name(row['worker'] or row['team'])}, {role}: {moment(row['from_at'])} - {until}"]

    def opening(self, row: Row) -> list[str]:
        return [f"{moment(row['fields']['opened_at'])}: {self.name(row['author'])}"]

    def judgement(self, row: Row) -> list[str]:
        text = f": {row['text']}" if row["text"] else ""
        return [f"{moment(row['at'])}, {self.name(row['leader'])}, {reason(row['judgement'])}{text}"]

    def entry(self, row: Row) -> list[str]:
        what = f"{deed(row['do'])}: {kind_name(row['kind'])}" if row["kind"] else deed(row["do"])
        why = f" ({reason(row['why'])})" if row["why"] else ""
        return [f"{moment(row['received_at'])}, {self.name(row['worker'])}, {what}, {result(row['result'])}{why}"]

    def name(self, id: str | None) -> str:
        return self.names.get(id or "") or _("the server")

    def value(self, kind: str, name: str, stored: Any) -> str:
        return value(kind, name, stored, self.names)

    def _line(self, kind: str, name: str, stored: Any, by: str) -> list[str]:
        title = f"{field_name(name)} ({by})" if by else field_name(name)
        return _texted(title, self.value(kind, name, stored))


def value(kind: str, name: str, stored: Any, names: Mapping[str, str] = NAMELESS) -> str:
    """What a field says, as the screens say it."""
    known = KINDS[kind].by_name.get(name) if kind in KINDS else None
    return str(stored) if known is None else _known(known, stored, names)


def _known(field: Field, stored: Any, names: Mapping[str, str]) -> str:
    match field.type:
        case Type.DAY:
            return _day(date.fromisoformat(stored))
        case Type.MOMENT:
            return moment(stored)
        case Type.CLOCK:
            return str(stored).replace(":", ".")
        case Type.FLAG:
            return _("Yes") if stored else _("No")
        case Type.REF:
            return names.get(stored, stored)
        case Type.NUMBER if field.name == "level":
            return intensity(stored)
        case Type.CODE if field.words:
            return word(field.words, stored)
        case Type.CODES if field.words:
            words = field.words
            return ", ".join(word(words, code) for code in stored)
    return str(stored)


def _texted(title: str, said: str) -> list[str]:
    """A text of several lines stands below its title."""
    if "\n" not in said:
        return [f"{title}: {said}"]
    return [f"{title}:", *(f"    {line}" for line in said.splitlines())]


def moment(iso: str) -> str:
    """In the zone it was written with."""
    at = datetime.fromisoformat(iso)
    return f"{_day(at.date())} {at:%H.%M}"


def _local(iso: str, offset: int) -> str:
    """As the clock of the device showed it."""
    return moment((datetime.fromisoformat(iso) + timedelta(minutes=offset)).isoformat())


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
