"""How many citizens the worker is responsible for, beside what the methods allow (P1, P2): it is only told."""

from fieldapp.actions import facts
from fieldapp.actions.desk import Desk
from fieldapp.domain import caseload
from fieldapp.domain.caseload import Caseload


def read(desk: Desk) -> Caseload:
    """Without those the worker only stands in for, and those a team answers for."""
    today = desk.today()
    with desk.store.reading() as session:
        everybody = facts.courses(session, today).values()
    mine = [each for each in everybody if each.responsible == desk.worker and not each.for_all]
    return caseload.of_worker(mine, today)
