"""Long proofs in pieces over the processors, each piece with a seed of its own: what fails is repeated by its piece."""

import multiprocessing
import os
import threading
from collections.abc import Callable

#: (how many, seed) -> what was wrong, each with the seed that shows it again.
Piece = Callable[[int, str], list[str]]


def run(piece: Piece, count: int, size: int, seed: int, processes: int = 0) -> list[str]:
    """`count` in pieces of `size`; the same pieces whatever the machine."""
    sizes = [min(size, count - start) for start in range(0, count, size)]
    pieces = [(one, f"{seed}/{number}") for number, one in enumerate(sizes)]
    processes = min(processes or os.cpu_count() or 1, len(pieces))
    if processes < 2:
        return _in_turn(piece, pieces)
    assert threading.active_count() == 1, "a fork copies one thread only"
    fork = multiprocessing.get_context("fork")
    started = []
    for number in range(processes):
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_tell, args=(piece, pieces[number::processes], theirs))
        process.start()
        theirs.close()
        started.append((process, ours))
    found = []
    for process, ours in started:
        try:
            found += ours.recv()
        except EOFError:
            found.append("a process of the proof died")
        process.join()
    return found


def _in_turn(piece: Piece, pieces: list[tuple[int, str]]) -> list[str]:
    return [f"{wrong} (seed {seed})" for size, seed in pieces for wrong in piece(size, seed)]


def _tell(piece: Piece, pieces: list[tuple[int, str]], pipe: "multiprocessing.connection.Connection") -> None:
    pipe.send(_in_turn(piece, pieces))
    pipe.close()
