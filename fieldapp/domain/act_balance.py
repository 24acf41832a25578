"""How ACT's three dimensions of support stand to each other with one citizen: in words, never in figures (C8)."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from enum import StrEnum

from fieldapp.domain.values import ActDimension

LOOK_BACK = timedelta(days=90)


class Share(StrEnum):
    MOST = "most"
    SOME = "some"
    NONE = "none"


def balance(marks: Sequence[Collection[str]]) -> dict[ActDimension, Share]:
    """`marks`: the dimensions of each contact that has any. Empty when no contact has been marked."""
    marked = [each for each in marks if each]
    found = {dimension: sum(dimension in each for each in marked) for dimension in ActDimension}
    return {dimension: _share(count, len(marked)) for dimension, count in found.items()} if marked else {}


def _share(count: int, of: int) -> Share:
    if not count:
        return Share.NONE
    return Share.MOST if count * 2 >= of else Share.SOME
