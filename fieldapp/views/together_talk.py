"""What citizen and worker talk about in *Sammen*: the wheel, the wishes, what goes well, the smallest step."""

from datetime import date

import flet as ft

from fieldapp.actions.focus import SUGGESTED
from fieldapp.actions.own_page import TheirPage
from fieldapp.actions.together import TogetherForm
from fieldapp.domain.values import StepBy
from fieldapp.texts import _, pgettext
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.choosing import day_chips, soon
from fieldapp.views.dimensions import choosing_wheel, dimension_chips
from fieldapp.views.field import Field, Voice
from fieldapp.views.filling import Filling
from fieldapp.views.own_words import who
from fieldapp.views.parts import MUTED, column, heading, piece, space, text
from fieldapp.views.rows import choice, section

CENTER = ft.TextAlign.CENTER
Form = Filling[TogetherForm]


def talk(filling: Form, shown: TheirPage, today: date, missing: str) -> list[ft.Control]:
    """In the order of F6; each question may stay without an answer."""
    return [
        text(
            _("You now see only {name}'s own page. Other citizens and your notes are hidden.", name=shown.name),
            "meta",
            MUTED,
        ),
        *_wheel(filling),
        _question(_("What do you wish for?")),
        *_words(filling),
        _question(_("What is already going well?")),
        _field(filling, "well", _("Goes well"), icon_name=ft.Icons.SPA_OUTLINED),
        _question(_("What is the smallest next step?")),
        *_step(filling, shown, today, missing),
        *_near(filling),
        space(theme.M),
    ]


def _question(words: str) -> ft.Control:
    return ft.Container(heading(words, "title", 2), padding=ft.Padding(left=0, top=theme.XXL, right=0, bottom=theme.M))


def _wheel(filling: Form) -> list[ft.Control]:
    form = filling.form

    def turn(code: str) -> None:
        kept = tuple(each for each in form.dimensions if each != code)
        chosen = kept if code in form.dimensions else (*kept, code)
        filling.put(dimensions=chosen, about=None)

    drawn = ft.Row([choosing_wheel(form.dimensions, turn)], alignment=ft.MainAxisAlignment.CENTER)
    names = [dimension_chips(form.dimensions, turn), space(theme.M)] if theme.is_large() else []
    hint = [text(_("One to three is often enough. More is fine."), "meta", MUTED, align=CENTER)]
    return [
        _question(_("What would you like to work on?")),
        text(_("Choose one or more. Or none today."), "body", MUTED),
        drawn,
        *names,
        piece(*(hint if len(form.dimensions) > SUGGESTED else [])),
    ]


def _words(filling: Form) -> list[ft.Control]:
    dream, hope = _("What do you dream of?"), _("What do you hope for?")
    return [
        column(
            _field(filling, "wish", _("I wish for"), "citizen"),
            _field(filling, "dream", dream, "citizen"),
            _field(filling, "hope", hope, "citizen"),
            gap=theme.M,
        )
    ]


def _field(
    filling: Form,
    attr: str,
    label: str,
    voice: Voice = "plain",
    icon_name: ft.IconData | None = None,
    error: str | None = None,
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        voice=voice,
        icon_name=icon_name,
        lines=2,
        error=error,
        identifier=attr.replace("_", "-"),
        changed=filling.changed,
        left=filling.left,
    )


def _step(filling: Form, shown: TheirPage, today: date, missing: str) -> list[ft.Control]:
    form = filling.form
    error = _("Choose above what the step is about.") if missing == "dimension" else None
    doers = [(code.value, who(code, shown.worker)) for code in StepBy]
    by = choice(doers, {form.step_by}, lambda code: filling.put(step_by=code), name="by")
    due = form.step_due_on
    when = day_chips(soon(today), due, lambda day: filling.put(step_due_on=None if day == due else day), today)
    about = [
        section(pgettext("together", "What is it about?")),
        dimension_chips({form.of or ""}, lambda code: filling.put(about=code), form.dimensions),
    ]
    return [
        _field(filling, "step", _("The smallest next step"), icon_name=ft.Icons.FLAG_OUTLINED, error=error),
        piece(*(about if len(form.dimensions) > 1 else [])),
        section(_("Who does it?")),
        by,
        section(_("When?")),
        when,
    ]


def _near(filling: Form) -> list[ft.Control]:
    """Only if they like: a number of their own (L4)."""
    form = filling.form
    numbers = [(str(n), str(n)) for n in range(11)]

    def turn(code: str) -> None:
        filling.put(near=None if form.near == int(code) else int(code))

    chosen = set() if form.near is None else {str(form.near)}
    return [
        _question(_("How near are you to what you want?")),
        note(
            _("Only if you like. 0 is far away, 10 is there. It is your own number, and it is shown only here."),
            ft.Icons.FAVORITE_BORDER,
            "heather",
        ),
        space(theme.M),
        choice(numbers, chosen, turn, name="near"),
    ]
