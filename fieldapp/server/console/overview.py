"""The first page: what needs somebody. Numbers and workers' names; whom it is about stands behind."""

from typing import Any

from sqlmodel import Session
from starlette.responses import Response

from fieldapp.domain.sampling import week_before
from fieldapp.server import backup, changes, decisions, endings, handover, identity, sample
from fieldapp.server.console import reading
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.leading import Sight


def page(ask: Ask) -> Response:
    office = ask.office
    with ask.reading() as session:
        sight = ask.sight(session)
        phones = reading.phones(session, sight)
        clock = identity.clock(session)
        found: dict[str, Any] = {
            "silent": [(device, worker) for device, worker, is_silent in phones if is_silent],
            "backup_at": clock.backed_up_at,
            "backup_late": clock.backed_up_at is not None and backup.overdue(clock, ask.now, office.settings),
        }
        found["login"] = reading.login_set(session, ask.me.id, ask.now)
        if ask.me.role == "leader":
            found |= _leaders(ask, session, sight)
        return ask.page("overview.html", **found)


def _leaders(ask: Ask, session: Session, sight: Sight) -> dict[str, Any]:
    late = [one.citizen for one in decisions.waiting(session)]
    mine = sight.citizens(session, late)
    drawn = sample.drawn(session, ask.me.id, week_before(ask.now), ask.now)
    return {
        "waiting": sum(citizen in mine for citizen in late),
        "need": len(sight.citizens(session, (one.citizen for one in handover.in_need(session, ask.now)))),
        "asked": len(sight.citizens(session, (one.citizen for one in changes.asked(session, ask.now)))),
        "endings": len(endings.lately(session, sight)),
        "codes": reading.codes_out(session, sight, ask.console.office.settings),
        "away": reading.away_alone(session, sight),
        "unseen": reading.unseen(session, sight),
        "unjudged": sum(one.mark is None for one in drawn),
    }


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (("GET", "/", page, None),)
