"""The keyring: which secret opens the vault, and what makes a secret good enough (architecture 11).

keyring.json holds no secret in clear. A slot seals the master key under a secret and the device secret; the master key
seals the data key of the current generation. Replacing this one file is the commit point of a new secret, of a
compaction and of a new data key.
"""

import base64
import hashlib
import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fieldapp.errors import NoVault, VaultDamaged, VaultTooNew, VaultTooOld, WrongSecret
from fieldapp.store.disk import DISK, Disk, write_all, write_file
from fieldapp.store.policy import SecretForm, SecretPolicy, check_secret, normal, propose_words, secret_policy

__all__ = ["Keyring", "SecretForm", "SecretPolicy", "check_secret", "propose_words", "secret_policy"]

NAME = "keyring.json"
VERSION = 1
#: scrypt's cost: 2**16 is 64 MiB and 0.15 s on a PC. Others are refused: no downgrade, and no memory bomb.
COST, LOWEST_COST, HIGHEST_COST = 2**16, 2**14, 2**17
_NONCE = 12
_changing = threading.Lock()


@dataclass(frozen=True)
class Slot:
    """The master key, sealed under one secret. `kind` is `worker`; others may follow (recovery)."""

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

    def open_slot(self, secret: str, device_secret: bytes, kind: str = "worker") -> bytes:
        """The master key. Raises WrongSecret, also when the device secret is another device's."""
        for slot in self.slots:
            if slot.kind == kind:
                key = _slot_key(self.id, slot, secret, device_secret)
                return _unseal(key, slot.sealed, _slot_binding(self.id, slot))
        raise VaultDamaged("keyring")

    def with_slot(
        self, master: bytes, secret: str, device_secret: bytes, *, cost: int = COST, kind: str = "worker"
    ) -> "Keyring":
        """The same vault, opened by this secret instead of the one of this kind before it."""
        empty = Slot(kind, cost, _text(os.urandom(16)), "")
        key = _slot_key(self.id, empty, secret, device_secret)
        slot = replace(empty, sealed=_seal(key, master, _slot_binding(self.id, empty)))
        return replace(self, slots=(*(s for s in self.slots if s.kind != kind), slot))

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


def load(folder: Path) -> Keyring:
    """Raises NoVault, VaultDamaged, VaultTooNew, VaultTooOld."""
    try:
        content = (folder / NAME).read_bytes()
    except FileNotFoundError:
        raise NoVault from None
    try:
        whole = json.loads(content)
        version, ring = whole["v"], whole["ring"]
        if version != VERSION:
            raise VaultTooNew if version > VERSION else VaultTooOld
        if whole["sum"] != _sum(ring):  # so that a broken byte is not taken for a wrong PIN
            raise VaultDamaged("keyring")
        found = Keyring(**(ring | {"slots": tuple(Slot(**slot) for slot in ring["slots"])}))
        if not isinstance(found.generation, int) or not all(_in_bounds(slot) for slot in found.slots):
            raise VaultDamaged("keyring")
    except (ValueError, TypeError, KeyError, RecursionError):
        raise VaultDamaged("keyring") from None
    return found


def _in_bounds(slot: Slot) -> bool:
    power_of_two = slot.cost & (slot.cost - 1) == 0
    return power_of_two and LOWEST_COST <= slot.cost <= HIGHEST_COST and len(base64.b64decode(slot.salt)) == 16


def save(folder: Path, ring: Keyring, disk: Disk = DISK) -> None:
    """Put the keyring in place, all or nothing. Raises OSError."""
    whole = {"v": VERSION, "ring": asdict(ring)}
    whole["sum"] = _sum(json.loads(json.dumps(whole["ring"])))
    write_file(disk, folder / NAME, json.dumps(whole, indent=1).encode())


def change(folder: Path, alter: Callable[[Keyring], Keyring], disk: Disk = DISK) -> Keyring:
    """Read, alter and save: one at a time, so that a new secret and a compaction do not undo each other."""
    with _changing:
        ring = alter(load(folder))
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


def _slot_key(vault: str, slot: Slot, secret: str, device_secret: bytes) -> bytes:
    salt = base64.b64decode(slot.salt)
    stretched = Scrypt(salt=salt, length=32, n=slot.cost, r=8, p=1).derive(normal(secret).encode())
    info = f"vedhold slot|{slot.kind}|{vault}".encode()
    return HKDF(hashes.SHA256(), 32, None, info).derive(stretched + device_secret)


def _slot_binding(vault: str, slot: Slot) -> bytes:
    return f"slot|{vault}|{slot.kind}|scrypt|{slot.cost}|{slot.salt}".encode()


def _key_binding(vault: str, generation: int) -> bytes:
    return f"key|{vault}|{generation}".encode()


def _seal(key: bytes, content: bytes, binding: bytes) -> str:
    nonce = os.urandom(_NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, content, binding))


def _unseal(key: bytes, sealed: str, binding: bytes) -> bytes:
    try:
        content = base64.b64decode(sealed)
        return AESGCM(key).decrypt(content[:_NONCE], content[_NONCE:], binding)
    except (ValueError, InvalidTag):  # too short to be anything, or not what this key sealed
        raise WrongSecret from None


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _sum(ring: Any) -> str:
    return hashlib.sha256(json.dumps(ring, sort_keys=True).encode()).hexdigest()
