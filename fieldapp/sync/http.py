"""The server over HTTPS: each request has a timeout, and every failure becomes one of errors.SyncError here."""

import time
from ipaddress import ip_address
from types import TracebackType
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

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
from fieldapp.wire import (
    MAX_ANSWER,
    Challenge,
    Done,
    Enrolled,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    Line,
    RecoveryAsk,
    RecoveryCode,
    Token,
    TokenRequest,
    decode_answer,
    encode_request,
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
        headers = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"} | _bearer(token)
        body = self._post("exchange", encode_request(request), headers)
        try:
            return decode_answer(body)
        except ProtocolFault as fault:
            if fault.why == "cut":  # the way ended early, not the protocol
                raise NoConnection("cut") from None
            raise ProtocolFault(f"answer_{fault.why}") from None

    def deposit(self, token: str, code: RecoveryCode) -> Done:
        return self._ask("deposit", code, Done, token)

    def recover(self, token: str, asked: RecoveryAsk) -> RecoveryCode:
        return self._ask("recover", asked, RecoveryCode, token)

    def _ask(self, path: str, question: BaseModel, answer: type[Model], token: str = "") -> Model:
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        headers |= _bearer(token) if token else {}
        body = self._post(path, question.model_dump_json().encode(), headers)
        try:
            return answer.model_validate_json(body)
        except ValidationError:
            raise ProtocolFault("malformed") from None  # the cause would quote the answer

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        if self._client.is_closed:  # locked while a round was under way
            raise NoConnection("closed")
        try:
            with self._client.stream("POST", f"/sync/v1/{path}", content=body, headers=headers) as response:
                if response.status_code != httpx.codes.OK:
                    response.read()
                    raise _failure(response)
                if response.headers.get("Content-Type", "").startswith("text/"):
                    raise NoConnection("portal")  # a hotel's or a café's page instead of the server
                return _whole(response)
        except (httpx.HTTPError, httpx.StreamError):
            raise NoConnection from None


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


class _Device(Line):
    device: str


class _Said(Line):
    kind: str = ""
    why: str | None = None


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


def _whole(response: httpx.Response) -> bytes:
    """The body as it was sent, still packed: `wire` unpacks it and sees whether it is whole."""
    latest = time.monotonic() + WHOLE
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > MAX_ANSWER:
            raise ProtocolFault("answer_too_large")
        if time.monotonic() > latest:
            raise NoConnection("slow")
    return bytes(body)


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


def _failure(response: httpx.Response) -> SyncError:
    status, said = response.status_code, _said(response)
    if status == 413:
        return ProtocolFault("too_large")
    known = _BY_KIND.get(said.kind) or _BY_STATUS.get(status)
    if known is None or status == 429 or status >= 500:
        return ServerTrouble(said.why or f"status_{status}", _retry_after(response))
    return known(said.why)


def _said(response: httpx.Response) -> _Said:
    try:
        said = _Said.model_validate_json(response.content)
    except ValidationError:
        return _Said()
    return said if said.why is None or CODE.fullmatch(said.why) else _Said(kind=said.kind)


def _retry_after(response: httpx.Response) -> int | None:
    text = response.headers.get("Retry-After", "")
    return min(int(text), LONGEST_WAIT) if text.isascii() and text.isdigit() else None
