"""The benchmarks: `python -m tests.benchmarks store [--sizes 1 10 100] [--runs 5] [--out f]`, `sync`, `load`, `ui`.

They end well whatever the figures: a target that is missed stands in the table.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import compare, machine, table


def said(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def bench_store(given: argparse.Namespace) -> None:
    from tests.benchmarks import store

    plan = store.Plan(sizes=tuple(sorted(given.sizes)), runs=given.runs)
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.folder.resolve()) as place:
        about = machine.described(Path(place))
        lines = store.run(plan, Path(place), said)
    print(f"{about} Load at the end: {machine.load()}.")
    print(f"Medians of {plan.runs} interleaved runs; ratios within a run, with the lowest and the highest.\n")
    print(compare.table("store", plan.names, lines))
    if missed := [line.what for line in lines if line.met is False]:
        print(f"\nNot met: {'; '.join(missed)}.")
    print(store.NOTES)
    if given.out:
        given.out.write_text(json.dumps({"on": about, "lines": [compare.as_json(line) for line in lines]}, indent=1))


def bench_sync(given: argparse.Namespace) -> None:
    from tests.benchmarks import sync

    print(machine.described(Path.cwd()), end="\n\n")
    print(table.table(sync.measure(given.runs)))


def bench_load(given: argparse.Namespace) -> None:
    from tests.benchmarks import load

    print(machine.described(Path.cwd()), end="\n\n")
    print(table.table(load.measure()))


def bench_ui(given: argparse.Namespace) -> None:
    from tests.benchmarks import ui

    print(machine.described(Path.cwd()), end="\n\n")
    print(table.table(ui.measure(given.runs)))


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parts = asked.add_subparsers(required=True)
    part = parts.add_parser("store", help="the vault against plain SQLite and SQLCipher")
    part.add_argument("--sizes", type=float, nargs="+", default=[1, 10, 100], help="in MB")
    part.add_argument("--runs", type=int, default=5)
    part.add_argument("--out", type=Path, help="every run's figures, as JSON")
    part.add_argument("--folder", type=Path, default=Path("work"), help="on the disk that is meant")
    part.set_defaults(bench=bench_store)
    part = parts.add_parser("sync", help="what an exchange costs")
    part.add_argument("--runs", type=int, default=5)
    part.set_defaults(bench=bench_sync)
    part = parts.add_parser("load", help="two thousand phones at one server")
    part.set_defaults(bench=bench_load)
    part = parts.add_parser("ui", help="what a worker waits for on screen")
    part.add_argument("--runs", type=int, default=5)
    part.set_defaults(bench=bench_ui)
    given = asked.parse_args()
    given.bench(given)


if __name__ == "__main__":
    main()
