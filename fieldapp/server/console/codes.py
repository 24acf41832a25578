"""A code for a new phone: said once, also as a picture that the phone can read."""

import segno
from starlette.responses import Response

from fieldapp.domain.invitation import link
from fieldapp.server.console import reading
from fieldapp.server.console.asking import Ask, Handler


def page(ask: Ask) -> Response:
    settings = ask.console.office.settings
    with ask.reading() as session:
        sight = ask.sight(session)
        out, workers = reading.codes_out(session, sight, settings), reading.working(session, sight)
        return ask.page("codes.html", out=out, workers=workers, usual=ask.request.query_params.get("worker", ""))


def make(ask: Ask) -> Response:
    """Shown on the answer itself: no address leads to it again."""
    worker = ask.need("worker")
    invitation = ask.office.invite(worker, ask.console.settings.address)
    with ask.reading() as session:
        name = reading.worker(session, worker, ask.sight(session))["worker"].name
    picture = segno.make(link(invitation), error="m")
    return ask.page(
        "code.html",
        name=name,
        code=invitation.code,
        picture=picture.svg_data_uri(scale=4, border=4),
        minutes=ask.console.office.settings.code_minutes,
    )


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/codes", page, None),
    ("POST", "/codes", make, page),
)
