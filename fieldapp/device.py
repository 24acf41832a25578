"""The platform: the secure store, the network, other apps; each with its fallback, each call with a time limit."""

from collections.abc import Callable
from typing import Protocol


class Keystore(Protocol):
    """Small secrets that outlive the app. `kind` is phone | practice | file: what secret_policy decides by."""

    kind: str

    async def read(self, name: str) -> bytes | None: ...

    async def write(self, name: str, value: bytes) -> None: ...

    async def remove(self, name: str) -> None: ...


class Platform(Protocol):
    """What the screens may ask of the machine they run on."""

    async def open_sms(self, number: str, text: str) -> bool:
        """Open the phone's own SMS app with the text in it; False when there is none."""
        ...

    async def open_call(self, number: str) -> bool: ...

    async def is_online(self) -> bool | None:
        """Whether there is a network at all; None when the platform cannot say. Not whether the server answers."""
        ...

    def on_online(self, call: Callable[[], None]) -> None: ...
