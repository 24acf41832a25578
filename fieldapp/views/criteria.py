"""For whom each method is, side by side, in the sources' words (000 §1.2, §4.3.2, §4.4.2, §4.5.2; 001). No score."""

from collections.abc import Sequence

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card
from fieldapp.views.parts import MUTED, C, column, line, space, text
from fieldapp.words import P_, named

Words = tuple[str, str]
#: Title, then CTI, ICM and ACT (D1-D6).
CRITERIA: tuple[tuple[Words, Words, Words, Words], ...] = (
    (
        P_("criterion", "Can use the support there is"),
        P_("criterion", "To a considerable degree, to a higher degree"),
        P_("criterion", "Only to some degree: can only to some degree use and seek out support and treatment"),
        P_("criterion", "Only to a very limited degree, or not at all"),
    ),
    (
        P_("criterion", "Mental illness"),
        P_("criterion", "Lighter or moderate"),
        P_("criterion", "Typically moderate"),
        P_("criterion", "Mental illness, also severe, and massive psychosocial difficulties"),
    ),
    (
        P_("criterion", "Use of substances"),
        P_("criterion", "Lighter or moderate use"),
        P_("criterion", "Moderate problems"),
        P_("criterion", "Severe problems"),
    ),
    (
        P_("criterion", "How long"),
        P_("criterion", "A critical transition. Are nine months enough?"),
        P_("criterion", "A longer period"),
        P_("criterion", "Long, lasting and intensive"),
    ),
    (
        P_("criterion", "Comes from"),
        P_(
            "criterion",
            "The street, a stay with family or friends, treatment, a § 110 shelter or prison; discharge from hospital "
            "or treatment; young people from care to adult life; an unstable home on the way to a more stable one",
        ),
        P_(
            "criterion",
            "A § 110 shelter, the street, family or friends; discharge after a longer stay in hospital or treatment; "
            "in danger of losing the home; young people who were placed in care",
        ),
        P_(
            "criterion",
            "A § 110 shelter, the street, family or friends; discharge after a longer stay in hospital or treatment; "
            "already has a home and is in danger of losing it",
        ),
    ),
    (
        P_("criterion", "Also"),
        P_("criterion", "Needs help to build and keep the contact to offers for a shorter time"),
        P_("criterion", "Needs coordination for a longer time, and more than ordinary § 85 support holds"),
        P_(
            "criterion",
            "Has negative experience of the established systems of help, and difficulty with social relations and "
            "communities; needs specialised help that the team itself brings",
        ),
    ),
)


def side_by_side() -> list[ft.Control]:
    """One card for each: three columns on a wide screen, else under each other."""
    return [each for criterion in CRITERIA for each in (_criterion(*criterion), space(theme.S))]


def _criterion(title: Words, *cells: Words) -> ft.Control:
    names = (_("CTI"), _("ICM"), _("ACT"))
    told = [_cell(name, named(words)) for name, words in zip(names, cells, strict=True)]
    return card(text(named(title), "name"), _beside(told), gap=theme.S)


def _cell(name: str, words: str) -> ft.Column:
    return column(text(name, "label", C.PRIMARY), text(words, "reason"), gap=0)


def _beside(cells: Sequence[ft.Column]) -> ft.Control:
    if not theme.is_wide() or theme.is_large():
        return column(*cells, gap=theme.S)
    for each in cells:
        each.expand = True
    return line(*cells, gap=theme.L, top=True)


def notes() -> list[ft.Control]:
    """What the sources say of choosing: the words of the manual and of 001."""
    said = (
        _(
            "CTI is not meant for citizens who need intensive support for long or for good: they should be offered ICM "
            "or ACT instead."
        ),
        _("Don't let everybody begin with the least demanding method in order to step up later."),
        _("Everybody in the target group, whatever age. A municipality should have more than one method to offer."),
    )
    return [text(each, "meta", MUTED) for each in said]
