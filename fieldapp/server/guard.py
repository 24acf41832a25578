"""Between the network and the endpoints: bodies are held to a length, and errors become statuses that quote nothing."""

import logging
import time
from traceback import extract_tb
from typing import TYPE_CHECKING

from fastapi import Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
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
from fieldapp.server.limits import of_address

if TYPE_CHECKING:
    from fieldapp.server.exchange import InProcessServer

log = logging.getLogger(__name__)

EXCHANGE = "/sync/v1/exchange"
STATUS: dict[type[SyncError], int] = {
    LoginAgain: 401,
    RecoveryRefused: 404,
    DeviceRevoked: 403,
    VersionMismatch: 409,
    CodeRefused: 410,
    ProtocolFault: 400,
    ServerTrouble: 503,
}
#: An exchange, packed: a little more than MAX_REQUEST, since gzip makes what cannot be pressed a little longer.
MAX_BODY = wire.MAX_REQUEST + 10_000
#: Any other question. The longest names MAX_SCOPES scopes.
MAX_QUESTION = 200_000


class Short:
    """Reads no more of a body than it may have; an exchange is held to its limit once more while it is inflated.

    `long`: the other paths to which as much may be sent."""

    def __init__(self, app: ASGIApp, long: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.long = long | {EXCHANGE}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size, most = 0, MAX_BODY if scope.get("path") in self.long else MAX_QUESTION

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


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
                await refuse(Request(scope), ServerTrouble("fault"))(scope, receive, send)


def refuse(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, SyncError)
    headers = {}
    if isinstance(error, ServerTrouble):
        log.error("%s: %s", request.url.path, error)
        headers = {"Retry-After": str(error.retry_after or 60)}
    said = {"kind": error.kind, "why": error.why}
    if isinstance(error, DeviceRevoked) and error.order is not None:
        said["order"] = error.order
    return JSONResponse(said, _status(error), headers)


def refuse_stranger(request: Request, error: Exception) -> JSONResponse:
    """A token that is none, or a signature: who tries many is told to wait."""
    server: InProcessServer = request.app.state.server
    try:
        server.strangers.keep(address_of(request), time.monotonic())
    except ServerTrouble as too_often:
        error = too_often
    return refuse(request, error)


def address_of(request: Request) -> str:
    return of_address(request.client.host if request.client else None)


def _status(error: SyncError) -> int:
    if isinstance(error, ProtocolFault) and error.why == "too_large":
        return 413
    if isinstance(error, ServerTrouble) and error.why == "pace":
        return 429
    if isinstance(error, CodeRefused) and error.why == "wrong":
        return 422
    return STATUS[type(error)]


def malformed(request: Request, error: Exception) -> JSONResponse:
    """FastAPI's own answer would quote what was sent."""
    return refuse(request, ProtocolFault("malformed"))


async def not_read(request: Request, error: Exception) -> Response:
    """A body that FastAPI could not read is a fault like others; no such path, or no such method, is not ours."""
    assert isinstance(error, HTTPException)
    if error.status_code in (400, 413):
        return refuse(request, ProtocolFault("malformed" if error.status_code == 400 else "too_large"))
    return await http_exception_handler(request, error)
