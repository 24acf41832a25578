"""Lines of JSON, gzipped, packed and unpacked a piece at a time: never more than a limit of them in memory.

The last line counts those between it and the first: `{"n": 3}`, perhaps with more to say. Without it a body was cut.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from fieldapp.errors import ProtocolFault

#: Text is pressed when there are about this many characters of it.
PIECE = 64_000


class Inflater:
    """Undoes gzip as the pieces come. ProtocolFault(`too_large`) at the limit, whatever the rest would grow to."""

    def __init__(self, limit: int) -> None:
        self._gzip = zlib.decompressobj(wbits=31)
        self._room = limit

    def feed(self, piece: bytes) -> bytes:
        if self._gzip.eof and piece:  # something stands behind the end
            raise ProtocolFault("malformed")
        try:
            text = self._gzip.decompress(piece, self._room + 1)
        except zlib.error:
            raise ProtocolFault("malformed") from None
        self._room -= len(text)
        if self._room < 0:
            raise ProtocolFault("too_large")
        if self._gzip.unused_data:
            raise ProtocolFault("malformed")
        return text

    def end(self) -> None:
        """Nothing more comes; ProtocolFault(`cut`) when something should have."""
        if not self._gzip.eof:
            raise ProtocolFault("cut")


def inflate(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The text of a gzipped body, piece by piece."""
    inflater = Inflater(limit)
    for piece in pieces:
        yield inflater.feed(piece)
    inflater.end()


class Lines:
    """The lines of a text but the last, each as soon as it is whole; `last` when the last one counts them.

    Nothing of it counts until then: whoever takes a line must be able to forget it.
    """

    def __init__(self, text: Iterable[bytes], longest: int | None = None) -> None:
        self._text = text
        self._longest = longest
        self.last: dict[str, Any] = {}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        count, held = -1, None
        for line in _split(self._text):
            if self._longest is not None and len(line) > self._longest:
                raise ProtocolFault("too_large")
            if held is not None:
                yield held
                count += 1
            held = _parsed(line)
        if held is None or count < 0 or type(held.get("n")) is not int or held["n"] != count:
            raise ProtocolFault("cut")
        self.last = held


def _split(text: Iterable[bytes]) -> Iterator[bytes]:
    """Never joined more often than there are lines: one line in many pieces must not cost their square."""
    begun: list[bytes] = []
    for piece in text:
        first, *others = piece.split(b"\n")
        begun.append(first)
        if others:
            yield from filter(None, (b"".join(begun), *others[:-1]))
            begun = [others[-1]]
    if line := b"".join(begun):
        yield line


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):  # RecursionError: a line of nothing but brackets
        raise ProtocolFault("malformed") from None
    if not isinstance(said, dict):
        raise ProtocolFault("malformed")
    return said


class Packer:
    """Packs lines as they are added; only what is pressed already, and one piece, is in memory."""

    def __init__(self) -> None:
        self._gzip = zlib.compressobj(level=6, wbits=31)
        self._pressed: list[bytes] = []
        self._lines: list[str] = []
        self._size = 0
        self._count = -1  # the first line is not counted

    def add(self, line: str) -> None:
        self._lines.append(line)
        self._count += 1
        self._size += len(line)
        if self._size >= PIECE:
            self._press()

    def end(self, **more: Any) -> bytes:
        """The whole body, with the line that counts the others."""
        self._lines.append(json.dumps({"n": self._count, **more}))
        self._press()
        return b"".join([*self._pressed, self._gzip.flush()])

    def _press(self) -> None:
        self._pressed.append(self._gzip.compress("\n".join([*self._lines, ""]).encode()))
        self._lines, self._size = [], 0
