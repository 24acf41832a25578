"""Wrong secrets slow the next ones down, also after a restart.

The count stands in a small file of fixed size: it protects against somebody with the phone in hand, not against
somebody with a copy of the files, who meets scrypt and the device secret instead.
"""

import contextlib
import math
import struct
from collections.abc import Callable
from pathlib import Path

from fieldapp.errors import TooManyTries
from fieldapp.store.disk import Disk, write_all

FREE = 4
#: Seconds to wait after the wrong try that follows the free ones, and so on; the last one stays.
WAITS = (30, 60, 120, 300, 900)
_MOST = 2**31  # noise of a power cut may stand there
_COUNT = struct.Struct("<Id")  # wrong tries, and when the last one was, in seconds since 1970


class Tries:
    def __init__(self, folder: Path, disk: Disk, now: Callable[[], float]) -> None:
        self._path, self._disk, self._now = folder / "tries", disk, now

    def allow(self) -> None:
        """Count this try as a wrong one until `forget` says better; raises TooManyTries while it is too early.

        Counted before it is made: killing the app in the middle of a try does not give it back.
        """
        wrong, last = self._read()
        now = self._now()
        wait = WAITS[min(wrong - FREE, len(WAITS)) - 1] if wrong > FREE else 0
        passed = now - last
        if passed < 0 < wait:  # the clock was set back: the wait begins anew, and is over when it says
            self._write(wrong, now)
            passed = 0.0
        if passed < wait:
            raise TooManyTries(math.ceil(wait - passed))
        self._write(min(wrong + 1, _MOST), now)

    def forget(self) -> None:
        self._write(0, 0.0)

    def _read(self) -> tuple[int, float]:
        with contextlib.suppress(OSError):
            file = self._disk.open(self._path)
            try:
                content = self._disk.read(file, _COUNT.size, 0)
            finally:
                self._disk.close(file)
            if len(content) == _COUNT.size:
                wrong, last = _COUNT.unpack(content)
                return wrong, last if math.isfinite(last) else 0.0
        return 0, 0.0

    def _write(self, wrong: int, at: float) -> None:
        with contextlib.suppress(OSError):  # a full disk must not keep a worker out
            file = self._disk.open(self._path, new=not self._path.exists())
            try:
                write_all(self._disk, file, _COUNT.pack(wrong, at), 0)
                self._disk.sync(file)
            finally:
                self._disk.close(file)
