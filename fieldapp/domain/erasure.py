"""What erasing a record takes along, and the words for why somebody erases."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from fieldapp.domain.kinds import KINDS


class Ground(StrEnum):
    """Why it is erased, as the audit keeps it: a word, never a sentence about somebody."""

    REQUEST = "request"
    """The citizen asked for it."""
    MISTAKE = "mistake"
    """It should never have been written, or not about this citizen."""
    PERIOD = "period"
    """The municipality's time for keeping it is over."""
    DECISION = "decision"
    """An authority or a court has decided it."""


#: The fields by which a record of a kind belongs to another, for the kinds that have one.
BELONGING: Mapping[str, tuple[str, ...]] = {
    name: fields for name, kind in KINDS.items() if (fields := tuple(f.name for f in kind.fields if f.belongs))
}


def owners(kind: str, fields: Mapping[str, Any]) -> set[str]:
    """The records that this one is only there because of; of work that was kept, also what it would belong to."""
    own = {fields[name] for name in BELONGING.get(kind, ()) if fields.get(name)}
    return own.union(*would_be(kind, fields).values())


def would_be(kind: str, fields: Mapping[str, Any]) -> dict[str, set[str]]:
    """Of work that was kept, the record that it is about, with its owners as the work says them.

    An edit of what itself was kept says none, and goes with that.
    """
    if kind != "quarantined" or not fields.get("words"):
        return {}
    return {fields["about"]: owners(fields["about_kind"], json.loads(fields["words"]))}


def with_belongings(roots: Iterable[str], owned_by: Mapping[str, set[str]]) -> set[str]:
    """`roots` and all that belongs to them, or to what belongs to them. `owned_by`: the owners of each record."""
    gone = set(roots)
    while more := {id for id, own in owned_by.items() if id not in gone and not own.isdisjoint(gone)}:
        gone |= more
    return gone
