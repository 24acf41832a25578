"""A server that has enough to do says so at once, with a time; one phone too many costs no other its answer."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import Engine
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from fieldapp import bodies
from fieldapp.errors import CodeRefused, LoginAgain, ProtocolFault, ServerTrouble
from fieldapp.server import feed, limits
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.limits import Pace, Room, of_address
from fieldapp.settings import DEFAULTS
from fieldapp.sync.http import HttpServer
from fieldapp.wire import DigestRequest, EnrolRequest, RecoveryAsk, RecoveryCode
from tests.examples import an_id
from tests.server.http import listening
from tests.server.people import Clock, Phone, an_add, public_pem

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}
SMALL = replace(DEFAULTS, exchanges_at_once=4, exchange_burst=3, exchange_rate=0.5)


def refused(ask: Callable[[], Any]) -> tuple[str | None, int | None]:
    with pytest.raises(ServerTrouble) as trouble:
        ask()
    return trouble.value.why, trouble.value.retry_after


class TestPace:
    def test_a_burst_is_free_and_then_comes_the_rate(self) -> None:
        pace = Pace(SMALL.exchange_rate, SMALL.exchange_burst)
        for _ in range(3):
            pace.keep("a", 100.0)
        assert refused(lambda: pace.keep("a", 100.0)) == ("pace", 2)
        assert refused(lambda: pace.keep("a", 101.9)) == ("pace", 1)
        pace.keep("a", 102.0)
        assert refused(lambda: pace.keep("a", 102.0))[0] == "pace"

    def test_who_comes_when_told_to_gets_in(self) -> None:
        pace, now = Pace(SMALL.exchange_rate, SMALL.exchange_burst), 0.0
        for _ in range(50):
            try:
                pace.keep("a", now)
            except ServerTrouble as trouble:
                assert trouble.retry_after
                now += trouble.retry_after
                pace.keep("a", now)

    def test_one_device_takes_nothing_from_another(self) -> None:
        pace = Pace(SMALL.exchange_rate, SMALL.exchange_burst)
        for name in "abc":
            for _ in range(3):
                pace.keep(name, 5.0)

    def test_a_rest_fills_the_bucket_and_no_more_than_that(self) -> None:
        pace = Pace(SMALL.exchange_rate, SMALL.exchange_burst)
        for _ in range(3):
            pace.keep("a", 1_000.0)
        with pytest.raises(ServerTrouble):
            pace.keep("a", 1_000.0)

    def test_made_up_tokens_fill_no_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "MOST_BUCKETS", 100)
        pace = Pace(SMALL.exchange_rate, SMALL.exchange_burst)
        for number in range(10_000):
            pace.keep(str(number), number / 1_000)
            assert len(pace._empty_until) <= 101


class TestAddresses:
    def test_an_address_is_one_and_of_ipv6_its_network(self) -> None:
        assert of_address("192.0.2.7") == "192.0.2.7" != of_address("192.0.2.8")
        assert of_address("2001:db8::1") == of_address("2001:db8::ffff:2") != of_address("2001:db8:0:1::1")
        assert of_address(None) == of_address("opfundet") == ""

    def test_who_tries_codes_is_slow(self, engine: Engine, clock: Clock, freja: Phone) -> None:
        server = InProcessServer(engine, clock, replace(DEFAULTS, code_burst=3, code_rate=0.01))
        with serving(server) as (address, there):
            asked = EnrolRequest(code="AAAAAAAA", public_key=public_pem(freja.key))
            for _ in range(3):
                with pytest.raises(CodeRefused):
                    there.enrol(asked)
            assert refused(lambda: there.enrol(asked)) == ("pace", 100)
            raw = httpx.post(f"{address}/sync/v1/enrol", json=asked.model_dump())
            assert (raw.status_code, raw.headers["Retry-After"]) == (429, "100")
            freja.server = there
            freja.exchange()  # who is in is not held up by it

    def test_strangers_wait_and_so_does_who_makes_up_tokens(self, engine: Engine, clock: Clock, freja: Phone) -> None:
        freja.log_in()
        server = InProcessServer(engine, clock, replace(DEFAULTS, address_burst=4, address_rate=0.01))
        with serving(server) as (_, there):
            freja.server = there
            there.challenge(freja.enrolled.device)
            for number in range(3):
                with pytest.raises(LoginAgain):
                    there.digest(f"opfundet{number}", DigestRequest(epoch="", upto=0, scopes={}))
            assert refused(lambda: there.digest("x", DigestRequest(epoch="", upto=0, scopes={})))[0] == "pace"
            assert refused(lambda: there.challenge(freja.enrolled.device))[0] == "pace"
            freja.exchange()

    def test_every_call_of_a_device_is_paced(self, engine: Engine, clock: Clock, freja: Phone) -> None:
        server = InProcessServer(engine, clock, replace(SMALL, exchange_burst=2))
        freja.log_in()
        with serving(server) as (_, there):
            question = DigestRequest(epoch="", upto=0, scopes={})
            for _ in range(2):
                there.digest(freja.token, question)
            assert refused(lambda: there.digest(freja.token, question))[0] == "pace"
            assert refused(lambda: there.deposit(freja.token, RecoveryCode(code="0" * 32)))[0] == "pace"
            assert refused(lambda: there.recover(freja.token, RecoveryAsk(ask=an_id())))[0] == "pace"

    async def test_behind_a_proxy_the_asker_counts_and_only_the_proxy_is_believed(
        self, engine: Engine, clock: Clock, freja: Phone
    ) -> None:
        server = InProcessServer(engine, clock, replace(DEFAULTS, address_burst=1, address_rate=0.01))

        async def asked(trusted: str, *of: str) -> list[int]:
            app: Any = ProxyHeadersMiddleware(create_app(server), trusted_hosts=trusted)
            way = httpx.ASGITransport(app, client=("192.0.2.1", 50_000))
            body = {"device": freja.enrolled.device}
            async with httpx.AsyncClient(transport=way, base_url="http://opfundet") as client:
                asks = [await client.post("/sync/v1/challenge", json=body, headers={"X-Forwarded-For": a}) for a in of]
            return [one.status_code for one in asks]

        assert await asked("192.0.2.1", "198.51.100.1", "198.51.100.2", "198.51.100.1") == [200, 200, 429]
        assert await asked("192.0.2.9", "198.51.100.3", "198.51.100.4") == [200, 429]


class TestRoom:
    def test_who_finds_it_full_does_not_wait(self) -> None:
        room = Room(SMALL)
        with ExitStack() as inside:
            for _ in range(4):
                inside.enter_context(room.taken())
            assert refused(lambda: inside.enter_context(room.taken())) == ("busy", SMALL.busy_retry)
            assert refused(room.look) == ("busy", SMALL.busy_retry)
        with room.taken():
            room.look()

    def test_a_failure_leaves_it_as_it_was(self) -> None:
        room = Room(SMALL)
        for _ in range(9):
            with pytest.raises(ProtocolFault), room.taken():
                raise ProtocolFault
        room.look()

    def test_the_fuller_it_is_the_later_the_next_time(self) -> None:
        room, asked = Room(SMALL), []
        with ExitStack() as inside:
            for _ in range(4):
                asked.append(room.next_in)
                inside.enter_context(room.taken())
            asked.append(room.next_in)
        assert asked == [300, 300, 300, 1_050, 1_800]


@contextmanager
def serving(server: InProcessServer) -> Iterator[tuple[str, HttpServer]]:
    with listening(create_app(server)) as address, HttpServer(address) as there:
        yield address, there


def test_a_phone_that_asks_too_often_is_told_when_to_come_again(
    engine: Engine, clock: Clock, freja: Phone, karim: Phone
) -> None:
    with serving(InProcessServer(engine, clock, SMALL)) as (address, freja.server):
        karim.server = freja.server
        for _ in range(3):
            freja.exchange()
        why, wait = refused(freja.exchange)
        assert why == "pace" and wait in (1, 2, 3)
        headers = {"Authorization": f"Bearer {freja.token}"}
        raw = httpx.post(f"{address}/sync/v1/exchange", headers=headers, content=b"")
        assert (raw.status_code, raw.headers["Retry-After"] in ("1", "2", "3")) == (429, True)
        karim.exchange()


def test_a_new_token_is_no_new_burst(engine: Engine, clock: Clock, freja: Phone, karim: Phone) -> None:
    with serving(InProcessServer(engine, clock, SMALL)) as (_, freja.server):
        for _ in range(3):
            freja.log_in()
            freja.exchange()
        freja.log_in()
        assert refused(freja.exchange)[0] == "pace"
        karim.server = freja.server
        karim.exchange()


def test_nor_is_one_that_another_process_gave_out(engine: Engine, clock: Clock, freja: Phone) -> None:
    question = DigestRequest(epoch="", upto=0, scopes={})
    here = InProcessServer(engine, clock, SMALL)
    with serving(InProcessServer(engine, clock, SMALL)) as (_, freja.server), serving(here) as (_, there):
        for ask in (lambda: there.digest(freja.token, question), lambda: there.exchange(freja.token, freja.request())):
            for _ in range(2):
                freja.log_in()
                with suppress(ServerTrouble):
                    ask()
        freja.log_in()
        for _ in range(2):
            assert refused(lambda: there.exchange(freja.token, freja.request()))[0] == "pace"
        assert refused(lambda: there.digest(freja.log_in(), question))[0] == "pace"


def test_a_full_server_says_so_before_the_request_is_read(engine: Engine, clock: Clock, freja: Phone) -> None:
    server = InProcessServer(engine, clock, replace(DEFAULTS, exchanges_at_once=1))
    freja.log_in()
    with serving(server) as (address, there), server.room.taken():
        assert refused(lambda: there.exchange(freja.token, freja.request())) == ("busy", 5)
        host = urlsplit(address)
        with socket.create_connection((host.hostname, host.port), timeout=10) as line:
            head = f"POST /sync/v1/exchange HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {freja.token}\r\n"
            line.sendall(f"{head}Content-Length: 900000\r\n\r\n".encode())  # and not a byte of it
            assert line.recv(100).startswith(b"HTTP/1.1 503 ")
        assert httpx.get(f"{address}/health").status_code == 200


def test_more_at_once_than_there_is_room_for_are_answered_or_told_and_never_left_waiting(
    engine: Engine, clock: Clock, freja: Phone
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    class Slow(InProcessServer):
        def _write(self, *of: Any) -> Any:
            begun.release()
            assert go_on.wait(20)
            return super()._write(*of)

    server = Slow(engine, clock, replace(DEFAULTS, exchanges_at_once=2))
    freja.log_in()
    said: list[str] = []

    def ask() -> None:
        with HttpServer(address, timeout=20) as there:
            try:
                there.exchange(freja.token, freja.request())
                said.append("answered")
            except ServerTrouble as trouble:
                said.append(f"{trouble.why} {trouble.retry_after}")

    with serving(server) as (address, _):
        inside = [threading.Thread(target=ask) for _ in range(2)]
        for thread in inside:
            thread.start()
        for _ in inside:
            assert begun.acquire(timeout=20)
        others = [threading.Thread(target=ask) for _ in range(8)]
        for thread in others:
            thread.start()
        for thread in others:
            thread.join(20)
        assert said == ["busy 5"] * 8
        go_on.set()
        for thread in inside:
            thread.join(20)
    assert said[8:] == ["answered"] * 2


def test_the_server_asks_for_later_when_it_has_much_to_do(engine: Engine, clock: Clock, freja: Phone) -> None:
    server = InProcessServer(engine, clock, SMALL)
    freja.server = server
    assert freja.exchange().next_in == 300
    with server.room.taken(), server.room.taken(), server.room.taken():
        assert freja.exchange().next_in == 1_050


def test_a_request_that_takes_too_long_is_too_large_for_its_line(engine: Engine, clock: Clock, freja: Phone) -> None:
    server = InProcessServer(engine, clock, replace(DEFAULTS, request_seconds=0))
    freja.log_in()
    with serving(server) as (address, _):
        host = urlsplit(address)
        with socket.create_connection((host.hostname, host.port), timeout=10) as line:
            head = f"POST /sync/v1/exchange HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {freja.token}\r\n"
            line.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode() + b"\x1f\x8b")
            assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_phone_on_a_slow_line_holds_neither_a_connection_nor_room(
    engine: Engine, clock: Clock, freja: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer is read from the database before the first byte of it is sent."""
    citizen = freja.meet()
    for number in range(4):
        words = "".join(chr(33 + (number * 7919 + at * at * 31 + at * 17) % 9_000) for at in range(15_000))
        freja.send(an_add("contact", citizen, MET | {"own_words": words, "professional_view": words[::-1]}))
    monkeypatch.setattr(feed, "ANSWER_SIZE", 10_000_000)
    server = InProcessServer(engine, clock, replace(DEFAULTS, exchanges_at_once=2))
    freja.catch_up()
    body = bodies.encode_request(freja.request(since=0))
    with serving(server) as (address, there), ExitStack() as lines:
        host = urlsplit(address)
        for _ in range(5):
            line = lines.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            line.settimeout(20)
            line.connect((host.hostname, host.port))
            head = f"POST /sync/v1/exchange HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {freja.token}\r\n"
            line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            assert line.recv(12) == b"HTTP/1.1 200"  # and not a byte more of it
        assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        there.exchange(freja.token, freja.request())
