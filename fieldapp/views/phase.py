"""*Skift fase sammen* (F9): what the citizen thinks, then the next phase or a day to look again; never by itself."""

from collections.abc import Callable
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import citizens, contacts, phases
from fieldapp.actions.citizens import CitizenPage
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.phases import PhaseForm, PhaseNow, Said
from fieldapp.domain.cti import FITS_IN
from fieldapp.domain.values import Phase
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import bare, coming, past, said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.marks import phase_strip
from fieldapp.views.moments import quoted
from fieldapp.views.parts import MUTED, button, icon_disc, space, text
from fieldapp.views.reasons import phase_name
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

LOOK_AGAIN = timedelta(days=14)
"""Proposed, as after a no thanks: long enough to think, short enough to remember."""


@ft.component
@shielded
def PhaseShift() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    now = use_reading(phases.read, citizen)
    filling = use_form(phases.draft_key(citizen), PhaseForm)
    if shown is None or now is None:
        return gone(screen)
    today, form = screen.desk.today(), filling.form
    first = now.next == Phase.TRANSITION

    def saved(answer: Saved, words: str) -> None:
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def go_on() -> None:
        begins = form.begins_on or proposed(now, today)
        chosen = PhaseForm(form.own_view, begins if first else None)
        keep: Callable[[Desk, str, PhaseForm], Saved] = phases.begin if first else phases.shift
        words = _("Saved. {phase} {day}.", phase=full_name(now.next), day=coming(begins if first else today, today))
        await filling.save(lambda: keep(screen.desk, citizen, chosen), lambda answer: saved(answer, words))

    async def stay() -> None:
        again = _again(form, now, today)
        chosen = PhaseForm(form.own_view, look_again_on=again)
        words = _("Not yet. You look at it again {day}.", day=coming(again, today))
        await filling.save(lambda: phases.not_yet(screen.desk, citizen, chosen), lambda answer: saved(answer, words))

    body = [
        person_head(citizen, shown.name, word(Phase, now.phase or Phase.CONTACT_PERIOD)),
        space(theme.L),
        *phase_strip(shown, today),
        *_what_comes(now, shown, today),
        space(theme.M),
        _own_view(filling, shown),
        *(_when_it_begins(filling, now, today) if first else _look_again(filling, now, stay, today)),
        *(_fits(screen) if now.phase in FITS_IN else []),
        *_said_before(now.said, today),
    ]
    if now.next is None:
        act = button(_("Look at it again"), stay, expand=True, identifier="not-yet")
    elif first:
        act = button(_("Begin phase 1 together"), go_on, ft.Icons.CHECK, expand=True, identifier="begin-phase")
    else:
        act = button(_("Change phase together"), go_on, ft.Icons.CHECK, expand=True, identifier="shift-phase")
    bar = act_bar(act, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="phase")


def proposed(now: PhaseNow, today: date) -> date:
    """The day of the move, which is what the clock usually starts with (review.md 1.2, C2); else today."""
    return now.planned_on or now.move_in_on or today


def full_name(phase: str | None) -> str:
    """1. fase: Overgang til egen bolig"""
    return _("{phase}: {name}", phase=phase_name(phase), name=word(Phase, phase))


def _what_comes(now: PhaseNow, shown: CitizenPage, today: date) -> list[ft.Control]:
    if now.next == Phase.TRANSITION:
        if now.planned_on:
            words = _("Phase 1 begins {day}. You can agree on another day.", day=coming(now.planned_on, today))
        else:
            words = _("The contact period lasts as long as it takes. It is not counted in the nine months.")
        return [note(words, ft.Icons.EVENT_OUTLINED, "pine", full_name(now.next))]
    if now.next is None:
        words = _("Who takes over? The new support begins before this one ends.")
        ends = _("The course ends {day}", day=coming(now.ends_on, today)) if now.ends_on else None
        if now.ends_on and now.ends_on < today:
            ends = _("The course was to end {day}", day=past(now.ends_on, today))
        return [note(words, ft.Icons.EVENT_OUTLINED, "pine", ends)]
    words = _("Talk about it with {name}. The phase never changes by itself.", name=shown.name)
    return [note(words, ft.Icons.EVENT_OUTLINED, "pine", _("Next: {phase}", phase=full_name(now.next)))]


def _own_view(filling: Filling[PhaseForm], shown: CitizenPage) -> ft.Control:
    return Field(
        filling.form,
        "own_view",
        _("What does {name} think?", name=shown.name),
        voice="citizen",
        hint=_("As it was said, as far as you can."),
        lines=2,
        identifier="own-view",
        changed=filling.changed,
        left=filling.left,
    )


def _when_it_begins(filling: Filling[PhaseForm], now: PhaseNow, today: date) -> list[ft.Control]:
    offered = [(_("Today"), today)]
    if now.move_in_on and now.move_in_on != today:
        moves = _("Moving in: {day}", day=bare(now.move_in_on, today))
        offered.insert(0, (moves, now.move_in_on))
    chosen = filling.form.begins_on or proposed(now, today)
    return [
        section(_("When does phase 1 begin?")),
        day_chips(
            offered,
            chosen,
            lambda day: filling.put(begins_on=day),
            today,
            first=today - timedelta(days=270),
            name="begins",
        ),
    ]


def _look_again(filling: Filling[PhaseForm], now: PhaseNow, stay: Call, today: date) -> list[ft.Control]:
    days = [(_("In a week"), 7), (_("In two weeks"), LOOK_AGAIN.days), (_("In four weeks"), 28)]
    by = now.look_by
    offered = [(words, on) for words, ahead in days if (on := today + timedelta(days=ahead)) <= (by or on)]
    later = button(_("Not yet"), stay, look="quiet", small=True, identifier="not-yet")
    return [
        section(_("Not yet? When do you look at it again?") if now.next else _("When do you look at it again?")),
        day_chips(
            offered,
            _again(filling.form, now, today),
            lambda day: filling.put(look_again_on=day),
            today,
            first=today + timedelta(days=1),
            last=by,
            name="again",
        ),
        *([space(theme.M), later] if now.next else []),
    ]


def _again(form: PhaseForm, now: PhaseNow, today: date) -> date:
    """As chosen or proposed, and never past the end of the course."""
    again = form.look_again_on or today + LOOK_AGAIN
    return min(again, now.look_by or again)


def _fits(screen: Screen) -> list[ft.Control]:
    line = row(
        _("Does the method still fit?"),
        _("Four things to look at together"),
        lead=icon_disc(ft.Icons.HELP_OUTLINE),
        call=lambda: screen.go(f"{screen.here}/fits"),
        identifier="to-fits",
    )
    return [space(theme.L), group([line])]


def _said_before(said: tuple[Said, ...], today: date) -> list[ft.Control]:
    cards: list[ft.Control] = []
    for each in said:
        what = full_name(each.phase) if each.phase else _("Not yet")
        if each.phase == Phase.CONTACT_PERIOD:
            what = word(Phase, each.phase)
        when = " · ".join(filter(None, (said_on(each.on, today), each.by)))
        quote = [quoted(each.own_view)] if each.own_view else []
        cards += [card(text(what, "name"), text(when, "meta", MUTED), *quote, gap=theme.XS), space(theme.S)]
    return [section(_("So far")), *cards] if cards else []
