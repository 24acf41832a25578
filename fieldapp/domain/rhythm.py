"""How long may pass before somebody hears from us: the figures of rhythm.md, and the day they lead to."""

from dataclasses import dataclass
from datetime import date

from fieldapp.domain.facts import Due, Facts


@dataclass(frozen=True)
class RhythmRules:
    """Every figure is a default the server can change; days unless the name says otherwise."""

    closed: frozenset[date] = frozenset()
    reach_out_at_most: int = 5


DEFAULT = RhythmRules()


def due(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> Due:
    """The day to be in touch at the latest, counted from the last real contact in either direction by anyone.

    May lie in the past. Never within the peace the citizen asked for.
    """
    raise NotImplementedError
