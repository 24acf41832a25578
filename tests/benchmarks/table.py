"""Figures beside what they should be, as a Markdown table."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """Met when `figure` is at most `target` (at least, with `more`). `spread` is the least and the most."""

    name: str
    unit: str
    figure: float
    target: float | None = None
    spread: tuple[float, float] | None = None
    more: bool = False
    beside: tuple[str, float] | None = None
    """What else is worth knowing of it and is not judged: a word and its figure."""

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.figure >= self.target if self.more else self.figure <= self.target


def table(measures: Iterable[Measure]) -> str:
    lines = ["| what | figure | least - most | target | met |", "|---|---|---|---|---|"]
    for m in measures:
        spread = f"{number(m.spread[0])} - {number(m.spread[1])}" if m.spread else ""
        sign = "≥" if m.more else "≤"
        target = f"{sign} {number(m.target)} {m.unit}".strip() if m.target is not None else ""
        met = {True: "yes", False: "**no**", None: ""}[m.met]
        beside = f" ({m.beside[0]} {number(m.beside[1])})" if m.beside else ""
        lines.append(f"| {m.name} | {number(m.figure)} {m.unit}{beside} | {spread} | {target} | {met} |")
    return "\n".join(lines)


def number(value: float) -> str:
    """Three digits that count, thousands apart."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
