"""How the citizen wants to be contacted, in the citizen's words; the latest wish holds."""

from dataclasses import dataclass
from datetime import date, time, timedelta

import flet as ft

from fieldapp.actions import respect
from fieldapp.actions.desk import Saved
from fieldapp.actions.respect import Wishes
from fieldapp.domain.gather import PEACE_WITHOUT_A_DATE
from fieldapp.domain.values import Respect as Wish
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.choosing import ask_time, day_chips
from fieldapp.views.days import clock
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word

OFFERED = (Wish.FINE, Wish.TEXT_ONLY, Wish.CALL_ONLY, Wish.NOT_AT_HOME, Wish.HOURS, Wish.PEACE_UNTIL)
MORNING, EVENING = time(10), time(16)
_ONE_OF = frozenset({Wish.FINE, Wish.TEXT_ONLY, Wish.CALL_ONLY})


@dataclass
class RespectForm:
    wishes: tuple[str, ...] = ()
    until: date | None = None
    hours_from: time | None = None
    hours_to: time | None = None
    own_words: str = ""
    begun: bool = False


@ft.component
@shielded
def Respect() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(respect.read, citizen)
    filling = use_form(f"respect:{citizen}", RespectForm)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()
    _begin(form, shown)

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.back()

    def save() -> Saved:
        return respect.say(
            screen.desk,
            citizen,
            form.wishes or (Wish.FINE,),
            peace_until=form.until,
            own_words=form.own_words,
            hours=_hours_of(form),
        )

    options = [(wish.value, word(Wish, wish)) for wish in OFFERED]
    own = Field(
        form,
        "own_words",
        _("The citizen's words"),
        voice="citizen",
        hint=_("As it was said, as far as you can."),
        lines=2,
        identifier="own-words",
        changed=filling.changed,
        left=filling.left,
    )
    body = [
        person_head(citizen, shown.name, _("How {name} wants to be contacted", name=shown.name)),
        space(theme.L),
        choice(options, form.wishes, lambda wish: filling.put(wishes=chosen(form.wishes, wish)), name="wish"),
        piece(*(_hours(filling) if Wish.HOURS in form.wishes else [])),
        piece(*(_until(filling, today) if Wish.PEACE_UNTIL in form.wishes else [])),
        space(theme.L),
        own,
        space(theme.L),
        button(
            _("Does not want the support any more"),
            lambda: screen.citizen(citizen, "support/stop"),
            ft.Icons.NIGHTS_STAY_OUTLINED,
            "plain",
            identifier="stop",
        ),
    ]
    gem = button(_("Save"), lambda: filling.save(save, saved), ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="respect")


def _begin(form: RespectForm, shown: Wishes) -> None:
    if not form.begun:
        form.wishes, form.until, form.begun = shown.wishes, shown.peace_until, True
        if shown.hours:
            form.hours_from, form.hours_to = shown.hours


def _hours_of(form: RespectForm) -> respect.Hours | None:
    return (form.hours_from or MORNING, form.hours_to or EVENING) if Wish.HOURS in form.wishes else None


def _hours(filling: Filling[RespectForm]) -> list[ft.Control]:
    """Two clocks; unless somebody says otherwise, the ones beside each other."""
    begins, ends = _hours_of(filling.form) or (MORNING, EVENING)

    def pick(words: str, shown: time, attr: str) -> ft.Control:
        return chip(
            words,
            lambda: ask_time(shown, lambda chosen: filling.put(**{attr: chosen})),
            chosen=True,
            icon_name=ft.Icons.SCHEDULE,
            identifier=attr.replace("_", "-"),
        )

    def part(code: str, words: str, first: time, last: time) -> ft.Control:
        return chip(
            words,
            lambda: filling.put(hours_from=first, hours_to=last),
            chosen=(begins, ends) == (first, last),
            identifier=f"hours-{code}",
        )

    offered = [
        part("morning", _("Morning"), time(9), time(12)),
        part("afternoon", _("Afternoon"), time(12), time(17)),
        part("evening", _("Evening"), time(17), time(21)),
    ]
    between = chips(
        pick(_("From {time}", time=clock(begins)), begins, "hours_from"),
        pick(_("To {time}", time=clock(ends)), ends, "hours_to"),
    )
    return [section(_("Only between")), chips(*offered), space(theme.M), between]


def chosen(wishes: tuple[str, ...], tapped: str) -> tuple[str, ...]:
    """With one more, or one less; *gerne*, *kun sms* and *kun opkald* shut each other out."""
    if tapped in wishes:
        return tuple(wish for wish in wishes if wish != tapped)
    if tapped == Wish.FINE:
        return (tapped,)
    shut_out = _ONE_OF if tapped in _ONE_OF else {Wish.FINE}
    return (*(wish for wish in wishes if wish not in shut_out), tapped)


def _until(filling: Filling[RespectForm], today: date) -> list[ft.Control]:
    quick = [(_("A week"), 7), (_("Two weeks"), 14), (_("A month"), 30)]
    days = [(words, today + timedelta(days=ahead)) for words, ahead in quick]
    until = filling.form.until or today + PEACE_WITHOUT_A_DATE
    chips = day_chips(days, until, lambda day: filling.put(until=day), today, first=today, name="peace")
    return [section(_("Space until")), chips]
