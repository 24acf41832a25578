"""The cases of tampering: each a folder as somebody with the files left it, and the answer that is right."""

import base64
import hashlib
import json
import random
import struct
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from fieldapp.errors import (
    NoVault,
    VaultDamaged,
    VaultError,
    VaultOlder,
    VaultTooNew,
    VaultTooOld,
    WrongSecret,
)
from tests.proof.reader_log import PAGE
from tests.proof.scene import DEVICE, OTHER_DEVICE, Files, Scene

FIRST = 64


class Case(NamedTuple):
    """`wanted` are the errors that are right; none: the newest state is."""

    name: str
    files: Files
    wanted: tuple[type[VaultError], ...] = (VaultDamaged,)
    device: bytes = DEVICE
    marked: bool = False


def flipped(content: bytes, at: int, bit: int = 0) -> bytes:
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


def put_at(content: bytes, at: int, part: bytes) -> bytes:
    return content[:at] + part + content[at + len(part) :]


def cases(of: Scene, rng: random.Random, share: int = 1) -> Iterator[Case]:
    """All of them; of the many that flip a bit somewhere, every `share`th."""
    log, whole = of.log, of.files[of.log]

    def with_log(content: bytes) -> Files:
        return of.files | {log: content}

    yield from _others(of)
    yield from _keyrings(of, rng, share)
    for at in range(0, FIRST, share):
        yield Case(f"header byte {at}", with_log(flipped(whole, at, rng.randrange(8))), _ANOTHER)
    yield Case("a later format", with_log(put_at(whole, 8, struct.pack("<I", 2))), (VaultTooNew,))
    yield Case("an earlier format", with_log(put_at(whole, 8, bytes(4))), (VaultTooOld,))
    yield Case("another page size", with_log(put_at(whole, 12, struct.pack("<I", 512))))
    yield Case("the header of the first generation", with_log(of.first["vault-1.log"][:FIRST] + whole[FIRST:]))
    yield from _older(of, with_log)
    yield from _pages(of, with_log, share)
    yield from _commits(of, with_log)


_ANOTHER = (VaultDamaged, VaultTooNew, VaultTooOld)


def _pages(of: Scene, with_log: Callable[[bytes], Files], share: int) -> Iterator[Case]:
    file, whole = of.opened(), of.files[of.log]
    records = list(file.good())
    placed = [page for record in records for page in file.placed(record)]
    newest = {entry.page: (entry, at, seq) for entry, at, seq in placed}
    full = [page for page in newest.values() if page[0].zeros < PAGE and page[2] != records[-1].seq]
    for entry, at, _ in full[::share]:
        yield Case(f"page {entry.page} flipped", with_log(flipped(whole, at + (PAGE - 1 - entry.zeros) // 2)))
    for entry, at, seq in full[:: max(1, share // 2)]:
        earlier = [page for page in placed if page[0].page == entry.page and page[2] < seq and page[0].zeros < PAGE]
        for other, older_at, _ in earlier[-1:]:
            size = PAGE - max(entry.zeros, other.zeros)
            yield Case(f"page {entry.page} as it was", with_log(put_at(whole, at, whole[older_at : older_at + size])))
    for (one, at, _), (other, other_at, _) in zip(full[::2], full[1::2], strict=False):
        size = PAGE - max(one.zeros, other.zeros)
        swapped = put_at(whole, at, whole[other_at : other_at + size])
        swapped = put_at(swapped, other_at, whole[at : at + size])
        if one.page % share == 0:
            yield Case(f"pages {one.page} and {other.page} exchanged", with_log(swapped))


def _commits(of: Scene, with_log: Callable[[bytes], Files]) -> Iterator[Case]:
    whole, ends = of.files[of.log], of.ends
    starts = [FIRST, *[record.end for record in of.opened().good()][:-1]]
    for start in starts[:-1]:
        for offset in (0, 4, 12, 16, 20, 36, 48, 70):
            yield Case(f"commit at {start}: byte {offset}", with_log(flipped(whole, start + offset)))
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(whole)], strict=True)):
        if end < len(whole):
            yield Case(f"commit {number} removed", with_log(whole[:start] + whole[end:]))
            yield Case(f"commit {number} twice", with_log(whole[:end] + whole[start:]))
        yield Case(f"commit {number} again at the end", with_log(whole + whole[start:end]), ())
    before_last = list(of.opened().good())[-2].pages_at
    taken = whole[: before_last + 40] + whole[before_last + 90 :]
    yield Case("bytes taken out before the last commit", with_log(taken))
    last = [whole[ends[number] : ends[number + 1]] for number in range(2)]
    yield Case("two commits exchanged", with_log(whole[: ends[0]] + last[1] + last[0] + whole[ends[2] :]))
    yield Case("a commit in a later one's place", with_log(whole[: ends[1]] + last[0] + whole[ends[2] :]))
    yield Case("noise behind the end", with_log(whole + random.Random(1).randbytes(9_000)), ())
    common = len(of.older[of.log])
    forked = [record.end for record in of.opened(of.files | {of.log: of.fork}).good() if record.end > common]
    mixed = of.fork[: forked[0]] + whole[ends[0] :]
    yield Case("commits of two histories", with_log(mixed))


def _older(of: Scene, with_log: Callable[[bytes], Files]) -> Iterator[Case]:
    """What no file can tell by itself."""
    whole, ends = of.files[of.log], of.ends
    older = (VaultOlder,)
    for number, end in enumerate(ends[:-1]):
        yield Case(f"the tail after commit {number} cut off", with_log(whole[:end]), older, marked=True)
    yield Case("cut in the middle of a commit", with_log(whole[: ends[-1] - 99]), older, marked=True)
    yield Case("a page of the last commit flipped", with_log(flipped(whole, len(whole) - 9)), older, marked=True)
    yield Case("the last commit's manifest flipped", with_log(flipped(whole, ends[-2] + 50)), older, marked=True)
    yield Case("the log of some commits ago", with_log(of.older[of.log]), older, marked=True)
    yield Case("the whole folder of some commits ago", of.older, older, marked=True)
    yield Case("the whole folder of a generation ago", of.first, older, marked=True)
    yield Case("an older copy that went another way, as long", with_log(of.fork), older, marked=True)
    yield Case("another vault of this worker and device", of.other, older, marked=True)
    yield Case("as it is", of.files, (), marked=True)
    yield Case("cut before its first commit", with_log(whole[:FIRST]))
    yield Case("cut in the header", with_log(whole[:40]))
    yield Case("empty", with_log(b""))


def forged(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A keyring whose sum is right: whoever has the files can do that."""
    whole = json.loads(content)
    change(whole["ring"])
    whole["sum"] = hashlib.sha256(json.dumps(whole["ring"], sort_keys=True).encode()).hexdigest()
    return json.dumps(whole).encode()


def _keyrings(of: Scene, rng: random.Random, share: int) -> Iterator[Case]:
    ring = of.files["keyring.json"]

    def with_ring(content: bytes) -> Files:
        return of.files | {"keyring.json": content}

    def slot(**change: Any) -> Files:
        return with_ring(forged(ring, lambda ring: ring["slots"][0].update(change)))

    for at in range(0, len(ring), 3 * share):
        broken = flipped(ring, at, rng.randrange(7))
        if broken.split() != ring.split():
            yield Case(f"keyring byte {at}", with_ring(broken), _ANOTHER)
    for cost in (0, 1, 2, 2**13, 2**14 + 1, 2**18, 2**40, -(2**14), True, None, "16384", 16384.0):
        yield Case(f"stretching at {cost!r}", slot(cost=cost))
    yield Case("stretching within bounds, not as sealed", slot(cost=2**15), (WrongSecret,))
    yield Case("another salt", slot(salt=base64.b64encode(bytes(16)).decode()), (WrongSecret,))
    for salt in ("", "AAAA", "*" * 24, None, 5):
        yield Case(f"salt {salt!r}", slot(salt=salt))
    yield Case("another kind", slot(kind="recovery", cost=0))
    for sealed in ("AAAA", base64.b64encode(bytes(60)).decode()):
        yield Case(f"sealed {sealed[:5]}", slot(sealed=sealed), (WrongSecret,))
    for wrong in ("", 5, None, [], "é"):
        yield Case(f"sealed {wrong!r}", slot(sealed=wrong))
        yield Case(f"key {wrong!r}", with_ring(forged(ring, lambda ring, wrong=wrong: ring.update(key=wrong))))
    for name, value in (("generation", 0), ("generation", True), ("generation", "2"), ("id", 5), ("slots", [])):
        yield Case(f"{name} {value!r}", with_ring(forged(ring, lambda ring, n=name, v=value: ring.update({n: v}))))
    for wrong in ("00" * 16, "\ud800"):
        yield Case(
            f"id {wrong!r}",
            with_ring(forged(ring, lambda ring, wrong=wrong: ring.update(id=wrong))),
            (WrongSecret, VaultDamaged),
        )
    yield Case("something more in it", with_ring(forged(ring, lambda ring: ring.update(more=1))))
    yield Case("a keyring of a later app", with_ring(ring.replace(b'"v": 1', b'"v": 2')), (VaultTooNew,))
    yield Case("a keyring of an earlier app", with_ring(ring.replace(b'"v": 1', b'"v": 0')), (VaultTooOld,))
    yield Case("no keyring", {n: c for n, c in of.files.items() if n != "keyring.json"}, (NoVault,))
    yield Case("an endless keyring", with_ring(b" " * 100_000 + ring))
    yield Case("a keyring nested a hundred thousand times", with_ring(b"[" * 60_000))


def _others(of: Scene) -> Iterator[Case]:
    ring = of.files["keyring.json"]
    bare = {n: c for n, c in of.files.items() if n != of.log}
    renamed = bare | {
        "keyring.json": forged(ring, lambda ring: ring.update(generation=3)),
        "vault-3.log": of.files[of.log],
    }
    theirs = json.loads(of.other["keyring.json"])["ring"]
    first = json.loads(of.first["keyring.json"])["ring"]
    yield Case("the files on another device", of.files, (WrongSecret,), device=OTHER_DEVICE)
    yield Case("another device's keyring", of.files | {"keyring.json": of.elsewhere["keyring.json"]}, (WrongSecret,))
    yield Case("another device's folder", of.elsewhere, (WrongSecret,))
    yield Case("another vault's keyring", of.files | {"keyring.json": of.other["keyring.json"]})
    yield Case("another vault's keyring, renamed log", {**bare, "vault-1.log": of.files[of.log], **_ring(of.other)})
    yield Case("another vault's log", of.files | {of.log: of.other["vault-1.log"]})
    slots = forged(ring, lambda ring: ring.update(slots=theirs["slots"]))
    yield Case("another vault's slot", of.files | {"keyring.json": slots}, (WrongSecret,))
    key = forged(ring, lambda ring: ring.update(key=theirs["key"]))
    yield Case("another vault's data key", of.files | {"keyring.json": key})
    yield Case("the log of the first generation renamed", of.files | {of.log: of.first["vault-1.log"]})
    yield Case("the generation renamed", renamed)
    older = forged(ring, lambda ring: ring.update(key=first["key"]))
    yield Case("the first generation's data key", of.files | {of.log: of.first["vault-1.log"], "keyring.json": older})
    yield Case("the first generation's keyring", of.files | _ring(of.first))
    yield Case(
        "the keyring before the secret was changed", of.first | {"keyring.json": of.before_secret}, (WrongSecret,)
    )
    yield Case("no log", bare)
    for name, count in (
        ("full", b"\xff" * 4 + bytes(8)),
        ("noise", b"\xff" * 12),
        ("short", b"12"),
        ("long", bytes(99)),
    ):
        yield Case(f"a count of tries that is {name}", of.files | {"tries": count}, ())


def _ring(files: Files) -> Files:
    return {"keyring.json": files["keyring.json"]}
