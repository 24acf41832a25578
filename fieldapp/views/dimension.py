"""One of the eight: its goals, what went forward, what goes well, and what was found out together about it (B5, F1)."""

from datetime import date

import flet as ft

from fieldapp.actions import assessments, citizens, goals
from fieldapp.actions.assessments import Found
from fieldapp.actions.citizens import CitizenPage, Strength
from fieldapp.domain.values import Dimension
from fieldapp.texts import _, pgettext
from fieldapp.views import theme
from fieldapp.views.assessment import notes
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.dimensions import icon_of
from fieldapp.views.ended import has_ended
from fieldapp.views.goals import EndedGoals, goal_row, step_forward
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, link, space
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

MOST = 10
"""Of each, the newest, until all is asked for."""


@ft.component
@shielded
def OneDimension() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, code = at["citizen"], at["dimension"]
    shown = use_reading(citizens.read, citizen)
    of_it = [each for each in use_reading(goals.read, citizen) if each.dimension == code]
    forward = use_reading(goals.forward, citizen, code)
    about = use_reading(assessments.read, citizen).about
    unfolded, unfold = ft.use_state(False)
    if shown is None or code not in list(Dimension):
        return gone(screen)
    today, most = screen.desk.today(), None if unfolded else MOST
    found = next((each.notes for each in about if each.code == code), ())
    well = [each for each in shown.strengths if each.dimension == code]
    open_now, ended = [g for g in of_it if not g.ended_on], [g for g in of_it if g.ended_on]
    nothing = not (of_it or forward or found or well)
    folded = most is not None and max(map(len, (forward, found, well))) > most
    steps = [step_forward(each, today) for each in forward[:most]]
    body = [
        person_head(citizen, shown.name, word(Dimension, code)),
        space(theme.M),
        *([_nothing(code)] if nothing else []),
        *([section(_("Goals")), group([goal_row(g, citizen, screen) for g in open_now])] if open_now else []),
        *([section(_("Small steps forward")), group(steps)] if steps else []),
        *_well(well[:most], today),
        *_found(citizen, code, found[:most], screen, ended=has_ended(shown)),
        *([link(pgettext("goals", "Show all"), lambda: unfold(True), identifier="all-dimension")] if folded else []),
        *_network(shown, code, screen),
        EndedGoals(ended, citizen),
    ]
    acts = [] if has_ended(shown) else _acts(citizen, code, screen)
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), name=f"dimension-{code}")


def _acts(citizen: str, code: str, screen: Screen) -> list[ft.Control]:
    def to(then: str) -> None:
        screen.citizen(citizen, f"dimension/{code}/{then}")

    return [
        button(_("Progress"), lambda: to("say/progress"), look="tonal", expand=True, identifier="say/progress"),
        button(_("New goal"), lambda: to("goals/new"), ft.Icons.ADD, expand=True, identifier="goals/new"),
    ]


def _nothing(code: str) -> ft.Control:
    return note(_("Nothing here right now. The citizen decides what you work on."), icon_of(code))


def _well(strengths: list[Strength], today: date) -> list[ft.Control]:
    lead = ft.Icons.SPA_OUTLINED
    rows = [
        row(each.text, None, said_on(each.noted_on, today), lead=icon_disc(lead), meta_icon=ft.Icons.EVENT_OUTLINED)
        for each in strengths
    ]
    return [section(_("Strengths and resources")), group(rows)] if rows else []


def _found(citizen: str, code: str, found: tuple[Found, ...], screen: Screen, *, ended: bool) -> list[ft.Control]:
    """Resources before needs, as where they are written."""
    add = link(pgettext("goals", "Write"), lambda: screen.citizen(citizen, f"assessment/{code}"), identifier="find-out")
    return [section(_("What we find out together")), *notes(found, screen.desk.today()), *([] if ended else [add])]


def _network(shown: CitizenPage, code: str, screen: Screen) -> list[ft.Control]:
    """Who is around them is drawn, not listed."""
    if code != Dimension.NETWORK_RELATIONS:
        return []
    to = row(
        _("Network"),
        _("Who matters to {name}", name=shown.name),
        lead=icon_disc(ft.Icons.HUB_OUTLINED),
        call=lambda: screen.citizen(shown.id, "network"),
        identifier="to-network",
    )
    return [space(theme.M), group([to])]
