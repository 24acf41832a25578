"""Only the one with the printed address reaches the app, from this machine, in one tab."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from fieldapp.serve import COOKIE, Guard, Message, Receive, Scope, Send

PORT = 8123
HERE = f"http://127.0.0.1:{PORT}"


class Inner:
    """An app behind the guard that says who came, and keeps a websocket open until told."""

    def __init__(self) -> None:
        self.came: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.came.append(scope["path"])
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass
            return
        cors = [(b"Access-Control-Allow-Origin", b"*"), (b"x-frame", b"kept")]
        await send({"type": "http.response.start", "status": 200, "headers": cors})
        await send({"type": "http.response.body", "body": b"inside"})


@pytest.fixture
def inner() -> Inner:
    return Inner()


@pytest.fixture
def closed() -> list[str]:
    return []


@pytest.fixture
def guard(inner: Inner, closed: list[str]) -> Guard:
    return Guard(inner, PORT, lambda: closed.append("closed"))


@pytest.fixture
async def browser(guard: Guard) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url=HERE) as client:
        yield client


async def test_the_printed_address_opens_the_app_and_leaves_the_secret_out_of_it(
    guard: Guard, browser: httpx.AsyncClient
) -> None:
    answer = await browser.get(f"/open/{guard.key}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and guard.key not in cookie
    assert (await browser.get("/")).text == "inside"


@pytest.mark.parametrize("path", ["/", "/main.dart.js", "/ws", "/open/", "/open/wrong", "/citizen/1"])
async def test_every_path_answers_403_without_the_cookie(browser: httpx.AsyncClient, inner: Inner, path: str) -> None:
    assert (await browser.get(path)).status_code == 403
    assert inner.came == []


async def test_the_key_works_once(guard: Guard, browser: httpx.AsyncClient) -> None:
    await browser.get(f"/open/{guard.key}")
    assert (await browser.get(f"/open/{guard.key}")).status_code == 303, "the one who is in may click it again"
    browser.cookies.clear()
    assert (await browser.get(f"/open/{guard.key}")).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"evil.example:{PORT}"])
async def test_another_host_is_refused(guard: Guard, browser: httpx.AsyncClient, inner: Inner, host: str) -> None:
    await browser.get(f"/open/{guard.key}")
    assert (await browser.get("/", headers={"host": host})).status_code == 403
    assert inner.came == []


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", f"http://localhost:{PORT}"]
)
async def test_another_origin_is_refused(guard: Guard, browser: httpx.AsyncClient, inner: Inner, origin: str) -> None:
    await browser.get(f"/open/{guard.key}")
    assert (await browser.get("/", headers={"origin": origin})).status_code == 403
    assert inner.came == []


async def test_no_cors_header_leaves(guard: Guard, browser: httpx.AsyncClient) -> None:
    await browser.get(f"/open/{guard.key}")
    answer = await browser.get("/")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["x-frame"] == "kept"
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"


class Socket:
    """A websocket's two ends, stepped by hand."""

    def __init__(self, guard: Guard, cookie: str | None, origin: str | None = HERE) -> None:
        headers = [(b"host", f"127.0.0.1:{PORT}".encode())]
        headers += [(b"cookie", f"{COOKIE}={cookie}".encode())] if cookie else []
        headers += [(b"origin", origin.encode())] if origin else []
        self.scope: dict[str, Any] = {"type": "websocket", "path": "/ws", "headers": headers}
        self.guard, self.sent = guard, list[str]()

    async def open(self, then: Any = None) -> list[str]:
        script = iter(["websocket.connect", then, "websocket.disconnect"])

        async def receive() -> Message:
            step = next(script)
            if callable(step):
                await step()
            return {"type": step if isinstance(step, str) else "websocket.receive"}

        async def send(message: Message) -> None:
            self.sent.append(message["type"])

        await self.guard(self.scope, receive, send)
        return self.sent


async def cookie_of(guard: Guard, browser: httpx.AsyncClient) -> str:
    await browser.get(f"/open/{guard.key}")
    return browser.cookies[COOKIE]


async def test_a_websocket_needs_the_cookie_and_the_origin(guard: Guard, browser: httpx.AsyncClient) -> None:
    cookie = await cookie_of(guard, browser)
    assert await Socket(guard, None).open() == ["websocket.close"]
    assert await Socket(guard, "wrong").open() == ["websocket.close"]
    assert await Socket(guard, cookie, origin="http://evil.example").open() == ["websocket.close"]
    assert await Socket(guard, cookie, origin=None).open() == ["websocket.close"]
    assert await Socket(guard, cookie).open() == ["websocket.accept"]


async def test_a_second_tab_is_refused_while_the_first_is_open(
    guard: Guard, browser: httpx.AsyncClient, closed: list[str]
) -> None:
    cookie = await cookie_of(guard, browser)
    second = Socket(guard, cookie)
    first = Socket(guard, cookie)
    assert await first.open(then=second.open) == ["websocket.accept"]
    assert second.sent == ["websocket.close"]
    assert await Socket(guard, cookie).open() == ["websocket.accept"], "after the first has closed the place is free"


async def test_a_closed_tab_locks(guard: Guard, browser: httpx.AsyncClient, closed: list[str]) -> None:
    cookie = await cookie_of(guard, browser)
    await Socket(guard, "wrong").open()
    assert closed == []
    await Socket(guard, cookie).open()
    assert closed == ["closed"]
