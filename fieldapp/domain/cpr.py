"""The form of a CPR number: a day that exists and four digits. No check digit: numbers since 2007 may have none."""

import re
from datetime import date

_FORM = re.compile(r"(\d{2})(\d{2})(\d{2})[- ]?(\d{4})")


def written(text: str) -> str | None:
    """`010203-0000`, as it is kept; None when it cannot be a CPR number."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year, last = found.groups()
    return f"{day}{month}{year}-{last}" if _exists(int(day), int(month), int(year)) else None


def _exists(day: int, month: int, year: int) -> bool:
    """In either century: the digits after it say which, and not always plainly."""
    return any(_is_day(century + year, month, day) for century in (1900, 2000))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
