"""Away from now: who stands in, from when until when, and whether they have seen it (review.md 2.8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import away, contacts
from fieldapp.actions.away import Away, Colleague
from fieldapp.actions.desk import Saved
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
    """`until`: the last day. Ill today is the commonest: today alone. `worker`: another, said by a leader."""

    from_on: date | None = None
    until: date | None = None
    deputy: str | None = None
    begun: bool = False
    worker: str | None = None


@ft.component
@shielded
def Deputies() -> ft.Control:
    screen = use_screen()
    known, leads = use_reading(away.read), use_reading(away.leads)
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
        body += [section(_("Colleagues")), group([_other(each, leads, screen) for each in others])]
    new = button(
        _("Somebody is away …") if leads else _("I am away …"),
        lambda: screen.open(paths.SAY_AWAY),
        ft.Icons.ADD,
        expand=True,
        identifier="away-new",
    )
    return page(body, act_bar(new, back=screen.back, hide=screen.hide), name="away")


def _mine(each: Away, screen: Screen) -> ft.Container:
    side = act(
        _("I am back"),
        ft.Icons.CHECK,
        lambda: _back(each, _("Welcome back. You have your list again."), screen),
        who=each.deputy,
        look="plain",
        identifier=f"back-{each.id}",
    )
    return row(_span(each, screen.desk.today()), told(each), None, lead=icon_disc(_ICON), side=side)


def _other(each: Away, leads: bool, screen: Screen) -> ft.Container:
    """For a leader also whether it has arrived, and the way to take it back."""
    span = _span(each, screen.desk.today())
    if leads:
        side = act(
            _("Is back"),
            ft.Icons.CHECK,
            lambda: _back(each, _("{name} has the list again.", name=each.name), screen),
            who=each.name,
            look="plain",
            identifier=f"back-{each.id}",
        )
        return row(each.name, told(each), span, lead=icon_disc(_ICON), side=side, meta_icon=ft.Icons.EVENT_OUTLINED)
    by = each.deputy or ""
    who = (
        _("You stand in.") if each.covered_by_me else _("{name} stands in.", name=by) if by else _("Nobody stands in.")
    )
    return row(each.name, who, span, lead=icon_disc(_ICON), meta_icon=ft.Icons.EVENT_OUTLINED)


def _back(each: Away, words: str, screen: Screen) -> None:
    saved = away.back(screen.desk, each.id)
    screen.saved(words, undo=lambda: contacts.undo(screen.desk, saved))


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
    leads, colleagues = use_reading(away.leads), use_reading(away.colleagues)
    filling = use_form("away", AwayForm)
    form, today, me = filling.form, screen.desk.today(), screen.desk.worker
    who = form.worker if leads and form.worker in {each.id for each in colleagues} else None
    team = use_reading(away.stand_ins, who or me)
    if not form.begun or form.from_on is None or form.from_on < today:  # a draft of days gone by says nothing
        form.from_on = form.until = today
        form.deputy = _usual(team)
        form.begun = True
    first, last = form.from_on or today, form.until or today
    by = form.deputy if form.deputy in {each.id for each in team} else None

    def saved(answer: Saved) -> None:
        words = _("Saved. It is sent when there is a connection.")
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    def begin(day: date) -> None:
        filling.put(from_on=day, until=max(day, last))

    def choose(id: str) -> None:
        filling.put(worker=None if id == me else id, deputy=_usual(away.stand_ins(screen.desk, id)))

    body = [
        page_head(
            _("Away") if leads else _("I am away"),
            _("Your deputy gets all your citizens, and those who wait today stand on their list")
            if who is None
            else _("The deputy gets all their citizens, and those who wait today stand on the deputy's list"),
        ),
        *_whom(colleagues if leads else (), who or me, me, choose),
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
        *_deputies(team, by, lambda id: filling.put(deputy=None if id == by else id)),
    ]
    save = button(
        _("Save"),
        lambda: filling.save(lambda: away.say(screen.desk, by, first, max(first, last), who), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    return page(body, act_bar(save, back=screen.back, hide=screen.hide), name="say-away")


def _whom(team: Sequence[Colleague], chosen: str, me: str, choose: Callable[[str], object]) -> list[ft.Control]:
    """A leader says it for others too: somebody is ill at half past seven, and has called."""
    if not team:
        return []
    options = [(me, _("Me")), *((each.id, each.name) for each in team)]
    return [section(_("Who is away?")), choice(options, {chosen}, choose, name="away")]


def _usual(team: Sequence[Colleague]) -> str | None:
    return team[0].id if team and team[0].usual else None


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
