"""Where the console stands, and the municipality's own sign-in, if it has one (OpenID Connect)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from fieldapp.errors import VedholdError

#: Where it lies below the server's address.
PATH = "/console"
_USUAL = {"http": 80, "https": 443}


class ConsoleSettingsError(VedholdError):
    """`why` is address | sign_in."""

    kind = "console_settings"


@dataclass(frozen=True)
class SignIn:
    """The issuer's address; who we are to it; and the claim that says the worker's `login`."""

    issuer: str
    client: str
    secret: str
    claim: str = "sub"


@dataclass(frozen=True)
class ConsoleSettings:
    """`address` is the server's, as a browser types it: `https://vedhold.kommune.dk`."""

    address: str
    sign_in: SignIn | None = None

    @property
    def is_secure(self) -> bool:
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def url(self) -> str:
        return self.address + PATH


def checked_address(text: str) -> str:
    """As a browser says it: no path, small letters, the usual port not said. Raises ConsoleSettingsError(address)."""
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ConsoleSettingsError("address")
    if parts.path not in ("", "/"):
        raise ConsoleSettingsError("address")
    try:
        port = "" if parts.port in (None, _USUAL[parts.scheme]) else f":{parts.port}"
    except ValueError:
        raise ConsoleSettingsError("address") from None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def sign_in_of(path: Path) -> SignIn:
    """From a TOML file with issuer, client, secret and, if it is another than `sub`, claim."""
    try:
        said = tomllib.loads(path.read_text())
        found = SignIn(**{name: str(value) for name, value in said.items()})
    except (OSError, ValueError, TypeError):
        raise ConsoleSettingsError("sign_in") from None
    secure = found.issuer.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
    if not secure or not (found.client and found.secret and found.claim):
        raise ConsoleSettingsError("sign_in")
    return found
