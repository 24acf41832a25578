"""The app's shell for tests of screens: real desks and real actions, a door that opens at 123456, no server."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Literal, Self

from fieldapp import errors
from fieldapp.actions.desk import Desk
from fieldapp.actions.sending import Sending
from fieldapp.store.disk import DISK, Disk
from tests.desks import Clock, a_desk

PIN, WEAK = "123456", "111111"
WORDS = "lanterne brosten morgenfrue kajkant"
State = Literal["new", "enrolled", "locked", "open"]


class NoPlatform:
    """A machine without sms and calls, always on a network."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, str]] = []
        self.files: list[tuple[str, bytes]] = []
        self.awake = False

    async def open_sms(self, number: str, text: str) -> bool:
        self.opened.append(("sms", text))
        return True

    async def open_call(self, number: str) -> bool:
        self.opened.append(("call", number))
        return True

    async def save_file(self, name: str, data: bytes) -> bool | None:
        self.files.append((name, data))
        return True

    async def keep_awake(self, on: bool) -> None:
        self.awake = on

    async def is_online(self) -> bool | None:
        return True

    def on_online(self, call: Callable[[], None]) -> None: ...


class Door:
    """views.gate.Gate over a folder, locked until `begin` says otherwise. `refuses` is raised by the next call."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.practice = False
        self.platform = NoPlatform()
        self.secret_form: Literal["pin", "words"] = "pin"
        self.unsent = 0
        self.proposed_words = WORDS
        self.can_recover = False
        self.gone: Literal["lost", "retired", "lease"] | None = None
        self.biometric: Literal["none", "off", "on"] = "none"
        self.older: errors.VaultOlder | None = None
        self.refuses: errors.VedholdError | None = None
        self.asked: list[str] = []
        self.desk: Desk | None = None
        self.disk: Disk = DISK
        self._folder = folder
        self._clock = clock or Clock()
        self.sending = Sending(state="there", last_sent_at=self._clock.now.replace(hour=7, minute=52))
        self._secret = PIN
        self._seed: Callable[[Desk], object] | None = None
        self._closed: State = "locked"
        self._stack = ExitStack()
        self._calls: list[Callable[[], None]] = []

    def begin(
        self,
        state: State,
        *,
        secret_form: Literal["pin", "words"] = "pin",
        practice: bool = False,
        seed: Callable[[Desk], object] | None = None,
    ) -> Self:
        """Before the screens. `seed` fills the desk the first time it opens."""
        self.secret_form, self.practice, self._seed = secret_form, practice, seed
        self._secret = PIN if secret_form == "pin" else WORDS
        self._closed = "locked" if state == "open" else state
        if state == "open":
            self._open()
        return self

    @property
    def state(self) -> State:
        return self._closed if self.desk is None else "open"

    async def enrol(self, address: str, code: str, fingerprint: str = "") -> None:
        self.asked.append(" ".join(filter(None, ("enrol", address, code, fingerprint))))
        self._refuse()
        self._closed = "enrolled"
        self._tell()

    async def choose_secret(self, secret: str) -> None:
        self._refuse()
        self._check(secret)
        self._secret = secret
        self._open()
        self._tell()

    async def change_secret(self, old: str, new: str) -> None:
        self._refuse()
        if old != self._secret:
            raise errors.WrongSecret
        self._check(new)
        self._secret = new

    async def confirm(self, secret: str) -> None:
        self.asked.append("confirm")
        self._refuse()
        if secret != self._secret:
            raise errors.WrongSecret

    def typing(self) -> None:
        self.asked.append("typing")

    async def unlock(self, secret: str, *, accept_older: bool = False) -> None:
        self._refuse()
        if secret != self._secret:
            raise errors.WrongSecret
        if self.older is not None and not accept_older:
            raise self.older
        self._open()
        self._tell()

    async def unlock_by_biometric(self) -> None:
        self.asked.append("finger")
        self._refuse()
        if self.older is not None:
            raise self.older
        self._open()
        self._tell()

    async def use_biometric(self, on: bool) -> None:
        self._refuse()
        self.biometric = "on" if on else "off"

    async def ask_for_recovery(self) -> None:
        self.asked.append("recovery")
        self._refuse()
        self.can_recover = True

    async def recover(self, secret: str) -> None:
        self._refuse()
        self._check(secret)
        self._secret, self.can_recover = secret, False
        if self.older is not None:
            raise self.older
        self._open()
        self._tell()

    async def enrol_again(self, code: str) -> None:
        self.asked.append(f"enrol again {code}")
        self._refuse()

    def lock(self) -> None:
        self.asked.append("lock")
        self.close()
        self._closed = "locked"
        self._tell()

    async def sync_now(self) -> None:
        self.asked.append("sync")
        self._refuse()

    def wrote(self) -> None:
        self.asked.append("wrote")

    def hidden(self) -> None:
        self.asked.append("hidden")

    def shown(self) -> None:
        self.asked.append("shown")

    def on_change(self, call: Callable[[], None]) -> None:
        self._calls.append(call)

    # ---- what a test does to it

    def told(self, **sending: object) -> None:
        """As if an exchange had gone on: Sending with these fields changed."""
        self.sending = replace(self.sending, **sending)  # type: ignore[arg-type]
        self._tell()

    def close(self) -> None:
        self.desk = None
        self._stack.close()

    def _open(self) -> None:
        self.desk = self._stack.enter_context(a_desk(self._folder, self._clock, disk=self.disk))
        if self._seed:
            self._seed(self.desk)
            self._seed = None

    def _check(self, secret: str) -> None:
        if len(secret) < 6:
            raise errors.WeakSecret("short")
        if secret == WEAK:
            raise errors.WeakSecret("common")

    def _refuse(self) -> None:
        refused, self.refuses = self.refuses, None
        if refused is not None:
            raise refused

    def _tell(self) -> None:
        for call in self._calls:
            call()
