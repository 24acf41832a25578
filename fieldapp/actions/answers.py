"""*Har du svaret?*: the citizen called, wrote or came by, and whoever noted it is asked once (H14)."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import facts
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain import thread
from fieldapp.domain.values import FROM_THE_CITIZEN, ContactMode
from fieldapp.store.tables import ContactRow, NextStepRow
from fieldapp.texts import _


@dataclass(frozen=True)
class Asked:
    """What the citizen did, while it is the last thing that happened."""

    mode: str
    on: date


def asked(desk: Desk, citizen: str) -> Asked | None:
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, desk.today())
    acts = thread.acts(known, desk.today()) if known else []
    last = acts[-1] if acts else None
    mode = getattr(last, "mode", None)
    return Asked(mode, last.at.date()) if last and mode in FROM_THE_CITIZEN else None


def waiting(desk: Desk, citizen: str) -> Asked | None:
    """What the citizen wrote, until somebody has answered: it stays on the list, and on the citizen's page."""
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, desk.today())
    wrote = thread.unanswered(known, desk.today()) if known else None
    return Asked(wrote.mode, wrote.at.date()) if wrote else None


def yes(desk: Desk, citizen: str) -> Saved:
    """Answered. Only what was written needs a record of it: a call and a visit were noted as what they were."""
    open_still = waiting(desk, citizen) is not None
    with writing(desk) as work:
        id = ""
        if open_still:
            id = work.add(citizen, ContactRow(occurred_at=work.now, mode=ContactMode.WROTE.value))
        return work.saved(id, citizen)


def later(desk: Desk, citizen: str) -> Saved:
    """It stays on the list: what was written by itself, a call and a visit as a step for today."""
    was = asked(desk, citizen)
    with writing(desk) as work:
        id = ""
        if was is not None and was.mode != ContactMode.CITIZEN_WROTE:
            text = _("Call back") if was.mode == ContactMode.CITIZEN_CALLED else _("Give an answer")
            id = work.add(citizen, NextStepRow(on=work.today, text=text, worker=desk.worker))
        return work.saved(id, citizen)
