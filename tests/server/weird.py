"""Values that no field expects."""

from typing import Any

#: Somebody's words, which no error may quote.
QUOTED = "Opdigtet Hemmelighed"

DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP]
WEIRD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**31,
    2**53,
    2**63,
    10**400,
    1.5,
    -0.0,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "\x00",
    f"{QUOTED}\x00",
    "\ud800",
    "\udfff" * 36,
    "x" * 36,
    "x" * 70_000,
    "🌱" * 20_000,
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-25T09:00:00",
    "24:00",
    "²³:٣٤",
    "٢٠٢٦-١١-٢٥",
    [],
    {},
    [QUOTED] * 41,
    {"\x00": 1},
    {"\ud800": 1},
    {QUOTED: {QUOTED: QUOTED}},
    DEEP,
    "00000000-0000-0000-0000-000000000000",
    "citizen:",
    "citizen:\x00",
    "all",
    "worker:x",
)
