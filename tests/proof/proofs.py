"""Every proof in a small form that stops at the first thing found: what a planted fault must not get past."""

import contextlib
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.proof import agreement, erasure, failing, fuzz, fuzz_keyring, fuzz_log, nonces, power, quick, scene, tamper
from tests.proof.tamper_cases import cases

#: Of the cases and the calls every so manieth.
_SHARE = 9
_SECONDS = 0.7


def _power() -> Iterator[str]:
    for number in range(10):
        yield from power.faults(20, f"1/{number}")


def _failing() -> Iterator[str]:
    yield from failing.faults("1", share=3 * _SHARE)


def _tamper() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        of, folder = scene.make(Path(place, "made")), Path(place, "tampered")
        scene.put(folder, of.files)
        if wrong := tamper.guesses(folder):
            yield wrong
        for case in cases(of, random.Random(1), _SHARE):
            if wrong := tamper.fault(of, case, folder):
                yield wrong


def _readers() -> Iterator[str]:
    with quick.stretching():
        yield from agreement.faults("1")


def _nonces() -> Iterator[str]:
    yield from nonces.faults("1", calls=250)


def _erasure() -> Iterator[str]:
    for number in range(4):
        yield from erasure.faults(f"1/{number}", rounds=8)


def _fuzz() -> Iterator[str]:
    rng = random.Random("1")
    originals = fuzz_log.originals(rng)
    for _ in range(6):
        damaged = fuzz_log.hostile(originals[0], rng)
        if wrong := fuzz.answer(originals[0].judge, damaged, _SECONDS):
            yield wrong
    yield from fuzz.logs(100, "1", _SECONDS)
    with contextlib.ExitStack() as stack:
        original = fuzz_keyring.original(stack, real=False)
        for _ in range(200):
            damaged, how = fuzz_keyring.damage(original, rng)
            if wrong := fuzz.answer(original.judge, damaged, _SECONDS):
                yield f"{how}: {wrong}"


PROOFS: dict[str, Callable[[], Iterator[str]]] = {
    "power": _power,
    "failing": _failing,
    "tamper": _tamper,
    "readers": _readers,
    "nonces": _nonces,
    "erasure": _erasure,
    "fuzz": _fuzz,
}
