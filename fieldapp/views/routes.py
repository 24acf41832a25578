"""Every page and where it lies. A page inside is a child of the list it was opened from, so that back leads there."""

from collections.abc import Callable
from typing import NamedTuple

import flet as ft

from fieldapp.views import frame, paths
from fieldapp.views.answered import Answered
from fieldapp.views.approach import Approach
from fieldapp.views.ask import Ask, NewRequest
from fieldapp.views.assessment import Assessment, AssessmentNote
from fieldapp.views.away import Away
from fieldapp.views.away_change import AwayChange
from fieldapp.views.bridge_form import BridgeForm
from fieldapp.views.bridges import Bridges
from fieldapp.views.change import Change
from fieldapp.views.change_secret import ChangeSecret
from fieldapp.views.citizen import Citizen
from fieldapp.views.citizens import Citizens, Who
from fieldapp.views.close import Close
from fieldapp.views.conflict import Conflict
from fieldapp.views.consent_form import ConsentForm
from fieldapp.views.consents import Consents
from fieldapp.views.coping import Coping, WriteCoping
from fieldapp.views.days_off import BeforeBreak, BeforeLeave
from fieldapp.views.death import Death
from fieldapp.views.decide import Decide, Decisions
from fieldapp.views.deputy import Deputies, SayAway
from fieldapp.views.detail_form import DetailForm
from fieldapp.views.details import Details
from fieldapp.views.dimension import OneDimension
from fieldapp.views.done import Done
from fieldapp.views.ending import TheEnding
from fieldapp.views.export import Export, ExportDay
from fieldapp.views.fits import Fits
from fieldapp.views.focus_list import FocusEntry, FocusList
from fieldapp.views.goal import Goal
from fieldapp.views.goal_form import NewGoal
from fieldapp.views.handover_note import HandoverNote
from fieldapp.views.helpers import HelperEntry, Helpers
from fieldapp.views.home import Home
from fieldapp.views.home_loss import HomeLoss
from fieldapp.views.home_money import HomeMoney
from fieldapp.views.home_period import HomePeriod
from fieldapp.views.home_plan import HomePlan
from fieldapp.views.home_talks import HomeTalks, NewTalk
from fieldapp.views.home_task import HomeTask
from fieldapp.views.home_where import HomeHistory, HomeWhere
from fieldapp.views.home_wish import HomeWish
from fieldapp.views.hours import Hours, HoursEntry
from fieldapp.views.inform import Inform
from fieldapp.views.kept import use_kept
from fieldapp.views.local_text import Local
from fieldapp.views.method import Method
from fieldapp.views.method_choose import Choose
from fieldapp.views.method_facts import MethodFacts
from fieldapp.views.more import More
from fieldapp.views.move import Move
from fieldapp.views.network import Network, RelativeEntry
from fieldapp.views.new import New
from fieldapp.views.new_code import NewCode
from fieldapp.views.note import Note
from fieldapp.views.note_form import NoteForm
from fieldapp.views.offer_form import OfferForm
from fieldapp.views.offers import Offers
from fieldapp.views.own_page import OwnPage
from fieldapp.views.paragraphs import ParagraphEntry, Paragraphs
from fieldapp.views.pause import Pause
from fieldapp.views.phase import PhaseShift
from fieldapp.views.plan import Plan
from fieldapp.views.plans import MeetingEntry, OtherPlanEntry, PlanEntry, Plans
from fieldapp.views.professional_form import OneProfessional
from fieldapp.views.professionals import Professionals
from fieldapp.views.reach import Reach
from fieldapp.views.reach_way import ReachWay
from fieldapp.views.refused import Refused
from fieldapp.views.replacement import Replacement
from fieldapp.views.respect import Respect
from fieldapp.views.review import NewReview
from fieldapp.views.reviews import Reviews
from fieldapp.views.say import Say
from fieldapp.views.settings import Settings
from fieldapp.views.state import use_screen
from fieldapp.views.static_pages import Child, Tell
from fieldapp.views.support import NoThanks, Support
from fieldapp.views.sync import Sync
from fieldapp.views.takeovers import Takeover, Takeovers
from fieldapp.views.templates import Template, Templates
from fieldapp.views.today import Today
from fieldapp.views.trace import Trace
from fieldapp.views.turning import Turning
from fieldapp.views.twice import Twice
from fieldapp.views.uses import Uses
from fieldapp.views.visitation import Visitation
from fieldapp.views.word_form import WordForm
from fieldapp.views.word_list import WordList

Draw = Callable[[], ft.Control]


class Page(NamedTuple):
    """A screen, and the pages that open from it: back leads one level up."""

    path: str
    draw: Draw
    inside: tuple["Page", ...] = ()


LISTS = (Page(paths.TODAY, Today), Page(paths.CITIZENS, Citizens), Page(paths.MORE, More))
#: Under every list.
INSIDE = (
    Page(paths.WHO, Who),
    Page(paths.NEW, New),
    Page(
        paths.SYNC,
        Sync,
        (Page("conflict/:conflict", Conflict), Page("refused/:record", Refused), Page("code", NewCode)),
    ),
    Page(paths.AWAY, Deputies, (Page("new", SayAway),)),
    Page(paths.OFF, BeforeLeave),
    Page(paths.BREAK, BeforeBreak),
    Page(paths.DONE, Done),
    Page(paths.EXPORT, ExportDay),
    Page(paths.DECIDE, Decisions, (Page(":kept", Decide),)),
    Page(paths.APPROACH, Approach),
    Page(paths.WORDS, WordList, (Page(":word", WordForm),)),
    Page(paths.SETTINGS, Settings, (Page("code", ChangeSecret),)),
    Page(paths.TEXTS, Templates, (Page("local/:which", Local), Page(":template", Template))),
    Page(paths.TRACE, Trace),
    Page(paths.HOURS, Hours, (Page(":entry", HoursEntry),)),
    Page(paths.HELPERS, Helpers, (Page(":entry", HelperEntry),)),
    Page(paths.CHILD, Child),
    Page(paths.METHODS, MethodFacts),
    Page(paths.FOCUS, FocusList, (Page(":entry", FocusEntry),)),
    Page(paths.LAW, Paragraphs, (Page(":entry", ParagraphEntry),)),
    Page(paths.TELL, Tell),
)
OF_THE_HOME = (
    Page("period/:home", HomePeriod),
    Page("task/:task", HomeTask),
    Page("loss/:home", HomeLoss),
    Page("wish", HomeWish),
    Page("plan", HomePlan),
    Page("where", HomeWhere),
    Page("history", HomeHistory),
    Page("talks", HomeTalks, (Page("new", NewTalk),)),
    Page("money", HomeMoney),
    Page("visitation", Visitation),
)
#: From the citizen's page and from the method's: back leads to where one came from.
LOOKED_AT_TOGETHER = (
    Page("phase", PhaseShift, (Page("fits", Fits),)),
    Page("intensity", Turning),
    Page("fits", Fits),
    Page("review", Reviews, (Page("new", NewReview, (Page("fits", Fits),)),)),
)
OF_A_CITIZEN = (
    Page("note", Note, (Page(":mode", NoteForm),)),
    Page("correct/:contact", NoteForm),
    Page("reach", Reach, (Page("local/:which", Local), Page(":way", ReachWay))),
    Page("answered", Answered),
    Page("offers", Offers, (Page(":offer", OfferForm),)),
    Page("next", Plan),
    Page("ask", Ask, (Page("new", NewRequest),)),
    Page("handover", HandoverNote),
    Page("away", Away, (Page("change", AwayChange), Page("inform", Inform), Page("local/:which", Local))),
    Page("consents", Consents),
    Page("consent/new", ConsentForm),
    Page("consent/new/:about", ConsentForm),
    Page("professionals", Professionals, (Page("new", OneProfessional), Page(":professional", OneProfessional))),
    Page("home", Home, OF_THE_HOME),
    Page("network", Network, (Page(":entry", RelativeEntry), Page("consent/:about", ConsentForm))),
    Page(
        "plans",
        Plans,
        (
            Page("plan/:entry", PlanEntry),
            Page("other/:entry", OtherPlanEntry),
            Page("meeting/:entry", MeetingEntry),
        ),
    ),
    Page("coping", Coping, (Page("new", WriteCoping),)),
    Page("export", Export),
    *LOOKED_AT_TOGETHER,
    Page("method", Method, (Page("choose", Choose), *LOOKED_AT_TOGETHER)),
    Page(
        "ending",
        TheEnding,
        (
            Page("bridges", Bridges, (Page(":bridge", BridgeForm),)),
            Page("takeovers", Takeovers, (Page(":dimension", Takeover),)),
            Page("change", Change, (Page("fits", Fits),)),
            Page("move", Move, (Page("consent/:about", ConsentForm),)),
            Page("close", Close, (Page("replacement", Replacement),)),
            Page("death", Death),
        ),
    ),
    Page("pause", Pause),
    Page("respect", Respect),
    Page("own", OwnPage),
    Page("assessment", Assessment, (Page("uses", Uses), Page(":about", AssessmentNote))),
    Page("support", Support, (Page("stop", NoThanks),)),
    Page("details", Details, (Page(":field", DetailForm),)),
    Page("same", Twice),
    Page("say/:what", Say),
    Page("dimension/:dimension", OneDimension, (Page("say/:what", Say), Page("goals/new", NewGoal))),
    Page("goals/new", NewGoal),
    Page("goals/:goal", Goal, (Page("say/:what", Say),)),
)


def routes() -> list[ft.Route]:
    # Longest first: "/" is the beginning of every route.
    return [_list(each) for each in sorted(LISTS, key=lambda page: -len(page.path))]


def _list(page: Page) -> ft.Route:
    citizen = ":citizen" if page.path == paths.CITIZENS else "citizen/:citizen"
    inside = (*INSIDE, Page(citizen, Citizen, OF_A_CITIZEN))
    children = [_opened(each, page.draw) for each in inside]
    return ft.Route(path=page.path.strip("/"), component=lambda: Listed(page.draw, page.path), children=children)


def _opened(page: Page, list_draw: Draw) -> ft.Route:
    children = [_opened(each, list_draw) for each in page.inside]
    return ft.Route(path=page.path, component=lambda: Opened(page.draw, list_draw), children=children)


@ft.component
def Listed(draw: Draw, path: str) -> ft.View:
    """One of the three lists. They share a route, so that nothing slides between them."""
    screen = use_screen()
    around, _set = ft.use_state(screen.around)
    in_front = ft.use_route_location() == path
    kept = use_kept(draw, in_front)
    if around.wide and not in_front:
        inner: ft.Control = ft.Container()  # it stands beside the page in front
    else:
        inner = frame.beside(screen, draw, None) if around.wide else kept
    return _view("/", frame.framed(screen, inner), can_pop=False)


@ft.component
def Opened(draw: Draw, list_draw: Draw) -> ft.View:
    """A page opened from a list."""
    screen = use_screen()
    around, _set = ft.use_state(screen.around)
    at = ft.use_view_path()
    kept = use_kept(draw, ft.use_route_location() == at, at)
    inner = frame.beside(screen, list_draw, draw()) if around.wide else kept
    return _view(at, frame.framed(screen, inner), can_pop=True)


def _view(route: str, inner: ft.Control, can_pop: bool) -> ft.View:
    return ft.View(route=route, controls=[inner], padding=0, spacing=0, can_pop=can_pop)
