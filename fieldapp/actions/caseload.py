"""How many citizens the worker is responsible for, beside what the methods allow (P1, P2): it is only told."""

from dataclasses import replace

from fieldapp.actions import facts
from fieldapp.actions.desk import Desk
from fieldapp.domain import caseload
from fieldapp.domain.caseload import Caseload


def read(desk: Desk) -> Caseload:
    """Without those the worker only stands in for; those with ACT whom a team answers for are told apart.

    A team's average cannot be told here: a colleague's own citizens are not on this device. The leader sees it.
    """
    today = desk.today()
    with desk.store.reading() as session:
        everybody = facts.courses(session, today).values()
    mine = [each for each in everybody if each.responsible == desk.worker and not each.for_all]
    ours = [each for each in everybody if each.for_all and caseload.is_act(each) and caseload.counts(each, today)]
    return replace(caseload.of_worker(mine, today), by_team=len(ours))
