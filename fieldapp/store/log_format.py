"""The bytes of the vault's log: header, commit records, and the keys that seal them (docs/vault-format.md)."""

import os
import struct
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.errors import VaultDamaged, VaultTooNew, VaultTooOld, WrongSecret

MAGIC, FORMAT, PAGE = b"VEDHOLD\0", 1, 8192
HEADER = struct.Struct("<8sII16s16x")  # magic, format, page size, file id
HEAD = struct.Struct("<4sQII16s")  # mark, seq, pages here, pages in all, tag of the manifest before
ENTRY = struct.Struct("<IHH12s16s")  # page number, where zeros are left out, how many, nonce, tag
_WHERE = struct.Struct("<16sIQ")  # file id, page number, seq: what a page is bound to
MARK, NONCE, TAG, CHECK = b"CMT1", 12, 16, 16
#: Where the first record stands.
START = HEADER.size + CHECK
#: Zeros are left out in pieces of so many: a size tells how full a page is, but not to the letter.
_PIECE = 256
_ZEROS, _ZEROS_PIECE = bytes(PAGE), bytes(_PIECE)
#: What is looked for first: for a longer one `find` makes tables, which takes longer than to look.
_SOME = bytes(64)
_RUNS = tuple(_ZEROS[: pieces * _PIECE] for pieces in range(PAGE // _PIECE + 1))
#: Where a page holds nothing, whatever stands there, and for how many bytes.
Empty = tuple[int, int]
#: A page as it is to be sealed; None: zeros are looked for.
Page = tuple[bytes, Empty | None]


class Place(NamedTuple):
    """Where a page's ciphertext stands, and what opens it; the zeros it lacks were left out at `zeros_at`."""

    at: int
    size: int
    nonce: bytes
    tag: bytes
    seq: int
    zeros_at: int


_new = tuple.__new__  # opening makes tens of thousands of them: a named tuple's own takes half as long again


class Seal:
    """The keys of one file, derived from the data key and the file's id."""

    def __init__(self, key: bytes, header: bytes) -> None:
        self.file_id = header[16:32]
        self.check = HKDF(hashes.SHA256(), CHECK, header, b"vedhold log check").derive(key)
        self._aead = AESGCM(HKDF(hashes.SHA256(), 32, self.file_id, b"vedhold log").derive(key))

    def page(self, number: int, seq: int, nonce: bytes, content: bytes) -> bytes:
        return self._aead.encrypt(nonce, content, _WHERE.pack(self.file_id, number, seq))

    def open_page(self, number: int, place: Place, sealed: bytes) -> bytes:
        """The whole page. Raises cryptography's InvalidTag."""
        _, size, nonce, tag, seq, zeros_at = place
        content = self._aead.decrypt(nonce, sealed + tag, _WHERE.pack(self.file_id, number, seq))
        if size == PAGE:
            return content
        return content[:zeros_at] + _ZEROS[size:] + content[zeros_at:]

    def manifest(self, head: bytes, nonce: bytes, entries: bytes) -> bytes:
        return self._aead.encrypt(nonce, entries, head + self.file_id)

    def open_manifest(self, head: bytes, sealed: bytes | memoryview) -> bytes:
        """Raises cryptography's InvalidTag."""
        return self._aead.decrypt(sealed[:NONCE], sealed[NONCE:], head + self.file_id)

    def record(self, seq: int, before: bytes, pages: list[tuple[int, Page]], page_count: int) -> tuple[bytes, bytes]:
        """The bytes of a record, and the entries of its manifest."""
        head = HEAD.pack(MARK, seq, len(pages), page_count, before)
        entries: list[bytes] = []
        bodies: list[memoryview] = []
        nonces = os.urandom(NONCE * (len(pages) + 1))
        for at, (number, (content, empty)) in enumerate(pages, 1):
            nonce = nonces[at * NONCE : (at + 1) * NONCE]
            zeros_at, room = empty or _zeros_in(content)
            rest = room % _PIECE
            kept = content[:zeros_at] + _ZEROS[:rest] + content[zeros_at + room :] if room else content
            sealed = self.page(number, seq, nonce, kept)
            entries.append(ENTRY.pack(number, zeros_at, room - rest, nonce, sealed[-TAG:]))
            bodies.append(memoryview(sealed)[:-TAG])
        nonce, listed = nonces[:NONCE], b"".join(entries)
        return b"".join((head, nonce, self.manifest(head, nonce, listed), *bodies)), listed


def new_header(key: bytes) -> tuple[bytes, Seal]:
    """The first bytes of a new file, and its seal."""
    header = HEADER.pack(MAGIC, FORMAT, PAGE, os.urandom(16))
    seal = Seal(key, header)
    return header + seal.check, seal


def read_header(key: bytes, whole: bytes) -> Seal:
    """Raises VaultDamaged, VaultTooNew, VaultTooOld, and WrongSecret when `key` is not this file's."""
    if len(whole) < START or whole[: len(MAGIC)] != MAGIC:
        raise VaultDamaged("header")
    _, made_by, page_size, _ = HEADER.unpack_from(whole)
    if made_by != FORMAT:
        raise VaultTooNew if made_by > FORMAT else VaultTooOld
    seal = Seal(key, whole[: HEADER.size])
    if whole[HEADER.size : START] != seal.check:
        raise WrongSecret
    if page_size != PAGE:
        raise VaultTooOld
    return seal


def base(at: int, count: int) -> int:
    """Where the pages of a record at `at` begin; the bytes before it end with its manifest's tag."""
    return at + HEAD.size + NONCE + count * ENTRY.size + TAG


def places(entries: bytes, start: int, seq: int) -> dict[int, Place]:
    """Where the pages stand whose entries these are, one behind the other from `start`."""
    found = {}
    for number, zeros_at, zeros, nonce, tag in ENTRY.iter_unpack(entries):
        size = PAGE - zeros
        found[number] = _new(Place, (start, size, nonce, tag, seq, zeros_at))
        start += size
    return found


def end_of(listed: dict[int, Place], start: int) -> int:
    """Where the last of these pages ends; `start` when there are none."""
    last = next(reversed(listed.values()), None)
    return start if last is None else last.at + last.size


def _zeros_in(page: bytes) -> tuple[int, int]:
    """Where the first long run of zeros is, and how many of them are left out. SQLite's pages are seldom full."""
    at = page.find(_SOME)
    while at >= 0 and not page.startswith(_ZEROS_PIECE, at):
        at = page.find(_SOME, at + len(_SOME))
    if at < 0:
        return 0, 0
    fewest, most = 1, (PAGE - at) // _PIECE
    while fewest < most:  # comparing a whole run is faster than looking at each byte
        tried = (fewest + most + 1) // 2
        if page.startswith(_RUNS[tried], at):
            fewest = tried
        else:
            most = tried - 1
    return at, fewest * _PIECE
