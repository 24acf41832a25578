"""Notér (F2), second page: everything is filled in beforehand, so that *Gem* can be the third tap."""

from dataclasses import asdict, dataclass
from datetime import date

import flet as ft

from fieldapp.actions import citizens, contacts, goals, intensity, next_steps, readable, timeline
from fieldapp.actions.citizens import CitizenPage
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.intensity import SupportNow
from fieldapp.domain.facts import NextStep
from fieldapp.domain.values import ContactMode, Method, Place
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.answered import asks
from fieldapp.views.bars import act_bar, page
from fieldapp.views.choosing import day_chips, soon
from fieldapp.views.days import moment
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.next_words import say_saved, what, why
from fieldapp.views.note import ICONS
from fieldapp.views.note_fields import about, fitting, marks, place, progress, tools, voices, when_and_who
from fieldapp.views.note_support import support_now
from fieldapp.views.parts import MUTED, C, button, disc, heading, icon, line, link, piece, space, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

CALLED = (ContactMode.CITIZEN_CALLED, ContactMode.CITIZEN_WROTE)


@dataclass(frozen=True)
class Before:
    """What the form is filled in from. `last_place`: where they met last; `chosen`: the dimensions of the goals."""

    shown: CitizenPage
    suggested: NextStep | None
    last_place: str | None
    chosen: tuple[str, ...]
    support: SupportNow | None = None
    ask_readable: bool = False


def before(desk: Desk, citizen: str) -> Before | None:
    shown = citizens.read(desk, citizen)
    if shown is None:
        return None
    met = (each.place for each in timeline.timeline(desk, citizen, 20) if each.word == ContactMode.MET)
    chosen = tuple(goal.dimension for goal in goals.read(desk, citizen) if goal.ended_on is None)
    place_code = next((each for each in met if each in set(Place)), None)
    return Before(
        shown,
        next_steps.suggestion(desk, citizen),
        place_code,
        chosen,
        intensity.read(desk, citizen),
        readable.still_asked(desk),
    )


@ft.component
@shielded
def NoteForm() -> ft.Control:
    """`note/:mode`, or `correct/:contact`: the same form, filled in with what was written first."""
    screen = use_screen()
    at = ft.use_route_params()
    citizen, contact = at["citizen"], at.get("contact")
    known = use_reading(before, citizen)
    filling = use_form(contacts.draft_key(citizen, contact), ContactForm)
    ft.use_memo(lambda: _begin(filling, at.get("mode"), contact, known, screen.desk), [filling.kept, at.get("mode")])
    folds, open_folds = ft.use_state(frozenset[str]())
    if known is None:
        return gone(screen)
    form, now = filling.form, screen.desk.now()

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        if asks(form.mode) and not contact:
            screen.citizen(citizen, "answered")
        else:
            screen.home()

    def unfold(name: str) -> None:
        open_folds(folds | {name})

    met = form.mode != ContactMode.NOT_MET
    body = [
        _head(filling, known.shown, screen, lambda: unfold("when")),
        piece(*(when_and_who(filling, now) if "when" in folds else [])),
        piece(*(_called(filling) if form.mode in CALLED else [])),
        piece(*(place(filling, folds, unfold) if met and fitting(form.mode) else [])),
        piece(*(about(filling, known.chosen, _is_act(known.shown), folds, unfold) if met else [])),
        piece(*voices(filling)),
        piece(*(progress(filling, folds, unfold) if met else [])),
        piece(*([] if contact else _next(filling, known.suggested, now.date()))),
        piece(*(support_now(filling, known.support, now.date()) if known.support and not contact else [])),
        piece(*(tools(filling, folds, unfold) if met else [])),
        piece(*marks(filling, known.ask_readable)),
    ]
    save = button(
        _("Save"),
        lambda: filling.save(lambda: contacts.note(screen.desk, citizen, form), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    bar = act_bar(save, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, now), name="note-form")


def _begin(
    filling: Filling[ContactForm], mode: str | None, contact: str | None, known: Before | None, desk: Desk
) -> None:
    """Presets, once; what was restored from a draft stands, and the mode is the one tapped now."""
    form = filling.form
    if contact:
        if filling.restored_at is None:
            vars(form).update(asdict(contacts.form_of(desk, contact)))
        return
    form.mode = mode or form.mode
    if filling.restored_at is None and known and fitting(form.mode) and form.mode != ContactMode.NOT_MET:
        form.place = known.last_place


def _is_act(shown: CitizenPage) -> bool:
    return shown.method in (Method.ACT, Method.ACT_MODIFIED)


def _head(filling: Filling[ContactForm], shown: CitizenPage, screen: Screen, change: Call) -> ft.Control:
    form, now = filling.form, screen.desk.now()
    title = _("Add a correction") if form.corrects else word(ContactMode, form.mode)
    when = moment(form.occurred_at or now, now)
    words = ft.Column(
        [heading(title, "title"), text(_("{name} · {when} · you", name=shown.name, when=when), "meta", MUTED)],
        spacing=0,
        tight=True,
        expand=True,
    )
    mark = disc(icon(ICONS.get(form.mode, ft.Icons.EDIT_NOTE), 22, C.ON_PRIMARY), 44, C.PRIMARY)
    return line(mark, words, link(_("Change"), change, identifier="change-when"), gap=theme.M)


def _called(filling: Filling[ContactForm]) -> list[ft.Control]:
    options = [(code.value, word(ContactMode, code)) for code in CALLED]
    return [space(theme.L), choice(options, {filling.form.mode}, lambda code: filling.put(mode=code), name="mode")]


def _next(filling: Filling[ContactForm], suggested: NextStep | None, today: date) -> list[ft.Control]:
    """The rhythm's day is chosen already; another takes one tap."""
    if suggested is None:
        return []
    chosen = date.fromisoformat(filling.form.next_on) if filling.form.next_on else suggested.on

    def choose(day: date) -> None:
        filling.put(next_on=None if day == suggested.on else day.isoformat())

    reason = why(suggested, today)
    return [
        section(_("Next step: {what}", what=what(suggested))),
        day_chips(soon(today), chosen, choose, today, first=today, name="next"),
        *([space(theme.S), text(reason, "meta", MUTED)] if reason else []),
    ]
