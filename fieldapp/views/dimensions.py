"""The eight life dimensions on screen: their icons, the wheel of what was chosen, and of what is worked with."""

from collections.abc import Callable, Collection, Sequence

import flet as ft

from fieldapp.domain.values import Dimension
from fieldapp.domain.wheel import Period, Sector, Sign
from fieldapp.texts import _, ngettext, pgettext
from fieldapp.views.days import capital
from fieldapp.views.drawings import Part, wheel
from fieldapp.views.parts import MUTED, icon_disc, text
from fieldapp.views.rows import chip, chips, group, row
from fieldapp.words import P_, word

ICONS: dict[str, ft.IconData] = {
    Dimension.HOUSING: ft.Icons.HOME_OUTLINED,
    Dimension.MENTAL_HEALTH: ft.Icons.SELF_IMPROVEMENT,
    Dimension.PHYSICAL_HEALTH: ft.Icons.MONITOR_HEART_OUTLINED,
    Dimension.FINANCES: ft.Icons.SAVINGS_OUTLINED,
    Dimension.DAILY_ACTIVITIES: ft.Icons.LIGHT_MODE_OUTLINED,
    Dimension.NETWORK_RELATIONS: ft.Icons.DIVERSITY_3_OUTLINED,
    Dimension.SUBSTANCES: ft.Icons.WATER_DROP_OUTLINED,
    Dimension.EDUCATION_WORK: ft.Icons.SCHOOL_OUTLINED,
}
UNKNOWN = ft.Icons.CATEGORY_OUTLINED
_SIGNS = {
    Sign.CHOSEN: P_("wheel", "chosen"),
    Sign.GOAL: P_("wheel", "a goal"),
    Sign.TALKED: P_("wheel", "talked about"),
    Sign.FORWARD: P_("wheel", "small steps forward"),
}


def icon_of(dimension: str) -> ft.IconData:
    return ICONS.get(dimension, UNKNOWN)


def named() -> list[tuple[str, str]]:
    """(code, words) in the manual's order: for chips."""
    return [(code.value, word(Dimension, code)) for code in Dimension]


def choosing_wheel(chosen: Collection[str], choose: Callable[[str], object]) -> ft.Control:
    """Each sector is tapped to choose it or not."""

    def part(code: str, words: str) -> Part:
        return Part(code, _broken(words), ICONS[code], code in chosen, words, lambda: choose(code))

    names = ", ".join(words for code, words in named() if code in chosen) or "–"
    said = _("The eight life dimensions. Chosen: {names}.", names=names)
    return wheel([part(*each) for each in named()], said, ngettext("chosen", "chosen", len(chosen)), str(len(chosen)))


def dimension_chips(chosen: Collection[str], choose: Callable[[str], object], of: Collection[str] = ()) -> ft.Control:
    """The same as words, for large text, or some of them (`of`)."""

    def one(code: str, words: str) -> ft.Control:
        on, name = code in chosen, f"dimension-{code}"
        return chip(words, lambda: choose(code), chosen=on, icon_name=ICONS[code], identifier=name)

    return chips(*(one(*each) for each in named() if not of or each[0] in of))


def worked_wheel(sectors: Sequence[Sector], period: str, open_one: Callable[[str], object]) -> ft.Control:
    """What is worked with, or was; a tap opens the page of one of them."""

    def part(sector: Sector) -> Part:
        words = word(Dimension, sector.dimension)
        say = f"{words}: {signs_of(sector)}" if sector.signs else words
        on, light = _is_worked_with(sector), bool(sector.signs) and not _is_worked_with(sector)
        code = sector.dimension
        return Part(code, _broken(words), ICONS[code], on, say, lambda: open_one(code.value), light)

    names = ", ".join(word(Dimension, each.dimension) for each in sectors if _is_worked_with(each)) or "–"
    if period == Period.LAST_YEAR:
        said = _("The eight life dimensions. Worked with in the last year: {names}.", names=names)
    else:
        said = _("The eight life dimensions. Worked with now: {names}.", names=names)
    middle = pgettext("wheel", "this year") if period == Period.LAST_YEAR else pgettext("wheel", "now")
    return wheel([part(each) for each in sectors], said, middle)


def _is_worked_with(sector: Sector) -> bool:
    """Chosen, or with a goal; of the rest one has talked, or something went forward by itself."""
    return Sign.CHOSEN in sector.signs or Sign.GOAL in sector.signs


def worked_list(sectors: Sequence[Sector], open_one: Callable[[str], object]) -> list[ft.Control]:
    """Those that are worked with, and by what one sees it; what else came up in one line: the wheel in words."""

    def one(each: Sector) -> ft.Container:
        code = each.dimension
        return row(
            word(Dimension, code),
            capital(signs_of(each)),
            lead=icon_disc(ICONS[code], "pine"),
            call=lambda: open_one(code.value),
            identifier=f"worked-{code}",
        )

    rows = [one(each) for each in sectors if _is_worked_with(each)]
    touched = [word(Dimension, each.dimension) for each in sectors if each.signs and not _is_worked_with(each)]
    also = [text(_("Came up too: {names}", names=", ".join(touched)), "meta", MUTED)] if touched else []
    return [*([group(rows)] if rows else []), *also]


def signs_of(sector: Sector) -> str:
    """Valgt · et mål · talt om · små skridt fremad"""
    return " · ".join(pgettext(*_SIGNS[sign]) for sign in sector.signs)


def _broken(words: str) -> str:
    """Two words stand under each other beside the wheel."""
    return words.replace(" ", "\n") if words.count(" ") == 1 else words
