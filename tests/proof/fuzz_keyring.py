"""Keyrings for the fuzzer: forged with a sum that is right, and broken without."""

import contextlib
import copy
import hashlib
import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldapp.errors import VaultError
from fieldapp.store import keyring
from fieldapp.store.stretching import LOWEST_COST
from tests.proof import quick

_SECRET, _DEVICE, _CODE = "lanterne brosten", bytes(range(32)), bytes(range(16))
_ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2**14, 2**15, 2**17, 2**63, 10**400, 1.5, 16384.0, float("nan"), float("inf"), "", "A",
    "AAAA", "=", "é", "\ud800", "\0", "worker", "recovery", "00" * 16, "x" * 5_000, [], {}, [[]], {"a": 1}, [0] * 99,
]  # fmt: skip


def _odd(rng: random.Random) -> Any:
    """Each time a new one: what is put in may be changed in its turn."""
    return copy.deepcopy(rng.choice(_ODD))


@dataclass
class Original:
    folder: Path
    content: bytes
    master: bytes
    data_key: bytes

    def judge(self, damaged: bytes) -> str | None:
        """What is wrong with what opens by this keyring, if anything does."""
        (self.folder / keyring.NAME).write_bytes(damaged)
        try:
            ring = keyring.load(self.folder)
        except VaultError:
            return None
        for secret, kind in ((_SECRET, "worker"), (_CODE, "recovery"), (_CODE, "biometric")):
            try:
                master = ring.open_slot(secret, _DEVICE, kind)
            except VaultError:
                continue
            if master != self.master:
                return "another master key"
        try:
            key = ring.data_key(self.master)
        except VaultError:
            return None
        return None if key == self.data_key else "another data key"


def original(stack: contextlib.ExitStack, real: bool) -> Original:
    if not real:
        stack.enter_context(quick.stretching())
    master = keyring.new_master()
    ring, key = keyring.new(master)
    ring = ring.with_secret(master, _SECRET, _DEVICE, LOWEST_COST).with_key(master, "recovery", _CODE, _DEVICE)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    keyring.save(folder, ring)
    return Original(folder, (folder / keyring.NAME).read_bytes(), master, key)


def damage(of: Original, rng: random.Random) -> tuple[bytes, list[str]]:
    if rng.random() < 0.4:
        return _broken(of.content, rng), ["broken"]
    whole = json.loads(of.content)
    how = [_forge(whole["ring"], rng) for _ in range(rng.choice((1, 1, 2, 4)))]
    whole["sum"] = hashlib.sha256(json.dumps(whole["ring"], sort_keys=True).encode()).hexdigest()
    if rng.random() < 0.1:
        whole[rng.choice(("v", "sum", "ring"))] = _odd(rng)
        how.append("around it")
    if rng.random() < 0.05:
        whole = rng.choice(([whole], whole["ring"], {"v": 1}, _odd(rng)))
    return json.dumps(whole).encode(), how


def _broken(content: bytes, rng: random.Random) -> bytes:
    at, size = rng.randrange(len(content)), rng.choice((1, 5, 100))
    kind = rng.randrange(6)
    if kind == 0:
        return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]
    if kind == 1:
        return content[:at]
    if kind == 2:
        return content[:at] + rng.randbytes(size) + content[at:]
    if kind == 3:
        return content[:at] + content[at + size :]
    if kind == 4:
        return rng.choice((b"[", b'{"v":', b"-", b"\xef\xbb\xbf", b'"')) * rng.choice((1, 50, 900, 70_000))
    return content[:at] + content[rng.randrange(len(content)) :]


def _forge(ring: dict[str, Any], rng: random.Random) -> str:
    """One thing in it changed, taken out, doubled or put in."""
    slots = ring.get("slots")
    inside = rng.choice(slots) if isinstance(slots, list) and slots and rng.random() < 0.6 else ring
    if not isinstance(inside, dict) or not inside:
        return "nothing"
    name = rng.choice(sorted(inside))
    kind = rng.randrange(6)
    if kind <= 2:
        inside[name] = _odd(rng)
    elif kind == 3 and isinstance(inside[name], str) and inside[name]:
        at = rng.randrange(len(inside[name]))
        inside[name] = inside[name][:at] + rng.choice("AZ09+/=|é") + inside[name][at + rng.randrange(2) :]
    elif kind == 4:
        del inside[name]
    elif isinstance(slots, list):
        rng.choice((slots.reverse, lambda: slots.append(copy.deepcopy(rng.choice([*slots, *_ODD])))))()
    else:
        inside["more"] = _odd(rng)
    return f"{name} {kind}"
