"""Records into facts: the one place that reads a citizen's records for the rules."""

from collections.abc import Iterable
from datetime import date

from fieldapp.domain.facts import Facts, Record


def gather(citizen_id: str, records: Iterable[Record], today: date) -> Facts:
    """The facts of one citizen on `today`. Void records and kinds the rules do not know are passed over."""
    raise NotImplementedError
