"""Between the network and the pages: who asks, whether they may, whether the form is ours, and what every answer says.

A page is answered in the language of the one who asks. What goes wrong is said on the page that was typed on.
"""

import hmac
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fieldapp.errors import RecordError, VedholdError
from fieldapp.server import database
from fieldapp.server.console import sessions, within
from fieldapp.server.console.asking import Ask, Console, Handler
from fieldapp.server.console.rules import FILES
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.guard import address_of
from fieldapp.server.tables import Worker
from fieldapp.texts import LANGUAGES, speaking

LANGUAGE = "vedhold-language"
#: Fields of a form at most; a page of citizens has one for each.
MOST_FIELDS = 500
#: What anybody may ask for and which costs us: a question to the municipality's sign-in, or a look for a secret.
WAYS_IN = {("GET", "/oidc"), ("GET", "/oidc/back"), ("POST", "/in/{key}")}


def cookie_name(settings: ConsoleSettings) -> str:
    """`__Host-`: a browser takes it from this host alone, and only over https."""
    return "__Host-vedhold-console" if settings.is_secure else "vedhold-console"


def endpoint(
    console: Console, method: str, path: str, handler: Handler, again: Handler | None
) -> Callable[[Request], Awaitable[Response]]:
    """`again` is the page that shows what was typed when it could not be done."""

    async def answer(request: Request) -> Response:
        form = await _typed(request, int(path in FILES)) if method == "POST" else FormData()
        try:
            with speaking(language_of(request)):
                return await run_in_threadpool(answered, request, form)
        finally:
            await form.close()

    def answered(request: Request, form: FormData) -> Response:
        given = request.cookies.get(cookie_name(console.settings))
        cookie = given or sessions.new_secret()
        ask = Ask(console, request, path, cookie, _who(console, given), form)
        response = _answered(ask, method, handler, again)
        if given is None and "set-cookie" not in response.headers:
            keep(response, console.settings, cookie)
        return response

    return answer


async def _typed(request: Request, files: int) -> FormData:
    """What was typed and chosen. All of it is here before it is read: what is too long opens no file."""
    await request.body()
    return await request.form(max_files=files, max_fields=MOST_FIELDS)


def _answered(ask: Ask, method: str, handler: Handler, again: Handler | None) -> Response:
    if not ask.may(method, ask.path):
        return _not_let_in(ask, method)
    if method == "POST" and not _is_ours(ask):
        return ask.page("refused.html", 403, why="form")
    try:
        if (method, ask.path) in WAYS_IN:
            ask.console.way_in.keep(address_of(ask.request), time.monotonic())
        if ask.who is not None and ask.who.role == "leader":
            with ask.reading() as session:
                within.check(ask, session)
        return handler(ask)
    except VedholdError as error:
        if isinstance(error, RecordError) and error.why == "elsewhere":
            return ask.page("refused.html", 403, why="elsewhere")
        if again is None:
            return ask.refused(error).page("refused.html", why="error")
        return again(ask.refused(error))


def _who(console: Console, cookie: str | None) -> Worker | None:
    if not cookie:
        return None
    office = console.office
    with database.trouble_told(), Session(office.engine, expire_on_commit=False) as session:
        found = sessions.signed_in(session, cookie, office.clock(), office.settings)
        try:
            session.commit()
        except StaleDataError:
            return None  # signed out in another window meanwhile
        return found and found.worker


def _not_let_in(ask: Ask, method: str) -> Response:
    if ask.who is None:
        return ask.to("/sign-in") if method == "GET" else ask.page("refused.html", 403, why="signed_out")
    return ask.page("refused.html", 403, why="role")


def _is_ours(ask: Ask) -> bool:
    """Whether this form was given to this browser. Another site's cannot know the token, nor send our Origin."""
    origin = ask.request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != ask.console.settings.host:
        return False
    given = ask.form.get("token")
    return isinstance(given, str) and hmac.compare_digest(given.encode(errors="replace"), ask.form_token.encode())


def keep(response: Response, settings: ConsoleSettings, cookie: str) -> None:
    """Lax: whoever comes back from the municipality's sign-in comes from another site."""
    response.set_cookie(
        cookie_name(settings), cookie, path="/", secure=settings.is_secure, httponly=True, samesite="lax"
    )


def language_of(request: Request) -> str:
    """The one that was chosen, else the first of the browser's that we speak, else Danish."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in LANGUAGES:
        return chosen
    for wish in request.headers.get("accept-language", "").split(","):
        code = wish.partition(";")[0].strip().partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "da"


class Frame:
    """Only for the host that we are; and on every answer, what a browser may do with it."""

    def __init__(self, app: ASGIApp, settings: ConsoleSettings) -> None:
        self.app = app
        self.host = settings.host
        self.headers = {
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:;"
            " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        if settings.is_secure:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        hosts = [value for name, value in scope.get("headers", ()) if name == b"host"]
        if scope["type"] == "http" and hosts != [self.host.encode()]:
            await PlainTextResponse("421", 421)(scope, receive, framed)
            return
        await self.app(scope, receive, framed)
