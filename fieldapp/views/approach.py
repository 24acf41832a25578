"""*Om tilgangen*: the eight principles and what one believes in, in the manual's words, read with a citizen (A10).

Nothing of anybody stands on this page. The Danish sentences are the manual's own, word for word (000 §1.1 and §2).
"""

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.approach_facts import facts
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, heading, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import use_screen
from fieldapp.words import P_, named

#: The four headings of Bilag 1 with two principles each: title, sentence, section of the manual.
_PRINCIPLES = (
    (
        P_("approach", "Basic values"),
        (
            (
                P_("approach", "Recovery orientation"),
                P_(
                    "approach",
                    "The cooperation between citizen and professional builds on the citizen's perspective from within "
                    "and on personal recovery, which rests on the citizen's wishes, dreams and hopes.",
                ),
                "2.7",
            ),
            (
                P_("approach", "Harm reduction"),
                P_(
                    "approach",
                    "The professionals support the citizen in reaching a life that is meaningful to the citizen, "
                    "through choices that reduce the harm of living a life at the edge.",
                ),
                "2.8",
            ),
        ),
    ),
    (
        P_("approach", "Home and neighbourhood"),
        (
            (
                P_("approach", "The home as a basic human right"),
                P_(
                    "approach",
                    "The professionals work together with the citizen to find an affordable and suitable home as "
                    "soon as possible.",
                ),
                "2.1",
            ),
            (
                P_("approach", "Independent homes in ordinary housing"),
                P_(
                    "approach",
                    "The citizen is offered a home that starts from the citizen's wishes and needs, and that "
                    "supports the citizen's place in the local community.",
                ),
                "2.4",
            ),
        ),
    ),
    (
        P_("approach", "Social and practical support"),
        (
            (
                P_("approach", "A commitment to work together with the citizens for as long as they need"),
                P_(
                    "approach",
                    "The professionals support the citizen and assess on the way, together with the citizen, how "
                    "close the support is and how long it lasts.",
                ),
                "2.3",
            ),
            (
                P_("approach", "Home and support kept apart"),
                P_(
                    "approach",
                    "The professionals give persistent support to the citizen, whether the citizen has a home, uses "
                    "the home or has lost the home.",
                ),
                "2.5",
            ),
        ),
    ),
    (
        P_("approach", "Working together with the citizen"),
        (
            (
                P_("approach", "Starting from the citizen's needs and self-determination"),
                P_(
                    "approach",
                    "The citizen's perspectives, resources and rights guide the cooperation between the citizen and "
                    "the professionals.",
                ),
                "2.6",
            ),
            (
                P_("approach", "Respect, empathy and humanity for every citizen"),
                P_(
                    "approach",
                    "The professionals start from an understanding of the citizen's own situation and from an equal "
                    "cooperation between the citizen as expert by experience and the professional as expert by "
                    "training.",
                ),
                "2.2",
            ),
        ),
    ),
)
#: The change of mind behind them (T3, T4, T5, T20).
_BELIEFS = (
    (
        P_(
            "approach",
            "The professionals around the citizen see recovery as a possibility for the individual: they believe that "
            "the citizen in homelessness can grow and come out of homelessness.",
        ),
        "1.1",
    ),
    (
        P_(
            "approach",
            "Experience shows that when professionals believe that recovery is possible, it is more likely that the "
            "citizen reaches their goals.",
        ),
        "2.4",
    ),
    (
        P_(
            "approach",
            "In the Housing First approach one sees the person behind the problem, and starts from the principle that "
            "there are good reasons why the citizen has the challenges and needs that the citizen has.",
        ),
        "2.2",
    ),
    (
        P_(
            "approach",
            "The professionals shall meet the citizen with trust, and with conduct and words that further the feeling "
            "of respect, empathy and humanity, so that the professionals support the possible ways to recovery and "
            "recognise symptoms of trauma.",
        ),
        "2.2",
    ),
    (
        P_(
            "approach",
            "The professionals shall at the same time understand that many citizens first have to learn to live in a "
            "permanent home and to make a home of their own.",
        ),
        "2.2",
    ),
    (
        P_(
            "approach",
            "The professional shall show a belief that the citizen is able to live in an ordinary home among people "
            "without experience of homelessness.",
        ),
        "2.4",
    ),
    (
        P_(
            "approach",
            "A whole view means that the professional, together with the citizen, looks behind the citizen's conduct "
            "and understands the connections in the individual citizen's life from several perspectives.",
        ),
        "1.1",
    ),
)


@ft.component
@shielded
def Approach() -> ft.Control:
    screen = use_screen()
    body: list[ft.Control] = [
        page_head(_("About the approach"), _("You can read it together with the citizen")),
        section(_("The eight principles")),
    ]
    for title, principles in _PRINCIPLES:
        body += [space(theme.S), heading(named(title), "title", 2), space(theme.S)]
        for each in principles:
            body += [_principle(*each), space(theme.S)]
    body.append(section(_("What we believe in")))
    for sentence, of in _BELIEFS:
        body += [card(text(named(sentence), "body"), _source(of), gap=6), space(theme.S)]
    body += facts()
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="approach")


def _principle(title: tuple[str, str], sentence: tuple[str, str], of: str) -> ft.Control:
    return card(text(named(title), "name"), text(named(sentence), "body"), _source(of), gap=6)


def _source(of: str) -> ft.Control:
    return text(_("The Housing First manual, section {number}", number=of), "small", MUTED)
