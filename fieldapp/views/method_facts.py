"""The three methods in the sources' words, to be read offline and with a citizen (C13, C16, C18); about nobody."""

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, heading, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import use_screen
from fieldapp.words import P_, named

#: Title, sentences, source: 001's note on the methods (C18), then the manual's sections.
_METHODS = (
    (
        P_("method facts", "Critical Time Intervention (CTI)"),
        (
            P_(
                "method facts",
                "For citizens who to a considerable degree can use the support system there is, and who mainly need "
                "specialised support in a critical period of transition.",
            ),
            P_("method facts", "Support in one's own home, is limited in time and divided into separate phases."),
            P_("method facts", "Nine months in three equally long phases, and a contact period before phase 1."),
            P_("method facts", "One consistent support worker. At most 10 citizens for each."),
        ),
        "4.3.1",
    ),
    (
        P_("method facts", "Intensive Case Management (ICM)"),
        (
            P_(
                "method facts",
                "For citizens who need intensive social and practical support, and who only to some degree are able "
                "to use other social offers and treatment.",
            ),
            P_(
                "method facts",
                "Help to make and keep the contact to other support, in one's own home and without an end date.",
            ),
            P_("method facts", "One consistent support worker. At most eight citizens for each."),
        ),
        "4.4.1",
    ),
    (
        P_("method facts", "Assertive Community Treatment (ACT)"),
        (
            P_("method facts", "For citizens who need intensive and long support."),
            P_("method facts", "Social support and treatment, in or outside one's own home, and without an end date."),
            P_("method facts", "A mobile, outgoing team of several professions."),
            P_(
                "method facts",
                "Housing support workers, a nurse, a substance treatment worker, a psychiatrist or psychologist, an "
                "authority caseworker, a job consultant and others.",
            ),
            P_("method facts", "A team of about 10-12 has at most about 70-80 citizens, eight for each on average."),
        ),
        "4.5.1",
    ),
)
_COMMON = (
    P_("method facts", "They are frame methods: a fixed frame and core elements, and your own skills beside them."),
    P_("method facts", "No number of hours is granted. The support is turned up and down as the need varies."),
    P_(
        "method facts",
        "The support is outgoing, in the citizen's own home or wherever the citizen wants to receive it.",
    ),
    P_("method facts", "The one demand is that the citizen is willing to receive the support."),
    P_("method facts", "A worker works with just one of the three methods."),
)


@ft.component
@shielded
def MethodFacts() -> ft.Control:
    screen = use_screen()
    body: list[ft.Control] = [page_head(_("The three methods"), _("You can read it together with the citizen"))]
    for title, sentences, of in _METHODS:
        body += [space(theme.L), _card(title, sentences, of)]
    body += [section(_("What they share")), card(*(text(named(each), "body") for each in _COMMON), _source("4.1"))]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="methods")


def _card(title: tuple[str, str], sentences: tuple[tuple[str, str], ...], of: str) -> ft.Control:
    said = [text(named(each), "body") for each in sentences]
    return card(heading(named(title), "title", 2), *said, _source(of), gap=theme.S)


def _source(of: str) -> ft.Control:
    return text(_("The Housing First manual, section {number}", number=of), "small", MUTED)
