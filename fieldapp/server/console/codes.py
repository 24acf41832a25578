"""A code for a new phone: said once, as letters to type, and as a line to paste that a camera can read too."""

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
    line = link(invitation)
    picture = segno.make(line, error="m")
    return ask.page(
        "code.html",
        name=name,
        code=invitation.code,
        line=line,
        picture=picture.svg_data_uri(scale=4, border=4),
        minutes=ask.console.office.settings.code_minutes,
    )


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/codes", page, None),
    ("POST", "/codes", make, page),
)
