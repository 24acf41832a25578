"""The eight life dimensions on screen: their icons, and the wheel that shows what the citizen chose."""

from collections.abc import Collection

import flet as ft

from fieldapp.domain.values import Dimension
from fieldapp.views.drawings import wheel
from fieldapp.words import word

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


def icon_of(dimension: str) -> ft.IconData:
    return ICONS.get(dimension, UNKNOWN)


def named() -> list[tuple[str, str]]:
    """(code, words) in the manual's order: for chips."""
    return [(code.value, word(Dimension, code)) for code in Dimension]


def chosen_wheel(chosen: Collection[str]) -> ft.Control:
    return wheel([(_broken(words), ICONS[code], code in chosen) for code, words in named()])


def _broken(words: str) -> str:
    """Two words stand under each other beside the wheel."""
    return words.replace(" ", "\n") if words.count(" ") == 1 else words
