"""What a device keeps outside its vault, in the OS keystore: keys, and what a phone needs while it is locked.

Nothing about anybody stands there, but for the enrolment until the vault has it. A keystore may keep silent (NoAnswer):
what must be known is asked for again at the next try, what is only good to know is done without.
"""

import contextlib
import json
import secrets
from datetime import datetime
from typing import Literal

from uuid6 import uuid7

from fieldapp.device import Keystore, NoAnswer
from fieldapp.domain.lease import Silence
from fieldapp.errors import VaultDamaged
from fieldapp.store.mark import Mark
from fieldapp.sync import session
from fieldapp.sync.session import Account
from fieldapp.wire import Enrolled

#: Names in the keystore.
DEVICE_SECRET, DEVICE_KEY, ENROLMENT, ACCOUNT, MARK = "device_secret", "device_key", "enrolment", "account", "mark"
#: A forgotten PIN: the name of our asking, and the code that came of it, until a new PIN stands.
ASK, CODE = "recovery_ask", "recovery_code"
#: In the platform's second keystore.
BIOMETRIC = "vault_key"
#: Everything is to go, and why; written first, and removed last of all.
WIPING = "wiping"
#: Why a phone is empty, until it is enrolled again; and how long the server has not been heard.
GONE, SILENCE = "gone", "silence"

Gone = Literal["lost", "retired", "lease"]
"""lost, retired: the server's order · lease: it was not heard for too long, and has everything."""
_ORDERED = ("lost", "retired")
_GONE: tuple[Gone, ...] = ("lost", "retired", "lease")


class Outside:
    """`enrolment`, `account`, `code`, `wiping`, `gone`, `silence`, `lock_days` and `erase_days` are as they were read
    by `load`, and kept since."""

    def __init__(self, keystore: Keystore) -> None:
        self._keystore = keystore
        self._loaded = False
        self.enrolment: tuple[Enrolled, str] | None = None
        self.account: Account | None = None
        self.code: bytes | None = None
        self.wiping = False
        self.gone: Gone | None = None
        self.silence: Silence | None = None
        self.lock_days: int | None = None
        self.erase_days: int | None = None

    async def load(self) -> None:
        """Once; raises NoAnswer, and may be tried again then."""
        if self._loaded:
            return
        enrolment, account = await self._keystore.read(ENROLMENT), await self._keystore.read(ACCOUNT)
        if enrolment is not None:
            kept = json.loads(enrolment)
            self.enrolment = Enrolled.model_validate(kept["enrolled"]), kept["address"]
        self.account = None if account is None else Account.from_bytes(account)
        self.code = await self._keystore.read(CODE)
        wiping = await self._keystore.read(WIPING)
        self.wiping, self.gone = wiping is not None, _gone(wiping or await self._keystore.read(GONE))
        self._read_silence(await self._keystore.read(SILENCE))
        self._loaded = True

    # ---- keys

    async def device_key(self) -> bytes:
        """What the server knows this device by."""
        return await self._must_have(DEVICE_KEY)

    async def new_device_key(self) -> bytes:
        """Kept before it is used: a lost answer costs only the code. That of an earlier try serves again."""
        key = await self._keystore.read(DEVICE_KEY)
        if key is None:
            key = session.new_device_key()
            await self._keystore.write(DEVICE_KEY, key)
        return key

    async def device_secret(self) -> bytes:
        """Half of what opens the vault."""
        return await self._must_have(DEVICE_SECRET)

    async def new_device_secret(self) -> bytes:
        """For a vault that is about to be made."""
        await self._keystore.remove(MARK)  # of a vault that is gone
        made = secrets.token_bytes(32)
        await self._keystore.write(DEVICE_SECRET, made)
        return made

    @property
    def has_biometric(self) -> bool:
        """Whether the platform can keep a key shut until it has seen a finger or a face."""
        return self._keystore.biometric is not None

    async def biometric_key(self) -> bytes | None:
        """What also opens the vault, with the device secret; the platform asks the person for it. None: it is gone."""
        store = self._keystore.biometric
        return None if store is None else await store.read(BIOMETRIC)

    async def new_biometric_key(self) -> bytes:
        store = self._keystore.biometric
        if store is None:
            raise NoAnswer
        made = secrets.token_bytes(32)
        await store.write(BIOMETRIC, made)
        return made

    async def forget_biometric_key(self) -> None:
        """It opens nothing without its slot: whatever the platform does not do here does no harm."""
        if (store := self._keystore.biometric) is not None:
            with contextlib.suppress(NoAnswer):
                await store.remove(BIOMETRIC)

    async def _must_have(self, name: str) -> bytes:
        found = await self._keystore.read(name)
        if found is None:
            raise VaultDamaged(f"no_{name}")
        return found

    # ---- who this device is to the server

    async def keep_enrolment(self, enrolled: Enrolled, address: str) -> None:
        kept = {"address": address, "enrolled": enrolled.model_dump()}
        await self._keystore.write(ENROLMENT, json.dumps(kept).encode())
        self.enrolment = enrolled, address

    async def keep_account(self, account: Account) -> None:
        """The vault has the enrolment now. What the keystore does not do now it does at the next opening."""
        self.enrolment = None
        with contextlib.suppress(NoAnswer):
            await self._keystore.remove(ENROLMENT)
            if account != self.account:
                await self._keystore.write(ACCOUNT, account.to_bytes())
                self.account = account

    @property
    def known(self) -> Account | None:
        """Who this device is to the server, whether it has a vault or not yet."""
        if self.account is not None or self.enrolment is None:
            return self.account
        return account_of(*self.enrolment)

    # ---- how long the server has not been heard

    async def keep_silence(self, silence: Silence, lock_days: int | None = None, erase_days: int | None = None) -> None:
        """What the keystore does not take now is counted next time."""
        self.silence = silence
        self.lock_days, self.erase_days = lock_days or self.lock_days, erase_days or self.erase_days
        server = silence.server.isoformat() if silence.server else None
        said = [silence.wall.isoformat(), silence.ticks, silence.seconds, self.lock_days, self.erase_days, server]
        with contextlib.suppress(NoAnswer):
            await self._keystore.write(SILENCE, json.dumps(said).encode())

    def _read_silence(self, kept: bytes | None) -> None:
        if kept is not None:
            wall, ticks, seconds, self.lock_days, *told = json.loads(kept)
            self.erase_days, server = told or (None, None)  # an older app kept neither
            at = datetime.fromisoformat(server) if server else None
            self.silence = Silence(datetime.fromisoformat(wall), ticks, seconds, at)

    # ---- how far the vault has come

    async def mark(self) -> Mark | None:
        """None also when the keystore keeps silent: that must keep nobody out."""
        with contextlib.suppress(NoAnswer):
            return Mark.from_bytes(await self._keystore.read(MARK))
        return None

    async def keep_mark(self, mark: Mark) -> None:
        """What the keystore does not take now is tried next time."""
        with contextlib.suppress(NoAnswer):
            await self._keystore.write(MARK, mark.to_bytes())

    # ---- a forgotten PIN

    async def asking(self) -> str:
        """The name of our asking, the same until an answer to it is kept."""
        kept = await self._keystore.read(ASK)
        if kept is None:
            kept = str(uuid7()).encode()
            await self._keystore.write(ASK, kept)
        return kept.decode()

    async def keep_code(self, code: bytes) -> None:
        """The answer. Only now may the asking be forgotten: the server does not give the code twice."""
        await self._keystore.write(CODE, code)
        self.code = code
        with contextlib.suppress(NoAnswer):
            await self._keystore.remove(ASK)

    async def forget_code(self) -> None:
        await self._keystore.remove(CODE)
        self.code = None

    # ---- the end

    async def begin_wiping(self, why: Gone | None = None) -> None:
        """From here on nothing opens, and whoever starts the app goes on with it."""
        if why in _ORDERED and self.account is None and self.known is not None:
            await self._keystore.write(ACCOUNT, self.known.to_bytes())  # it says who tells the server at the end
            self.account = self.known
        await self._keystore.write(WIPING, (why or "1").encode())
        self.wiping, self.gone = True, why

    @property
    def must_confirm(self) -> bool:
        """The server ordered the wipe, and is to be told when it is done."""
        return self.wiping and self.gone in _ORDERED

    async def forget_keys(self) -> None:
        """What the vault is opened with."""
        await self._keystore.remove(DEVICE_SECRET)
        await self.forget_biometric_key()

    async def forget_all(self) -> None:
        """The rest, but for what it takes to tell the server."""
        for name in (ENROLMENT, MARK, ASK, CODE, SILENCE):
            await self._keystore.remove(name)
        self.enrolment = self.code = self.silence = self.lock_days = self.erase_days = None

    async def end_wiping(self) -> None:
        """The device's own key last. Why it is empty is known until it is enrolled again."""
        if self.gone is not None:
            await self._keystore.write(GONE, self.gone.encode())
        for name in (ACCOUNT, DEVICE_KEY, WIPING):
            await self._keystore.remove(name)
        self.account, self.wiping = None, False

    async def forget_why(self) -> None:
        if self.gone is not None:
            self.gone = None
            await self._keystore.remove(GONE)


def account_of(enrolled: Enrolled, address: str) -> Account:
    return Account(address, enrolled.device, enrolled.server, enrolled.server_key)


def _gone(kept: bytes | None) -> Gone | None:
    return next((why for why in _GONE if kept == why.encode()), None)
