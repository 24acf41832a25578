"""The look's promises, measured: contrast after WCAG 2, every role in both themes."""

import flet as ft
import pytest

from fieldapp.texts import ASSETS
from fieldapp.views import theme
from fieldapp.views.parts import text

#: (ink, ground, what it needs): 7 where a list is read in the street, 4.5 for other text, 3 for an edge.
PAIRS = [
    ("on_surface", "surface", 7),
    ("on_surface", "surface_container_lowest", 7),
    ("on_surface", "surface_container_low", 7),
    ("on_surface", "surface_container", 7),
    ("on_surface", "surface_container_high", 7),
    ("on_surface", "surface_container_highest", 7),
    ("on_surface_variant", "surface", 7),
    ("on_surface_variant", "surface_container_lowest", 7),
    ("on_surface_variant", "surface_container_low", 7),
    ("on_surface_variant", "surface_container", 7),
    ("on_surface_variant", "surface_container_high", 4.5),
    ("primary", "surface", 4.5),
    ("primary", "surface_container_low", 4.5),
    ("primary", "surface_container", 4.5),
    ("primary", "surface_container_lowest", 7),
    ("on_primary", "primary", 7),
    ("on_primary_container", "primary_container", 7),
    ("primary", "primary_container", 4.5),
    ("on_secondary_container", "secondary_container", 7),
    ("secondary", "surface_container_lowest", 4.5),
    ("on_tertiary_container", "tertiary_container", 7),
    ("tertiary", "surface_container_lowest", 4.5),
    ("tertiary", "tertiary_container", 4.5),
    ("error", "surface", 4.5),
    ("error", "surface_container_lowest", 4.5),
    ("on_error_container", "error_container", 7),
    ("error", "error_container", 4.5),
    ("on_secondary_fixed", "secondary_fixed", 7),
    ("secondary_fixed_dim", "secondary_fixed", 4.5),
    ("secondary_fixed_dim", "surface_container_lowest", 4.5),
    ("on_inverse_surface", "inverse_surface", 7),
    ("inverse_primary", "inverse_surface", 4.5),
    ("outline", "surface", 3),
    ("outline", "surface_container_low", 3),
    ("outline", "surface_container_lowest", 3),
]


def light_of(color: str) -> float:
    """Relative luminance (WCAG 2)."""

    def channel(at: int) -> float:
        part = int(color[at : at + 2], 16) / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)


def contrast(one: str, other: str) -> float:
    high, low = sorted((light_of(one), light_of(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "needs"), PAIRS, ids=lambda each: str(each))
def test_every_ink_can_be_read_on_its_ground(colors: dict[str, str], ink: str, ground: str, needs: float) -> None:
    assert contrast(colors[ink], colors[ground]) >= needs


def test_both_themes_have_the_same_roles_and_none_is_left_to_flet() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()
    scheme = theme.light().color_scheme
    assert scheme is not None
    used = {role for role in theme.LIGHT if getattr(scheme, role) == theme.LIGHT[role]}
    assert used == theme.LIGHT.keys()


def test_bars_stop_growing_with_the_text_and_reading_text_does_not() -> None:
    theme.use_text_scale(2.0)
    assert theme.text_style("small", cap=1.15).size == pytest.approx(13 * 1.15 / 2)
    assert theme.text_style("body").size == 16
    assert theme.is_large()


def test_with_large_text_a_long_word_is_made_to_fit_and_others_keep_their_size() -> None:
    words = "Ni måneder og en kontaktskabelsesperiode før dem."
    assert theme.whole_words(words, "body") is None, "as it is"
    theme.use_text_scale(2.0)
    theme.use_width(360)
    fits = theme.whole_words(words, "body")
    assert fits is not None and 1 < fits < 2
    assert len("kontaktskabelsesperiode") * 16 * fits * theme.LETTER < 360 - 4 * theme.PAGE, "inside a card"
    assert text(words).style.size == pytest.approx(16 * fits / 2)
    assert text(words, cap=1.1).style.size == pytest.approx(16 * 1.1 / 2), "a bar's own limit stands"
    assert text("Støtten fortsætter.").style.size == 16
    assert theme.whole_words("Ræk-ud-aftalerne-for-den-her-uge", "body") is None, "it breaks at its hyphens"


def test_the_font_is_shipped_with_its_licences() -> None:
    assert all((ASSETS / path.lstrip("/")).exists() for path in theme.FONTS.values())
    licences = {each.name for each in (ASSETS / "fonts").glob("OFL-*.txt")}
    assert licences == {"OFL-AtkinsonHyperlegibleNext.txt", "OFL-Figtree.txt"}
    assert theme.light().font_family == theme.FONT
    assert isinstance(theme.dark(), ft.Theme)
