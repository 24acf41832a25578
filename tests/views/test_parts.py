"""What the pieces promise: named once for a screen reader, closed without a call, columns at large text."""

from collections.abc import Iterator
from typing import Any

import flet as ft
import flet.canvas as cv
import pytest

from fieldapp.domain.values import Dimension
from fieldapp.views import notices, theme
from fieldapp.views.bars import act_bar, bottom_bar, page, tabs
from fieldapp.views.cards import note, person_head, quote_card
from fieldapp.views.drawings import Part, thread, wheel
from fieldapp.views.parts import act, button, heading, icon_button, icon_disc, initial, link, text
from fieldapp.views.rows import beside, chip, choice, group, pair, row
from tests.fake_client import walk


def nothing() -> None: ...


def kinds(root: object, kind: type[Any]) -> Iterator[Any]:
    return (each for each in walk(root) if isinstance(each, kind))


def tapped(root: object) -> list[ft.Container]:
    return [each for each in kinds(root, ft.Container) if each.on_click]


PIECES = {
    "button": lambda: button("Gem", nothing, ft.Icons.CHECK),
    "act": lambda: act("Sms", ft.Icons.SMS_OUTLINED, nothing, who="Åse"),
    "icon button": lambda: icon_button(ft.Icons.ARROW_BACK, "Tilbage", nothing),
    "chip": lambda: chip("Hjemme", nothing, chosen=True),
    "chip without words": lambda: chip("", nothing, icon_name=ft.Icons.MORE_HORIZ, say="Flere"),
    "bottom bar": lambda: bottom_bar("today", lambda route: None, note=nothing, hide=nothing),
    "act bar": lambda: act_bar(button("Gem", nothing, expand=True), back=nothing, hide=nothing),
    "tabs": lambda: tabs([("a", "Overblik"), ("b", "Mål")], "a", lambda value: None),
    "row": lambda: group([row("Åse", "Bad om ro.", "19 dage siden", call=nothing, identifier="row")]),
}


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("piece", PIECES, ids=str)
def test_everything_that_can_be_tapped_is_a_button_to_a_screen_reader(piece: str, scale: float) -> None:
    theme.use_text_scale(scale)
    drawn = PIECES[piece]()
    buttons = [each for each in kinds(drawn, ft.Semantics) if each.button]
    assert {id(each.content) for each in buttons} == {id(each) for each in tapped(drawn)} != set()


@pytest.mark.parametrize("piece", PIECES, ids=str)
def test_a_button_is_named_by_its_words_or_its_label_and_never_twice(piece: str) -> None:
    for each in kinds(PIECES[piece](), ft.Semantics):
        if each.button:
            said = [words.semantics_label or words.value for words in kinds(each.content, ft.Text)]
            said += [mark.semantics_label for mark in kinds(each.content, ft.Icon) if mark.semantics_label]
            assert bool(each.label) != bool("".join(said))


def test_a_row_s_act_says_whom_it_is_for() -> None:
    drawn = act("Sms", ft.Icons.SMS_OUTLINED, nothing, who="Åse")
    assert [each.semantics_label for each in kinds(drawn, ft.Text)] == ["Sms: Åse"]


def test_a_button_without_a_call_is_closed_with_a_lock() -> None:
    closed = button("Afslut sammen", None, ft.Icons.CHECK)
    assert tapped(closed) == []
    assert [each.icon for each in kinds(closed, ft.Icon)] == [ft.Icons.LOCK_OUTLINE]


def test_a_chosen_chip_is_told_by_tick_weight_and_state_never_by_colour_alone() -> None:
    for chosen in (True, False):
        drawn = chip("Hjemme", nothing, chosen=chosen)
        assert next(kinds(drawn, ft.Semantics)).selected is chosen
        assert [each.icon for each in kinds(drawn, ft.Icon)] == ([ft.Icons.CHECK] if chosen else [])
        weight = next(kinds(drawn, ft.Text)).style.weight
        assert weight == theme.WEIGHTS[600 if chosen else 500]


async def test_a_choice_answers_with_the_value_tapped() -> None:
    answers: list[str] = []
    drawn = choice([("home", "Hjemme"), ("street", "Gaden")], {"home"}, answers.append, name="place")
    assert [each.identifier for each in kinds(drawn, ft.Semantics)] == ["place-home", "place-street"]
    await tapped(drawn)[1].on_click(None)  # type: ignore[misc, arg-type]
    assert answers == ["street"]


def test_with_large_text_a_row_is_a_column_and_its_act_fills_the_width() -> None:
    def drawn() -> ft.Container:
        return row("Åse", "Bad om ro.", side=act("Sms", ft.Icons.SMS_OUTLINED, nothing), call=nothing)

    assert isinstance(drawn().content, ft.Row)
    theme.use_text_scale(2.0)
    assert isinstance(drawn().content, ft.Column)
    assert tapped(drawn().content)[0].width is None
    assert isinstance(pair(text("a"), text("b")), ft.Column)


def test_no_piece_puts_text_in_a_fixed_height_or_cuts_it() -> None:
    theme.use_text_scale(2.0)
    for drawn in (PIECES[name]() for name in ("button", "act", "chip", "row", "tabs")):
        for box in kinds(drawn, ft.Container):
            assert box.height is None or not list(kinds(box, ft.Text))
        for words in kinds(drawn, ft.Text):
            assert words.max_lines is None and words.overflow in (None, ft.TextOverflow.CLIP)


def test_two_acts_in_a_bar_are_equally_high_whatever_their_words() -> None:
    two = [button("Nej tak", nothing, expand=True), button("Ja, jeg vil gerne", nothing, expand=True)]
    bar = act_bar(*two, back=nothing, hide=nothing)
    held = next(row for row in kinds(bar, ft.Row) if row.controls == two)
    assert held.intrinsic_height and held.vertical_alignment == ft.CrossAxisAlignment.STRETCH and held.expand


def _least_height(drawn: ft.Container) -> float:
    """Of its padding, border and tallest piece, in dp: where things stand beside each other."""
    assert isinstance(drawn.padding, ft.Padding)
    words = [each.style.size * each.style.height for each in kinds(drawn, ft.Text)]
    icons = [each.size for each in kinds(drawn, ft.Icon)]
    edge = drawn.border.top.width * 2 if isinstance(drawn.border, ft.Border) else 0
    return drawn.padding.top + drawn.padding.bottom + max(words + icons) + edge


def test_whatever_is_tapped_is_high_enough_for_a_glove() -> None:
    beside_each_other = [
        tabs([("a", "Overblik"), ("b", "Mål")], "a", lambda value: None),
        button("Vis 3 mere", nothing, None, small=True),
        button("Tilføj", nothing, ft.Icons.ADD, small=True),
        button("Gem", nothing),
        chip("Hjemme", nothing),
        link("Ret", nothing),
    ]
    heights = [_least_height(each) for drawn in beside_each_other for each in tapped(drawn)]
    assert min(heights) >= theme.TARGET, heights


def test_a_disc_is_never_stretched_when_it_stands_above_its_words() -> None:
    for scale in (1.0, 2.0):
        theme.use_text_scale(scale)
        disc = icon_disc(ft.Icons.GROUP_OUTLINED)
        assert any(disc in row.controls for row in kinds(beside(disc, text("Haveforeningen")), ft.Row))


def test_what_is_said_once_lies_above_the_acts_and_when_wide_in_the_pane() -> None:
    assert notices.margin(390).left == notices.margin(390).right == theme.M
    for width in (900, 1280, 1920):
        around = notices.margin(width)
        middle = (theme.RAIL + theme.LIST + width) / 2
        assert theme.RAIL + theme.LIST < around.left < middle < width - around.right < width
        assert around.bottom >= notices.margin(390).bottom


def test_a_row_of_two_has_big_outer_and_small_inner_corners() -> None:
    first, last = tapped(group([row("Åse", call=nothing), row("Bo", call=nothing)]))
    assert isinstance(first.border_radius, ft.BorderRadius) and isinstance(last.border_radius, ft.BorderRadius)
    assert (first.border_radius.top_left, first.border_radius.bottom_left) == (theme.ROW, theme.IN_GROUP)
    assert (last.border_radius.top_left, last.border_radius.bottom_left) == (theme.IN_GROUP, theme.ROW)


def test_a_heading_keeps_to_itself() -> None:
    drawn = heading("I dag")
    assert isinstance(drawn, ft.Semantics) and drawn.header and drawn.container and drawn.heading_level == 1


def test_a_persons_colour_is_the_ids_and_not_the_names() -> None:
    assert initial("5", "Åse").bgcolor == initial("5", "Bo", 60).bgcolor
    assert len({str(initial(str(number), "Åse").bgcolor) for number in range(40)}) == 5


def test_met_is_a_filled_bead_and_reached_out_a_ring_in_the_same_ink() -> None:
    canvas = next(kinds(thread("maa"), cv.Canvas))
    inks = [shape.paint for shape in canvas.shapes if isinstance(shape, cv.Circle)]
    outer = [paint for paint in inks if paint.color == ft.Colors.PRIMARY]
    assert [paint.style == ft.PaintingStyle.STROKE for paint in outer] == [False, True, True]
    assert "forsøg" not in str(next(kinds(thread("aaa"), ft.Semantics)).label)


def test_the_wheel_has_eight_equal_arcs_whatever_was_chosen() -> None:
    mark, tapped = ft.Icons.HOME_OUTLINED, list[str]()
    parts = [
        Part(code, code.value, mark, number == 2, f"{code}: et mål", lambda code=code: tapped.append(code), number == 4)
        for number, code in enumerate(Dimension)
    ]
    drawn = wheel(parts, "Valgt: fysisk helbred.", "valgt")
    arcs = next(kinds(drawn, cv.Canvas)).shapes
    assert len(arcs) == 8 and len({round(arc.sweep_angle, 6) for arc in arcs}) == 1
    said = [each.label for each in kinds(drawn, ft.Semantics) if each.label]
    assert said == ["Valgt: fysisk helbred.", *(f"{code}: et mål" for code in Dimension)], "each sector is read out"
    widths = {arc.paint.stroke_width for arc in arcs}
    assert len(widths) == 3, "what is on is thicker than what only came up, and that than the rest: never colour alone"
    theme.use_text_scale(2.0)
    large = wheel(parts, "Valgt: fysisk helbred.", "valgt")
    assert {"Valgt: fysisk helbred.", "housing: et mål"} <= {each.label for each in kinds(large, ft.Semantics)}
    assert "physical_health" not in [each.value for each in kinds(large, ft.Text)], "the names stand in the list below"


def test_the_citizens_words_stand_on_heather_in_quotes() -> None:
    drawn = quote_card("Med egne ord", [("Ønsker", "Et bord", "12. oktober")])
    assert isinstance(drawn, ft.Container) and drawn.bgcolor == ft.Colors.TERTIARY_CONTAINER
    assert "“Et bord”" in [each.value for each in kinds(drawn, ft.Text)]


def test_an_error_is_said_as_it_appears() -> None:
    assert next(kinds(note("Koden er forkert.", ft.Icons.REPLAY, "clay", live=True), ft.Semantics)).live_region


def test_hide_is_on_every_bar_and_only_on_the_rail_when_wide() -> None:
    def names(drawn: ft.Control) -> list[str]:
        return [each.identifier for each in kinds(drawn, ft.Semantics) if each.identifier]

    bars = [PIECES["bottom bar"], PIECES["act bar"]]
    assert all("hide" in names(bar()) for bar in bars)
    theme.use_width(1280)
    assert not any("hide" in names(bar()) for bar in bars)


def test_a_page_is_never_wider_than_one_reads_with_ease() -> None:
    held = [
        each.width for each in kinds(page([text("a")], act_bar(back=nothing, hide=nothing)), ft.Container) if each.width
    ]
    assert held and max(held) <= theme.NARROW


@pytest.mark.parametrize(("scale", "where"), [(1.0, "CENTER"), (2.0, "START")])
def test_with_large_text_the_disc_stands_beside_the_name(scale: float, where: str) -> None:
    theme.use_text_scale(scale)
    head = person_head("id", "Åse", "Vælg metode sammen")
    assert isinstance(head, ft.Row) and head.vertical_alignment == ft.CrossAxisAlignment[where]
