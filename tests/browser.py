"""A real Chromium driving the app like a person: read, tap, write, go back, look.

    ui = browser.open_page(main)          # a fixture of tests/e2e/conftest.py: `browser`
    ui.tap("Gem").sees("Gemt.")

The app runs in a thread of the test process; each page is its own Flet session. The app may ask no foreign address.
"""

import logging
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import flet as ft
import uvicorn
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect, sync_playwright
from playwright.sync_api import TimeoutError as TimeoutError_

from fieldapp.texts import ASSETS
from tests import chromium

Main = Callable[[ft.Page], Any]
ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-default-apps",
    "--mute-audio",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
#: The one address the stock client asks for even without CDN: flet-rive is compiled in. It is stopped like the others.
KNOWN = re.compile(r"^https://cdn\.jsdelivr\.net/npm/@rive-app/")
HOST = "flt-semantics-host"
#: Bytes: a picture of one colour is smaller.
BLANK = 12_000
#: Flutter opens its text connection a frame or two after the focus: keys before that are lost (design/flet.md 2).
BEFORE_TYPING = 150
#: The keys of a PIN are listened to once their page has slid in.
BEFORE_CODE = 500
STARTED = """() => {
  const nodes = [...document.querySelectorAll('flt-semantics-host *')];
  const words = nodes.map(e => (e.getAttribute('aria-label') || '') + (e.childElementCount ? '' : e.textContent));
  return words.join('').length > 3 && !words.join(' ').includes('Working');
}"""

#: Flutter says a text as a text, or as the name of the node around it.
SAID = """([words, there]) => {
  const nodes = [...document.querySelectorAll('flt-semantics-host *')];
  const said = nodes.map(e => [e.getAttribute('aria-label'), e.childElementCount ? '' : e.textContent].join('\\n'));
  return said.join('\\n').includes(words) === there;
}"""
SMALL = """least => [...document.querySelectorAll('flt-semantics[role=button]')].map(node => {
  const box = node.getBoundingClientRect();
  let cut = false;  // a list shows only a part of what lies at its edge
  for (let outer = node.parentElement; outer; outer = outer.parentElement) {
    const edge = outer.getBoundingClientRect();
    cut ||= edge.height > 200 && (Math.abs(edge.bottom - box.bottom) < 1 || Math.abs(edge.top - box.top) < 1);
    cut ||= edge.height > 200 && (box.top >= edge.bottom - 1 || box.bottom <= edge.top + 1);  // below or above it
  }
  const words = node.getAttribute('aria-label') || node.textContent;
  return !cut && (box.height < least - 0.5 || box.width < 44) ? `${words} ${box.width}x${box.height}` : null;
}).filter(Boolean)"""


class Server:
    """The app over HTTP on a free port of this machine. `main` may be changed between pages."""

    def __init__(self) -> None:
        self.main: Main | None = None
        app = ft.run(self._begin, export_asgi_app=True, no_cdn=True, assets_dir=str(ASSETS))
        sock = socket.socket()
        sock.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="critical", ws="websockets-sansio")
        self._server = uvicorn.Server(config)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(sock, ready), daemon=True)
        self._thread.start()
        assert ready.wait(20), "the app's server did not start"

    def _run(self, sock: socket.socket, ready: threading.Event) -> None:
        started = self._server.startup

        async def startup(sockets: list[socket.socket] | None = None) -> None:
            await started(sockets=sockets)
            ready.set()

        self._server.startup = startup  # type: ignore[method-assign]
        self._server.run(sockets=[sock])

    async def _begin(self, page: ft.Page) -> None:
        assert self.main is not None
        answer = self.main(page)
        if hasattr(answer, "__await__"):
            await answer

    def stop(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(5)


class UI:
    """One page. Things are found by their identifier, or by role and the words on them."""

    def __init__(self, page: Page, url: str, pictures: Path) -> None:
        self.page = page
        self.url = url
        self.pictures = pictures
        self.foreign: list[str] = []

    def open(self, route: str = "/") -> Self:
        self.page.goto(self.url + route, wait_until="commit")
        self.page.wait_for_selector("flt-semantics-placeholder", state="attached", timeout=60_000)
        # A person's click on the hidden button would land outside the window.
        self.page.evaluate("document.querySelector('flt-semantics-placeholder').click()")
        self.page.wait_for_function(STARTED, timeout=60_000)
        return self

    def find(self, name: str) -> Locator:
        """By identifier; else a button with these words, also among others; else any text."""
        found = self.page.locator(f'[flt-semantics-identifier="{name}"]')
        button = self.page.get_by_role("button", name=name)
        anything = self.page.locator(HOST).get_by_text(name)
        return found.or_(button).or_(anything).first

    def tap(self, name: str) -> Self:
        """A real click in the middle: it goes through Flutter's own hit test, as a finger does."""
        self.bring(name).click(force=True)
        return self

    def bring(self, name: str) -> Locator:
        """Scroll down until it is there: Flutter tells of nothing far below the screen."""
        place = self.find(name)
        for turn in range(30):
            try:
                place.wait_for(state="attached", timeout=600 if turn else 1500)
                break
            except TimeoutError_:
                self.scroll(400)
        place.wait_for(state="attached")
        return place

    def scroll(self, by: int) -> Self:
        size = self.page.viewport_size or {"width": 390, "height": 844}
        self.page.mouse.move(size["width"] * 0.6, size["height"] * 0.45)
        self.page.mouse.wheel(0, by)
        self.page.wait_for_timeout(300)
        return self

    def field(self, name: str) -> Locator:
        """By identifier, or by the label above it (a hint may follow it in the spoken name)."""
        by_id = self.page.locator(f'[flt-semantics-identifier="{name}"] :is(input, textarea)')
        by_label = self.page.get_by_role("textbox", name=re.compile(f"^{re.escape(name)}"))
        return by_id.or_(by_label).first

    def write(self, label: str, value: str) -> Self:
        self.focus(label).keys("Control+a", "Delete").type(value, delay=5)
        if not self.field(label).input_value():  # a cold client had no text connection yet: nothing arrived at all
            self.page.wait_for_timeout(600)
            if not self.field(label).input_value():
                self.focus(label).type(value, delay=5)
        expect(self.field(label)).to_have_value(value)
        return self

    def focus(self, label: str) -> Self:
        field = self.field(label)
        field.wait_for(state="attached")
        field.click(force=True)
        try:
            expect(field).to_be_focused(timeout=5_000)
        except AssertionError:  # a cold client: it was told where the field is before it was drawn there
            field.click(force=True)
            expect(field).to_be_focused()
        self.page.wait_for_timeout(BEFORE_TYPING)
        return self

    def keys(self, *keys: str) -> Self:
        """Press keys without a field: a PIN, or Control+a."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def code(self, digits: str) -> Self:
        """A PIN by keyboard, once its keys are on screen and listened to, and Enter."""
        self.find("key-1").wait_for(state="attached")
        self.page.wait_for_timeout(BEFORE_CODE)
        return self.keys(*digits, "Enter")

    def type(self, text: str, delay: int = 0) -> Self:
        """Type into the focused field, `delay` milliseconds a key."""
        self.page.keyboard.type(text, delay=delay)
        return self

    def until(self, holds: Callable[[], bool]) -> Self:
        """Wait for the app's own state, which follows the screen by a moment."""
        for _try in range(100):
            if holds():
                return self
            self.page.wait_for_timeout(50)
        raise AssertionError("it never came to hold")

    def sees(self, words: str) -> Self:
        self._wait(words, True)
        return self

    def sees_not(self, words: str) -> Self:
        self._wait(words, False)
        return self

    def _wait(self, words: str, there: bool) -> None:
        try:
            self.page.wait_for_function(SAID, arg=[words, there], timeout=10_000)
        except TimeoutError_:
            raise AssertionError(f"{'missing' if there else 'still there'}: {words!r}\n{self.spoken()}") from None

    def is_headed(self, words: str) -> Self:
        expect(self.page.get_by_role("heading", name=words).first).to_be_attached()
        return self

    def spoken(self) -> str:
        """What a screen reader meets, as a tree."""
        return self.page.locator(HOST).aria_snapshot()

    def small_targets(self, least: float = 56) -> list[str]:
        """Buttons lower than `least`, or narrower than 44, that are wholly on screen."""
        return list(self.page.evaluate(SMALL, least))

    def back(self) -> Self:
        self.page.go_back()
        return self

    def shot(self, name: str) -> Path:
        """A picture, once nothing moves any more and there is something to see."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        path = self.pictures / f"{name}.png"
        self.page.mouse.move(0, 0)  # nothing is pointed at
        before, now = b"", self.page.screenshot()
        for _try in range(20):
            if before == now and len(now) > BLANK:
                break
            self.page.wait_for_timeout(350)
            before, now = now, self.page.screenshot()
        path.write_bytes(now)
        return path


class Browser:
    """One Chromium and one server for a whole run."""

    def __init__(self, chromium_: Chromium, server: Server, pictures: Path) -> None:
        self._chromium = chromium_
        self.server = server
        self.pictures = pictures
        self._contexts: dict[tuple[Any, ...], BrowserContext] = {}
        self._open: list[UI] = []

    def open_page(
        self,
        main: Main,
        route: str = "/",
        *,
        width: int = 390,
        height: int = 844,
        dark: bool = False,
        text_scale: float = 1.0,
        sharp: int = 2,
    ) -> UI:
        """A page of this size, with the app `main` on it."""
        self.server.main = main
        page = self._context(width, height, dark, text_scale, sharp).new_page()
        ui = UI(page, self.server.url, self.pictures)

        def stop(route: Route) -> None:
            ui.foreign.append(route.request.url)
            route.abort()

        # Only foreign addresses go through here: taking every request through Python costs time.
        page.route(_is_foreign, stop)
        self._open.append(ui)
        return ui.open(route)

    def _context(self, width: int, height: int, dark: bool, text_scale: float, sharp: int) -> BrowserContext:
        key = (width, height, dark, text_scale, sharp)
        if key not in self._contexts:
            self._contexts[key] = self._chromium.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=sharp,
                color_scheme="dark" if dark else "light",
                locale="da-DK",
                timezone_id="Europe/Copenhagen",
            )
            if text_scale != 1:
                size = f"document.documentElement.style.fontSize='{16 * text_scale}px'"
                self._contexts[key].add_init_script(f"document.addEventListener('DOMContentLoaded',()=>{{{size}}})")
        return self._contexts[key]

    def close_pages(self) -> None:
        """After each test: nothing foreign was asked for."""
        foreign = [each for ui in self._open for each in ui.foreign if not KNOWN.match(each)]
        for ui in self._open:
            ui.page.close()
        self._open.clear()
        assert not foreign, f"the app asked for foreign addresses: {foreign}"

    def keep_evidence(self, name: str) -> None:
        """A picture and the spoken tree of each open page: called when a test failed."""
        for place, ui in enumerate(self._open):
            ui.shot(f"FAILED_{name}_{place}")
            (ui.pictures / f"FAILED_{name}_{place}.txt").write_text(ui.spoken())


def _is_foreign(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "blob:", "data:"))


@contextmanager
def running(pictures: Path) -> Iterator[Browser]:
    """The whole thing. Raises NoChromium when there is none on this machine."""
    path = chromium.find()
    if path is None:
        raise NoChromium("No Chromium on this machine: install one, or name one in $CHROMIUM.")
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # a page closed in mid-send is no news
    expect.set_options(timeout=20_000)  # a busy machine, not a slow app
    server = Server()
    try:
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=path, headless=True, args=ARGS)
            yield Browser(started, server, pictures)
            started.close()
    finally:
        server.stop()


class NoChromium(Exception):
    """The browser tests cannot run here."""
