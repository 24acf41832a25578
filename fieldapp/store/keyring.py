"""The keyring: which secret opens the vault, and what makes a secret good enough (architecture 11)."""

from dataclasses import dataclass
from typing import Literal

SecretForm = Literal["pin", "words"]


@dataclass(frozen=True)
class SecretPolicy:
    """`form` decides the keyboard and the words on screen. `shortest` counts digits (pin) or characters (words)."""

    form: SecretForm
    shortest: int


def secret_policy(keystore: str) -> SecretPolicy:
    """The policy for a keystore kind: `phone` (Android Keystore, Apple Keychain), `practice`, or anything else.

    A phone asks for a PIN of at least 6 digits; practice mode allows one too; everywhere else four words or 12
    characters, since a PIN without hardware behind it can be guessed.
    """
    raise NotImplementedError


def check_secret(policy: SecretPolicy, secret: str) -> None:
    """Raise WeakSecret(short | digits | common)."""
    raise NotImplementedError


def propose_words() -> str:
    """Four words in Danish, separated by spaces: about 2**40 equally likely choices or more."""
    raise NotImplementedError
