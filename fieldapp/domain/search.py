"""What a search compares: plain words in any order, numbers in any grouping, and words that are one slip away."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from fieldapp.domain.names import digits, fold

_NO_WORD = re.compile(r"[\W_]")
_ASCII = "".join(letter if letter.isalnum() else " " for letter in map(chr, range(128)))
_IN_A_NUMBER = re.compile(r"(\d) (?=\d)")
_COUNTRY = re.compile(r"(?<!\S)(?:\+|00)45")
_LETTER = re.compile("aa|ae|oe|.")
"""As people count them: folded, å, æ and ø are two."""
_ANY_LETTER = ("[^ ]", "(?:aa|ae|oe)")
#: Letters of a word that may hold a slip: nearly everything is one slip away from a shorter one.
_SLIPS = range(4, 41)
#: Words of a query: the rest of what somebody pasted in finds nothing more.
_MOST = 12


def plain(text: str) -> str:
    """Folded, every word after a space, and a number written in groups as one. Kept in vaults, as `fold` is."""
    folded = f" {fold(text)}"
    # Every row that arrives comes through here; most of it is ASCII by now.
    spaced = folded.translate(_ASCII) if folded.isascii() else _NO_WORD.sub(" ", folded)
    return _IN_A_NUMBER.sub(r"\1", spaced)


def words(query: str) -> tuple[str, ...]:
    """What plain text must hold, all of it. A Danish number is looked for without its country code."""
    found = plain(_COUNTRY.sub(" ", query)).split()[:_MOST]
    return tuple(dict.fromkeys(digits(word) if word.isdecimal() else word for word in found))


def may_slip(word: str) -> bool:
    """A number is right or another one."""
    return word.isalpha() and len(_LETTER.findall(word)) in _SLIPS


def near(text: str, word: str) -> bool:
    """Whether plain `text` holds the word, or a word that begins with it but for one slip: a letter wrong, missing or
    too much, or two swapped."""
    return word in text or _look(word)(text)


@lru_cache(32)
def _look(word: str) -> Callable[[str], bool]:
    """A slip before the middle leaves what is after it, and the other way round: that is looked for first, because
    twenty thousand notes must be through between two keys. Three letters at the end are seldom enough for that."""
    letters = _LETTER.findall(word)
    middle = max(1, min((len(letters) - 1) // 2, len(letters) - 4))
    start, end = " " + "".join(letters[:middle]), "".join(letters[middle + 1 :])
    after = re.compile(start + _one_of(_slips(letters[middle:])))
    before = re.compile(end + _one_of(f"(?<= {slip}{end})" for slip in _slips(letters[: middle + 1])))

    def look(text: str) -> bool:
        return bool((start in text and after.search(text)) or (end in text and before.search(text)))

    return look


def _slips(letters: Sequence[str]) -> Iterator[str]:
    """What the letters may have been meant to be; an `ae` is one, or two."""
    for each in (letters, "".join(letters)):
        for at, letter in enumerate(each):
            before, rest = "".join(each[:at]), "".join(each[at + 1 :])
            yield before + rest
            for other in _ANY_LETTER:
                yield before + other + rest
                yield before + other + letter + rest
            if rest:
                yield before + each[at + 1] + letter + "".join(each[at + 2 :])


def _one_of(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(patterns))})"


def forget() -> None:
    """At the lock: what was looked for may be a name."""
    _look.cache_clear()
    re.purge()
