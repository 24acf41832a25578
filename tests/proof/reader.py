"""A second reader of the vault, written from docs/vault-format.md alone: nothing of the app is imported here.

Where it and the app do not read the same, one of them or the page is wrong.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tests.proof.reader_log import LogFile, Refused, database, hkdf

__all__ = ["LogFile", "Read", "Refused", "database", "read"]

Stretch = Callable[[bytes, bytes, int], bytes]
_COSTS = [1 << power for power in range(14, 18)]
_KEYS = ("recovery", "biometric")


def unseal(key: bytes, sealed: bytes, binding: bytes) -> bytes:
    """Raises InvalidTag, and ValueError for what is too short to be sealed."""
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], binding)


def read_keyring(content: bytes) -> dict[str, Any]:
    try:
        if len(content) > 65_536:
            raise Refused("damaged")
        whole = json.loads(content)
        if whole["v"] != 1:
            raise Refused("too_new" if whole["v"] > 1 else "too_old")
        ring = whole["ring"]
        if hashlib.sha256(json.dumps(ring, sort_keys=True).encode()).hexdigest() != whole["sum"]:
            raise Refused("damaged")
        if not _as_written(ring):
            raise Refused("damaged")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused("damaged") from None
    return dict(ring)


def _as_written(ring: dict[str, Any]) -> bool:
    well = ring.keys() == {"id", "generation", "key", "slots"} and re.fullmatch("[0-9a-f]{32}", ring["id"])
    well = well and type(ring["generation"]) is int and ring["generation"] > 0 and plain(ring["key"])
    for slot in ring["slots"]:
        well = well and slot.keys() == {"kind", "cost", "salt", "sealed"} and re.fullmatch("[a-z]+", slot["kind"])
        well = well and type(slot["cost"]) is int and slot["cost"] in ([0] if slot["kind"] in _KEYS else _COSTS)
        well = well and len(plain(slot["salt"])) == 16 and plain(slot["sealed"])
    return bool(well)


def plain(text: str) -> bytes:
    """What stands there in base64."""
    return base64.b64decode(text, validate=True)


def normal(secret: str) -> bytes:
    folded = unicodedata.normalize("NFC", secret).casefold()
    return unicodedata.normalize("NFC", " ".join(folded.split())).encode()


def scrypt(secret: bytes, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(secret)


def master_key(
    ring: dict[str, Any], secret: str | bytes, device_secret: bytes, kind: str = "worker", stretch: Stretch = scrypt
) -> bytes:
    slot = next((slot for slot in ring["slots"] if slot["kind"] == kind), None)
    if slot is None:
        raise Refused("damaged" if kind == "worker" else "wrong_secret")
    salt, info = plain(slot["salt"]), f"vedhold slot|{kind}|{ring['id']}"
    if isinstance(secret, str):
        key, how = hkdf(stretch(normal(secret), salt, slot["cost"]) + device_secret, None, info), "scrypt"
    else:
        key, how = hkdf(secret + device_secret, salt, info), "key"
    binding = f"slot|{ring['id']}|{kind}|{how}|{slot['cost']}|{slot['salt']}"
    try:
        return unseal(key, plain(slot["sealed"]), binding.encode())
    except (InvalidTag, ValueError, TypeError):
        raise Refused("wrong_secret") from None


def data_key(ring: dict[str, Any], master: bytes) -> bytes:
    try:
        return unseal(master, plain(ring["key"]), f"key|{ring['id']}|{ring['generation']}".encode())
    except (InvalidTag, ValueError, TypeError):
        raise Refused("damaged") from None


@dataclass(frozen=True)
class Read:
    """A vault's database, as a file that SQLite opens, and where it stands: what a mark would hold."""

    database: bytes
    vault: str
    seq: int
    tag: bytes


def read(
    files: Mapping[str, bytes],
    secret: str | bytes,
    device_secret: bytes,
    kind: str = "worker",
    stretch: Stretch = scrypt,
) -> Read:
    """A vault by the files of its folder. Raises Refused."""
    if "keyring.json" not in files:
        raise Refused("none")
    ring = read_keyring(files["keyring.json"])
    key = data_key(ring, master_key(ring, secret, device_secret, kind, stretch))
    name = f"vault-{ring['generation']}.log"
    if name not in files:
        raise Refused("damaged")
    image, last = database(LogFile(key, files[name]))
    return Read(image, ring["id"], last.seq, last.tag)
