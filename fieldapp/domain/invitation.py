"""What a leader gives a worker for a new phone, as a link that can be scanned or pasted: `vedhold://enrol?…`.

It holds the server's address, the one-time code, and what the server's key is known by, so that a phone notices when
another answers at that address. The code in it serves once and for a quarter of an hour.
"""

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

SCHEME = "vedhold"
#: Of the SHA-256 of the key: 128 bits, in hexadecimal digits.
FINGERPRINT = 32
#: A link that anybody might paste is looked at no further.
LONGEST = 500


@dataclass(frozen=True)
class Invitation:
    address: str
    code: str
    fingerprint: str


def fingerprint(server_key: str) -> str:
    """What a server's public key (PEM) is known by."""
    return hashlib.sha256("".join(server_key.split()).encode()).hexdigest()[:FINGERPRINT]


def link(invitation: Invitation) -> str:
    """The text of the QR code."""
    said = {"a": invitation.address, "k": invitation.fingerprint, "c": invitation.code}
    return f"{SCHEME}://enrol?{urlencode(said)}"


def read(text: str) -> Invitation | None:
    """What such a link says; None of anything else."""
    text = text.strip()
    if len(text) > LONGEST or not text.lower().startswith(f"{SCHEME}://enrol?"):
        return None
    try:
        said = parse_qs(urlsplit(text).query, max_num_fields=10)
    except ValueError:
        return None
    address, key, code = ((said.get(name) or [""])[0].strip() for name in "akc")
    if not address or not code or len(key) != FINGERPRINT or not set(key) <= set("0123456789abcdef"):
        return None
    return Invitation(address, code, key)


def in_route(route: str) -> Invitation | None:
    """What the link says that opened the app. Flet hands on what follows the host: `/?…`, of an https `/enrol?…`."""
    try:
        said = urlsplit(route)
    except ValueError:
        return None
    return read(f"{SCHEME}://enrol?{said.query}") if said.path in ("", "/", "/enrol") else None
