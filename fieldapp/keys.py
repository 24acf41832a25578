"""Making, opening and changing the vault with the secret of the worker and what lies in the OS keystore."""

import asyncio
import contextlib
from pathlib import Path
from typing import Literal

from fieldapp.device import NoAnswer
from fieldapp.errors import NotRecognised, NoVault, RecoveryRefused, VaultError, WrongSecret
from fieldapp.outside import Outside
from fieldapp.store import keyring
from fieldapp.store.disk import Disk, told
from fieldapp.store.keyring import WORKER
from fieldapp.store.mark import Mark
from fieldapp.store.policy import SecretPolicy, check_secret
from fieldapp.store.unlocking import change_secret, confirm, recover, wipe
from fieldapp.store.vault import Vault, create_vault, open_vault, vault_exists

Biometric = Literal["none", "off", "on"]
"""Whether a finger or a face opens the vault; none: the platform has no way to keep a key for it."""


def unsent_beside(vault: Path) -> Path:
    """A bare number, so that the lock screen can say it."""
    return vault / "unsent"


def settled_beside(vault: Path) -> Path:
    """There while nothing in a locked vault is this device's alone: all that was written is with the server."""
    return vault / "settled"


class Keys:
    """One device's. Whatever stretches a secret or touches a disk runs in a thread."""

    def __init__(self, folder: Path, outside: Outside, policy: SecretPolicy, cost: int | None, disk: Disk) -> None:
        self.policy = policy
        self._folder = folder
        self._outside = outside
        self._cost = cost
        self._disk = disk
        self._kept: Mark | None = None
        self.lost_biometric = False  # the platform has no key any more, or another: to be switched off when it is open

    @property
    def has_vault(self) -> bool:
        return vault_exists(self._folder)

    async def make(self, secret: str) -> Vault:
        check_secret(self.policy, secret)
        if self.has_vault:  # it is sealed by the device secret that stands
            raise VaultError("exists")
        device_secret = await self._outside.new_device_secret()
        return await asyncio.to_thread(
            create_vault, self._folder, secret, device_secret, cost=self._cost, disk=self._disk
        )

    async def open(self, secret: str, *, accept_older: bool = False) -> Vault:
        """Raises VaultOlder when the vault stands behind the mark that was kept of it, unless `accept_older`."""
        if not self.has_vault:
            raise NoVault
        return await self._open(secret, WORKER, accept_older)

    async def open_by_biometric(self) -> Vault:
        """By the key that the platform gives out for a finger or a face; NotRecognised when it does not."""
        try:
            key = await self._outside.biometric_key()
            if key is not None:
                return await self._open(key, "biometric")
        except NoAnswer:  # said no, or did not say anything: the next time may be better
            raise NotRecognised from None
        except WrongSecret:
            pass
        self.lost_biometric = True
        raise NotRecognised

    async def _open(self, secret: str | bytes, kind: str, accept_older: bool = False) -> Vault:
        device_secret, self._kept = await self._outside.device_secret(), await self._outside.mark()
        return await asyncio.to_thread(
            open_vault,
            self._folder,
            secret,
            device_secret,
            kind=kind,
            mark=self._kept,
            accept_older=accept_older,
            disk=self._disk,
        )

    @property
    def biometric(self) -> Biometric:
        if not self._outside.has_biometric:
            return "none"
        return "on" if self._has_slot("biometric") else "off"

    async def use_biometric(self, vault: Vault, on: bool) -> None:
        """Of an open vault. Raises NotRecognised when the platform will not keep a key."""
        if not on:
            await self.drop_biometric(vault)
            await self._outside.forget_biometric_key()
            return
        try:
            key, device_secret = await self._outside.new_biometric_key(), await self._outside.device_secret()
        except NoAnswer:
            raise NotRecognised from None
        await asyncio.to_thread(vault.add_key, "biometric", key, device_secret)
        self.lost_biometric = False

    async def drop_biometric(self, vault: Vault) -> None:
        """Whatever the platform still has opens nothing more."""
        await asyncio.to_thread(vault.drop_key, "biometric")
        self.lost_biometric = False

    def commits_behind(self, vault: Vault) -> int:
        """How far a vault that was older when it was opened stood behind; 0 when that cannot be told."""
        kept, now = self._kept, vault.mark
        return max(0, kept.seq - now.seq) if kept and kept.vault == now.vault else 0

    async def change(self, old: str, new: str) -> None:
        """The vault may be open, and is not touched."""
        check_secret(self.policy, new)
        device_secret = await self._outside.device_secret()
        await asyncio.to_thread(change_secret, self._folder, old, new, device_secret, cost=self._cost, disk=self._disk)

    async def confirm(self, secret: str) -> None:
        """The vault is open, and is not touched. Raises WrongSecret and TooManyTries."""
        device_secret = await self._outside.device_secret()
        await asyncio.to_thread(confirm, self._folder, secret, device_secret, disk=self._disk)

    @property
    def can_recover(self) -> bool:
        """Whether the code for a forgotten PIN has come, and still opens the vault."""
        return self._outside.code is not None and self._has_slot("recovery")

    async def recover(self, new: str) -> None:
        """Put a new secret in place of the forgotten one, by the code that came. It serves once."""
        check_secret(self.policy, new)
        code, device_secret = self._outside.code, await self._outside.device_secret()
        if code is None:
            raise RecoveryRefused("not_yet")
        try:
            await asyncio.to_thread(recover, self._folder, code, new, device_secret, cost=self._cost, disk=self._disk)
        except WrongSecret:  # another vault's, or one that was used before
            await self._outside.forget_code()
            raise RecoveryRefused("nothing") from None

    async def wipe(self) -> None:
        """After `begin_wiping`, the vault closed: the keys first, then everything but what it takes to tell the server.
        Cut off anywhere, call it again."""
        await self._outside.forget_keys()
        await asyncio.to_thread(self._wipe_files)
        await self._outside.forget_all()

    def _wipe_files(self) -> None:
        with told():
            if self._folder.exists():
                wipe(self._folder, disk=self._disk)
            unsent_beside(self._folder).unlink(missing_ok=True)
            settled_beside(self._folder).unlink(missing_ok=True)

    # ---- whether anything would be lost with it

    @property
    def is_settled(self) -> bool:
        """Of a vault that is closed, or not there at all."""
        return not self.has_vault or settled_beside(self._folder).exists()

    def keep_unsent(self, unsent: int, owes: bool) -> None:
        """`unsent`: for the lock screen. `owes`: something is nowhere but here."""
        with contextlib.suppress(OSError):  # a full disk: then it counts as owing
            unsent_beside(self._folder).write_text(str(unsent))
            if not owes:
                settled_beside(self._folder).touch()

    async def opens(self) -> None:
        """From here on something may be written that is nowhere else; first of all that is known."""
        if settled_beside(self._folder).exists():
            await asyncio.to_thread(self._unsettle)

    def _unsettle(self) -> None:
        with told():
            settled_beside(self._folder).unlink(missing_ok=True)
            self._disk.sync_folder(self._folder)

    def _has_slot(self, kind: str) -> bool:
        try:
            return keyring.load(self._folder).has(kind)
        except VaultError:
            return False
