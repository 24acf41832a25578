"""The console as an app of its own, mounted below the server's: its pages, and what stands before them."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from fieldapp.errors import VedholdError
from fieldapp.server.administration import Office
from fieldapp.server.console import (
    assignments,
    codes,
    devices,
    doubles,
    erase,
    lists,
    looking,
    overview,
    people,
    sample,
    sign_in,
    waiting,
)
from fieldapp.server.console.asking import Ask, Console, Handler
from fieldapp.server.console.door import Frame, endpoint, language_of
from fieldapp.server.console.oidc import Issuer
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.limits import Pace
from fieldapp.texts import ASSETS, speaking

STYLE = Path(__file__).parent / "static" / "style.css"
FONT = ASSETS / "fonts" / "VedholdSans.ttf"


def style(ask: Ask) -> Response:
    return FileResponse(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


def font(ask: Ask) -> Response:
    return FileResponse(FONT, media_type="font/ttf", headers={"Cache-Control": "max-age=604800"})


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/style.css", style, None),
    ("GET", "/font.ttf", font, None),
    *sign_in.ROUTES,
    *overview.ROUTES,
    *people.ROUTES,
    *codes.ROUTES,
    *devices.ROUTES,
    *assignments.ROUTES,
    *waiting.ROUTES,
    *doubles.ROUTES,
    *erase.ROUTES,
    *looking.ROUTES,
    *sample.ROUTES,
    *lists.ROUTES,
)


def create_console(office: Office, settings: ConsoleSettings) -> ASGIApp:
    sign_in_settings = settings.sign_in
    issuer = Issuer(sign_in_settings, f"{settings.url}/oidc/back") if sign_in_settings else None
    pace = Pace(office.settings.way_in_rate, office.settings.way_in_burst)
    console = Console(office, settings, pace, issuer)

    def nowhere(request: Request, error: Exception) -> Response:
        """No such page, or a form that is no form."""
        assert isinstance(error, HTTPException)
        with speaking(language_of(request)):
            why = {404: "nowhere", 405: "nowhere", 413: "large"}.get(error.status_code, "form")
            return Ask(console, request, "", "").page("refused.html", error.status_code, why=why)

    def trouble(request: Request, error: Exception) -> Response:
        assert isinstance(error, VedholdError)
        with speaking(language_of(request)):
            return Ask(console, request, "", "", error=error).page("refused.html", why="error")

    def fault(request: Request, error: Exception) -> Response:
        """Nobody foresaw it; guard.Guard logs its kind and its place."""
        with speaking(language_of(request)):
            return Ask(console, request, "", "").page("refused.html", 500, why="fault")

    app = Starlette(
        routes=[
            Route(path, endpoint(console, method, path, handler, again), methods=[method])
            for method, path, handler, again in ROUTES
        ],
        exception_handlers={HTTPException: nowhere, VedholdError: trouble, Exception: fault},
    )
    return Frame(app, settings)
