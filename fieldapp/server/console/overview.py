"""The first page: what needs somebody. Numbers and workers' names; whom it is about stands behind."""

from typing import Any

from sqlmodel import Session, func, select
from starlette.responses import Response

from fieldapp.server import backup, handover, identity
from fieldapp.server.console import reading
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.tables import Quarantine


def page(ask: Ask) -> Response:
    office = ask.office
    with ask.reading() as session:
        phones = reading.phones(session, ask.now)
        clock = identity.clock(session)
        found: dict[str, Any] = {
            "silent": [(device, worker) for device, worker, is_silent in phones if is_silent],
            "backup_at": clock.backed_up_at,
            "backup_late": clock.backed_up_at is not None and backup.overdue(clock, ask.now, office.settings),
        }
        if ask.me.role == "leader":
            found |= _leaders(ask, session)
        return ask.page("overview.html", **found)


def _leaders(ask: Ask, session: Session) -> dict[str, Any]:
    return {
        "waiting": session.exec(select(func.count()).select_from(Quarantine)).one(),
        "need": len(handover.in_need(session, ask.now)),
        "codes": reading.codes_out(session, ask.now, ask.console.office.settings),
        "away": reading.away_alone(session, ask.now.astimezone().date()),
    }


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (("GET", "/", page, None),)
