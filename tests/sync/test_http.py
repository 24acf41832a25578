"""The way over HTTP: what every failure becomes, against a real socket that answers as told."""

import gzip
import logging
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from fieldapp.bodies import decode_request, encode_answer
from fieldapp.errors import (
    BadAddress,
    CodeRefused,
    DeviceRevoked,
    LoginAgain,
    NoConnection,
    ProtocolFault,
    ServerTrouble,
    SyncError,
    VersionMismatch,
)
from fieldapp.sync import http
from fieldapp.sync.http import HttpServer
from fieldapp.wire import EnrolRequest, ExchangeAnswer, ExchangeRequest
from tests.examples import NOW, an_id, an_operation

JSON = {"Content-Type": "application/json"}


@contextmanager
def answering(
    status: int, body: bytes, headers: dict[str, str] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[HttpServer, list[Any]]]:
    """A server that always says this, and what it was asked."""
    asked: list[Any] = []

    class Said(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Said)
    if tls is not None:
        listening.socket = tls.wrap_socket(listening.socket, server_side=True)
        listening.handle_error = lambda *_: None  # the handshake is meant to fail
    threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        with HttpServer(f"{'https' if tls else 'http'}://127.0.0.1:{listening.server_port}", timeout=5) as server:
            yield server, asked
    finally:
        listening.shutdown()
        listening.server_close()


def self_signed(folder: Path) -> ssl.SSLContext:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=9999)).not_valid_after(NOW + timedelta(days=9999))
    (folder / "cert.pem").write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def a_request(**more: Any) -> ExchangeRequest:
    return ExchangeRequest(rid=an_id(), now=NOW.astimezone(UTC), **more)


def ask(server: HttpServer) -> ExchangeAnswer:
    return server.exchange("a-token", a_request())


@pytest.mark.parametrize(
    ("status", "body", "error", "why"),
    [
        (401, b'{"kind": "login_again"}', LoginAgain, None),
        (401, b"", LoginAgain, None),
        (403, b'{"kind": "device_revoked"}', DeviceRevoked, None),
        (403, b'{"kind": "code_refused", "why": "used"}', CodeRefused, "used"),
        (410, b'{"kind": "device_revoked"}', DeviceRevoked, None),
        (409, b'{"kind": "version_mismatch", "why": "app_old"}', VersionMismatch, "app_old"),
        (400, b'{"kind": "protocol_fault", "why": "cut"}', ProtocolFault, "cut"),
        (422, b'{"detail": [{"input": "Signe vil gerne"}]}', ProtocolFault, None),
        (413, b"", ProtocolFault, "too_large"),
        (429, b"", ServerTrouble, "status_429"),
        (503, b'{"kind": "server_trouble", "why": "rewound"}', ServerTrouble, "rewound"),
        (500, b'{"kind": "device_revoked"}', ServerTrouble, "status_500"),
        (302, b"", ServerTrouble, "status_302"),
        (404, b"[1, 2]", ServerTrouble, "status_404"),
    ],
)
def test_each_failure_has_its_kind(status: int, body: bytes, error: type[SyncError], why: str | None) -> None:
    with answering(status, body, JSON) as (server, _), pytest.raises(error) as raised:
        ask(server)
    assert raised.value.why == why


@pytest.mark.parametrize("status", [403, 410])
def test_a_proxys_refusal_revokes_no_device(status: int) -> None:
    with (
        answering(status, b"<h1>Forbidden</h1>", {"Content-Type": "text/html"}) as (server, _),
        pytest.raises(ServerTrouble),
    ):
        ask(server)


@pytest.mark.parametrize(
    ("said", "kept"), [("120", 120), ("99999999999", http.LONGEST_WAIT), ("soon", None), ("²", None), (None, None)]
)
def test_retry_after_is_handed_on_within_reason(said: str | None, kept: int | None) -> None:
    # ² is sent as latin-1, as http.server does
    with answering(503, b"", {"Retry-After": said} if said else {}) as (server, _), pytest.raises(ServerTrouble) as why:
        ask(server)
    assert why.value.retry_after == kept


@pytest.mark.parametrize(
    ("date", "said", "kept"),
    [
        ("Wed, 25 Nov 2026 08:00:00 GMT", "Wed, 25 Nov 2026 08:02:00 GMT", 120),
        ("Wed, 25 Nov 2026 08:00:00 GMT", "Wed, 25 Nov 2026 07:00:00 GMT", 0),
        ("Wed, 25 Nov 2026 08:00:00 GMT", "Fri, 25 Nov 2033 08:00:00 GMT", http.LONGEST_WAIT),
        ("Wed, 25 Nov 2026 08:00:00 GMT", "tomorrow", None),
        ("whenever", "Wed, 25 Nov 2026 08:02:00 GMT", None),
    ],
)
def test_a_moment_to_come_again_is_measured_by_the_clock_that_said_it(date: str, said: str, kept: int | None) -> None:
    response = httpx.Response(503, headers={"Retry-After": said, "Date": date})
    assert http._retry_after(response) == kept


def test_an_answer_is_read_while_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed, it is small enough; unpacked, it would not be: the rest of it is never asked for."""
    body = gzip.compress(b'{"rid": "' + b"x" * 5_000_000 + b'"}')
    monkeypatch.setattr(http, "MAX_ANSWER", 100_000)
    with answering(200, body) as (server, _), pytest.raises(ProtocolFault) as fault:
        ask(server)
    assert fault.value.why == "answer_too_large"


def test_a_long_refusal_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_ANSWER", 1_000)
    with answering(503, b"x" * 100_000) as (server, _), pytest.raises(ProtocolFault):
        ask(server)


def test_words_of_the_server_are_kept_only_when_they_are_words_of_ours() -> None:
    body = '{"kind": "protocol_fault", "why": "Åse Ærøskøbing: feltet er for langt"}'.encode()
    with answering(400, body, JSON) as (server, _), pytest.raises(ProtocolFault) as raised:
        ask(server)
    assert raised.value.why is None


def test_an_exchange_travels_packed_with_its_token_and_comes_back_whole() -> None:
    request = a_request(operations=[an_operation()])
    answer = ExchangeAnswer(rid=request.rid, epoch="e", now=NOW, upto=7)
    with answering(200, encode_answer(answer), {"Content-Encoding": "gzip"}) as (server, asked):
        assert server.exchange("a-token", request) == answer
    path, headers, body = asked[0]
    assert path == "/sync/v1/exchange"
    assert headers["Authorization"] == "Bearer a-token"
    assert headers["Content-Encoding"] == "gzip"
    assert decode_request(body) == request


def test_a_body_cut_anywhere_is_a_lost_connection_and_no_answer() -> None:
    whole = encode_answer(ExchangeAnswer(rid=an_id(), epoch="e", now=NOW))
    lines = gzip.decompress(whole).splitlines(keepends=True)
    for body in (whole[: len(whole) // 2], gzip.compress(b"".join(lines[:-1]))):
        with answering(200, body) as (server, _), pytest.raises(NoConnection) as raised:
            ask(server)
        assert raised.value.why == "cut"
    with answering(200, whole[:20], {"Content-Length": str(len(whole))}) as (server, _), pytest.raises(NoConnection):
        ask(server)


def test_a_cafes_page_is_no_connection() -> None:
    page = {"Content-Type": "text/html"}
    with answering(200, b"<h1>Velkommen</h1>", page) as (server, _), pytest.raises(NoConnection) as raised:
        ask(server)
    assert raised.value.why == "portal"


@pytest.mark.parametrize("body", [b"{}", b"not json", b'{"device": 1}'])
def test_a_malformed_answer_is_a_fault_that_quotes_nothing(body: bytes) -> None:
    with answering(200, body, JSON) as (server, _), pytest.raises(ProtocolFault) as raised:
        server.enrol(EnrolRequest(code="ABCD", public_key="k"))
    assert str(raised.value) == "protocol_fault: malformed"
    assert raised.value.__suppress_context__


def test_an_answer_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, error in (("MAX_ANSWER", ProtocolFault), ("WHOLE", NoConnection)):
        with monkeypatch.context() as patched, answering(200, b"x" * 100) as (server, _), pytest.raises(error):
            patched.setattr(http, limit, -1)
            ask(server)


def test_nobody_there_is_no_connection() -> None:
    with HttpServer("http://127.0.0.1:9", timeout=2) as server, pytest.raises(NoConnection):
        ask(server)


def test_a_line_that_was_hung_up_is_no_connection() -> None:
    server = HttpServer("http://127.0.0.1:9")
    server.close()
    with pytest.raises(NoConnection):
        ask(server)


@pytest.mark.parametrize(
    "address",
    [
        "http://vedhold.example",
        "ftp://127.0.0.1",
        "",
        "vedhold.example",
        "http://127.0.0.1.example",
        "https://",
        "http://[::",
        "https://u:p@vedhold.example",
    ],
)
def test_no_address_is_spoken_to_without_privacy(address: str) -> None:
    with pytest.raises(BadAddress):
        HttpServer(address)


@pytest.mark.parametrize(
    "address", ["https://vedhold.example", "http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1"]
)
def test_https_anywhere_and_http_on_this_machine(address: str) -> None:
    HttpServer(address).close()


def test_a_server_that_nobody_vouches_for_is_not_spoken_to(tmp_path: Path) -> None:
    with answering(200, b"", tls=self_signed(tmp_path)) as (server, asked), pytest.raises(NoConnection):
        ask(server)
    assert asked == []


def test_a_redirect_is_not_followed() -> None:
    with answering(200, b"") as (_, elsewhere):
        with answering(307, b"", {"Location": "http://127.0.0.1:9/"}) as (server, _), pytest.raises(ServerTrouble):
            ask(server)
        assert elsewhere == []


def test_nothing_that_travels_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    said = '{"detail": "Signe Søholm"}'.encode()
    with caplog.at_level(logging.INFO), answering(422, said, JSON) as (server, _), pytest.raises(ProtocolFault):
        server.exchange("hemmelig-token", a_request(operations=[an_operation()]))
    assert "Signe" not in caplog.text
    assert "hemmelig" not in caplog.text
    assert "citizen:" not in caplog.text
