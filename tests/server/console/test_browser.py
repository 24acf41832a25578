"""The console as somebody sees it: on a phone and a desktop, by light and by night, and with the keyboard alone."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from tests.browser import NoChromium
from tests.server.console.browsing import SIZES, Size, console, opened, running, sign_in, walk
from tests.server.console.conftest import Town
from tests.server.people import Clock, Phone, an_add

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with running() as browser:
            yield browser
    except NoChromium as none:
        if os.environ.get("CI"):
            pytest.fail(str(none))
        pytest.skip(str(none))


@pytest.fixture
def address(server: InProcessServer) -> Iterator[str]:
    with console(server) as address:
        yield address


def is_accessible(page: Page, name: str) -> None:
    """No violation of axe-core's rules (WCAG 2 A and AA, and its best practices); nothing wider than the screen."""
    found = Axe().run(page).response["violations"]
    assert [(name, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        f"{name} is wider than the screen"
    )


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_every_page_can_be_used_by_everybody(
    browser: Browser, address: str, office: Office, birgit: str, freja: Phone, town: Town, clock: Clock, size: Size
) -> None:
    assert freja.send_one(an_add("access", town.citizens[1], {"opened_at": clock().isoformat()})) == "waits"
    assert freja.send_one(an_add("access", town.citizens[0], {"opened_at": clock().isoformat()})) == "ok"
    clock.advance(days=7)
    with opened(browser, address, size) as page:
        page.goto(f"{address}/sign-in")
        is_accessible(page, "sign_in")
        sign_in(page, address, office, birgit)
        names = []
        for name in walk(page, address):
            is_accessible(page, name)
            names.append(name)
        assert {"overview", "people", "codes", "devices", "assignments", "waiting", "doubles", "sample", "erase"} <= {
            *names
        }
        looked(page, address)
        is_accessible(page, "looked")
        page.goto(f"{address}/codes")
        page.get_by_label("Til hvem?").select_option(label="Freja Opfundet")
        page.get_by_role("button", name="Lav en kode").click()
        expect(page.get_by_role("img")).to_be_visible()
        is_accessible(page, "code")
        page.goto(f"{address}/devices")
        page.get_by_role("button", name="Sig ja").evaluate("button => button.form.noValidate = true")
        page.get_by_role("button", name="Sig ja").click()
        expect(page.get_by_role("alert")).to_be_visible()
        is_accessible(page, "wrong")
        for content, name in (
            ("nummer;kaldenavn;medarbejder\nB-1;Bo;Freja Opfundet\n", "list"),
            ("x;y\n1;2\n", "faults"),
        ):
            page.goto(f"{address}/lists")
            file: FilePayload = {"name": "opdigtet.csv", "mimeType": "text/csv", "buffer": content.encode()}
            page.get_by_label("Fil med borgere").set_input_files(file)
            page.get_by_role("button", name="Prøv listen").click()
            is_accessible(page, name)
        page.goto(f"{address}/nowhere")
        is_accessible(page, "nowhere")


def looked(page: Page, address: str) -> None:
    page.goto(f"{address}/doubles")
    page.get_by_label("Hvorfor ser du efter?").select_option(label="Se, om to er den samme")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("button", name="De er to")).to_be_visible()


def test_a_worker_is_added_with_the_keyboard_alone(browser: Browser, address: str, office: Office, birgit: str) -> None:
    with opened(browser, address, SIZES[1]) as page:
        sign_in(page, address, office, birgit)
        page.goto(f"{address}/people")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Spring til indholdet")).to_be_focused()
        expect(page.get_by_role("link", name="Spring til indholdet")).to_be_in_viewport()
        page.keyboard.press("Enter")
        field = page.locator("#worker-name")
        for _step in range(20):
            page.keyboard.press("Tab")
            if field.evaluate("field => field === document.activeElement"):
                break
        outline = field.evaluate("field => getComputedStyle(field).outlineStyle")
        assert outline == "solid", "nobody sees where the keyboard is"
        page.keyboard.type("Åse Opfundet")
        page.keyboard.press("Tab")
        page.keyboard.type("CTI-medarbejder")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Medarbejderen er oprettet")
    assert [one.job for one in office.workers() if one.name == "Åse Opfundet"] == ["CTI-medarbejder"]
