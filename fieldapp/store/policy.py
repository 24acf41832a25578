"""What makes a secret good enough, and secrets to propose (architecture 11)."""

import re
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fieldapp.errors import WeakSecret
from fieldapp.store.words import WORDS

SecretForm = Literal["pin", "words"]

#: What people choose when asked for six digits, beside runs, repetitions and birthdays.
_PINS = """
123321 112233 111222 121212 123123 696969 159753 147258 147852 258258 246810 135790 135791 102030 101010 100200 142536
789456 456789 987654 159357 456123 789789 147147 369369 951753 753951 520520 131313 124578 200000 201234 199000 001122
110022
"""
_WORDS = "password adgangskode kodeord hemmelig qwerty asdfgh vedhold velkommen iloveyou"
_COMMON_PINS, _COMMON_WORDS = frozenset(_PINS.split()), frozenset(_WORDS.split())
_UP, _DOWN = "01234567890123456789", "98765432109876543210"


@dataclass(frozen=True)
class SecretPolicy:
    """`form` decides the keyboard and the words on screen. `shortest` counts digits (pin) or characters (words).

    `strict` refuses the commonest PINs; practice mode, with invented data, does not.
    """

    form: SecretForm
    shortest: int
    strict: bool = True


def secret_policy(keystore: str) -> SecretPolicy:
    """The policy for a keystore kind: `phone` (Android Keystore, Apple Keychain), `practice`, or anything else.

    A phone asks for a PIN of at least 6 digits; practice mode allows one too; everywhere else four words or 12
    characters, since a PIN without hardware behind it can be guessed.
    """
    if keystore == "phone":
        return SecretPolicy("pin", 6)
    if keystore == "practice":
        return SecretPolicy("pin", 6, strict=False)
    return SecretPolicy("words", 12)


def normal(secret: str) -> str:
    """The secret as it is stretched: however a keyboard composed, spaced or capitalised it."""
    folded = unicodedata.normalize("NFC", secret).casefold()
    return unicodedata.normalize("NFC", " ".join(folded.split()))


def check_secret(policy: SecretPolicy, secret: str) -> None:
    """Raise WeakSecret(short | digits | common)."""
    plain = normal(secret)
    if policy.form == "pin" and not re.fullmatch(r"[0-9]*", plain):
        raise WeakSecret("digits")
    if len(plain) < policy.shortest:
        raise WeakSecret("short")
    if policy.strict and (_common_pin(plain) if policy.form == "pin" else _common_words(plain)):
        raise WeakSecret("common")


def propose_words() -> str:
    """Four words in Danish, separated by spaces: about 2**40 equally likely choices or more."""
    return " ".join(secrets.choice(WORDS) for _ in range(4))


def _common_pin(pin: str) -> bool:
    return pin in _COMMON_PINS or pin in _UP or pin in _DOWN or _repeats(pin) or _birthday(pin)


def _repeats(text: str) -> bool:
    """111111, 121212, 123123: a short piece over and over."""
    return any(len(text) % n == 0 and text == text[:n] * (len(text) // n) for n in range(1, len(text) // 2 + 1))


def _birthday(pin: str) -> bool:
    """ddmmyy and ddmmyyyy: what a thief who knows the worker tries first."""
    if len(pin) not in (6, 8):
        return False
    year = int(pin[4:]) if len(pin) == 8 else 2000 + int(pin[4:])
    with suppress(ValueError):
        return 1900 <= date(year, int(pin[2:4]), int(pin[:2])).year <= 2099
    return False


def _common_words(text: str) -> bool:
    letters = "".join(c for c in text if c.isalpha())
    return (
        len(set(text)) < 5
        or _repeats(text)
        or _repeats(letters)
        or letters in _COMMON_WORDS
        or text in _UP
        or text in _DOWN
    )
