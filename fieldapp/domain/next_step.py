"""The next step: always there while the support is active or paused (I-2)."""

from datetime import date

from fieldapp.domain.facts import Attempt, Contact, Facts, NextStep
from fieldapp.domain.rhythm import DEFAULT, RhythmRules


def next_step(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> NextStep | None:
    """The earliest open planned step, else the rhythm's day with the responsible worker. None only when closed.

    A planned step that was missed keeps its day, which then lies before `today`.
    """
    raise NotImplementedError


def suggestion(
    facts: Facts, today: date, rules: RhythmRules = DEFAULT, *, after: Contact | Attempt | None = None
) -> NextStep | None:
    """The step the rhythm would choose once `after` is saved; None stands for having talked today.

    An appointment agreed for a day inside the interval is the next step.
    """
    raise NotImplementedError
