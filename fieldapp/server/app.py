"""The server over HTTP: thin endpoints around exchange.InProcessServer, and one place where errors become statuses."""

import logging
from collections.abc import Iterator
from traceback import extract_tb
from typing import Annotated

from fastapi import Body, Depends, FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlmodel import Session, select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fieldapp import wire
from fieldapp.errors import (
    CodeRefused,
    DeviceRevoked,
    LoginAgain,
    ProtocolFault,
    RecoveryRefused,
    ServerTrouble,
    SyncError,
    VersionMismatch,
)
from fieldapp.server import database
from fieldapp.server.exchange import InProcessServer
from fieldapp.wire import (
    Challenge,
    Done,
    Enrolled,
    EnrolRequest,
    Id,
    RecoveryAsk,
    RecoveryCode,
    Token,
    TokenRequest,
)

log = logging.getLogger(__name__)

STATUS: dict[type[SyncError], int] = {
    LoginAgain: 401,
    RecoveryRefused: 404,
    DeviceRevoked: 403,
    VersionMismatch: 409,
    CodeRefused: 410,
    ProtocolFault: 400,
    ServerTrouble: 503,
}
#: A little more than MAX_REQUEST: gzip makes what cannot be pressed a little longer.
MAX_BODY = wire.MAX_REQUEST + 10_000
NDJSON = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}


def create_app(server: InProcessServer) -> FastAPI:
    """The app of one server. It keeps nothing itself: add processes as needed."""
    app = FastAPI(title="Vedhold", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.server = server
    app.add_exception_handler(SyncError, _refuse)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.get("/health")(health)
    app.post("/sync/v1/enrol")(enrol)
    app.post("/sync/v1/challenge")(challenge)
    app.post("/sync/v1/token")(token)
    app.post("/sync/v1/exchange")(exchange)
    app.post("/sync/v1/deposit")(deposit)
    app.post("/sync/v1/recover")(recover)
    app.add_middleware(Guard)
    return app


def the_server(request: Request) -> InProcessServer:
    server: InProcessServer = request.app.state.server
    return server


def session(server: Annotated[InProcessServer, Depends(the_server)]) -> Iterator[Session]:
    with database.trouble_told(), Session(server.engine) as session, session.begin():
        yield session


async def whole_body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise ProtocolFault("too_large")
    return bytes(body)


def bearer(authorization: Annotated[str, Header()] = "") -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise LoginAgain("token")
    return token


Server = Annotated[InProcessServer, Depends(the_server)]
#: scope="function": the commit comes before the answer. FastAPI's default commits after it, and would say yes to work
#: that the database then refuses.
DatabaseSession = Annotated[Session, Depends(session, scope="function")]


def health(session: DatabaseSession) -> dict[str, str]:
    session.exec(select(1)).one()
    return {"status": "ok"}


def enrol(server: Server, request: EnrolRequest) -> Enrolled:
    return server.enrol(request)


def challenge(server: Server, device: Annotated[Id, Body(embed=True)]) -> Challenge:
    return server.challenge(device)


def token(server: Server, request: TokenRequest) -> Token:
    return server.token(request)


def exchange(
    server: Server, token: Annotated[str, Depends(bearer)], body: Annotated[bytes, Depends(whole_body)]
) -> Response:
    answer = server.exchange(token, wire.decode_request(body))
    return Response(wire.encode_answer(answer), headers=NDJSON)


def deposit(server: Server, token: Annotated[str, Depends(bearer)], code: RecoveryCode) -> Done:
    return server.deposit(token, code)


def recover(server: Server, token: Annotated[str, Depends(bearer)], asked: RecoveryAsk) -> RecoveryCode:
    return server.recover(token, asked)


class Guard:
    """The outermost guard: whatever nobody foresaw is logged as its kind and its place, never with what it says."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answering = False

        async def seen(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        try:
            await self.app(scope, receive, seen)
        except Exception as error:  # noqa: BLE001 - the outermost guard
            place = extract_tb(error.__traceback__)[-1]
            log.critical("%s in %s, line %s", type(error).__name__, place.name, place.lineno)
            if not answering:
                await _refuse(Request(scope), ServerTrouble("fault"))(scope, receive, send)


def _refuse(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, SyncError)
    headers = {}
    if isinstance(error, ServerTrouble):
        log.error("%s: %s", request.url.path, error)
        headers = {"Retry-After": str(error.retry_after or 60)}
    return JSONResponse({"kind": error.kind, "why": error.why}, _status(error), headers)


def _status(error: SyncError) -> int:
    if isinstance(error, ProtocolFault) and error.why == "too_large":
        return 413
    if isinstance(error, CodeRefused) and error.why == "wrong":
        return 422
    return STATUS[type(error)]


def _malformed(request: Request, error: Exception) -> JSONResponse:
    """FastAPI's own answer would quote what was sent."""
    return _refuse(request, ProtocolFault("malformed"))
