"""Before the worker is off: whom to tell, and who is there meanwhile; and who wrote on the days off (review.md 2.8)."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from fieldapp.actions import days_off
from fieldapp.actions.days_off import Ahead, Before, Named
from fieldapp.domain.days_off import Feast
from fieldapp.texts import P_, _, ngettext
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.days import bare, capital
from fieldapp.views.guard import shielded
from fieldapp.views.parts import act, button, icon_disc, initial, space
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.words import named

_ICON = ft.Icons.EVENT_OUTLINED
_FEASTS = {
    Feast.CHRISTMAS: P_("feast", "Christmas"),
    Feast.NEW_YEAR: P_("feast", "New Year"),
    Feast.EASTER: P_("feast", "Easter"),
    Feast.OTHER: P_("feast", "the days off"),
}


def meanwhile(off: days_off.DaysOff) -> list[ft.Control]:
    """First on a Monday: who wrote while somebody else had the phone."""
    if not off.wrote:
        return []
    count = len(off.wrote)
    if off.weekend:
        said = ngettext("{count} wrote or called at the weekend", "{count} wrote or called at the weekend", count)
    else:
        said = ngettext("{count} wrote or called on the days off", "{count} wrote or called on the days off", count)
    names = " · ".join(name for _id, name in off.wrote)
    return [space(theme.S), note(f"{said}: {names}.", ft.Icons.MARK_CHAT_UNREAD_OUTLINED, identifier="meanwhile")]


def soon(off: days_off.DaysOff, today: date, screen: Screen) -> list[ft.Control]:
    """One row for planned leave, one for a break; both lead to the page about it."""
    rows = []
    if off.before:
        left = len(off.before.citizens)
        heard = ngettext("{count} has not heard it from you yet.", "{count} have not heard it from you yet.", left)
        rows.append(_card(leave_title(off.before, today), heard, paths.OFF, "off-leave", screen))
    if off.ahead:
        rows.append(_card(_question(off.ahead), _left(off.ahead), paths.BREAK, "off-break", screen))
    return [space(theme.M), group(rows)] if rows else []


def leave_title(before: Before, today: date) -> str:
    return _("You are off from {day}", day=bare(before.from_on, today))


def _question(ahead: Ahead) -> str:
    return _("Who shall hear from you before {feast}, and who is there meanwhile?", feast=_feast(ahead))


def _left(ahead: Ahead) -> str:
    return ngettext(
        "{count} working day until {feast}. Agree who is there meanwhile.",
        "{count} working days until {feast}. Agree who is there meanwhile.",
        ahead.workdays,
        feast=_feast(ahead),
    )


def _feast(ahead: Ahead) -> str:
    return named(_FEASTS[ahead.feast])


def _card(title: str, reason: str, to: str, identifier: str, screen: Screen) -> ft.Container:
    return row(title, reason, lead=icon_disc(_ICON), call=lambda: screen.open(to), identifier=identifier)


@ft.component
@shielded
def BeforeLeave() -> ft.Control:
    """Whom to tell that the worker will be off, each with the text one tap away."""
    screen = use_screen()
    off = use_long_reading(days_off.read)
    body: list[ft.Control] = [page_head(_("Before you are off"))]
    if off is not None:
        body += _leave(off.before, screen) if off.before else [_nothing()]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="before-leave")


@ft.component
@shielded
def BeforeBreak() -> ft.Control:
    """Who should hear from the worker before a holiday, and with whom somebody should be meanwhile."""
    screen = use_screen()
    off = use_long_reading(days_off.read)
    if off is None or off.ahead is None:
        rest = [] if off is None else [_nothing()]
        return page([page_head(_("Before the days off")), *rest], act_bar(back=screen.back, hide=screen.hide))
    ahead = off.ahead

    def agreed() -> None:
        days_off.agree(screen.desk, ahead)
        screen.saved(_("Good. Nobody is left alone."))
        screen.back()

    done = button(_("It is agreed"), agreed, ft.Icons.CHECK, expand=True, identifier="agreed")
    body = [page_head(_("Before {feast}", feast=_feast(ahead)), _left(ahead)), *_break(ahead, screen)]
    return page(body, act_bar(done, back=screen.back, hide=screen.hide), name="before-break")


def _nothing() -> ft.Control:
    return empty(_("Everybody has heard"), _("There is nothing to tell anybody right now."))


def _leave(before: Before, screen: Screen) -> list[ft.Control]:
    if before.deputy:
        ready = _("A text is ready: until when you are off, and whom to write to meanwhile.")
        by = _("{name} stands in for you.", name=before.deputy)
        words = f"{by} {ready}"
    else:
        words = _("Nobody stands in yet. Say who does, and the text can name them.")
    title = capital(leave_title(before, screen.desk.today()))
    people = [_person(each, "reach/text", _("Say it"), screen) for each in before.citizens]
    return [section(title, len(people)), note(words, ft.Icons.PEOPLE_OUTLINE), space(theme.M), group(people)]


def _break(ahead: Ahead, screen: Screen) -> list[ft.Control]:
    body: list[ft.Control] = []
    if ahead.close:
        away = button(
            _("I am away …"), lambda: screen.open(paths.SAY_AWAY), None, "tonal", small=True, identifier="say-away"
        )
        words = _("The rhythm goes on over the days off. Agree with a colleague, or say that you are away.")
        body += [
            section(_("Support is close here: who is there meanwhile?"), len(ahead.close)),
            note(words, ft.Icons.PEOPLE_OUTLINE),
            space(theme.M),
            _people(ahead.close, screen),
            space(theme.S),
            away,
        ]
    if ahead.others:
        body += [section(_("A greeting before the days off"), len(ahead.others)), _people(ahead.others, screen)]
    return body


def _people(citizens: Sequence[Named], screen: Screen) -> ft.Control:
    return group([_person(each, "reach", _("Reach out"), screen) for each in citizens])


def _person(each: Named, then: str, words: str, screen: Screen) -> ft.Container:
    citizen, name = each
    side = act(
        words,
        ft.Icons.WAVING_HAND_OUTLINED,
        lambda: screen.citizen(citizen, then),
        who=name,
        look="tonal",
        identifier=f"tell-{citizen}",
    )
    return row(
        name,
        None,
        lead=initial(citizen, name),
        side=side,
        call=lambda: screen.citizen(citizen),
        identifier=f"off-{citizen}",
    )
