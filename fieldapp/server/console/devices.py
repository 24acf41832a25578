"""The phones: when each was last here, taking one out of use, whether it is wiped, and yes to a forgotten code."""

from starlette.responses import Response

from fieldapp.errors import RecordError
from fieldapp.server import staff
from fieldapp.server.console import reading
from fieldapp.server.console.asking import Ask, Handler


def page(ask: Ask) -> Response:
    with ask.reading() as session:
        sight = ask.sight(session)
        phones, workers = reading.phones(session, sight), reading.working(session, sight)
        return ask.page("devices.html", phones=phones, workers=workers)


def retire(ask: Ask) -> Response:
    return _revoke(ask, lost=False)


def lost(ask: Ask) -> Response:
    return _revoke(ask, lost=True)


def _revoke(ask: Ask, *, lost: bool) -> Response:
    if ask.text("sure") is None:
        raise RecordError("not_ticked", "sure")
    id = ask.request.path_params["id"]
    ask.office.revoke(id, lost=lost)
    return ask.to(f"/devices/{id}", "lost" if lost else "retired")


def device(ask: Ask) -> Response:
    """One phone, with what can be done to it."""
    id = ask.request.path_params["id"]
    with ask.reading() as session:
        found = [row for row in reading.phones(session, ask.sight(session)) if row[0].id == id]
        if not found:
            raise RecordError("unknown_device")
        phone, worker, _silent = found[0]
        return ask.page("device.html", device=phone, worker=worker, keeps=staff.keeps(ask.me, worker))


def recovery(ask: Ask) -> Response:
    ask.office.approve_recovery(ask.need("worker"), ask.need("reason", 200))
    return ask.to("/devices", "recovery")


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/devices", page, None),
    ("POST", "/devices/recovery", recovery, page),
    ("GET", "/devices/{id}", device, None),
    ("POST", "/devices/{id}/retire", retire, device),
    ("POST", "/devices/{id}/lost", lost, device),
)
