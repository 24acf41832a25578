"""The one text field. A bare ft.TextField loses letters when its component is drawn again while somebody types.

    form = ContactForm()            # or Drafts.open(...).form: a plain object, written at each key
    Field(form, "own_words", _("The citizen's words"), voice="citizen", lines=2, changed=kept.changed)

The text lives in `form`, never in a state of the screen: read `form.own_words` when saving. To empty the field, give a
new form. `changed()` is called after each key; do not draw the screen again from it while typing goes on, except for
what needs it (a search: give the list its own component).
"""

from collections.abc import Callable
from typing import Literal

import flet as ft

from fieldapp.views import theme
from fieldapp.views.guard import Call, guarded
from fieldapp.views.offered import Offered
from fieldapp.views.parts import MUTED, C, column, icon, line, padding, text
from fieldapp.views.word_help import Typed, WordHelp

Voice = Literal["citizen", "worker", "plain"]
_GROUND = {
    "citizen": (C.TERTIARY_CONTAINER, C.ON_TERTIARY_CONTAINER, C.TERTIARY, C.ON_TERTIARY_CONTAINER),
    "worker": (C.SURFACE_CONTAINER_LOWEST, C.ON_SURFACE, C.PRIMARY, MUTED),
    "plain": (C.SURFACE_CONTAINER_LOWEST, C.ON_SURFACE, C.PRIMARY, MUTED),
}
_ICONS = {"citizen": ft.Icons.FORMAT_QUOTE, "worker": ft.Icons.EDIT_NOTE, "plain": None}
_NO_LINE = ft.NoInputBorder()


class _Calls:
    """What the field calls, as of the last drawing: beside the memo, so that new functions do not draw it again."""

    changed: Callable[[], object] | None = None
    submitted: Call | None = None
    left: Callable[[], object] | None = None

    def __init__(self) -> None:
        self.typed = Typed()


@ft.component
def Field(
    form: object,
    attr: str,
    label: str,
    *,
    voice: Voice = "plain",
    hint: str | None = None,
    icon_name: ft.IconData | None = None,
    lines: int = 1,
    error: str | None = None,
    secret: bool = False,
    keyboard: ft.KeyboardType = ft.KeyboardType.TEXT,
    autofocus: bool = False,
    identifier: str | None = None,
    changed: Callable[[], object] | None = None,
    left: Callable[[], object] | None = None,
    submitted: Call | None = None,
    word_help: bool | None = None,
    offered: str | None = None,
) -> ft.Control:
    """`voice` gives the colour: citizen = heather. `lines` > 1 lets it grow. `secret` hides what is typed.

    `left()` when the field loses focus, `submitted()` on the keyboard's tick. `error` is a sentence under the text.
    `word_help` says which words the manual would not use: unless told otherwise wherever one writes at length, and
    never of the citizen's own words, which stay as they were said. `offered` are words one may begin with: they stand
    below while nothing is written.
    """
    calls = ft.use_memo(_Calls, [])
    calls.changed, calls.submitted, calls.left = changed, submitted, left
    anew, draw_anew = ft.use_state(0)
    helps = (lines > 1 and voice != "citizen") if word_help is None else word_help
    kept: ft.Control = _Kept(
        id(form),
        form,
        attr,
        label,
        calls,
        voice,
        hint,
        icon_name,
        lines,
        error,
        secret,
        keyboard,
        autofocus,
        identifier,
        anew,
    )
    if not helps and offered is None:
        return kept

    def replace(text_: str) -> None:
        """The field is given its new text by being drawn again: nobody types while they tap a suggestion."""
        setattr(form, attr, text_)
        if calls.changed:
            calls.changed()
        draw_anew(lambda times: times + 1)

    below = [WordHelp(form, attr, calls.typed, replace)] if helps else []
    if offered is not None:
        below.append(Offered(form, attr, calls.typed, offered, replace, identifier))
    return column(kept, *below, gap=0)


@ft.memo  # type: ignore[untyped-decorator]
@ft.component
def _Kept(
    form_id: int,  # forms compare by value; another form with the same text is still another form
    form: object,
    attr: str,
    label: str,
    calls: _Calls,
    voice: Voice,
    hint: str | None,
    icon_name: ft.IconData | None,
    lines: int,
    error: str | None,
    secret: bool,
    keyboard: ft.KeyboardType,
    autofocus: bool,
    identifier: str | None,
    anew: int,
) -> ft.Control:
    ground, ink, accent, quiet = _GROUND[voice]

    def typed(event: ft.Event[ft.TextField]) -> None:
        setattr(form, attr, event.control.value)
        if calls.changed:
            calls.changed()
        calls.typed.tell()

    field = ft.TextField(
        value=getattr(form, attr),
        hint_text=hint,
        hint_style=theme.text_style("body", quiet, cap=theme.whole_words(hint or "", "body")),
        hint_max_lines=8 if theme.is_large() else 3,
        text_style=theme.text_style("body", ink),
        cursor_color=accent,
        border=_NO_LINE,
        filled=False,
        dense=True,
        content_padding=padding(0, 6),
        multiline=lines > 1,
        min_lines=lines if lines > 1 else None,
        max_lines=8 if lines > 1 else 1,
        password=secret,
        can_reveal_password=secret,
        keyboard_type=ft.KeyboardType.MULTILINE if lines > 1 else keyboard,
        autofocus=autofocus,
        # Personal words must not end in the keyboard's dictionary (ux 4.0).
        autocorrect=False,
        enable_suggestions=False,
        enable_ime_personalized_learning=False,
        on_change=guarded(typed),
        on_blur=guarded(lambda: calls.left() if calls.left else None),
        on_submit=guarded(lambda: calls.submitted() if calls.submitted else None),
    )
    return ft.Container(
        column(*_label(label, voice, icon_name, ink, accent), _named(field, label, identifier), *_said(error), gap=2),
        bgcolor=ground,
        border_radius=theme.CARD,
        padding=padding(16, 12),
        on_click=guarded(field.focus),
    )


def _label(
    words: str, voice: Voice, icon_name: ft.IconData | None, ink: ft.Colors, accent: ft.Colors
) -> list[ft.Control]:
    mark = icon_name or _ICONS[voice]
    word = text(words, "label", ink, expand=True)
    shown = line(*([icon(mark, 20, accent)] if mark else []), word)
    return [ft.Semantics(content=shown, exclude_semantics=True)]  # the field itself carries the name


def _named(field: ft.TextField, label: str, identifier: str | None) -> ft.Control:
    if field.password:  # the eye must stay a button of its own: the name is a label nobody sees
        field.label = ft.Text("", semantics_label=label)
        return ft.Semantics(content=field, identifier=identifier)
    return ft.MergeSemantics(ft.Semantics(content=field, label=label, identifier=identifier))


def _said(error: str | None) -> list[ft.Control]:
    if not error:
        return []
    mark, words = icon(ft.Icons.ERROR_OUTLINE, 18, C.ERROR), text(error, "meta", C.ERROR, expand=True)
    return [ft.Semantics(content=line(mark, words, gap=6, top=True), live_region=True, container=True)]
