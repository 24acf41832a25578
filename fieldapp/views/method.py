"""A citizen's method: what it is, where it stands, what is worked with now, and what leads further (1.C)."""

import flet as ft

from fieldapp.actions import methods
from fieldapp.actions.methods import MethodPage
from fieldapp.domain import values
from fieldapp.domain.cti import FITS_IN
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.fits import result
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.method_cti import cti
from fieldapp.views.method_focus import ActFocus, IcmFocus, balance
from fieldapp.views.parts import MUTED, button, icon_disc, space, text
from fieldapp.views.reviews import last
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import intensity, word


@ft.component
@shielded
def Method() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(methods.read, citizen)
    if shown is None:
        return gone(screen)
    body = [
        person_head(citizen, shown.name, _("Method")),
        space(theme.L),
        _which(shown, screen),
        *_seen(shown),
        *_inside(shown, citizen, screen),
        section(_("Look at it together")),
        group(_further(shown, citizen, screen)),
        *_before(shown, screen),
    ]
    words = _("Choose another method") if shown.method else _("Choose a method together")
    choose = button(
        words,
        lambda: screen.citizen(citizen, "method/choose"),
        look="quiet" if shown.method else "filled",
        expand=True,
        identifier="choose-method",
    )
    return page(body, act_bar(choose, back=screen.back, hide=screen.hide), name="method")


def lasts(method: str | None) -> str:
    """How long: of ICM and ACT no date anywhere (000 §4.4.1, §4.5.1; S1)."""
    if method == values.Method.CTI:
        return _("Nine months in three phases, and a contact period before them.")
    return _("Lasts for as long as the citizen needs the support.")


def _which(shown: MethodPage, screen: Screen) -> ft.Control:
    if shown.method is None:
        words = _("The support goes on meanwhile. The referral decides, and you tell what you see.")
        return note(words, ft.Icons.HANDSHAKE_OUTLINED, "pine", _("No method chosen yet"))
    since = (
        [text(_("Since {date}", date=said_on(shown.from_on, screen.desk.today())), "meta", MUTED)]
        if shown.from_on
        else []
    )
    return card(text(word(values.Method, shown.method), "title"), text(lasts(shown.method), "body"), *since, gap=4)


def _seen(shown: MethodPage) -> list[ft.Control]:
    """What you saw when you last looked at whether it fits."""
    if shown.method != values.Method.CTI or shown.fit is None or not shown.fit.signs:
        return []
    return [space(theme.S), note(result(shown.name), ft.Icons.FORUM_OUTLINED, "pine", identifier="fits-result")]


def _inside(shown: MethodPage, citizen: str, screen: Screen) -> list[ft.Control]:
    if shown.method == values.Method.CTI:
        return cti(shown, citizen, screen)
    if shown.method == values.Method.ICM:
        return [IcmFocus(citizen)]
    if shown.method in (values.Method.ACT, values.Method.ACT_MODIFIED):
        return [*balance(shown), ActFocus(citizen, shown.method)]
    return []


def _further(shown: MethodPage, citizen: str, screen: Screen) -> list[ft.Container]:
    def to(then: str, title: str, about: str | None, mark: ft.IconData) -> ft.Container:
        return row(
            title,
            about,
            lead=icon_disc(mark),
            call=lambda: screen.citizen(citizen, f"method/{then}"),
            identifier=f"to-{then}",
        )

    level = intensity(shown.level) if shown.level else _("Not chosen: it follows from the situation")
    when = last(shown.reviewed_on, shown.review_due_on, screen.desk.today())
    asks = shown.method == values.Method.CTI and shown.phase in FITS_IN
    four = _("Four things to look at together")
    facts = row(
        _("The three methods"),
        _("CTI, ICM and ACT, as the manual has them"),
        lead=icon_disc(ft.Icons.MENU_BOOK_OUTLINED),
        call=lambda: screen.open(paths.METHODS),
        identifier="to-facts",
    )
    return [
        to("review", _("Review together"), when, ft.Icons.EVENT_REPEAT),
        to("intensity", _("How close the support is"), level, ft.Icons.TUNE),
        *([to("fits", _("Does the method still fit?"), four, ft.Icons.HELP_OUTLINE)] if asks else []),
        facts,
    ]


def _before(shown: MethodPage, screen: Screen) -> list[ft.Control]:
    if not shown.before:
        return []
    today = screen.desk.today()
    lines = [row(word(values.Method, method), _("From {date}", date=said_on(on, today))) for method, on in shown.before]
    return [section(_("Before")), group(lines)]
