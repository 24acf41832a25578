"""What a citizen is called, and how a search finds the name again."""

from datetime import date


def shown(known_as: str | None, label: str | None) -> str:
    """The name the citizen chose, else the label of place and date; never empty."""
    raise NotImplementedError


def label(place: str, day: date) -> str:
    """`Banegården, 23.11.`: place and date, never looks or clothes (ux.md F5)."""
    raise NotImplementedError


def fold(text: str) -> str:
    """For search: without case and accents, aa = å, ae = æ, oe = ø."""
    raise NotImplementedError


def found_by(query: str, *texts: str | None) -> bool:
    """Whether every word of the query begins or lies in one of the texts."""
    raise NotImplementedError


def alike(one: str, other: str) -> bool:
    """Whether two names could mean the same person."""
    raise NotImplementedError


def digits(phone: str | None) -> str:
    """The digits of a number, without the Danish country code."""
    raise NotImplementedError


def masked_cpr(cpr: str | None) -> str:
    """`010203-****`; "" when there is none."""
    raise NotImplementedError
