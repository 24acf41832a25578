"""No nonce seals two things under one key, and no key serves two files: over a long history, with all that was ever
written, also what was cut off again and what was compacted away.
"""

import json
import random
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.proof import quick, reader
from tests.proof.known import DEVICE, words
from tests.proof.reader import plain
from tests.proof.recording import Call, record

#: What was sealed, by its tag, under each key and nonce.
Uses = dict[tuple[str, bytes, bytes], set[bytes]]


def faults(seed: str, calls: int = 400) -> list[str]:
    """What was used twice in the lives of a vault."""
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        written = [call for call in record(Path(place, "vault"), random.Random(seed), calls) if call[0] == "write"]
    uses, keys = defaultdict[tuple[str, bytes, bytes], set[bytes]](set), set()
    for content in {call[3] for call in written if call[3].startswith(b"{")}:
        keys |= _in_keyring(content, uses)
    files = _headers(written)
    for key in keys:
        opened = [file for header in files if (file := _opened(key, header)) is not None]
        if len(opened) > 1:
            return ["a data key serves two files"]
        for file in opened:
            _in_log(file, written, uses)
    if len(files) < 3 or len(uses) < calls:
        return [f"too short a history to tell: {len(files)} files, {len(uses)} seals"]
    return sorted({f"a nonce twice under {what}" for (what, _, _), sealed in uses.items() if len(sealed) > 1})


def _in_keyring(content: bytes, uses: Uses) -> set[bytes]:
    """The data key in it."""
    try:
        ring: dict[str, Any] = json.loads(content)["ring"]
    except ValueError:  # half of one, written when the process was killed
        return set()
    for slot in ring["slots"]:
        salt, sealed = plain(slot["salt"]), plain(slot["sealed"])
        uses["a slot's salt", b"", salt].add(sealed)
    for secret in range(99):
        try:
            master = reader.master_key(ring, words(secret), DEVICE, stretch=quick.stretched)
        except reader.Refused:
            continue
        sealed = plain(ring["key"])
        uses["the master key", master, sealed[:12]].add(sealed)
        return {reader.data_key(ring, master)}
    raise AssertionError("a keyring that no secret opens")


def _headers(written: list[Call]) -> set[bytes]:
    return {content for *_, content in written if content.startswith(b"VEDHOLD\0") and len(content) == 64}


def _opened(key: bytes, header: bytes) -> reader.LogFile | None:
    try:
        return reader.LogFile(key, header)
    except reader.Refused:
        return None


def _in_log(file: reader.LogFile, written: list[Call], uses: Uses) -> None:
    """Every record that was written under this file's key, wherever to."""
    for *_, content in written:
        if content.startswith(b"CMT1") and (record := file.behind(content).record(0)):
            uses["a page key", file.file_id, record.nonce].add(record.tag)
            for entry in record.entries:
                uses["a page key", file.file_id, entry.nonce].add(entry.tag)
