"""Registered twice: which of several citizens that people said are the same one is kept. Nothing is copied.

Every phone comes to the same answer from the same records, in whatever order they arrived, and also when two phones
said it the other way round at the same time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Read from another one of the same person where the kept one says nothing; what belongs together goes together.
_TOGETHER = (("known_as", "label", "name_asked"), ("phone", "phone_works"), ("language", "needs_interpreter"))
#: Said of one of them, it holds for the person.
_ANY = ("protected_address", "needs_interpreter")
_JOINED = "known_places"


@dataclass(frozen=True)
class Same:
    """`kept_of`: of everybody registered more than once, who is kept; the kept ones stand there too."""

    kept_of: Mapping[str, str]

    def kept(self, citizen: str) -> str:
        return self.kept_of.get(citizen, citizen)

    def all_of(self, citizen: str) -> tuple[str, ...]:
        """The ids that are this one person, the kept one first."""
        kept = self.kept(citizen)
        return (kept, *sorted(id for id, of in self.kept_of.items() if of == kept and id != kept))

    def hidden(self, citizen: str) -> bool:
        """Whether another one stands for this one."""
        return self.kept(citizen) != citizen


NOBODY = Same({})


def same(said: Iterable[tuple[str, str]]) -> Same:
    """From pairs (the one registered twice, the one it is): chains are followed; of a circle the smallest id is kept.

    When somebody is said to be two others, these are the same person as well.
    """
    leads: dict[str, set[str]] = {}
    for one, other in said:
        if one != other:
            leads.setdefault(one, set()).add(other)
            leads.setdefault(other, set())
    reached = {one: _reached(one, leads) for one in leads}
    kept_of: dict[str, str] = {}
    for person in _persons(leads):
        ends = [one for one in person if all(one in reached[other] for other in reached[one])]
        kept_of |= dict.fromkeys(person, min(ends))
    return Same(kept_of)


def _reached(start: str, leads: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        more = leads[ahead.pop()] - found
        found |= more
        ahead += more
    return found


def _persons(leads: Mapping[str, set[str]]) -> list[set[str]]:
    """Those who hang together, whichever way it was said."""
    both: dict[str, set[str]] = {one: set(others) for one, others in leads.items()}
    for one, others in leads.items():
        for other in others:
            both[other].add(one)
    persons: list[set[str]] = []
    for one in both:
        if not any(one in person for person in persons):
            persons.append({one, *_reached(one, both)})
    return persons


def head(kept: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What stands of the person: the kept one's fields, and where it says nothing the others'. No place is lost."""
    whole = dict(kept)
    for other in others:
        own = {name for group in _TOGETHER if whole.get(group[0]) is not None for name in group}
        whole |= {n: v for n, v in other.items() if whole.get(n) is None and v is not None and n not in own}
    for name in (name for name in _ANY if name in whole):
        whole[name] = any(each.get(name) for each in (kept, *others)) or whole[name]
    if _JOINED in whole:
        places = [place.strip() for each in (kept, *others) for place in (each.get(_JOINED) or "").split(",")]
        whole[_JOINED] = ", ".join(dict.fromkeys(filter(None, places))) or None
    return whole
