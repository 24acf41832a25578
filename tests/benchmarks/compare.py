"""Figures of several side by side: one of each run, ratios within a run, medians of the runs, and targets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.benchmarks.table import number

#: By who was measured, a figure of each run; None where it cannot be had.
Figures = Mapping[str, Sequence[float] | None]


def p95(samples: Sequence[float]) -> float:
    return sorted(samples)[int(0.95 * (len(samples) - 1) + 0.5)]


@dataclass(frozen=True)
class Target:
    """`met` is asked of the line's figures."""

    words: str
    met: Callable[["Line"], bool]


@dataclass(frozen=True)
class Line:
    """One line of the table. The first of `figures` is ours."""

    what: str
    unit: str
    figures: Figures
    targets: tuple[Target, ...] = ()

    def of(self, who: str) -> float | None:
        runs = self.figures.get(who)
        return median(runs) if runs else None

    @property
    def ours(self) -> float:
        return median(self.figures[next(iter(self.figures))] or [])

    def ratios(self, other: str) -> list[float]:
        """Of each run, ours to theirs."""
        ours, theirs = self.figures[next(iter(self.figures))], self.figures.get(other)
        return [mine / its for mine, its in zip(ours or (), theirs or (), strict=False) if its]

    def ratio(self, other: str) -> float:
        return median(self.ratios(other))

    @property
    def met(self) -> bool | None:
        return all(target.met(self) for target in self.targets) if self.targets else None


def at_most(most: float, words: str) -> Target:
    return Target(words, lambda line: line.ours <= most)


def at_most_times(other: str, most: float) -> Target:
    return Target(f"≤ {most:g} × {other}", lambda line: line.ratio(other) <= most)


def ahead_of(other: str) -> Target:
    return Target(f"ahead of {other}", lambda line: line.ratio(other) < 1)


def table(title: str, who: Sequence[str], lines: Sequence[Line]) -> str:
    """As Markdown. A ratio stands with the lowest and the highest of the runs."""
    others = who[1:]
    head = [title, *who, *(f"÷ {other}" for other in others), "target", "met"]
    rows = [head, ["---", *["---:"] * (len(head) - 3), "---", "---"]]
    for line in lines:
        shown = [_figure(line.of(name), line.unit) for name in who]
        ratios = [_spread(line.ratios(other)) for other in others]
        targets = ", ".join(target.words for target in line.targets)
        rows.append([line.what, *shown, *ratios, targets, {True: "yes", False: "**no**", None: ""}[line.met]])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_json(line: Line) -> dict[str, Any]:
    return {
        "what": line.what,
        "unit": line.unit,
        "runs": dict(line.figures),
        "targets": [target.words for target in line.targets],
        "met": line.met,
    }


def _figure(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{number(value)} {unit}".strip()


def _spread(ratios: Sequence[float]) -> str:
    if not ratios:
        return "–"
    middle, low, high = f"{median(ratios):.2f}", f"{min(ratios):.2f}", f"{max(ratios):.2f}"
    return middle if low == high else f"{middle} ({low}–{high})"
