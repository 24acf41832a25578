"""What a field of a record may hold, and the one check both ends make of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Literal

from fieldapp.errors import RecordError

#: A text a person writes; long enough for a careful note, short enough to stay a note (sync.md 4.11: 64 KB).
NOTE = 16_000
LINE = 200

ScopeKind = Literal["citizen", "team", "worker", "all"]
Words = type[StrEnum]
Part = Literal["who", "written"]


class Type(StrEnum):
    """How a value travels: as JSON text, number, true/false, or a list of codes."""

    TEXT = "text"
    CODE = "code"  # one of a list of words; an unknown word survives
    CODES = "codes"
    DAY = "day"  # 2026-11-22
    CLOCK = "clock"  # 10:30
    MOMENT = "moment"  # 2026-11-22T10:30:00+01:00, always with its offset
    FLAG = "flag"
    NUMBER = "number"
    REF = "ref"  # the id of another record


@dataclass(frozen=True)
class Field:
    """One field of a kind. `limit` counts characters (TEXT) or is the largest value (NUMBER)."""

    name: str
    type: Type = Type.TEXT
    limit: int = LINE
    required: bool = False
    guarded: bool = False
    """In a conflict the stored value stays and the newcomer is kept beside it (sync.md 4.5)."""
    words: Words | None = None
    """The codes this app knows and can name; others are kept as they came."""
    of: tuple[str, ...] = ()
    """For REF: the kinds it may point to; empty for things that are no records (a worker, a team)."""
    belongs: bool = False
    """For REF: the record is only there because of the one it points to, and is erased with it."""
    searched: Part | None = None
    """For TEXT: a search for somebody reads it (who), or one in what was written."""


@dataclass(frozen=True)
class Kind:
    """One kind of record. Append-only kinds are added and voided, never changed."""

    name: str
    scope: ScopeKind
    editable: bool = False
    fields: tuple[Field, ...] = ()
    written_by: Literal["worker", "server"] = "worker"
    by_name: Mapping[str, Field] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})

    @property
    def ready(self) -> bool:
        """False for a kind that is named for later: nobody writes it yet."""
        return bool(self.fields)

    @property
    def dated(self) -> Field | None:
        """The field that says when: the first that must. None: what was written is as old as its writing."""
        return next((f for f in self.fields if f.required and f.type in (Type.DAY, Type.MOMENT)), None)

    def searched(self, part: Part) -> tuple[str, ...]:
        """The names of the fields that this part of a search reads."""
        return tuple(f.name for f in self.fields if f.searched == part)


CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CLOCK = re.compile(r"\d\d:\d\d")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check(kind: Kind, fields: Mapping[str, Any], *, whole: bool) -> None:
    """Raise RecordError unless every field is known, well formed and, in a `whole` record, present where required.

    The error names the rule and the field, never the value.
    """
    if not kind.ready:
        raise RecordError("unknown_kind")
    for name, value in fields.items():
        known = kind.by_name.get(name)
        if known is None:
            raise RecordError("unknown_field", name[:40] if CODE.fullmatch(name) else None)
        if value is None:
            if known.required:
                raise RecordError("missing", name)
            continue
        if not fits(known, value):
            raise RecordError("malformed", name)
    if whole:
        for known in kind.fields:
            if known.required and fields.get(known.name) is None:
                raise RecordError("missing", known.name)


def fits(field: Field, value: Any) -> bool:
    """Whether a value that is not None is well formed."""
    match field.type:
        case Type.FLAG:
            return isinstance(value, bool)
        case Type.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= field.limit
        case Type.CODES:
            return isinstance(value, list) and len(value) <= 40 and all(_is_code(item) for item in value)
    if not isinstance(value, str):
        return False
    match field.type:
        case Type.TEXT:
            return len(value) <= field.limit and _storable(value)
        case Type.CODE:
            return _is_code(value)
        case Type.CLOCK:
            return _CLOCK.fullmatch(value) is not None and _parses(time.fromisoformat, value)
        case Type.DAY:
            return len(value) == 10 and _parses(date.fromisoformat, value)
        case Type.MOMENT:
            return _is_moment(value)
        case Type.REF:
            return is_id(value)
    return False


def _is_code(value: object) -> bool:
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def _storable(text: str) -> bool:
    """PostgreSQL takes neither NUL nor half a surrogate pair, which cannot be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _parses(parse: Any, value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    if not (value.isascii() and value.isprintable()):  # Python takes any one character between day and time
        return False
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return moment.tzinfo is not None and 1900 <= moment.year <= 2200  # at the ends of time no zone can be changed


def is_id(value: object) -> bool:
    """A UUID in its usual writing: 36 characters, lower case."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None
