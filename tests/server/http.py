"""The real server on a real port of this machine, and the real client before it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import uvicorn
from starlette.types import ASGIApp

from fieldapp.settings import DEFAULTS

#: For who asks as fast as they can.
UNPACED = replace(
    DEFAULTS,
    **dict.fromkeys(("exchange_rate", "address_rate", "code_rate"), 1e6),
    **dict.fromkeys(("exchange_burst", "address_burst", "code_burst"), 10**6),
)


class Ready(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def listening(app: ASGIApp) -> Iterator[str]:
    """The address of `app`, served until the block ends."""
    with listening_as(lambda _address: app) as address:
        yield address


@contextmanager
def listening_as(made: Callable[[str], ASGIApp]) -> Iterator[str]:
    """The same for an app that must know its own address."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{sock.getsockname()[1]}"
        config = uvicorn.Config(made(address), log_level="warning", access_log=False, lifespan="off", ws="none")
        server = Ready(config)
        thread = threading.Thread(target=server.run, args=([sock],), daemon=True)
        thread.start()
        assert server.ready.wait(10)
        yield address
        server.should_exit = True
        thread.join(10)
