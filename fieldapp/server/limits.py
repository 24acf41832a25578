"""How much one process takes on: whoever comes when it is full, or too often, is told at once when to come again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil

from fieldapp.errors import ServerTrouble
from fieldapp.settings import Settings

#: Buckets kept at most: anybody can make up tokens.
MOST_BUCKETS = 20_000


class Room:
    """Exchanges at once. Nobody waits in line: a phone that comes again later costs less than one that holds on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._inside = 0

    def look(self) -> None:
        """Raises ServerTrouble(`busy`) when all of it is taken: before a long request is sent for nothing."""
        if self._inside >= self._settings.exchanges_at_once:
            raise ServerTrouble("busy", self._settings.busy_retry)

    @contextmanager
    def taken(self) -> Iterator[None]:
        with self._lock:
            self.look()
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1

    @property
    def next_in(self) -> int:
        """Seconds until a device should come again: more of them from the moment half of the room is taken."""
        every, rarest = self._settings.exchange_every, self._settings.exchange_rarest
        load = self._inside / self._settings.exchanges_at_once
        return round(every + (rarest - every) * max(0.0, 2 * load - 1))


class Pace:
    """How often one device, or one address, may ask: a bucket of `burst`, refilled by `rate` a second.

    A device is known by its tokens, so that one too many costs no look into the database: two of them share a bucket
    as soon as this process has seen whose they are.
    """

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = burst
        self._lock = threading.Lock()
        self._empty_until: dict[str, float] = {}  # when the bucket will be full again
        self._whose: dict[str, str] = {}

    def learn(self, token: str, device: str) -> bool:
        """Whose token this is, as the database says; whether that is new here: it has not been counted yet."""
        with self._lock:
            if token in self._whose:
                return False
            if len(self._whose) >= MOST_BUCKETS:
                self._whose = {}
            self._whose[token] = device
            return True

    def keep(self, who: str, now: float) -> None:
        """`now` in seconds of a clock that never jumps. Raises ServerTrouble(`pace`)."""
        cost = 1 / self._rate
        with self._lock:
            who = self._whose.get(who, who)
            full_at = max(self._empty_until.get(who, now), now) + cost
            wait = full_at - now - cost * self._burst
            if wait > 1e-9:
                raise ServerTrouble("pace", ceil(wait - 1e-9))
            self._empty_until[who] = full_at
            if len(self._empty_until) > MOST_BUCKETS:
                self._forget(now)

    def _forget(self, now: float) -> None:
        """Full buckets are as none. If that is not enough, start over: a limit must not be what fills the memory."""
        self._empty_until = {who: at for who, at in self._empty_until.items() if at > now}
        if len(self._empty_until) > MOST_BUCKETS // 2:
            self._empty_until = {}


def of_address(host: str | None) -> str:
    """Who somebody at this address is to a limit: of IPv6 the network, since one machine has all addresses in it."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return ""
    return str(IPv6Network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)
