"""Whether somebody without a case shall still stand here: asked after a time, answered by people only (E11).

An answer *nej* takes a citizen off every list, and can be taken back; whatever somebody writes about them afterwards
brings them back by itself. Only the server erases, later, by its own time.
"""

from collections.abc import Iterable
from datetime import date, datetime

from fieldapp.domain import thread
from fieldapp.domain.facts import Facts, Reason, Record, Why
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.rhythm_rules import DEFAULT, RhythmRules
from fieldapp.domain.standing import standing
from fieldapp.domain.values import REAL_CONTACTS, REAL_OUTCOMES, Support
from fieldapp.domain.values_day import KeepAnswer

GONE = frozenset({KeepAnswer.REMOVE, KeepAnswer.MISTAKE})
_NOT_ABOUT_THEM = frozenset({"access", "keep_answer", "citizen_merge", "conflict_decision", "quarantine_decision"})
#: What people write about a citizen: any of these after the answer says that they are not done with.
WRITTEN = frozenset(
    kind.name
    for kind in KINDS.values()
    if kind.ready and kind.scope == "citizen" and kind.written_by == "worker" and kind.name not in _NOT_ABOUT_THEM
)


def asks(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> Reason | None:
    """*Skal de her oplysninger stadig stå her?*: nobody has talked with them for long, and there is no case."""
    days = thread.days_since(facts, today)
    if days < rules.keep_asked or has_case(facts) or standing(facts, today).support is not Support.ACTIVE:
        return None
    lately = facts.kept_on is not None and (today - facts.kept_on).days < rules.keep_asked
    ahead = any(step.agreed and step.on >= today for step in facts.steps)
    return None if lately or ahead or facts.absence else Reason(Why.KEEP, days=days)


def has_case(facts: Facts) -> bool:
    """A method has been chosen, or the authority's number is here."""
    return facts.method is not None or facts.has_cpr


def let_go(records: Iterable[Record], rules: RhythmRules = DEFAULT) -> Record | None:
    """The answer by which somebody said that these records shall not stand here any more; None when they shall.

    Of one registration: a person who was registered more than once goes when each of them is let go. The latest answer
    holds. In doubt they stay: what was written at the same moment counts as after it, and a case or a meeting that came
    from another phone later was not known to the one who was asked.
    """
    living = [record for record in records if not record.void]
    answers = [record for record in living if record.kind == "keep_answer"]
    latest = max(answers, key=lambda r: (r.at, r.id), default=None)
    if latest is None or latest.fields["answer"] not in GONE:
        return None
    if any(r.kind in WRITTEN and r.at >= latest.at for r in living):
        return None
    asked = latest.fields["answer"] == KeepAnswer.REMOVE
    return None if asked and any(_not_asked_about(r, latest, rules) for r in living) else latest


def _not_asked_about(record: Record, answer: Record, rules: RhythmRules) -> bool:
    """Whoever has a case, or was lately in touch, is not asked about."""
    match record.kind:
        case "method":
            return True
        case "citizen":
            return bool(record.fields.get("cpr"))
        case "contact":
            real = record.fields["mode"] in REAL_CONTACTS
        case "attempt":
            real = record.fields["outcome"] in REAL_OUTCOMES
        case _:
            return False
    happened = record.fields["occurred_at"]
    day = (datetime.fromisoformat(happened) if isinstance(happened, str) else happened).date()
    # A day more or less: the server reads the answer's moment in another zone.
    return real and -1 <= (answer.at.date() - day).days < rules.keep_asked - 1
