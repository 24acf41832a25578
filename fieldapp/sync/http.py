"""The server over HTTPS: each request has a timeout, and every failure becomes one of errors.SyncError here."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from types import TracebackType
from typing import Annotated, Self, TypeVar

import httpx
from pydantic import BaseModel, Field, ValidationError

from fieldapp.bodies import encode_request, read_answer
from fieldapp.domain.fields import CODE
from fieldapp.errors import (
    BadAddress,
    CodeRefused,
    DeviceRevoked,
    LoginAgain,
    NoConnection,
    ProtocolFault,
    RecoveryRefused,
    ServerTrouble,
    SyncError,
    VersionMismatch,
)
from fieldapp.packing import inflate
from fieldapp.wire import (
    MAX_ANSWER,
    Challenge,
    Differing,
    DigestRequest,
    Done,
    Enrolled,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    Line,
    RecoveryAsk,
    RecoveryCode,
    SyncServer,
    Token,
    TokenRequest,
)

#: Seconds. The first limits silence, the second the whole answer, so that one that trickles in holds nothing up.
SILENCE = 30.0
WHOLE = 180.0
#: A server may ask us to stay away, but not for ever.
LONGEST_WAIT = 86_400

Model = TypeVar("Model", bound=BaseModel)


class HttpServer:
    """A `wire.SyncServer` at an address. One connection is kept open between requests; close it when done."""

    def __init__(self, address: str, timeout: float = SILENCE) -> None:
        self._client = httpx.Client(base_url=_checked(address), timeout=timeout, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def enrol(self, request: EnrolRequest) -> Enrolled:
        return self._ask("enrol", request, Enrolled)

    def challenge(self, device: str) -> Challenge:
        return self._ask("challenge", _Device(device=device), Challenge)

    def token(self, request: TokenRequest) -> Token:
        return self._ask("token", request, Token)

    def exchange(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        """The answer is unpacked and read while it comes, so that it is never here packed, as text and read at once."""
        headers = _bearer(token) | {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}
        with self._answered("exchange", encode_request(request), headers) as response:
            try:
                return read_answer(inflate(_pieces(response), MAX_ANSWER))
            except ProtocolFault as fault:
                if fault.why == "cut":  # the way ended early, not the protocol
                    raise NoConnection("cut") from None
                raise ProtocolFault(f"answer_{(fault.why or '').removeprefix('answer_')}") from None

    def digest(self, token: str, request: DigestRequest) -> Differing:
        return self._ask("digest", request, Differing, token)

    def deposit(self, token: str, code: RecoveryCode) -> Done:
        return self._ask("deposit", code, Done, token)

    def recover(self, token: str, asked: RecoveryAsk) -> RecoveryCode:
        return self._ask("recover", asked, RecoveryCode, token)

    def wiped(self, request: TokenRequest) -> Done:
        return self._ask("wiped", request, Done)

    def _ask(self, path: str, question: BaseModel, answer: type[Model], token: str = "") -> Model:
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        headers |= _bearer(token) if token else {}
        with self._answered(path, question.model_dump_json().encode(), headers) as response:
            body = b"".join(_pieces(response))
        try:
            return answer.model_validate_json(body)
        except ValidationError:
            raise ProtocolFault("malformed") from None  # the cause would quote the answer

    @contextmanager
    def _answered(self, path: str, body: bytes, headers: dict[str, str]) -> Iterator[httpx.Response]:
        if self._client.is_closed:  # locked while a round was under way
            raise NoConnection("closed")
        try:
            with self._client.stream("POST", f"/sync/v1/{path}", content=body, headers=headers) as response:
                if response.status_code != httpx.codes.OK:
                    raise _failure(response, b"".join(_pieces(response)))
                if response.headers.get("Content-Type", "").startswith("text/"):
                    raise NoConnection("portal")  # a hotel's or a café's page instead of the server
                yield response
        except (httpx.HTTPError, httpx.StreamError):
            raise NoConnection from None


def hang_up(server: SyncServer) -> None:
    """Whatever it is: one in this process has no line."""
    if isinstance(server, HttpServer):
        server.close()


class _Device(Line):
    device: str


class _Said(Line):
    kind: str = ""
    why: str | None = None
    order: Annotated[str | None, Field(max_length=200)] = None


def _checked(address: str) -> httpx.URL:
    """https anywhere, http only to this machine; BadAddress otherwise."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise BadAddress("malformed") from None
    if not url.host or url.userinfo:
        raise BadAddress("malformed")
    if url.scheme == "https" or (url.scheme == "http" and _is_loopback(url.host)):
        return url
    raise BadAddress("not_private")


def is_on_this_machine(address: str) -> bool:
    """Whether a server's address leads no further than here."""
    return _is_loopback(_checked(address).host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    """The body as it was sent, still packed."""
    latest, size = time.monotonic() + WHOLE, 0
    for piece in response.iter_raw():
        size += len(piece)
        if size > MAX_ANSWER:
            raise ProtocolFault("answer_too_large")
        if time.monotonic() > latest:
            raise NoConnection("slow")
        yield piece


_BY_KIND: dict[str, type[SyncError]] = {
    error.kind: error
    for error in (LoginAgain, DeviceRevoked, CodeRefused, RecoveryRefused, VersionMismatch, ProtocolFault)
}
#: What a status means when nothing of ours wrote the body. A proxy's 403 or 410 revokes no device.
_BY_STATUS: dict[int, type[SyncError]] = {
    400: ProtocolFault,
    401: LoginAgain,
    409: VersionMismatch,
    422: ProtocolFault,
}


def _failure(response: httpx.Response, body: bytes) -> SyncError:
    status, said = response.status_code, _said(body)
    if status == 413:
        return ProtocolFault("too_large")
    known = _BY_KIND.get(said.kind) or _BY_STATUS.get(status)
    if known is None or status == 429 or status >= 500:
        return ServerTrouble(said.why or f"status_{status}", _retry_after(response))
    return DeviceRevoked(said.why, said.order) if known is DeviceRevoked else known(said.why)


def _said(body: bytes) -> _Said:
    try:
        said = _Said.model_validate_json(body)
    except ValidationError:
        return _Said()
    return said if said.why is None or CODE.fullmatch(said.why) else _Said(kind=said.kind, order=said.order)


def _retry_after(response: httpx.Response) -> int | None:
    """In seconds. A moment, as some proxies say it, is measured against their clock, never against ours."""
    said = response.headers.get("Retry-After", "")
    if said.isascii() and said.isdigit():
        return min(int(said), LONGEST_WAIT)
    try:
        there = parsedate_to_datetime(response.headers["Date"])
        return min(max(0, round((parsedate_to_datetime(said) - there).total_seconds())), LONGEST_WAIT)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
