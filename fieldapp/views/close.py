"""Ending a course (F9): the citizen's goals first, then why, what takes over, goodbye; closed until its ground is open.

One calm page in five steps. It asks before it ends, and says on the page that this is no decision in law.
"""

from collections.abc import Callable
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import closings, contacts
from fieldapp.actions.closings import ClosingForm, Ending
from fieldapp.actions.desk import Saved
from fieldapp.domain.values import Aspect, ClosingGround, Support
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head, quote_card
from fieldapp.views.close_ground import about_ground
from fieldapp.views.close_words import LONG_SILENCE, silence, why
from fieldapp.views.days import capital, past, said_on
from fieldapp.views.dimensions import icon_of
from fieldapp.views.draft_words import draft_line
from fieldapp.views.ended import ended_words
from fieldapp.views.farewell import Farewell
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.form_parts import Days, coming_days, day, written
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import (
    MUTED,
    C,
    button,
    column,
    disc,
    heading,
    icon,
    icon_disc,
    line,
    padding,
    piece,
    space,
    text,
)
from fieldapp.views.rows import chip, choice, group, row
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

#: A death has its own page.
GROUNDS = tuple(ground for ground in ClosingGround if ground is not ClosingGround.DEATH)
_QUOTES = 3


@ft.component
@shielded
def Close() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    found = use_reading(closings.read, citizen)
    filling = use_form(closings.draft_key(citizen), ClosingForm)
    asking, ask = ft.use_state(False)
    _said, typed = ft.use_state(False)
    if found is None:
        return gone(screen)
    if found.standing.support == Support.CLOSED:
        return gone(screen, ended_words(found.standing, found.name))
    form, today = filling.form, screen.desk.today()
    lack = found.blocked(form, today)
    reason = why(lack, found.name) if lack else _resumed(found, screen)

    def changed() -> None:
        """The button opens with the first letter of the citizen's own judgement."""
        filling.changed()
        typed(bool(form.own_words.strip()))

    def saved(answer: Saved) -> None:
        told = _("Ended {date}. {name} can always come back.", date=said_on(today, today), name=found.name)
        screen.saved(told, undo=lambda: contacts.undo(screen.desk, answer))
        screen.citizen(citizen)

    body = [
        person_head(citizen, found.name, _("End the course")),
        space(theme.L),
        note(
            _("Ending here is not a decision in law. The municipality makes that, and the citizen can appeal."),
            ft.Icons.GAVEL_OUTLINED,
            identifier="no-decision",
        ),
        *_step(1, _("The citizen's own goals and words"), None),
        *_goals(found, today),
        *_step(2, _("Why does the course end?"), form.ground is not None and lack is None),
        _why(filling),
        space(theme.M),
        piece(*about_ground(found, filling, changed, screen)),
        piece(*_silence(found, form)),
        *_step(3, _("A new support person, and who takes over"), found.change is not None or found.handed_over > 0),
        group(_handed(found, screen)),
        *_step(4, _("When do you meet for the last time?"), form.last_meeting_on is not None),
        day(filling, "last_meeting_on", today, _about_now(today)),
        *_step(5, _("Words for {name}", name=found.name), bool(form.open_door.strip())),
        *_open_door(found, filling),
    ]  # fmt: skip
    told: list[ft.Control] = []
    if reason is not None:
        acts, told = [button(_("End the course"), None, expand=True, identifier="end-course")], [_lock(reason)]
    elif not asking:
        ends = button(
            _("End the course …"), lambda: ask(True), ft.Icons.FLAG_OUTLINED, expand=True, identifier="end-course"
        )
        acts = [ends]
    else:
        acts, told = [_no(lambda: ask(False)), _yes(found, filling, saved, screen)], [_sure(found)]
    if told and theme.is_large():  # there it would leave no room for the page: it stands below what it is about
        body, told = [*body, space(theme.L), *told], []
    above = column(*told, draft_line(filling.restored_at, screen.desk.now()))
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), above_bar=above, name="close")


def _why(filling: Filling[ClosingForm]) -> ft.Control:
    """What it needs stands right below the chosen one: the others are a tap away."""
    form = filling.form
    grounds = [(each.value, word(ClosingGround, each)) for each in GROUNDS if form.ground in (None, each.value)]
    other = chip(_("Another reason"), lambda: filling.put(ground=None), identifier="other-ground")
    return choice(
        grounds,
        {form.ground} if form.ground else set(),
        lambda code: filling.put(ground=None if code == form.ground else code),
        name="ground",
        more=other if form.ground else None,
    )


def _lock(reason: str) -> ft.Control:
    return note(reason, ft.Icons.LOCK_OUTLINE, live=True, identifier="why-not")


def _sure(found: Ending) -> ft.Control:
    words = _("The course with {name} ends today. {name} can always come back.", name=found.name)
    return note(words, ft.Icons.FLAG_OUTLINED, live=True, identifier="sure")


def _no(call: Call) -> ft.Control:
    return button(_("No"), call, look="tonal", expand=True, identifier="no")


def _yes(found: Ending, filling: Filling[ClosingForm], saved: Callable[[Saved], None], screen: Screen) -> ft.Control:
    return button(
        _("Yes, end it"),
        lambda: filling.save(lambda: closings.close(screen.desk, found.citizen, filling.form), saved),
        expand=2,
        identifier="yes-end",
    )


def _resumed(found: Ending, screen: Screen) -> str | None:
    """Open wins on the day it was opened again."""
    if found.resumed_on is None or found.resumed_on < screen.desk.today():
        return None
    return _("The support was resumed today. It can end from tomorrow.")


def _step(number: int, title: str, done: bool | None) -> list[ft.Control]:
    """`done` None: only to be read."""
    ground, ink = (C.PRIMARY, C.ON_PRIMARY) if done else (C.SURFACE_CONTAINER_HIGHEST, C.ON_SURFACE)
    mark = icon(ft.Icons.CHECK, 18, ink, say=_("Done")) if done else text(str(number), "label", ink, cap=1.2)
    head = line(disc(mark, 32, ground), ft.Container(heading(title, "name", 2), expand=True), gap=theme.M)
    return [ft.Container(head, padding=padding(4, 24, bottom=10))]


def _goals(found: Ending, today: date) -> list[ft.Control]:
    """K8: the citizen's own goals decide when it is time; nothing is counted."""
    said = [(word(Aspect, each.aspect), each.text, said_on(each.said_on, today)) for each in found.own_words[:_QUOTES]]
    quotes = [quote_card(_("In their own words"), said)] if said else []
    goals = [
        row(each.title, _("Reached or put aside") if each.ended_on else None, lead=icon_disc(icon_of(each.dimension)))
        for each in found.goals
    ]
    none = text(_("No goals are written down. Ask {name} how it is to end now.", name=found.name), "body", MUTED)
    return [
        *quotes,
        *([space(theme.S)] if quotes and goals else []),
        *([group(goals)] if goals else []),
        *([] if quotes or goals else [none]),
    ]


def _silence(found: Ending, form: ClosingForm) -> list[ft.Control]:
    """Where somebody may think of it, it is said: silence is no ground (I-4). And what to ask instead (L9)."""
    if form.ground is not None or found.silent_days < LONG_SILENCE:
        return []
    ask = _("What stands in the way right now? What would help?")
    return [note(silence(found.name), ft.Icons.WAVING_HAND_OUTLINED, "honey", ask, identifier="silence")]


def _handed(found: Ending, screen: Screen) -> list[ft.Container]:
    change = found.change.said if found.change else None
    planned = _("Not planned yet")
    if change is not None:
        planned = _("A change is not suitable") if change.not_suitable else change.to or _("It is planned")
    taken = _("{count} of eight dimensions", count=found.handed_over)

    def to(title: str, reason: str, mark: ft.IconData, then: str) -> ft.Container:
        return row(title, reason, lead=icon_disc(mark), call=lambda: screen.citizen(found.citizen, f"ending/{then}"),
                   identifier=f"close-{then}")  # fmt: skip

    return [
        to(_("Another support person"), planned, ft.Icons.SWAP_HORIZ, "change"),
        to(_("Who takes over"), taken, ft.Icons.HANDSHAKE_OUTLINED, "takeovers"),
    ]


def _about_now(today: date) -> Days:
    """Often it has been already."""
    gone = [(capital(past(day, today)), day) for day in (today - timedelta(days=7), today - timedelta(days=1))]
    return [*gone, *coming_days(today)]


def _open_door(found: Ending, filling: Filling[ClosingForm]) -> list[ft.Control]:
    words = _("The door is open. Call if you need to.")
    asked = _("What you say to {name}", name=found.name)
    return [written(filling, "open_door", asked, lines=2, offered=words), space(theme.S), _farewell(found)]


def _farewell(found: Ending) -> ft.Control:
    new = found.replacement.said if found.replacement else None
    return Farewell(found.citizen, new.who if new else "", new.phone if new else "")
