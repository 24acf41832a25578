"""What the server wants of a device that is out of use: asked before it is opened, and confirmed when all is gone."""

import base64
from typing import Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from fieldapp.wire import wipe_message

Order = Literal["retired", "lost"]
"""retired: send what is here, then wipe · lost: wipe at once."""
ORDERS: tuple[Order, ...] = ("retired", "lost")


def checked(server_key: str, server: str, device: str, nonce: str, why: str | None, signature: str) -> Order | None:
    """The order, if the server whose key this device got at enrolment signed it in answer to this nonce.

    Whoever else says that a phone is out of use wipes nothing.
    """
    order = next((one for one in ORDERS if one == why), None)
    try:
        key = load_pem_public_key(server_key.encode())
        if not isinstance(key, Ed25519PublicKey):
            return None
        key.verify(base64.b64decode(signature, validate=True), wipe_message(server, device, why or "", nonce))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return None
    return order
