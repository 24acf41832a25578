"""What a device keeps outside its vault, in the OS keystore, and how that makes, opens and changes the vault."""

import asyncio
import contextlib
import secrets
from pathlib import Path

from fieldapp.device import Keystore, NoAnswer
from fieldapp.errors import VaultDamaged, VaultError
from fieldapp.store.disk import Disk
from fieldapp.store.mark import Mark
from fieldapp.store.policy import check_secret, secret_policy
from fieldapp.store.unlocking import change_secret
from fieldapp.store.vault import Vault, create_vault, open_vault, vault_exists
from fieldapp.sync import session

#: Names in the keystore. The enrolment is there only until the vault takes it over.
DEVICE_SECRET, DEVICE_KEY, ENROLMENT = "device_secret", "device_key", "enrolment"
#: How far the vault had come: tells when an older copy was put in its place.
MARK = "mark"


class Keys:
    """One device's. Everything that stretches a secret or touches a disk runs in a thread."""

    def __init__(self, folder: Path, keystore: Keystore, cost: int | None, disk: Disk) -> None:
        self.policy = secret_policy(keystore.kind)
        self._folder = folder
        self._keystore = keystore
        self._cost = cost
        self._disk = disk
        self._kept: Mark | None = None

    @property
    def has_vault(self) -> bool:
        return vault_exists(self._folder)

    async def device_key(self) -> bytes:
        """What the server knows this device by."""
        key = await self._keystore.read(DEVICE_KEY)
        if key is None:
            raise VaultDamaged("no_device_key")
        return key

    async def new_device_key(self) -> bytes:
        """Kept before it is used: a lost answer costs only the code. That of an earlier try serves again."""
        key = await self._keystore.read(DEVICE_KEY)
        if key is None:
            key = session.new_device_key()
            await self._keystore.write(DEVICE_KEY, key)
        return key

    async def make(self, secret: str) -> Vault:
        check_secret(self.policy, secret)
        if self.has_vault:  # it is sealed by the device secret that stands
            raise VaultError("exists")
        device_secret = secrets.token_bytes(32)
        await self._keystore.remove(MARK)  # of a vault that is gone
        await self._keystore.write(DEVICE_SECRET, device_secret)
        return await asyncio.to_thread(
            create_vault, self._folder, secret, device_secret, cost=self._cost, disk=self._disk
        )

    async def open(self, secret: str, *, accept_older: bool = False) -> Vault:
        """Raises VaultOlder when the vault stands behind the mark that was kept of it, unless `accept_older`."""
        device_secret, self._kept = await self._device_secret(), await self._mark()
        return await asyncio.to_thread(
            open_vault,
            self._folder,
            secret,
            device_secret,
            mark=self._kept,
            accept_older=accept_older,
            disk=self._disk,
        )

    def commits_behind(self, vault: Vault) -> int:
        """How far a vault that was older when it was opened stood behind; 0 when that cannot be told."""
        kept, now = self._kept, vault.mark
        return max(0, kept.seq - now.seq) if kept and kept.vault == now.vault else 0

    async def keep_mark(self, mark: Mark) -> None:
        """How far the vault has come. What the keystore does not take now is tried next time."""
        with contextlib.suppress(NoAnswer):
            await self._keystore.write(MARK, mark.to_bytes())

    async def _mark(self) -> Mark | None:
        """None also when the keystore keeps silent: that must keep nobody out."""
        with contextlib.suppress(NoAnswer):
            return Mark.from_bytes(await self._keystore.read(MARK))
        return None

    async def change(self, old: str, new: str) -> None:
        """The vault may be open, and is not touched."""
        check_secret(self.policy, new)
        device_secret = await self._device_secret()
        await asyncio.to_thread(change_secret, self._folder, old, new, device_secret, cost=self._cost, disk=self._disk)

    async def _device_secret(self) -> bytes:
        device_secret = await self._keystore.read(DEVICE_SECRET)
        if device_secret is None:
            raise VaultDamaged("no_device_secret")
        return device_secret
