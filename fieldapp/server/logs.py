"""What the server says of itself while it runs: a line of JSON for each thing, and nothing of anybody in it.

Our own modules log kinds, places and numbers only. What libraries log may quote what they were given: of theirs a line
says which library, how bad, and the kind of the error, and never the text.
"""

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any, TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

OURS = "fieldapp"
log = logging.getLogger(__name__)


class Lines(logging.Formatter):
    """`at`, `level`, `from`, and what is told: `text` of ours alone, `error` its kind, and the figures of a request."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        if record.name.partition(".")[0] == OURS:
            line["text"] = record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line | record.__dict__.get("figures", {}), ensure_ascii=True)


def begin(stream: TextIO | None = None) -> logging.Handler:
    """From here on everything that is logged in this process is such a line."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    return handler


class Requests:
    """One line a request, in place of an access log: which route, how it ended, how long it took, bytes up and down.

    The route, not the path: that may hold ids, or whatever somebody types. No address, no token, no device.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, figures = time.monotonic(), {"status": 0, "up": 0, "down": 0}

        async def received() -> Message:
            message = await receive()
            figures["up"] += len(message.get("body", b""))
            return message

        async def sent(message: Message) -> None:
            figures["status"] = message.get("status", figures["status"])
            figures["down"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, received, sent)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            took = round((time.monotonic() - began) * 1000, 1)
            told = {"method": scope["method"], "route": route, "ms": took, **figures}
            log.info("request", extra={"figures": told})
