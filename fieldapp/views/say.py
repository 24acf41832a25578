"""Pages with one thing to write: own words, a strength, a small step forward, a number, a place, a name, a step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import flet as ft

from fieldapp.actions import citizens, contacts, drafts, goals
from fieldapp.actions.citizens import CitizenPage
from fieldapp.actions.desk import Desk, Saved
from fieldapp.domain import tracing
from fieldapp.domain.values import Aspect
from fieldapp.texts import _, pgettext
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.dimensions import dimension_chips
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field, Voice
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.goal_form import step_choices
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@dataclass
class Short:
    """What is written, and what was chosen with it."""

    text: str = ""
    aspect: str = Aspect.WISH.value
    dimension: str | None = None
    step_by: str = "together"
    step_due_on: date | None = None
    times: tuple[str, ...] = ()  # of a known place


@dataclass(frozen=True)
class Asked:
    """`keep(desk, form)` saves it. `before` is what already stands, to be changed."""

    title: str
    label: str
    keep: Callable[[Desk, Short], Saved]
    hint: str | None = None
    voice: Voice = "plain"
    icon_name: ft.IconData | None = None
    lines: int = 2
    keyboard: ft.KeyboardType = ft.KeyboardType.TEXT
    before: str = ""


@ft.component
@shielded
def Say() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, what, goal = at["citizen"], at["what"], at.get("goal", "")
    shown = use_reading(citizens.read, citizen)
    of = next((each for each in use_reading(goals.read, citizen) if each.id == goal), None)
    title, view = (of.title, of.professional_view or "") if of else ("", "")
    key = f"{what}:{citizen}:{goal}"
    filling = use_form(key, Short)
    missing, miss = ft.use_state(False)
    asked = _asked(what, goal, title, view, shown) if shown else None
    ft.use_memo(lambda: _begin(filling.form, asked.before if asked else "", what, at.get("dimension")), [filling.kept])
    if shown is None or asked is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        back = replace(answer, draft=(key, drafts.values_of(form)))
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, back))
        screen.back()

    async def save() -> None:
        miss(not form.text.strip())
        if form.text.strip():
            await filling.save(lambda: asked.keep(screen.desk, form), saved)

    today = screen.desk.today()
    body = [
        person_head(shown.id, shown.name, asked.title),
        space(theme.L),
        *(_aspects(filling) if what == "words" else []),
        _field(asked, filling, missing),
        *(_times(filling) if what == "places" else []),
        *(_about(filling) if what == "strength" or (what == "progress" and not goal) else []),
        *(step_choices(form.step_by, form.step_due_on, today, filling.put) if what == "step" else []),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name=what)


def _begin(form: Short, before: str, what: str, dimension: str | None) -> None:
    form.dimension = form.dimension or dimension
    if what == "places" and not form.text:
        form.text, form.times = tracing.times_of(before)
    form.text = form.text or before


def _field(asked: Asked, filling: Filling[Short], missing: bool) -> ft.Control:
    return Field(
        filling.form,
        "text",
        asked.label,
        voice=asked.voice,
        hint=asked.hint,
        icon_name=asked.icon_name,
        lines=asked.lines,
        keyboard=asked.keyboard,
        error=_("Write a few words first.") if missing else None,
        autofocus=True,
        identifier="say",
        changed=filling.changed,
        left=filling.left,
    )


def _aspects(filling: Filling[Short]) -> list[ft.Control]:
    options = [(each.value, word(Aspect, each)) for each in Aspect]
    chips = choice(options, {filling.form.aspect}, lambda code: filling.put(aspect=code), name="aspect")
    return [chips, space(theme.L)]


def _about(filling: Filling[Short]) -> list[ft.Control]:
    """One of the eight, or none: what belongs to none is as good."""
    chosen = filling.form.dimension

    def turn(code: str) -> None:
        filling.put(dimension=None if code == chosen else code)

    return [section(pgettext("together", "What is it about?")), dimension_chips({chosen or ""}, turn)]


def _times(filling: Filling[Short]) -> list[ft.Control]:
    """When, as the person said it."""
    named = (_("Morning"), _("Afternoon"), _("Evening"), _("Night"))
    chosen = filling.form.times

    def tapped(time: str) -> None:
        kept = set(chosen) ^ {time}
        filling.put(times=tuple(each for each in tracing.TIMES if each in kept))

    options = list(zip(tracing.TIMES, named, strict=True))
    chips = [(f"{number}", words) for number, (_time, words) in enumerate(options)]
    on = {f"{number}" for number, (time, _words) in enumerate(options) if time in chosen}
    return [section(_("At what time of day?")), choice(chips, on, lambda n: tapped(tracing.TIMES[int(n)]), name="time")]


def _asked(what: str, goal: str, title: str, view: str, shown: CitizenPage) -> Asked | None:
    of = shown.id
    match what:
        case "title" if title:
            return Asked(
                _("The goal"),
                _("The citizen's words"),
                lambda desk, form: goals.change_title(desk, goal, form.text),
                _("As it was said, as far as you can."),
                "citizen",
                before=title,
            )
        case "view" if title:
            return Asked(
                _("Professional perspective"),
                _("Your own view"),
                lambda desk, form: goals.set_view(desk, goal, form.text),
                _("What is it good for in the citizen's life? Only if it helps to think of it."),
                "worker",
                before=view,
            )
        case "words":
            return Asked(
                _("In their own words"),
                _("The citizen's words"),
                lambda desk, form: citizens.say(desk, of, form.aspect, form.text),
                _("As it was said, as far as you can."),
                "citizen",
            )
        case "strength":
            return Asked(
                _("Strengths and resources"),
                _("What goes well already?"),
                lambda desk, form: citizens.note_strength(desk, of, form.text, form.dimension),
                _("What the citizen is good at, and who is there."),
                icon_name=ft.Icons.SPA_OUTLINED,
            )
        case "progress":
            return Asked(
                _("A small step forward"),
                _("What went forward?"),
                lambda desk, form: goals.add_progress(
                    desk, of, form.text, None if goal else form.dimension, goal or None
                ),
                _("Small steps count too."),
                icon_name=ft.Icons.SPA_OUTLINED,
            )
        case "step":
            return Asked(
                _("New step"),
                _("The smallest next step"),
                lambda desk, form: goals.add_step(desk, goal, form.text, form.step_by, form.step_due_on),
                _("What is the smallest next step?"),
                icon_name=ft.Icons.FLAG_OUTLINED,
            )
    return _facts(what, shown)


def _facts(what: str, shown: CitizenPage) -> Asked | None:
    of = shown.id
    match what:
        case "phone":
            return Asked(
                _("Phone"),
                _("The number"),
                lambda desk, form: citizens.set_phone(desk, of, form.text),
                _("Only the last two digits are shown. Don't save it among your contacts."),
                icon_name=ft.Icons.CALL_OUTLINED,
                lines=1,
                keyboard=ft.KeyboardType.PHONE,
            )
        case "places":
            return Asked(
                _("Known places"),
                _("Where is {name} often?", name=shown.name),
                lambda desk, form: citizens.set_known_places(desk, of, tracing.with_times(form.text, form.times)),
                icon_name=ft.Icons.PLACE_OUTLINED,
                before=shown.known_places or "",
            )
        case "name":
            return Asked(
                _("Name"),
                _("What may I call you?"),
                lambda desk, form: citizens.set_name(desk, of, form.text),
                icon_name=ft.Icons.BADGE_OUTLINED,
                lines=1,
                before=shown.known_as or "",
            )
    return None
