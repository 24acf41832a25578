"""What the app gives the screens: first start, lock and unlock, sending, and the desk while it is open."""

from collections.abc import Callable
from typing import Literal, Protocol

from fieldapp.actions.desk import Desk
from fieldapp.actions.sending import Sending
from fieldapp.device import Platform


class Gate(Protocol):
    """Implemented by fieldapp.app. The async calls may take seconds; failures are errors.VedholdError."""

    practice: bool
    platform: Platform

    @property
    def secret_form(self) -> Literal["pin", "words"]: ...

    @property
    def state(self) -> Literal["new", "enrolled", "locked", "open"]:
        """new: type the code · enrolled: choose a secret · locked · open."""
        ...

    @property
    def desk(self) -> Desk | None: ...

    @property
    def sending(self) -> Sending: ...

    @property
    def unsent(self) -> int:
        """The bare number, also while locked."""
        ...

    @property
    def proposed_words(self) -> str: ...

    @property
    def gone(self) -> Literal["lost", "retired", "lease"] | None:
        """New: why nothing is here any more, when this device was in use before."""
        ...

    async def enrol(self, address: str, code: str, fingerprint: str = "") -> None:
        """`fingerprint`: what the leader's link says of the server's key."""
        ...

    async def choose_secret(self, secret: str) -> None:
        """Make the vault; the app is open afterwards and fetches the citizens."""
        ...

    async def change_secret(self, old: str, new: str) -> None:
        """While open. WrongSecret and TooManyTries are about the old one, WeakSecret about the new."""
        ...

    async def confirm(self, secret: str) -> None:
        """While open: it is the worker who holds the phone again. WrongSecret and TooManyTries as at the lock."""
        ...

    def typing(self) -> None:
        """Locked: somebody began to type the secret. What is still tidied of the file stops for another time."""
        ...

    async def unlock(self, secret: str, *, accept_older: bool = False) -> None:
        """VaultOlder when an older copy was put in the vault's place; `accept_older` opens it knowingly: what is newer
        comes from the server, which is told."""
        ...

    @property
    def biometric(self) -> Literal["none", "off", "on"]:
        """Whether a finger or a face opens the app, too; none: there is no such thing on this machine."""
        ...

    async def unlock_by_biometric(self) -> None:
        """NotRecognised when it did not work: the code still opens."""
        ...

    async def use_biometric(self, on: bool) -> None:
        """While open. NotRecognised when the platform will not."""
        ...

    @property
    def can_recover(self) -> bool:
        """Locked: the code for a forgotten PIN has come, so that a new one can be chosen."""
        ...

    async def ask_for_recovery(self) -> None:
        """Locked: let a leader's yes bring it. RecoveryRefused while there is none."""
        ...

    async def recover(self, secret: str) -> None:
        """Choose the new one; the app is open afterwards, with all that was in it."""
        ...

    async def enrol_again(self, code: str) -> None:
        """While open: the server knows this device no more, and a leader gave a new code. All that waits is sent."""
        ...

    def lock(self) -> None:
        """At once: drafts are written, the key is dropped."""
        ...

    async def sync_now(self) -> None: ...

    def wrote(self) -> None:
        """Something was saved: send it when there is a connection."""
        ...

    def hidden(self) -> None:
        """Another app is in front: no exchange by the clock alone."""
        ...

    def shown(self) -> None:
        """In front again: exchange now."""
        ...

    def on_change(self, call: Callable[[], None]) -> None:
        """`call` runs on the loop whenever `state` or `sending` changed, or rows came from the server."""
        ...
