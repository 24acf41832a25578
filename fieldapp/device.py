"""The platform: the secure store, the network, other apps; each with its fallback, each call with a time limit."""

import asyncio
import base64
import contextlib
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

import flet as ft
import flet_secure_storage as fss

from fieldapp.errors import VedholdError
from fieldapp.texts import _

T = TypeVar("T")
#: Seconds before a call to the platform counts as unanswered: a service that is not compiled in never answers.
PATIENCE = 5.0
#: The same while a person is asked for a finger or a face.
PATIENCE_WITH_PERSON = 60.0
#: The same while a person looks for a place to keep a file.
PATIENCE_WITH_PLACES = 600.0


class NoAnswer(VedholdError):
    """The platform did not answer, or refused. Nothing is deleted because of it."""

    kind = "no_answer"


class Keystore(Protocol):
    """Small secrets that outlive the app. `kind` is phone | practice | file: what secret_policy decides by."""

    kind: str

    @property
    def biometric(self) -> "Keystore | None":
        """A second one, whose content the platform itself gives out only for the worker's finger or face.

        None where there is no such thing. It says no by NoAnswer, or has lost what was in it: never by a boolean.
        """
        ...

    async def read(self, name: str) -> bytes | None: ...

    async def write(self, name: str, value: bytes) -> None: ...

    async def remove(self, name: str) -> None: ...


class Platform(Protocol):
    """What the screens may ask of the machine they run on."""

    async def open_sms(self, number: str, text: str) -> bool:
        """Open the phone's own SMS app with the text in it; False when there is none."""
        ...

    async def open_call(self, number: str) -> bool: ...

    async def save_file(self, name: str, data: bytes) -> bool | None:
        """Let the person choose where it goes. None when they chose no place, False when this machine cannot. `name`
        says nothing of anybody; the file is not encrypted once it leaves."""
        ...

    async def keep_awake(self, on: bool) -> None:
        """Whether the screen stays lit by itself; where the platform cannot, it goes dark as always."""
        ...

    async def is_online(self) -> bool | None:
        """Whether there is a network at all; None when the platform cannot say. Not whether the server answers."""
        ...

    def on_online(self, call: Callable[[], None]) -> None: ...


class PhoneKeystore:
    """Android Keystore or Apple Keychain, by flet-secure-storage."""

    kind = "phone"
    patience: float | None = None

    def __init__(self) -> None:
        self._storage = self._own_storage()
        self._biometric: PhoneKeystore | None = None

    def _own_storage(self) -> fss.SecureStorage:
        accessibility = fss.KeychainAccessibility.FIRST_UNLOCK_THIS_DEVICE  # never into a backup, never to a new phone
        return fss.SecureStorage(
            # The default erases everything on an error: the vault's key with it (store.md, pitfall 14).
            android_options=fss.AndroidOptions(reset_on_error=False),
            ios_options=fss.IOSOptions(accessibility=accessibility, synchronizable=False),
        )

    @property
    def biometric(self) -> Keystore | None:
        self._biometric = self._biometric or BiometricKeystore()
        return self._biometric

    async def read(self, name: str) -> bytes | None:
        text = await _answered(self._storage.get(name), self.patience)
        return None if text is None else base64.b64decode(text)

    async def write(self, name: str, value: bytes) -> None:
        await _answered(self._storage.set(name, base64.b64encode(value).decode()), self.patience)

    async def remove(self, name: str) -> None:
        await _answered(self._storage.remove(name), self.patience)


class BiometricKeystore(PhoneKeystore):
    """The phone's hardware keeps it shut: Android by a key of its own that each use asks the person for, Apple by an
    access rule that ends when a finger or face is added. On Android the phone's own code opens it too."""

    patience: float | None = PATIENCE_WITH_PERSON

    def _own_storage(self) -> fss.SecureStorage:
        name = "vedhold_biometric"  # of its own, so that no option here touches the other's content
        return fss.SecureStorage(
            android_options=fss.AndroidOptions(
                enforce_biometrics=True,
                key_cipher_algorithm=fss.KeyCipherAlgorithm.AES_GCM_NO_PADDING,
                shared_preferences_name=name,
                reset_on_error=False,
                biometric_prompt_title="Vedhold",
                biometric_prompt_subtitle=_("Use fingerprint or face"),
            ),
            ios_options=fss.IOSOptions(
                account_name=name,
                accessibility=fss.KeychainAccessibility.UNLOCKED_THIS_DEVICE,
                access_control_flags=[fss.AccessControlFlag.BIOMETRY_CURRENT_SET],
                synchronizable=False,
            ),
        )

    @property
    def biometric(self) -> Keystore | None:
        return None


class FileKeystore:
    """Files only this user can read, for machines without a keystore: the secret itself must then be long."""

    biometric: Keystore | None = None

    def __init__(self, folder: Path, kind: str = "file") -> None:
        self.kind = kind
        self._folder = folder

    async def read(self, name: str) -> bytes | None:
        path = self._folder / name
        return path.read_bytes() if path.exists() else None

    async def write(self, name: str, value: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._folder / f"{name}.part"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._folder / name)

    async def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)


class PagePlatform:
    """The machine behind the current Flet page. The services live as long as this object."""

    def __init__(self) -> None:
        self._launcher = ft.UrlLauncher()
        self._connectivity = ft.Connectivity(on_change=self._changed)
        self._picker = ft.FilePicker()
        self._wakelock = ft.Wakelock()
        self._calls: list[Callable[[], None]] = []

    async def open_sms(self, number: str, text: str) -> bool:
        return await self._open(f"sms:{_dialled(number)}?body={quote(text)}")

    async def open_call(self, number: str) -> bool:
        return await self._open(f"tel:{_dialled(number)}")

    async def save_file(self, name: str, data: bytes) -> bool | None:
        try:
            place = await _answered(self._picker.save_file(file_name=name, src_bytes=data), PATIENCE_WITH_PLACES)
        except (NoAnswer, OSError):
            return False
        return True if place or self._picker.page.web else None  # a browser never says where

    async def keep_awake(self, on: bool) -> None:
        with contextlib.suppress(NoAnswer):
            turned = self._wakelock.enable() if on else self._wakelock.disable()  # type: ignore[no-untyped-call]
            await _answered(turned)

    async def is_online(self) -> bool | None:
        try:
            kinds = await _answered(self._connectivity.get_connectivity())
        except NoAnswer:
            return None
        return kinds != [ft.ConnectivityType.NONE]

    def on_online(self, call: Callable[[], None]) -> None:
        self._calls.append(call)

    def _changed(self, event: ft.ConnectivityChangeEvent) -> None:
        if event.connectivity != [ft.ConnectivityType.NONE]:
            for call in self._calls:
                call()

    async def _open(self, url: str) -> bool:
        try:
            await _answered(self._launcher.launch_url(url))
        except NoAnswer:
            return False
        return True


def uptime(system: Any = time) -> float:
    """Seconds since the machine was started, also while it slept where the system can tell. Nobody sets this clock.

    Linux and Android count sleep in BOOTTIME alone, Apple's systems in MONOTONIC, which Python's own `monotonic` there
    is not; Windows has neither. `system` is Python's `time`.
    """
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        clock = getattr(system, name, None)
        if clock is not None:
            return float(system.clock_gettime(clock))
    return float(system.monotonic())


def keystore_for(page: ft.Page, folder: Path) -> Keystore:
    """The hardware's keystore on phones; a file elsewhere, browsers and desktop keyrings included (architecture 11)."""
    if not page.web and page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS):
        return PhoneKeystore()
    return FileKeystore(folder)


def _dialled(number: str) -> str:
    """Digits and a leading plus: what a dialler takes."""
    digits = "".join(c for c in number if c.isdigit())
    return f"+{digits}" if number.strip().startswith("+") else digits


async def _answered(call: Awaitable[T], patience: float | None = None) -> T:
    """The platform's answer in time; NoAnswer for silence and refusals of every sort."""
    try:
        return await asyncio.wait_for(call, PATIENCE if patience is None else patience)
    except (TimeoutError, RuntimeError, ft.FletException):
        raise NoAnswer from None  # their texts may quote what was stored
