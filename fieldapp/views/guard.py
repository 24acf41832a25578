"""The outermost guard: what a handler raises becomes a sentence on screen, never a crash page with its text.

Every handler goes through `guarded`; parts and field do it for their callers, so a screen passes plain functions.
"""

import inspect
import logging
import traceback
import zlib
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import flet as ft

from fieldapp import errors
from fieldapp.texts import _
from fieldapp.views import notices
from fieldapp.views.sentences import sentence

Call = Callable[[], object]
"""What a tap does: a plain or an async function without arguments."""

log = logging.getLogger(__name__)
_touched: Callable[[], None] | None = None


def on_touch(call: Callable[[], None]) -> None:
    """`call` at everything a person does: what the idle lock counts from. One app, one screen: the last one is told."""
    global _touched
    _touched = call


def guarded(call: Callable[..., object]) -> Callable[[ft.Event[Any]], Awaitable[None]]:
    """A Flet handler around `call`, which may be async and may take the event."""
    takes_event = any(each.default is each.empty for each in inspect.signature(call).parameters.values())

    async def handler(event: ft.Event[Any]) -> None:
        if _touched:
            _touched()
        await attempt(lambda: call(event) if takes_event else call())

    return handler


async def attempt(call: Call) -> bool:
    """Run `call`; whether it went well. If not, the sentence is already on screen."""
    words = await told(call)
    if words:
        notices.show(words, ft.Icons.ERROR_OUTLINE)
    return words is None


async def told(call: Call, instead: Mapping[type[Exception], str] | None = None) -> str | None:
    """Run `call`; None when it went well, else the sentence, for a screen that shows it in its own place.

    `instead`: where the usual sentence does not fit (no network the very first time).
    """
    try:
        answer = call()
        if inspect.isawaitable(answer):
            await answer
    except Exception as error:  # noqa: BLE001  the outermost guard: nothing may reach Flet's crash page
        return (instead or {}).get(type(error)) or explain(error)
    return None


def shielded(draw: Callable[..., ft.Control]) -> Callable[..., ft.Control]:
    """The same for drawing: use it under `@ft.component`, so that a failed reading shows a sentence, not a crash."""

    @wraps(draw)
    def drawn(*args: Any, **named: Any) -> ft.Control:
        try:
            return draw(*args, **named)
        except Exception as error:  # noqa: BLE001  as above
            return ft.Container(ft.Text(explain(error)), padding=24)

    return drawn


def explain(error: Exception) -> str:
    """The sentence for what happened. An unexpected error is logged by place and type, never by its content."""
    if isinstance(error, errors.VedholdError):
        return sentence(error)
    code = code_of(error)
    log.error("unexpected %s, code %s, at %s", type(error).__name__, code, _place(error))
    return _("Something went wrong. Your text is saved as a draft. Error code {code}.", code=code)


def code_of(error: Exception) -> str:
    """Four signs that name the place, the same each time: what a worker can read out on the phone."""
    return f"{zlib.crc32(f'{type(error).__name__} {_place(error)}'.encode()) & 0xFFFF:04X}"


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
