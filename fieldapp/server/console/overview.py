"""The first page: what needs somebody."""

from starlette.responses import Response

from fieldapp.server.console.asking import Ask, Handler


def page(ask: Ask) -> Response:
    return ask.page("overview.html")


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (("GET", "/", page, None),)
