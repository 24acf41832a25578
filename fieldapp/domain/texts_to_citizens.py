"""Texts a citizen gets by sms: short, plain, and saying nothing a stranger may not read (invariants test 21)."""

import re
from collections.abc import Mapping, Sequence
from string import Formatter

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
_WORDS = ("act", "alkohol", "borger", "borgeren", "cpr", "cti", "gæld", "gælden", "icm", "rus", "sag", "sagen")
_FORBIDDEN = re.compile(
    rf"\b(?:(?:{'|'.join(map(re.escape, _STEMS))})[\w-]*|(?:{'|'.join(map(re.escape, _WORDS))})\b)", re.IGNORECASE
)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its `{placeholders}` filled in; one without a value is left standing."""
    return template.format_map(_Left(values))


class _Left(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def placeholders(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


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
