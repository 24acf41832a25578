"""The server over HTTP: thin endpoints around exchange.InProcessServer, over a database."""

import asyncio
import time
from collections.abc import Iterator
from typing import Annotated

from fastapi import Body, Depends, FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlmodel import Session, select
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from fieldapp import bodies, wire
from fieldapp.errors import LoginAgain, ProtocolFault, ServerTrouble, SyncError
from fieldapp.packing import Inflater
from fieldapp.server import database
from fieldapp.server.administration import Office
from fieldapp.server.console.app import create_console
from fieldapp.server.console.rules import FILES
from fieldapp.server.console.settings import PATH, ConsoleSettings
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.guard import EXCHANGE, Guard, Short, address_of, malformed, not_read, refuse, refuse_stranger
from fieldapp.server.logs import Requests
from fieldapp.wire import (
    Challenge,
    Differing,
    DigestRequest,
    Done,
    Enrolled,
    EnrolRequest,
    Id,
    RecoveryAsk,
    RecoveryCode,
    Token,
    TokenRequest,
)

NDJSON = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}


def create_app(server: InProcessServer, console: ConsoleSettings | None = None) -> FastAPI:
    """The app of one server. It keeps nothing itself: add processes as needed. Without settings there is no console."""
    app = FastAPI(title="Vedhold", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.server = server
    app.add_exception_handler(SyncError, refuse)
    app.add_exception_handler(LoginAgain, refuse_stranger)
    app.add_exception_handler(RequestValidationError, malformed)
    app.get("/health")(ready)
    app.get("/health/live")(live)
    app.get("/health/ready")(ready)
    app.post("/sync/v1/enrol", dependencies=[Depends(with_code)])(enrol)
    app.post("/sync/v1/challenge", dependencies=[Depends(stranger)])(challenge)
    app.post("/sync/v1/token", dependencies=[Depends(stranger)])(token)
    app.post(EXCHANGE)(exchange)
    app.post("/sync/v1/digest")(digest)
    app.post("/sync/v1/deposit")(deposit)
    app.post("/sync/v1/recover")(recover)
    app.post("/sync/v1/wiped", dependencies=[Depends(stranger)])(wiped)
    if console is not None:
        office = Office(server.engine, server.clock, server.settings, server.register)
        app.mount(PATH, create_console(office, console))
    app.add_exception_handler(HTTPException, not_read)
    app.add_middleware(Short, long=frozenset(PATH + path for path in FILES))
    app.add_middleware(Guard)
    app.add_middleware(Requests)
    return app


# These two are `async` although they wait for nothing: FastAPI would run each in a thread of its own otherwise.
async def the_server(request: Request) -> InProcessServer:
    server: InProcessServer = request.app.state.server
    return server


def session(server: Annotated[InProcessServer, Depends(the_server)]) -> Iterator[Session]:
    with database.trouble_told(), Session(server.engine) as session, session.begin():
        yield session


async def inflated(request: Request, seconds: float) -> bytes:
    """The text of a gzipped body, whatever its headers call it; never more of it than a request may hold."""
    inflater, text = Inflater(wire.MAX_REQUEST), bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                text += inflater.feed(piece)
    except TimeoutError:
        raise ProtocolFault("too_large") from None
    except ClientDisconnect:
        raise ProtocolFault("cut") from None
    inflater.end()
    return bytes(text)


async def bearer(authorization: Annotated[str, Header()] = "") -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise LoginAgain("token")
    return token


async def known(server: Annotated[InProcessServer, Depends(the_server)], token: Annotated[str, Depends(bearer)]) -> str:
    """The token, of a device that does not ask too often."""
    server.pace.keep(token, time.monotonic())
    return token


async def stranger(server: Annotated[InProcessServer, Depends(the_server)], request: Request) -> None:
    """Whoever has no token yet is known by the address."""
    server.strangers.keep(address_of(request), time.monotonic())


async def with_code(server: Annotated[InProcessServer, Depends(the_server)], request: Request) -> None:
    server.codes.keep(address_of(request), time.monotonic())


Server = Annotated[InProcessServer, Depends(the_server)]
#: scope="function": the commit comes before the answer. FastAPI's default commits after it, and would say yes to work
#: that the database then refuses.
DatabaseSession = Annotated[Session, Depends(session, scope="function")]


async def live() -> dict[str, str]:
    """This process answers. Whoever starts it again when it does not, asks here."""
    return {"status": "ok"}


def ready(server: Server, session: DatabaseSession) -> dict[str, str]:
    """It can do its work: database and register are there. Who shares out the phones among processes asks here."""
    session.exec(select(1)).one()
    if server.register is not None and not server.register.exists:
        raise ServerTrouble("register", database.RETRY_AFTER)
    return {"status": "ok"}


def enrol(server: Server, request: EnrolRequest) -> Enrolled:
    return server.enrol(request)


def challenge(server: Server, device: Annotated[Id, Body(embed=True)]) -> Challenge:
    return server.challenge(device)


def token(server: Server, request: TokenRequest) -> Token:
    return server.token(request)


def digest(server: Server, token: Annotated[str, Depends(known)], request: DigestRequest) -> Differing:
    return server.digest(token, request)


def deposit(server: Server, token: Annotated[str, Depends(known)], code: RecoveryCode) -> Done:
    return server.deposit(token, code)


def recover(server: Server, token: Annotated[str, Depends(known)], asked: RecoveryAsk) -> RecoveryCode:
    return server.recover(token, asked)


def wiped(server: Server, request: TokenRequest) -> Done:
    return server.wiped(request)


async def exchange(server: Server, token: Annotated[str, Depends(known)], request: Request) -> Response:
    """The answer is packed while it is read and sent when the database is done with it.

    Sent row by row, a phone on a slow line would hold a transaction and a connection for as long as its line takes.
    """
    server.room.look()
    text = await inflated(request, server.settings.request_seconds)
    with server.room.taken():
        body = await run_in_threadpool(_answer, server, token, text)
    return Response(body, headers=NDJSON)


def _answer(server: InProcessServer, token: str, text: bytes) -> bytes:
    with server.answering(token, bodies.read_request([text])) as feed:
        packer = bodies.begin_answer(feed.head)
        for row in feed:
            packer.add(bodies.as_line(row))
        return bodies.end_answer(packer, feed.more, feed.left)
