"""Texts a citizen gets by sms: short, plain, and saying nothing a stranger may not read (invariants test 21)."""

from collections.abc import Mapping, Sequence

LONGEST = 160


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its `{placeholders}` filled in; one without a value is left out."""
    raise NotImplementedError


def placeholders(template: str) -> frozenset[str]:
    raise NotImplementedError


def forbidden_word(text: str) -> str | None:
    """The first word that tells a stranger something; None for a harmless text."""
    raise NotImplementedError


def outside_sms_alphabet(text: str) -> str:
    """The characters that are not in GSM 03.38 and would make the text cost double; "" when all fit."""
    raise NotImplementedError


def problems(text: str) -> tuple[str, ...]:
    """too_long | alphabet | forbidden, of a text as it would be sent."""
    raise NotImplementedError


def choice(ids: Sequence[str], last: str | None, sent: int, count: int = 3) -> tuple[str, ...]:
    """`count` of `ids`, turning with the number already `sent`; `last` is never among them."""
    raise NotImplementedError
