"""The municipality's own sign-in: OpenID Connect, authorization code with PKCE (OpenID Connect Core §3.1, RFC 7636).

What comes back is believed only with the state that this browser was sent away with, a signature of the issuer, our
name as its audience, the nonce, and within its time.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from fieldapp.server.console.sessions import SignInRefused, new_secret
from fieldapp.server.console.settings import SignIn

#: Signed with the issuer's private key; never with a secret that we share, and never unsigned.
ALGORITHMS = ["RS256", "PS256", "ES256"]
#: Seconds that the issuer's clock may be beside ours.
LEEWAY = 60
SECONDS = 10


@dataclass(frozen=True)
class Leaving:
    """Where the browser goes, and what its coming back is held against."""

    url: str
    state: str
    nonce: str
    verifier: str


class Issuer:
    """`back` is the address that the issuer sends the browser to."""

    def __init__(self, sign_in: SignIn, back: str) -> None:
        self._sign_in = sign_in
        self._back = back

    def leave(self) -> Leaving:
        """Raises SignInRefused(silent | answer)."""
        state, nonce, verifier = new_secret(), new_secret(), new_secret()
        with self._client() as client:
            goes_to = self._endpoint(self._discovered(client), "authorization_endpoint")
        asked = {
            "response_type": "code",
            "client_id": self._sign_in.client,
            "redirect_uri": self._back,
            "scope": "openid profile email",
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return Leaving(f"{goes_to}{'&' if '?' in goes_to else '?'}{urlencode(asked)}", state, nonce, verifier)

    def login(self, code: str, nonce: str, verifier: str, now: datetime) -> str:
        """What the issuer calls the one who came back with this code. Raises SignInRefused(silent | answer)."""
        with self._client() as client:
            known = self._discovered(client)
            asked = {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._back,
                "code_verifier": verifier,
            }
            ours = (self._sign_in.client, self._sign_in.secret)
            tokens = _read(client.post, self._endpoint(known, "token_endpoint"), data=asked, auth=ours)
            keys = _read(client.get, self._endpoint(known, "jwks_uri"))
        claims = self._checked(tokens, keys, nonce, now)
        login = claims.get(self._sign_in.claim)
        if not isinstance(login, str) or not login:
            raise SignInRefused("answer")
        return login

    def _checked(self, tokens: dict[str, Any], keys: dict[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
        try:
            token = jwt.decode(tokens["id_token"], KeySet.import_key_set(keys), ALGORITHMS)  # type: ignore[arg-type]
            expected = {
                "iss": {"essential": True, "value": self._sign_in.issuer},
                "aud": {"essential": True, "value": self._sign_in.client},
            }
            said = {"nonce": nonce, "client_id": self._sign_in.client, "access_token": tokens.get("access_token")}
            CodeIDToken(token.claims, token.header, expected, said).validate(int(now.timestamp()), LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError):
            raise SignInRefused("answer") from None
        return token.claims

    def _discovered(self, client: httpx.Client) -> dict[str, Any]:
        known = _read(client.get, f"{self._sign_in.issuer.rstrip('/')}/.well-known/openid-configuration")
        if known.get("issuer") != self._sign_in.issuer:
            raise SignInRefused("answer")
        return known

    def _endpoint(self, known: dict[str, Any], name: str) -> str:
        """Never one in clear, unless the issuer itself is on this machine."""
        address = known.get(name)
        if not isinstance(address, str) or not address.startswith(("https://", self._sign_in.issuer)):
            raise SignInRefused("answer")
        return address

    def _client(self) -> httpx.Client:
        return httpx.Client(timeout=SECONDS, headers={"Accept": "application/json"})


def _read(ask: Any, address: str, **more: Any) -> dict[str, Any]:
    try:
        answer = ask(address, **more)
        said = answer.json() if answer.status_code == 200 else None
    except httpx.HTTPError:
        raise SignInRefused("silent") from None
    except ValueError:
        raise SignInRefused("answer") from None
    if not isinstance(said, dict):
        raise SignInRefused("silent" if answer.status_code >= 500 else "answer")
    return said
