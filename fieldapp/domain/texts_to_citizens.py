"""Texts a citizen gets by sms: short, plain, and saying nothing a stranger may not read (invariants test 21)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

LONGEST = 160
"""Characters in one sms of the GSM alphabet; one character outside it makes the limit 70."""

#: GSM 03.38, the basic set; those of the extension table count double and are left out.
_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: A word that begins like this tells others about a home, a body, money, substances, an authority or a place.
_STEMS = (
    *("adresse", "bolig", "boform", "herberg", "hjemløs", "husleje", "natherberg", "udsæt", "værested", "varmestue"),
    *("behandl", "diagnos", "hospital", "indlagt", "indlæg", "medicin", "psyk", "sygehus", "udskriv"),
    *("misbrug", "narko", "rusmid", "stof", "arrest", "afsoning", "fængs", "kriminal", "løslad", "politi"),
    *("bostøtte", "forsorg", "indsats", "jobcent", "kommun", "rådgiv", "sagsbehandl", "støtteperson", "act-"),
    *("gælds", "kontanthjælp", "restance", "ydelse"),
)
#: Whole words: as stems they would hit everyday ones (*gælder*, *sagde*, *aktiv*).
_WORDS = (
    *("act", "alkohol", "borger", "borgeren", "cpr", "cti", "icm", "rus"),
    *("gæld", "gælden", "gældens", "sag", "sagen", "sagens"),
)
_FORBIDDEN = re.compile(
    rf"\b(?:(?:{'|'.join(map(re.escape, _STEMS))})[\w-]*|(?:{'|'.join(map(re.escape, _WORDS))})\b)", re.IGNORECASE
)


_PLACE = re.compile(r"\{(\w+)\}")
#: What the app can put in, with names as they usually are, and with the longest one meets.
TYPICAL = {
    "navn": "Bent",
    "medarbejder": "Freja",
    "hvornår": "på torsdag",
    "tid": "10.30",
    "dato": "3. marts",
    "nummer": "00 00 00 01",
    "kaffe": "kaffe",
}
LONG = TYPICAL | {
    "navn": "Jens-Christian",
    "medarbejder": "Anne-Margrethe",
    "hvornår": "den 23. november",
    "tid": "13.30",
    "dato": "23. november",
}
#: A note at the door is written by hand or printed, and may be longer than an sms.
_ONLY_AT_THE_DOOR = frozenset({"nummer", "kaffe"})

What = Literal["empty", "too_long", "alphabet", "forbidden", "placeholder"]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a text: `word` is the word, the characters or the placeholder, `over` how many too many."""

    what: What
    word: str = ""
    over: int = 0


def lint(template: str, *, at_the_door: bool = False) -> tuple[Problem, ...]:
    """What stands in the way of offering a text, before anybody's name is in it (acceptance test 21)."""
    if not template.strip():
        return (Problem("empty"),)
    known = LONG.keys() - (frozenset() if at_the_door else _ONLY_AT_THE_DOOR)
    strange = [f"{{{name}}}" for name in _PLACE.findall(template) if name not in known]
    strange += re.findall(r"[{}]", _PLACE.sub("", template))
    found = [Problem("placeholder", strange[0])] if strange else []
    words = [word for names in (TYPICAL, LONG) if (word := forbidden_word(fill(template, names)))]
    found += [Problem("forbidden", words[0])] if words else []
    if at_the_door:
        return tuple(found)
    plain = _PLACE.sub("", template).translate({ord("{"): None, ord("}"): None})
    if outside := outside_sms_alphabet(plain):
        found.append(Problem("alphabet", outside))
    over = max(len(fill(template, names)) for names in (TYPICAL, LONG)) - LONGEST
    return tuple(found + ([Problem("too_long", over=over)] if over > 0 else []))


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its `{placeholders}` filled in; one without a value is left standing."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), template)


def without_the_name(template: str) -> str:
    """*Hej.* or *Hej, det er ...*: for a phone that others answer too."""
    return template.replace(" {navn}", "").replace("{navn}", "").strip()


def placeholders(template: str) -> frozenset[str]:
    return frozenset(_PLACE.findall(template))


def forbidden_word(text: str) -> str | None:
    """The first word that tells a stranger something; None for a harmless text."""
    found = _FORBIDDEN.search(text)
    return found.group() if found else None


def outside_sms_alphabet(text: str) -> str:
    """The characters that are not in GSM 03.38 and would make the text cost double; "" when all fit."""
    return "".join(dict.fromkeys(c for c in text if c not in _ALPHABET))


def problems(text: str) -> tuple[str, ...]:
    """too_long | alphabet | forbidden, of a text as it would be sent."""
    found = {
        "too_long": len(text) > LONGEST,
        "alphabet": bool(outside_sms_alphabet(text)),
        "forbidden": forbidden_word(text) is not None,
    }
    return tuple(name for name, there in found.items() if there)


def choice(ids: Sequence[str], last: str | None, sent: int, count: int = 3) -> tuple[str, ...]:
    """`count` of `ids`, turning with the number already `sent`; `last` is never among them."""
    fresh = [one for one in ids if one != last]
    if not fresh:
        return ()
    start = sent % len(fresh)
    return tuple((fresh[start:] + fresh[:start])[:count])
