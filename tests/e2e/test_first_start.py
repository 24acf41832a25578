"""The first day in a real browser: code, own code, today; lock, clock and back to the same page."""

from pathlib import Path

import pytest

from fieldapp import errors
from fieldapp.views.root import root
from tests.browser import Browser
from tests.desks import seed
from tests.gates import Door

pytestmark = pytest.mark.browser


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path / "vault")


def test_from_the_leaders_code_to_the_first_page(browser: Browser, door: Door) -> None:
    door.begin("new", seed=lambda desk: seed(desk, "Åse", met=(19,)))
    ui = browser.open_page(lambda page: root(page, door))
    ui.is_headed("Velkommen")
    ui.write("Adresse", "https://vedhold.example.dk")
    ui.write("Kode", "AB12-ØÆÅ9")
    door.refuses = errors.CodeRefused("wrong")
    ui.tap("enrol").sees("Se efter 0 og O, 1 og I.")
    ui.tap("enrol").sees("Vælg en kode på mindst 6 tal")
    assert door.asked[-1] == "enrol https://vedhold.example.dk AB12-ØÆÅ9"
    for digit in "123456":
        ui.tap(f"key-{digit}")
    ui.tap("key-tick").sees("Skriv den én gang til")
    for digit in "123456":
        ui.tap(f"key-{digit}")
    ui.tap("key-tick").is_headed("I dag").sees("Åse")


def test_a_wrong_code_then_the_right_one_by_keyboard(browser: Browser, door: Door) -> None:
    ui = browser.open_page(lambda page: root(page, door))
    ui.sees("Indtast din kode").code("111111").sees("Koden er forkert. Prøv igen.")
    ui.code("123456").is_headed("I dag")


def test_hide_now_and_back_to_the_same_page(browser: Browser, door: Door) -> None:
    door.begin("open", seed=lambda desk: seed(desk, "Åse", met=(19,)))
    ui = browser.open_page(lambda page: root(page, door))
    ui.sees("Åse").tap("go-more").tap("more-settings").is_headed("Indstillinger")
    ui.tap("hide").sees_not("Indstillinger")
    assert door.state == "locked"
    ui.tap("cover").sees("Indtast din kode").code("123456").is_headed("Indstillinger")


def test_the_browsers_back_leads_to_the_list(browser: Browser, door: Door) -> None:
    door.begin("open")
    ui = browser.open_page(lambda page: root(page, door))
    ui.tap("go-more").tap("more-sync").is_headed("Gemt og sendt")
    ui.back().is_headed("Mere")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_that_can_be_tapped_is_big_enough_for_a_glove(browser: Browser, door: Door, scale: float) -> None:
    door.begin("open", seed=lambda desk: [seed(desk, name, met=(19,), tried=(3,)) for name in ("Åse", "Bo")])
    ui = browser.open_page(lambda page: root(page, door), width=360, height=640, text_scale=scale)
    ui.sees("I dag")
    small = {"today": ui.small_targets()}
    for name in ("go-citizens", "go-more", "more-settings"):
        ui.tap(name)
        ui.page.wait_for_timeout(600)
        small[name] = ui.small_targets()
    assert {name: found for name, found in small.items() if found} == {}
