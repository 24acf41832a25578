"""The next step in words: what, when, and the one line said after saving."""

from datetime import date

from fieldapp.actions import contacts
from fieldapp.actions.desk import Saved
from fieldapp.domain.facts import NextStep, Why
from fieldapp.texts import _
from fieldapp.views.days import clock, coming
from fieldapp.views.reasons import sentence
from fieldapp.views.state import Screen


def what(step: NextStep) -> str:
    """What was planned; nothing written means to reach out."""
    if step.reason.why in (Why.CITIZEN_CALLS, Why.COLLEAGUE_DOES):
        return _by_another(step)
    return step.text or (_("Appointment") if step.agreed else _("Reach out"))


def _by_another(step: NextStep) -> str:
    if step.reason.why is Why.CITIZEN_CALLS:
        return _("The citizen calls, else I reach out")
    who = step.reason.who or _("A colleague")
    return _("{who} does it: {text}", who=who, text=step.text) if step.text else _("{who} does it", who=who)


def when(step: NextStep, today: date) -> str:
    """på torsdag kl. 10.30"""
    day = coming(step.on, today)
    return _("{day} at {time}", day=day, time=clock(step.at)) if step.at else day


def why(step: NextStep, today: date) -> str:
    """Why then: the rhythm's reason for what nobody has written, empty for what was planned."""
    if step.id is not None:
        return ""
    return sentence(step.reason, today)


def after_saving(step: NextStep | None, today: date) -> str:
    if step is None:
        return _("Saved.")
    return _("Saved. Next step: {what} {when}.", what=what(step), when=when(step, today))


def say_saved(screen: Screen, saved: Saved, words: str = "") -> None:
    """The line after saving: *Fortryd* where something was written, and *Ret* where there is a next step to change."""
    screen.saved(
        words or after_saving(saved.next_step, screen.desk.today()),
        undo=(lambda: contacts.undo(screen.desk, saved)) if saved.wrote else None,
        change=(lambda: screen.citizen(saved.citizen, "next")) if saved.next_step else None,
    )
