"""How a secret is stretched: scrypt, as dear as this device can bear and never cheaper or dearer than the bounds."""

import time
from collections.abc import Callable

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

#: n of scrypt with r=8, p=1: 2**14 is 16 MiB and about 40 ms on a PC. Others are refused: no downgrade, no memory bomb.
LOWEST_COST, HIGHEST_COST = 2**14, 2**17
#: What a new slot gets at least, whatever the device.
_LEAST = 2**15
#: Seconds an unlock may take for it.
_BEARABLE = 0.3


def stretch(secret: bytes, salt: bytes, cost: int) -> bytes:
    """32 bytes. Takes tenths of a second and `cost` KiB of memory: never on the loop of the screens."""
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(secret)


def in_bounds(cost: object) -> bool:
    return type(cost) is int and cost & (cost - 1) == 0 and LOWEST_COST <= cost <= HIGHEST_COST


def calibrated_cost(clock: Callable[[], float] = time.perf_counter) -> int:
    """The dearest cost that this device bears, measured on it; a power of two from 2**15 to 2**17."""
    took = min(_seconds(clock) for _ in range(2))  # the faster one: the other may have been disturbed
    cost = _LEAST
    while cost < HIGHEST_COST and took * (cost * 2 / LOWEST_COST) <= _BEARABLE:
        cost *= 2
    return cost


def _seconds(clock: Callable[[], float]) -> float:
    begun = clock()
    stretch(b"a secret", bytes(16), LOWEST_COST)
    return clock() - begun
