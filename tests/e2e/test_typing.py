"""No letter is lost while the page around a field is drawn again at every key (design/flet.md 4.1)."""

from dataclasses import dataclass

import flet as ft
import pytest

from fieldapp.views.field import Field
from fieldapp.views.parts import column
from tests.browser import Browser

TEXT = "Det var en aften i november, og borgeren boede ved havnen i Aarhus nu!"
ROUNDS = 10
pytestmark = pytest.mark.browser


@dataclass
class Form:
    words: str = ""


@ft.component
def SixtyRows(form: Form, drawn: list[int]) -> ft.Control:
    count, set_count = ft.use_state(0)
    drawn.append(count)
    rows: list[ft.Control] = [ft.ListTile(title=ft.Text(f"{row} {count}")) for row in range(60)]

    def again() -> None:
        set_count(lambda before: before + 1)

    return column(
        Field(form, "words", "Borgerens ord", voice="citizen", identifier="words", changed=again),
        ft.Column(rows, scroll=ft.ScrollMode.AUTO, height=300),
    )


def test_seventy_letters_typed_while_sixty_rows_are_drawn_again_are_all_there_ten_times(browser: Browser) -> None:
    assert len(TEXT) == 70
    form, drawn = Form(), list[int]()
    ui = browser.open_page(lambda page: page.render(SixtyRows, form, drawn))
    for turn in range(ROUNDS):
        ui.focus("words").keys("Control+a", "Delete")
        ui.until(lambda: form.words == "")
        ui.type(TEXT, delay=turn % 2 * 30)
        ui.until(lambda: form.words == TEXT)
        assert ui.field("words").input_value() == TEXT
    assert len(drawn) > 10 * ROUNDS, "the rows were hardly drawn again: the test shows nothing"
