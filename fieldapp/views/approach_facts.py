"""What is known about the approach, each with its source, and where to read on (A10, 1.Q, N14)."""

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card
from fieldapp.views.parts import MUTED, space, text
from fieldapp.views.rows import section
from fieldapp.words import P_, named

#: (what is known, where it stands)
_FACTS = (
    (
        P_("fact", "About 8 to 9 of 10 who are supported by ACT, ICM or CTI can live and stay in a home of their own."),
        P_("fact", "The Housing First manual, section 1.3"),
    ),
    (
        P_(
            "fact",
            "Over 80 per cent came out of homelessness within two years with Housing First and ACT, against about "
            "30 per cent without (USA).",
        ),
        P_("fact", "Tsemberis and others 2004, in the Housing First manual, section 1.3"),
    ),
    (
        P_("fact", "Only about 8 per cent of those it is for get support by the approach."),
        P_("fact", "The National Board of Social Services, 2021, told by VIA"),
    ),
    (
        P_("fact", "Three of four people at a shelter wish for a home in an ordinary block of flats."),
        P_("fact", "The Housing First manual, section 2.4"),
    ),
)
_READ_ON = (
    P_("fact", "The Universal Declaration of Human Rights (UN, 1948): everyone has the right to housing"),
    P_("fact", "The UN's covenant on economic, social and cultural rights (ØSKR): the right to a home"),
    P_("fact", "Housing First in Denmark, the manual (2022)"),
    P_("fact", "The target group for Housing First, a booklet (2021)"),
    P_("fact", "The nine national guidelines for work against homelessness"),
    P_("fact", "Recommendations to shelters (§ 110): assessment and plan, cooperation, support (2018, 2020)"),
)


def facts() -> list[ft.Control]:
    cards: list[ft.Control] = [section(_("What is known"))]
    for words, source in _FACTS:
        cards += [card(text(named(words), "body"), text(named(source), "small", MUTED), gap=6), space(theme.S)]
    read_on = [text(named(title), "body") for title in _READ_ON]
    return [*cards, section(_("Read on")), card(*read_on, gap=theme.M)]
