"""The keyring: which secrets and keys open the vault (architecture 11).

keyring.json holds no secret in clear. A slot seals the master key under a secret and the device secret; the master key
seals the data key of the current generation. Replacing this one file is the commit point of a new secret, of a
compaction and of a new data key.
"""

import base64
import hashlib
import json
import os
import re
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.errors import NoVault, VaultDamaged, VaultTooNew, VaultTooOld, WrongSecret
from fieldapp.store.disk import DISK, Disk, read_file, write_all, write_file
from fieldapp.store.policy import normal
from fieldapp.store.stretching import in_bounds, stretch

NAME = "keyring.json"
VERSION = 1
#: Who opens a slot: the worker with a secret, which is stretched; the others with a whole key, which need not be.
WORKER: Final = "worker"
KeyKind = Literal["recovery", "biometric"]
KEY_KINDS: tuple[KeyKind, ...] = get_args(KeyKind)
#: Bytes of such a key at least: 128 bits, as a recovery code has.
LEAST_KEY = 16
_NONCE = 12
#: Bytes of a keyring at most: some slots take a thousand.
_LONGEST = 65_536
_changing = threading.Lock()


@dataclass(frozen=True)
class Slot:
    """The master key, sealed under a secret or a key, and the device secret. `cost` is 0 where nothing is stretched."""

    kind: str
    cost: int
    salt: str
    sealed: str


@dataclass(frozen=True)
class Keyring:
    """`key` is the data key of `generation`, sealed under the master key."""

    id: str
    generation: int
    key: str
    slots: tuple[Slot, ...] = field(default=())

    @property
    def log_name(self) -> str:
        return f"vault-{self.generation}.log"

    def open_slot(self, secret: str | bytes, device_secret: bytes, kind: str = WORKER) -> bytes:
        """The master key. Raises WrongSecret, also when the device secret is another device's or there is no slot."""
        for slot in self.slots:
            if slot.kind == kind:
                key = _slot_key(self.id, slot, secret, device_secret)
                return _unseal(key, slot.sealed, _slot_binding(self.id, slot))
        if kind == WORKER:
            raise VaultDamaged("keyring")
        raise WrongSecret("no_slot")

    def with_secret(self, master: bytes, secret: str, device_secret: bytes, cost: int) -> "Keyring":
        """The same vault, opened by this secret instead of the one before it."""
        return self._with(Slot(WORKER, cost, _text(os.urandom(16)), ""), master, secret, device_secret)

    def with_key(self, master: bytes, kind: KeyKind, key: bytes, device_secret: bytes) -> "Keyring":
        """The same vault, opened by this key too; an earlier one of its kind opens it no more."""
        if len(key) < LEAST_KEY:
            raise ValueError("too short to be a key")
        return self._with(Slot(kind, 0, _text(os.urandom(16)), ""), master, key, device_secret)

    def _with(self, empty: Slot, master: bytes, secret: str | bytes, device_secret: bytes) -> "Keyring":
        key = _slot_key(self.id, empty, secret, device_secret)
        slot = replace(empty, sealed=_seal(key, master, _slot_binding(self.id, empty)))
        return replace(self, slots=(*self.without(empty.kind).slots, slot))

    def without(self, kind: str) -> "Keyring":
        return replace(self, slots=tuple(slot for slot in self.slots if slot.kind != kind))

    def has(self, kind: str) -> bool:
        return any(slot.kind == kind for slot in self.slots)

    def data_key(self, master: bytes) -> bytes:
        return _unseal(master, self.key, _key_binding(self.id, self.generation))

    def next_generation(self, master: bytes) -> tuple["Keyring", bytes]:
        """The keyring that names the next log, and that log's own new data key."""
        key, generation = os.urandom(32), self.generation + 1
        sealed = _seal(master, key, _key_binding(self.id, generation))
        return replace(self, generation=generation, key=sealed), key


def new_master() -> bytes:
    return os.urandom(32)


def new(master: bytes) -> tuple[Keyring, bytes]:
    """A keyring without slots for generation 1, and its data key."""
    return Keyring(id=os.urandom(16).hex(), generation=0, key="").next_generation(master)


def load(folder: Path, disk: Disk = DISK) -> Keyring:
    """Raises NoVault, VaultDamaged, VaultTooNew, VaultTooOld, and OSError when it cannot be read."""
    try:
        content = read_file(disk, folder / NAME, _LONGEST)
    except FileNotFoundError:
        raise NoVault from None
    if len(content) > _LONGEST:
        raise VaultDamaged("keyring")
    try:
        whole = json.loads(content)
        version, ring = whole["v"], whole["ring"]
        if version != VERSION:
            raise VaultTooNew if version > VERSION else VaultTooOld
        if whole["sum"] != _sum(ring):  # so that a broken byte is not taken for a wrong PIN
            raise VaultDamaged("keyring")
        found = Keyring(**(ring | {"slots": tuple(Slot(**slot) for slot in ring["slots"])}))
        _check(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise VaultDamaged("keyring") from None
    return found


def _check(ring: Keyring) -> None:
    """Raise ValueError or TypeError for what no app wrote: whoever has the file can write a sum to it that is right."""
    well = re.fullmatch("[0-9a-f]{32}", ring.id) and type(ring.generation) is int and ring.generation > 0
    for slot in ring.slots:
        stretched = slot.cost == 0 if slot.kind in KEY_KINDS else in_bounds(slot.cost)
        well = well and stretched and re.fullmatch("[a-z]+", slot.kind) and len(_bytes(slot.salt)) == 16
    if not (well and all(_bytes(sealed) for sealed in (ring.key, *(slot.sealed for slot in ring.slots)))):
        raise ValueError


def save(folder: Path, ring: Keyring, disk: Disk = DISK) -> None:
    """Put the keyring in place, all or nothing. Raises OSError."""
    whole = {"v": VERSION, "ring": asdict(ring)}
    whole["sum"] = _sum(json.loads(json.dumps(whole["ring"])))
    write_file(disk, folder / NAME, json.dumps(whole, indent=1).encode())


def change(folder: Path, alter: Callable[[Keyring], Keyring], disk: Disk = DISK) -> Keyring:
    """Read, alter and save: one at a time, so that a new secret and a compaction do not undo each other."""
    with _changing:
        ring = alter(load(folder, disk))
        save(folder, ring, disk)
        return ring


def blank(path: Path, disk: Disk = DISK) -> None:
    """Write over a keyring, so that what seals the keys is gone even where the file's bytes stay."""
    file = disk.open(path)
    try:
        write_all(disk, file, bytes(disk.size(file)), 0)
        disk.sync(file)
    finally:
        disk.close(file)


def _slot_key(vault: str, slot: Slot, secret: str | bytes, device_secret: bytes) -> bytes:
    salt = _bytes(slot.salt)
    if isinstance(secret, str):
        secret, salt = stretch(normal(secret).encode(), salt, slot.cost), b""
    info = f"vedhold slot|{slot.kind}|{vault}".encode()
    return HKDF(hashes.SHA256(), 32, salt or None, info).derive(secret + device_secret)


def _slot_binding(vault: str, slot: Slot) -> bytes:
    how = "key" if slot.kind in KEY_KINDS else "scrypt"
    return f"slot|{vault}|{slot.kind}|{how}|{slot.cost}|{slot.salt}".encode()


def _key_binding(vault: str, generation: int) -> bytes:
    return f"key|{vault}|{generation}".encode()


def _seal(key: bytes, content: bytes, binding: bytes) -> str:
    nonce = os.urandom(_NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, content, binding))


def _unseal(key: bytes, sealed: str, binding: bytes) -> bytes:
    try:
        content = _bytes(sealed)
        return AESGCM(key).decrypt(content[:_NONCE], content[_NONCE:], binding)
    except (ValueError, InvalidTag):  # too short to be anything, or not what this key sealed
        raise WrongSecret from None


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _sum(ring: Any) -> str:
    return hashlib.sha256(json.dumps(ring, sort_keys=True).encode()).hexdigest()
