"""Every proof in a small form that stops at the first thing found: what a planted fault must not get past."""

import contextlib
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from fieldapp.errors import VaultError
from tests.proof import agreement, erasure, failing, fuzz, fuzz_keyring, fuzz_log, nonces, power, quick, scene, tamper
from tests.proof.reader import Refused
from tests.proof.tamper_cases import cases

#: Of the cases that flip a bit somewhere, every so manieth.
_SHARE = 9
_SECONDS = 0.7


def _power(first: int) -> Iterator[str]:
    for number in range(first, first + 16):
        yield from power.faults(power.PIECE, f"1/{number}")


def _failing(first: int) -> Iterator[str]:
    yield from failing.faults(str(first), failing.WRITING)


def _tamper(first: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        of, folder = scene.make(Path(place, "made")), Path(place, "tampered")
        scene.put(folder, of.files)
        if wrong := tamper.guesses(folder):
            yield wrong
        for case in cases(of, random.Random(first), _SHARE):
            if wrong := tamper.fault(of, case, folder):
                yield wrong


def _readers(first: int) -> Iterator[str]:
    with quick.stretching():
        yield from agreement.faults(str(first))


def _nonces(first: int) -> Iterator[str]:
    yield from nonces.faults(str(first), calls=250)


def _erasure(first: int) -> Iterator[str]:
    for number in range(first, first + 16):
        yield from erasure.faults(f"1/{number}", rounds=8)


def _fuzz(first: int) -> Iterator[str]:
    rng = random.Random(first)
    originals = fuzz_log.originals(rng)
    for _ in range(6):
        damaged = fuzz_log.hostile(originals[0], rng)
        if wrong := fuzz.answer(originals[0].judge, damaged, _SECONDS):
            yield wrong
    for number in range(first, first + 4):
        yield from fuzz.logs(100, str(number), _SECONDS)
    with contextlib.ExitStack() as stack:
        original = fuzz_keyring.original(stack, real=False)
        for _ in range(200):
            damaged, how = fuzz_keyring.damage(original, rng)
            if wrong := fuzz.answer(original.judge, damaged, _SECONDS):
                yield f"{how}: {wrong}"


#: By name; each takes the number of the first of its seeds.
PROOFS: dict[str, Callable[[int], Iterator[str]]] = {
    "power": _power,
    "failing": _failing,
    "tamper": _tamper,
    "readers": _readers,
    "nonces": _nonces,
    "erasure": _erasure,
    "fuzz": _fuzz,
}


def found(name: str, first: int = 0) -> str | None:
    """The first thing wrong; a vault that no longer opens where the proof does nothing to it is one."""
    try:
        return next(PROOFS[name](first), None)
    except (VaultError, Refused) as error:
        return f"nothing was done to it, and it is refused: {error}"
