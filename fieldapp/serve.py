"""The app in a browser on this machine, guarded: only the one who has the printed address gets in (architecture 12)."""

import hmac
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

import flet as ft
import uvicorn
from flet_web.fastapi import app as flet_app

from fieldapp.texts import ASSETS

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "vedhold"
#: A tab that was closed leaves its session behind for this many seconds; the vault is locked at once.
SESSION_SECONDS = 5

_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"frame-ancestors 'none'"),
)


class Guard:
    """An ASGI app in front of another one.

    Everything answers 403 without the cookie, for another Host, or from another Origin. The cookie is given once, to
    the first who opens `/open/<key>`. One websocket at a time; when it closes, `on_closed` runs.
    """

    def __init__(self, inner: App, port: int, on_closed: Callable[[], None]) -> None:
        self.key = secrets.token_urlsafe(24)
        self._inner = inner
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._on_closed = on_closed
        self._cookie = secrets.token_urlsafe(32)
        self._key_used = False
        self._busy = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
        elif not self._same_origin(scope):
            await _refuse(scope, receive, send)
        elif scope["type"] == "http" and self._opens(scope):
            await self._let_in(send)
        elif not self._has_cookie(scope):
            await _refuse(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._one_at_a_time(scope, receive, send)
        else:
            await self._inner(scope, receive, _guarded_headers(send))

    def _same_origin(self, scope: Scope) -> bool:
        host = _header(scope, b"host")
        origin = _header(scope, b"origin")
        if host not in self._hosts:
            return False
        if origin is None:
            return bool(scope["type"] == "http")  # a browser always names the origin of a websocket
        return origin == f"http://{host}"

    def _has_cookie(self, scope: Scope) -> bool:
        try:
            cookies = SimpleCookie(_header(scope, b"cookie") or "")
        except CookieError:
            return False
        given = cookies.get(COOKIE)
        return given is not None and hmac.compare_digest(given.value.encode(), self._cookie.encode())

    def _opens(self, scope: Scope) -> bool:
        path: str = scope["path"]
        right = hmac.compare_digest(path.encode(), f"/open/{self.key}".encode())
        return right and (not self._key_used or self._has_cookie(scope))

    async def _let_in(self, send: Send) -> None:
        self._key_used = True
        cookie = f"{COOKIE}={self._cookie}; HttpOnly; SameSite=Strict; Path=/"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), *_HEADERS]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _one_at_a_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._busy:
            await _refuse(scope, receive, send)
            return
        self._busy = True
        try:
            await self._inner(scope, receive, send)
        finally:
            self._busy = False
            self._on_closed()


def _header(scope: Scope, name: bytes) -> str | None:
    values = [value for key, value in _headers(scope) if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else None


def _headers(message: MutableMapping[str, Any]) -> Iterable[tuple[bytes, bytes]]:
    return ((key.lower(), value) for key, value in message["headers"])


def _guarded_headers(send: Send) -> Send:
    """Take out the inner app's CORS header and put ours in."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {name for name, _ in _HEADERS}
            kept = [
                (key, value)
                for key, value in _headers(message)
                if not key.startswith(b"access-control-") and key not in ours
            ]
            message = {**message, "headers": [*kept, *_HEADERS]}
        await send(message)

    return guarded


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()  # the connect message; closing before accepting answers 403
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain"), *_HEADERS]})
    await send({"type": "http.response.body", "body": b"403"})


class Served:
    """The app on a port of this machine. `address` is for the one who started it."""

    def __init__(self, main: Callable[[ft.Page], Any], on_closed: Callable[[], None], port: int = 0) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        inner = flet_app(
            main, assets_dir=str(ASSETS), app_name="Vedhold", no_cdn=True, session_timeout_seconds=SESSION_SECONDS
        )
        self.guard = Guard(inner, self.port, on_closed)
        self.server = uvicorn.Server(
            uvicorn.Config(
                self.guard, log_level="warning", access_log=False, ws="websockets-sansio", server_header=False
            )
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/open/{self.guard.key}"

    def run(self) -> None:
        """Serve until told to stop."""
        self.server.run(sockets=[self._socket])
