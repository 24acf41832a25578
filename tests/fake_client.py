"""A fake Flet client: a real Session and Page, real components, hooks, router and dialogs; only the wire is replaced.

    async with FakeClient(main) as app:
        await app.tap("Gem")
        assert "Gemt." in app.texts()

Layout, focus, hit testing and the keyboard are not covered: those are the browser's (browser.py). This is the one file
that leans on Flet's internals; flet is pinned exactly.
"""

import asyncio
import dataclasses
import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

import flet as ft
import msgpack
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page, context
from flet.messaging.connection import Connection
from flet.messaging.protocol import MessageAction, configure_encode_object_for_msgpack
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

Main = Callable[[ft.Page], Any]
_POOL = ThreadPoolExecutor(2)
_ENCODE = configure_encode_object_for_msgpack(BaseControl)
_WORDS = ("value", "label", "title", "text", "content", "error", "tooltip", "semantics_label", "hint_text")


class _Wire(Connection):
    def __init__(self, client: "FakeClient") -> None:
        super().__init__()
        self.client = client
        self.loop = asyncio.get_running_loop()
        self.executor = _POOL
        self.pubsubhub = PubSubHub(loop=self.loop)
        self.page_url = "http://fake"

    def send_message(self, message: Any) -> None:
        # Packed as the real transport does: what cannot travel fails here too, and the diffs are taken.
        msgpack.packb([message.action, message.body], default=_ENCODE)
        if message.action == MessageAction.INVOKE_METHOD:
            self.client._invoked(message.body)
        elif message.action == MessageAction.SESSION_CRASHED:
            self.client.crashes.append(message.body.message)


class FakeClient:
    """`answers` maps a service method to what it answers: {"launch_url": lambda args: True}. `calls` is what was asked.

    Leaving the `with` fails when a handler raised past the guard.
    """

    def __init__(
        self,
        main: Main,
        route: str = "/",
        *,
        width: float = 390,
        height: float = 844,
        platform: str = "android",
        answers: dict[str, Callable[[Any], Any]] | None = None,
    ) -> None:
        self._main = main
        self._first = {"route": route, "width": width, "height": height, "platform": platform, "web": False}
        self._answers = answers or {}
        self.crashes: list[str] = []
        self.calls: list[tuple[str, Any]] = []

    async def __aenter__(self) -> Self:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        self._session = Session(_Wire(self))
        self.page: ft.Page = self._session.page
        _context_page.set(self.page)
        self._session.apply_page_patch(self._first)
        msgpack.packb(self._session.get_page_patch(), default=_ENCODE)
        context.reset_auto_update()
        started = self._main(self.page)
        if inspect.isawaitable(started):
            await started
        await self._session.after_event(self.page)
        await self.settle()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self._session.close()
        await asyncio.sleep(0)
        if kind is None:
            assert not self.crashes, self.crashes[0]

    async def gone(self) -> None:
        """The connection is lost: a tab was closed."""
        await self._session.disconnect(5)

    async def settle(self) -> None:
        """Let updates, effects, navigation and work in threads come to rest."""
        for _round in range(3):
            for _turn in range(6):
                await asyncio.sleep(0)
            await asyncio.to_thread(lambda: None)  # one thread for all of them: this one waits for those before it

    def _invoked(self, body: Any) -> None:
        self.calls.append((body.name, body.args))
        loop = asyncio.get_running_loop()
        if body.name == "push_route":
            self._session.handle_invoke_method_results(body.control_id, body.call_id, None, None)
            self._went(body.args["route"])
            return
        answer = self._answers.get(body.name)
        loop.call_soon(
            self._session.handle_invoke_method_results,
            body.control_id,
            body.call_id,
            answer(body.args) if answer else None,
            None,
        )

    def _went(self, route: str) -> None:
        self._session.apply_page_patch({"route": route})
        event = self._session.dispatch_event(self.page._i, "route_change", {"route": route})
        self._navigation = asyncio.get_running_loop().create_task(event)

    # ---- what is on screen

    @property
    def top(self) -> ft.View:
        views: Any = ft.unwrap_component(self.page.views)
        return ft.unwrap_component(views[-1])

    def walk(self) -> Iterator[BaseControl]:
        """Every visible control: of the page in front, of open dialogs and of what lies over everything."""
        seen: set[int] = set()
        yield from walk(self.top, seen)
        yield from walk([d for d in self.page._dialogs.controls if getattr(d, "open", False)], seen)
        yield from walk(self.page.overlay, seen)

    def texts(self) -> list[str]:
        return [words for control in self.walk() for words in _words(control)]

    def identifiers(self) -> list[str]:
        return [name for control in self.walk() if (name := getattr(control, "identifier", None))]

    def surfaces(self) -> dict[str, ft.Container]:
        """What a named thing is drawn on, by its identifier."""
        named = [each for each in self.walk() if isinstance(each, ft.Semantics) and each.identifier]
        return {each.identifier: each.content for each in named if isinstance(each.content, ft.Container)}  # type: ignore[misc]

    def all_text(self) -> str:
        return "\n".join(self.texts())

    def find(self, name: str) -> BaseControl:
        """The one control with this identifier, label or exact words in it that can be tapped."""
        # The identifier lies around what is tapped: without this a row would take the tap of the act in it.
        hits = [self._inside(control) for control in self.walk() if getattr(control, "identifier", None) == name]
        hits = hits or [control for control in self.walk() if _can_be_tapped(control) and name in _names(control)]
        hits = hits or [self._inside(control) for control in self.walk() if name in _names(control, own=True)]
        assert hits, f"nothing called {name!r} can be tapped; on screen: {self.texts()}"
        innermost = [hit for hit in hits if not any(other is not hit and _holds(hit, other) for other in hits)]
        assert len(innermost) == 1, f"{len(innermost)} called {name!r}"
        return innermost[0]

    def _inside(self, control: BaseControl) -> BaseControl:
        return next((each for each in walk(control) if _can_be_tapped(each)), control)

    def field(self, label: str) -> ft.TextField:
        """The text field under a Semantics with this label or identifier, or whose own label or hint it is."""
        for control in self.walk():
            if isinstance(control, ft.Semantics) and label in (control.label, control.identifier):
                for each in walk(control):
                    if isinstance(each, ft.TextField):
                        return each
            if isinstance(control, ft.TextField) and label in (control.label, control.hint_text):
                return control
        raise AssertionError(f"no field called {label!r}; on screen: {self.texts()}")

    # ---- what a person does

    async def fire(self, control: BaseControl, event: str, data: Any = None, **props: Any) -> None:
        assert not getattr(control, "disabled", False), f"{control} is disabled"
        if props:
            self._session.apply_patch(control._i, props)
        await self._session.dispatch_event(control._i, event, data)
        await self.settle()

    async def tap(self, name: str) -> None:
        await self.fire(self.find(name), "click")

    async def tap_at_once(self, *names: str) -> None:
        """Taps that reach the app before it has drawn anything in between."""
        found = [self.find(name) for name in names]
        for control in found:
            await self._session.dispatch_event(control._i, "click", None)
        await self.settle()

    async def write(self, label: str, value: str) -> None:
        await self.fire(self.field(label), "change", value, value=value)

    async def submit(self, label: str) -> None:
        await self.fire(self.field(label), "submit")

    async def leave(self, label: str) -> None:
        await self.fire(self.field(label), "blur")

    async def back(self) -> None:
        """The system's back."""
        await self._session.dispatch_event(self.page._i, "view_pop", {"route": self.top.route})
        await self.settle()

    async def go(self, route: str) -> None:
        self._went(route)
        await self._navigation
        await self.settle()

    async def lifecycle(self, state: str) -> None:
        await self._session.dispatch_event(self.page._i, "app_lifecycle_state_change", {"state": state})
        await self.settle()

    async def press(self, key: str) -> None:
        """A key of a real keyboard, with no field in focus."""
        if self.page.on_keyboard_event:
            data = {"key": key, "shift": False, "ctrl": False, "alt": False, "meta": False}
            await self._session.dispatch_event(self.page._i, "keyboard_event", data)
            await self.settle()

    async def resize(self, width: float, height: float = 844) -> None:
        self._session.apply_page_patch({"width": width, "height": height})
        await self._session.dispatch_event(self.page._i, "resize", {"width": width, "height": height})
        await self.settle()

    async def text_scale(self, scale: float) -> None:
        """The person's text size, as the probe in the overlay measures it."""
        probe = next(each for each in walk(self.page.overlay) if getattr(each, "apply_text_scaling", False))
        await self._session.dispatch_event(probe._i, "size_change", {"w": 100 * scale, "h": 100 * scale})
        await self.settle()


def walk(control: Any, seen: set[int] | None = None) -> Iterator[BaseControl]:
    """A control and all that is visible inside it."""
    seen = set() if seen is None else seen
    if isinstance(control, (list, tuple)):
        for each in control:
            yield from walk(each, seen)
    elif (
        isinstance(control, BaseControl) and id(control) not in seen and getattr(control, "visible", True) is not False
    ):
        seen.add(id(control))
        yield control
        yield from walk(getattr(control, "_b", None), seen)
        for field in dataclasses.fields(control):
            if not field.metadata.get("skip") and field.name not in ("_parent", "ref"):
                yield from walk(getattr(control, field.name, None), seen)


def _words(control: BaseControl) -> list[str]:
    return [words for name in _WORDS if isinstance(words := getattr(control, name, None), str) and words]


def _can_be_tapped(control: BaseControl) -> bool:
    return getattr(control, "on_click", None) is not None


def _names(control: BaseControl, own: bool = False) -> list[str]:
    if own:
        return [*_words(control), *filter(None, [getattr(control, "identifier", None)])]
    return [words for each in walk(control) for words in _names(each, own=True)]


def _holds(outer: BaseControl, inner: BaseControl) -> bool:
    return any(each is inner for each in walk(outer))
