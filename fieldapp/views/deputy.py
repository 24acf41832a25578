"""Away from now: who stands in, from when until when, and whether they have seen it (review.md 2.8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import away
from fieldapp.actions.away import Away, Colleague
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import bare, clock
from fieldapp.views.filling import use_form
from fieldapp.views.guard import shielded
from fieldapp.views.parts import act, button, icon_disc, space
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen

_ICON = ft.Icons.PEOPLE_OUTLINE


@dataclass
class AwayForm:
    """`until`: the last day. Ill today is the commonest: today alone."""

    from_on: date | None = None
    until: date | None = None
    deputy: str | None = None
    begun: bool = False


@ft.component
@shielded
def Deputies() -> ft.Control:
    screen = use_screen()
    known = use_reading(away.read)
    mine = [each for each in known if each.mine]
    others = [each for each in known if not each.mine]
    body: list[ft.Control] = [page_head(_("Deputy"), _("Nobody waits because you are ill or on holiday"))]
    if not known:
        body.append(
            empty(_("Everybody is here"), _("Are you away today? Say it here, and a colleague gets your list."))
        )
    if mine:
        body += [section(_("You")), group([_mine(each, screen) for each in mine])]
    if others:
        body += [section(_("Colleagues")), group([_other(each, screen.desk.today()) for each in others])]
    new = button(
        _("I am away …"), lambda: screen.open(paths.SAY_AWAY), ft.Icons.ADD, expand=True, identifier="away-new"
    )
    return page(body, act_bar(new, back=screen.back, hide=screen.hide), name="away")


def _mine(each: Away, screen: Screen) -> ft.Container:
    def back() -> None:
        away.back(screen.desk, each.id)
        screen.saved(_("Welcome back. You have your list again."))

    side = act(_("I am back"), ft.Icons.CHECK, back, who=each.deputy, look="plain", identifier=f"back-{each.id}")
    return row(_span(each, screen.desk.today()), told(each), None, lead=icon_disc(_ICON), side=side)


def _other(each: Away, today: date) -> ft.Container:
    by = each.deputy or ""
    who = (
        _("You stand in.") if each.covered_by_me else _("{name} stands in.", name=by) if by else _("Nobody stands in.")
    )
    return row(each.name, who, _span(each, today), lead=icon_disc(_ICON), meta_icon=ft.Icons.EVENT_OUTLINED)


def told(each: Away) -> str:
    """Whether it has arrived: a phone without network cannot get it, and then one must call (review.md 2.8)."""
    if each.deputy is None:
        return _("Nobody stands in. Your leader sees that you are away.")
    who = each.deputy.partition(" ")[0]
    if each.seen_at is not None:
        return _("{who} has seen the list at {time}.", who=who, time=clock(each.seen_at))
    if not each.sent:
        return _("Not sent yet. Call {who}: the list comes when you have a connection.", who=who)
    return _("Sent. {who} has not opened the list yet. Call.", who=who)


def _span(each: Away, today: date) -> str:
    first, last = bare(each.from_on, today), each.to_on
    if last is None or last == each.from_on:
        return _("Away {day}", day=first)
    return _("Away from {first} until {last}", first=first, last=bare(last, today))


@ft.component
@shielded
def SayAway() -> ft.Control:
    screen = use_screen()
    team = use_reading(away.colleagues)
    filling = use_form("away", AwayForm)
    form, today = filling.form, screen.desk.today()
    if not form.begun or form.from_on is None or form.from_on < today:  # a draft of days gone by says nothing
        form.from_on = form.until = today
        form.deputy = team[0].id if team and team[0].usual else None
        form.begun = True
    first, last = form.from_on or today, form.until or today

    def saved(_id: str) -> None:
        screen.saved(_("Saved. It is sent when there is a connection."))
        screen.back()

    def begin(day: date) -> None:
        filling.put(from_on=day, until=max(day, last))

    body = [
        page_head(_("I am away"), _("Your deputy gets today's and overdue citizens first")),
        section(_("From")),
        day_chips(
            [(_("Today"), today), (_("Tomorrow"), today + timedelta(days=1))],
            first,
            begin,
            today,
            first=today,
            name="from",
        ),
        section(_("To and including")),
        day_chips(_ends(first), last, lambda day: filling.put(until=day), today, first=first, name="until"),
        section(_("Who stands in?")),
        *_deputies(team, form.deputy, lambda id: filling.put(deputy=None if id == form.deputy else id)),
    ]
    save = button(
        _("Save"),
        lambda: filling.save(lambda: away.say(screen.desk, form.deputy, first, max(first, last)), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    return page(body, act_bar(save, back=screen.back, hide=screen.hide), name="say-away")


def _ends(first: date) -> list[tuple[str, date]]:
    return [
        (_("The same day"), first),
        (_("3 days"), first + timedelta(days=2)),
        (_("A week"), first + timedelta(days=6)),
        (_("Three weeks"), first + timedelta(days=20)),
    ]


def _deputies(team: Sequence[Colleague], chosen: str | None, choose: Callable[[str], object]) -> list[ft.Control]:
    if not team:
        words = _("There are no colleagues on this phone. Call your leader: they can give your citizens to somebody.")
        return [note(words, ft.Icons.CALL_OUTLINED)]
    options = [(each.id, each.name) for each in team]
    words = _("Call too: a phone without network does not get the list.")
    return [
        choice(options, {chosen} if chosen else set(), choose, name="deputy"),
        space(theme.M),
        note(words, ft.Icons.CALL_OUTLINED),
    ]
