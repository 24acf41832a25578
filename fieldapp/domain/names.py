"""What a citizen is called, and how it is compared: without case, accents and the ways to spell æ, ø and å."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher

NAMELESS = "–"
"""Stands where there is neither name nor label; an empty row could not be touched."""
_SPELT = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "ß": "ss", "đ": "d"}
_ALIKE = 0.8
_COUNTRY = "45"
_NUMBER = 8  # digits of a Danish number
ENOUGH = 6
"""Digits at the end of a number that are enough to ask whether it is the same."""


def shown(known_as: str | None, label: str | None) -> str:
    """The name the citizen chose, else the label of place and date; never empty."""
    return (known_as or "").strip() or (label or "").strip() or NAMELESS


def label(place: str, day: date) -> str:
    """`Banegården, 23.11.`: place and date, never looks or clothes (ux.md F5)."""
    when = f"{day.day}.{day.month}."
    return f"{place.strip()}, {when}" if place.strip() else when


def fold(text: str) -> str:
    """Without case and accents, å = aa, æ = ae, ø = oe. Vaults keep folded words: to fold otherwise takes a step."""
    whole = _spelt(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))
    if whole.isascii():
        return whole
    parts = unicodedata.normalize("NFKD", whole)
    return _spelt("".join(c for c in parts if not unicodedata.combining(c))).casefold()


def _spelt(text: str) -> str:
    for letter, letters in _SPELT.items():
        text = text.replace(letter, letters)
    return text


def alike(one: str, other: str) -> bool:
    """Whether two names could mean the same person: nearly the same letters, or one is part of the other."""
    a, b = fold(one).strip(), fold(other).strip()
    if not a or not b:
        return False
    words_a, words_b = set(a.split()), set(b.split())
    return words_a <= words_b or words_b <= words_a or SequenceMatcher(None, a, b).ratio() >= _ALIKE


def digits(phone: str | None) -> str:
    """The digits of a number, without the Danish country code."""
    plain = re.sub(r"\D", "", phone or "").removeprefix("00" if (phone or "").strip().startswith("0045") else "")
    return plain[len(_COUNTRY) :] if len(plain) == len(_COUNTRY) + _NUMBER and plain.startswith(_COUNTRY) else plain


def same_number(one: str | None, other: str | None) -> bool:
    """Whether they end alike: six digits are enough to ask."""
    a, b = digits(one), digits(other)
    return len(a) >= ENOUGH and len(b) >= ENOUGH and a[-ENOUGH:] == b[-ENOUGH:]


def same_place(place: str, told: Iterable[str | None]) -> bool:
    """Whether what is told, a label or known places, names the place: whole words of it, in any spelling."""
    wanted = _words(place)
    return bool(wanted) and any(wanted <= _words(each or "") for each in told)


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[\W_]+", fold(text)) if not word.isdigit()} - {""}


def masked_cpr(cpr: str | None) -> str:
    """`010203-****`; "" when there is none."""
    plain = re.sub(r"\D", "", cpr or "")
    return f"{plain[:6]}-****" if plain else ""
