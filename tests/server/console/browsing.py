"""The console in a real Chromium: a page of a size, in light or dark, signed in by a link."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.exchange import InProcessServer
from tests import chromium
from tests.browser import ARGS, NoChromium
from tests.server.http import listening_as

ID = re.compile(r"[0-9a-f-]{36}|[0-9]{4}-W[0-9]{2}")


@dataclass(frozen=True)
class Size:
    name: str
    width: int
    height: int
    dark: bool = False


SIZES = (
    Size("phone", 390, 844),
    Size("desktop", 1280, 900),
    Size("phone_dark", 390, 844, dark=True),
    Size("desktop_dark", 1280, 900, dark=True),
)


@contextmanager
def running() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        raise NoChromium("No Chromium on this machine: install one, or name one in $CHROMIUM.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, headless=True, args=ARGS)
        yield started
        started.close()


@contextmanager
def console(server: InProcessServer) -> Iterator[str]:
    """The console's address, as a browser types it."""
    with listening_as(lambda address: create_app(server, ConsoleSettings(address))) as address:
        yield f"{address}/console"


@contextmanager
def opened(browser: Browser, address: str, size: Size) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size.width, "height": size.height},
        color_scheme="dark" if size.dark else "light",
        locale="da-DK",
    )
    yield context.new_page()
    context.close()


def sign_in(page: Page, address: str, office: Office, worker: str) -> None:
    page.goto(f"{address}/in/{office.login_link(worker)}")
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"{address}/")


def walk(page: Page, address: str) -> Iterator[str]:
    """Every sort of page that a link leads to from the first, each seen once; the name of each."""
    ahead, seen = ["/"], set[str]()
    while ahead:
        path = ahead.pop(0)
        sort = ID.sub("x", path)
        if sort in seen:
            continue
        seen.add(sort)
        page.goto(address + path)
        yield sort.strip("/").replace("/", "_").replace("?", "_").replace("=", "_") or "overview"
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href.split('#')[0])")
        ahead += [link.removeprefix(address) for link in links if link.startswith(f"{address}/")]
