"""A small issuer of the tests: OpenID Connect over real HTTP, with as many lies as a test wants."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fieldapp.server.console.settings import SignIn
from tests.server.http import listening
from tests.server.people import Clock

CLIENT, SECRET = "vedhold", "opfundet hemmelighed"
CODE = "en-opfundet-kode"


@dataclass
class TestIssuer:
    """`claims` are laid over what is true; `signs` is the key it signs with, `shows` the one it says is its own."""

    clock: Clock
    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    shows: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    signs: RSAKey | None = None
    says_it_is: str = ""
    status: int = 200
    used: set[str] = field(default_factory=set)
    __test__ = False

    @property
    def sign_in(self) -> SignIn:
        return SignIn(self.address, CLIENT, SECRET, "email")

    def ask(self, url: str, login: str) -> dict[str, str]:
        """The browser comes by with its question, and somebody signs in: what it is sent back with."""
        assert url.startswith(f"{self.address}/authorize?")
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()} | {"login": login}
        return {"code": CODE, "state": self.asked["state"]}

    async def about(self, _request: Request) -> Response:
        names = {name: f"{self.address}/{name.partition('_')[0]}" for name in ("token_endpoint", "jwks_uri")}
        there = {"issuer": self.says_it_is or self.address, "authorization_endpoint": f"{self.address}/authorize"}
        return JSONResponse(there | names, self.status)

    async def jwks(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.shows]).as_dict(private=False))

    async def token(self, request: Request) -> Response:
        """Believes nothing: our secret, the code once, the address, and the verifier of what was asked with."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        ours = base64.b64decode(request.headers["authorization"].split()[1]).decode()
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = (
            ours == f"{CLIENT}:{SECRET}"
            and form["grant_type"] == "authorization_code"
            and form["code"] == CODE
            and form["redirect_uri"] == self.asked["redirect_uri"]
            and (challenge, "S256") == (self.asked["code_challenge"], self.asked["code_challenge_method"])
            and form["code_verifier"] not in self.used
        )
        if not right:
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.used.add(form["code_verifier"])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(self.clock())})

    def id_token(self, now: datetime) -> str:
        at = int(now.timestamp())
        true = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "42",
            "email": self.asked["login"],
            "iat": at,
            "exp": at + 300,
            "nonce": self.asked["nonce"],
        }
        said = {name: value for name, value in (true | self.claims).items() if value is not None}
        header = {"alg": "RS256", "kid": "1"} | self.headers
        return jwt.encode(header, said, self.signs or self.shows, algorithms=["RS256", "RS512", "none", "HS256"])


@contextmanager
def running(clock: Clock) -> Iterator[TestIssuer]:
    issuer = TestIssuer(clock)
    routes = [
        Route("/.well-known/openid-configuration", issuer.about),
        Route("/jwks", issuer.jwks),
        Route("/token", issuer.token, methods=["POST"]),
    ]
    with listening(Starlette(routes=routes)) as issuer.address:
        yield issuer
