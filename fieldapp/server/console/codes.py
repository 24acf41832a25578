"""A code for a new phone: said once, also as a picture that the phone can read."""

import hashlib
from urllib.parse import urlencode

import segno
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from starlette.responses import Response

from fieldapp.server import identity
from fieldapp.server.console import reading
from fieldapp.server.console.asking import Ask, Handler


def page(ask: Ask) -> Response:
    settings = ask.console.office.settings
    with ask.reading() as session:
        out, workers = reading.codes_out(session, ask.now, settings), reading.working(session)
        return ask.page("codes.html", out=out, workers=workers, usual=ask.request.query_params.get("worker", ""))


def make(ask: Ask) -> Response:
    """Shown on the answer itself: no address leads to it again."""
    worker = ask.need("worker")
    code = ask.office.make_code(worker)
    with ask.reading() as session:
        name = reading.worker(session, worker, ask.now)["worker"].name
        picture = segno.make(said(ask.console.settings.address, identity.public_key(session), code), error="m")
    return ask.page(
        "code.html",
        name=name,
        code=code,
        picture=picture.svg_data_uri(scale=4, border=4),
        minutes=ask.console.office.settings.code_minutes,
    )


def said(address: str, key: str, code: str) -> str:
    """What the picture says: where to, whose key (`fingerprint`), and the code."""
    return "vedhold:?" + urlencode({"address": address, "key": fingerprint(key), "code": code})


def fingerprint(pem: str) -> str:
    """The first 16 bytes of SHA-256 over the public key as DER, in hexadecimal: 128 bits that nobody can hit."""
    der = load_pem_public_key(pem.encode()).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()[:32]


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/codes", page, None),
    ("POST", "/codes", make, page),
)
