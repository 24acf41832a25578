"""The second reader's log, written from docs/vault-format.md alone: nothing of the app is imported here."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PAGE, FIRST = 8192, 64


class Refused(Exception):
    """`why` is none | damaged | wrong_secret | too_new | too_old."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def hkdf(key: bytes, salt: bytes | None, info: str, length: int = 32) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info.encode()).derive(key)


class Entry(NamedTuple):
    page: int
    zeros_at: int
    zeros: int
    nonce: bytes
    tag: bytes


class Record(NamedTuple):
    """A record whose manifest has opened; `pages_at` is where the ciphertext of its pages begins."""

    seq: int
    page_count: int
    before: bytes
    nonce: bytes
    tag: bytes
    entries: list[Entry]
    pages_at: int

    @property
    def end(self) -> int:
        return self.pages_at + sum(PAGE - entry.zeros for entry in self.entries)


class LogFile:
    """The bytes of a log and what opens them. `behind` are other bytes under the same key, as a .torn file's."""

    def __init__(self, key: bytes, content: bytes) -> None:
        if len(content) < FIRST or content[:8] != b"VEDHOLD\0":
            raise Refused("damaged")
        made_by, page_size = struct.unpack_from("<II", content, 8)
        if made_by != 1:
            raise Refused("too_new" if made_by > 1 else "too_old")
        if content[48:64] != hkdf(key, content[:48], "vedhold log check", 16):
            raise Refused("damaged")
        if page_size != PAGE:
            raise Refused("too_old")
        self.content, self.file_id = content, content[16:32]
        self.aead = AESGCM(hkdf(key, self.file_id, "vedhold log"))

    def behind(self, other: bytes) -> "LogFile":
        file = LogFile.__new__(LogFile)
        file.content, file.file_id, file.aead = other, self.file_id, self.aead
        return file

    def record(self, at: int) -> Record | None:
        """What authenticates at this place, whether or not its pages do."""
        head = self.content[at : at + 36]
        if len(head) < 36 or head[:4] != b"CMT1":
            return None
        seq, count, page_count, before = struct.unpack("<QII16s", head[4:])
        pages_at = at + 36 + 12 + 36 * count + 16
        if pages_at > len(self.content):
            return None
        nonce, sealed = self.content[at + 36 : at + 48], self.content[at + 48 : pages_at]
        try:
            listed = self.aead.decrypt(nonce, sealed, head + self.file_id)
        except InvalidTag:
            return None
        entries = [Entry(*entry) for entry in struct.iter_unpack("<IHH12s16s", listed)]
        return Record(seq, page_count, before, nonce, sealed[-16:], entries, pages_at)

    def page(self, entry: Entry, at: int, seq: int) -> bytes:
        """Raises InvalidTag."""
        sealed = self.content[at : at + PAGE - entry.zeros]
        part = self.aead.decrypt(entry.nonce, sealed + entry.tag, self.file_id + struct.pack("<IQ", entry.page, seq))
        return part[: entry.zeros_at] + bytes(entry.zeros) + part[entry.zeros_at :]

    def placed(self, record: Record) -> Iterator[tuple[Entry, int, int]]:
        """Each page of a record as `page` takes it."""
        at = record.pages_at
        for entry in record.entries:
            yield entry, at, record.seq
            at += PAGE - entry.zeros

    def heads(self, start: int = 0) -> Iterator[int]:
        while (start := self.content.find(b"CMT1", start)) >= 0:
            yield start
            start += 1

    def good(self) -> Iterator[Record]:
        """The records that count, in turn. Raises Refused when the vault is damaged."""
        at, last = FIRST, None
        while (record := self.record(at)) is not None and self._follows(record, last):
            yield record
            at, last = record.end, record
        if last is None or self._goes_on(at, last):
            raise Refused("damaged")

    def _follows(self, record: Record, last: Record | None) -> bool:
        if not _next(record, last) or record.end > len(self.content):
            return False
        try:
            if record.end == len(self.content):
                for placed in self.placed(record):
                    self.page(*placed)
        except InvalidTag:
            return False
        return True

    def _goes_on(self, end: int, last: Record) -> bool:
        for tried, at in enumerate(self.heads(last.pages_at - 3)):
            record = self.record(at) if tried < 1_000 else None
            if tried == 1_000:
                return True
            if record is not None and record.seq > last.seq and not (at == end and _next(record, last)):
                return True
        return False


def _next(record: Record, last: Record | None) -> bool:
    if last is None:
        return record.before == bytes(16) and record.seq > 0
    return record.seq == last.seq + 1 and record.before == last.tag


def database(file: LogFile) -> tuple[bytes, Record]:
    live: dict[int, tuple[Entry, int, int]] = {}
    last = None
    for record in file.good():
        last = record
        live |= {placed[0].page: placed for placed in file.placed(record)}
        live = {number: placed for number, placed in live.items() if number < record.page_count}
    assert last is not None, "good() refuses a log without a record"
    try:
        pages = {number: file.page(*placed) for number, placed in live.items()}
    except InvalidTag:
        raise Refused("damaged") from None
    return b"".join(pages.get(number, bytes(PAGE)) for number in range(last.page_count)), last
