"""The pieces of the note form: where, about what, the two voices, small progress, sensitive, when and with whom."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import flet as ft

from fieldapp.actions.contacts import ContactForm
from fieldapp.domain.values import ActDimension, ContactMode, Content, Dimension, Place
from fieldapp.domain.values_day import FocusArea, Tool
from fieldapp.domain.values_life import Chime
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.choosing import ask_day, ask_time
from fieldapp.views.days import bare, capital, clock
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling
from fieldapp.views.guard import Call
from fieldapp.views.parts import C, column, icon, line, padding, space, tappable, text
from fieldapp.views.rows import chip, chips, section
from fieldapp.views.tools import REMINDERS, reminder
from fieldapp.words import word

#: Where one usually meets; the others lie behind "...".
USUAL = (Place.HOME, Place.STREET, Place.DROP_IN)
SHORT = 4
Unfold = Callable[[str], object]


def _more(call: Call, name: str) -> ft.Control:
    return chip("", call, icon_name=ft.Icons.MORE_HORIZ, say=_("More"), identifier=f"more-{name}")


def place(filling: Filling[ContactForm], unfolded: Collection[str], unfold: Unfold) -> list[ft.Control]:
    form = filling.form
    usual = [*USUAL] if form.place in (None, *USUAL) else [Place(form.place), *USUAL[:2]]
    shown: Sequence[str] = list(Place) if "place" in unfolded else usual

    def one(code: str) -> ft.Control:
        chosen = code == form.place
        return chip(
            word(Place, code),
            lambda: filling.put(place=None if chosen else code),
            chosen=chosen,
            identifier=f"place-{code}",
        )

    rest = [] if "place" in unfolded else [_more(lambda: unfold("place"), "place")]
    where = Field(
        form,
        "place_text",
        _("Which place?"),
        identifier="place-text",
        word_help=True,
        changed=filling.changed,
        left=filling.left,
    )
    typed = [space(theme.M), where] if form.place == Place.OTHER else []
    return [space(theme.L), chips(*(one(code) for code in shown), *rest), *typed]


def about(
    filling: Filling[ContactForm], first: Sequence[str], act: bool, unfolded: Collection[str], unfold: Unfold
) -> list[ft.Control]:
    """Dimensions and what was done; `first` are the dimensions of the citizen's goals, ACT's three when `act`."""
    form = filling.form
    order = sorted(Dimension, key=lambda code: (code not in form.dimensions, code not in first))
    if "about" not in unfolded:
        few = [_tag(filling, "dimensions", Dimension, code) for code in order[: max(SHORT, len(form.dimensions))]]
        return [section(_("What was it about?")), chips(*few, _more(lambda: unfold("about"), "about"))]
    groups = [(_("What was it about?"), "dimensions", Dimension), (_("What did you do?"), "content", Content)]
    if act:
        groups.append((_("ACT's three dimensions"), "act_dimensions", ActDimension))
        groups.append((_("ACT focus areas, in no order"), "focus_areas", FocusArea))
    pieces: list[ft.Control] = []
    for title, attr, of in groups:
        pieces += [section(title), chips(*(_tag(filling, attr, of, code) for code in of))]
    return pieces


def _tag(filling: Filling[ContactForm], attr: str, of: type[StrEnum], code: str) -> ft.Control:
    tags: tuple[str, ...] = getattr(filling.form, attr)
    chosen = code in tags
    changed = tuple(tag for tag in tags if tag != code) if chosen else (*tags, str(code))
    return chip(word(of, code), lambda: filling.put(**{attr: changed}), chosen=chosen, identifier=f"{attr}-{code}")


def voices(filling: Filling[ContactForm]) -> list[ft.Control]:
    own = Field(
        filling.form,
        "own_words",
        _("The citizen's words"),
        voice="citizen",
        hint=_("As it was said, as far as you can."),
        lines=2,
        identifier="own-words",
        changed=filling.changed,
        left=filling.left,
    )
    view = Field(
        filling.form,
        "professional_view",
        _("Professional perspective"),
        voice="worker",
        # T3: from more than one angle; a question on the field itself is the quietest way to ask it.
        hint=_("Only what the support needs. What may lie behind it?"),
        lines=2,
        identifier="professional-view",
        changed=filling.changed,
        left=filling.left,
    )
    return [space(theme.L), own, space(theme.S), view]


def ask(words: str, mark: ft.Icon, call: Call, name: str) -> ft.Control:
    """A question, until it is answered: one line that unfolds."""
    asked = line(mark, text(words, "body", expand=True), icon(ft.Icons.ADD, 24), gap=theme.M)
    return tappable(asked, call, identifier=name, color=C.SURFACE_CONTAINER_LOWEST, pad=padding(16, 16))


def progress(filling: Filling[ContactForm], unfolded: Collection[str], unfold: Unfold) -> list[ft.Control]:
    if "progress" not in unfolded and not filling.form.progress:
        mark = icon(ft.Icons.SPA_OUTLINED, 22, C.SECONDARY_FIXED_DIM)
        return [space(theme.S), ask(_("A small step forward?"), mark, lambda: unfold("progress"), "progress")]
    field = Field(
        filling.form,
        "progress",
        _("A small step forward"),
        hint=_("Small steps count too."),
        icon_name=ft.Icons.SPA_OUTLINED,
        lines=2,
        autofocus="progress" in unfolded,
        identifier="progress-text",
        changed=filling.changed,
        left=filling.left,
    )
    return [space(theme.S), field]


def tools(filling: Filling[ContactForm], unfolded: Collection[str], unfold: Unfold) -> list[ft.Control]:
    """What one used with the citizen, folded: most days it is nothing with a name (N1)."""
    form, title = filling.form, _("Which tools did you use?")
    if "tools" in unfolded:
        return [
            section(title),
            chips(*(_tag(filling, "tools", Tool, code) for code in Tool)),
            *(reminder(code) for code in form.tools if code in REMINDERS),
            section(_("What was it about for the citizen?")),  # CHIME (N5)
            chips(*(_tag(filling, "reflections", Chime, code) for code in Chime)),
        ]
    if form.tools or form.reflections:
        few = [_tag(filling, "tools", Tool, code) for code in form.tools]
        few += [_tag(filling, "reflections", Chime, code) for code in form.reflections]
        return [section(title), chips(*few, _more(lambda: unfold("tools"), "tools"))]
    mark = icon(ft.Icons.HANDYMAN_OUTLINED, 22)
    return [space(theme.S), ask(_("A tool you used?"), mark, lambda: unfold("tools"), "tools")]


def marks(filling: Filling[ContactForm], ask_readable: bool) -> list[ft.Control]:
    """Sensitive, for supervision, for the case system; and who else can read it.

    The question stands there the first times, later only with what is sensitive (review.md 2.5).
    """
    form = filling.form

    def one(attr: str, words: str, icon_name: ft.IconData) -> ft.Control:
        on = getattr(form, attr)
        return chip(
            words, lambda: filling.put(**{attr: not on}), chosen=on, icon_name=icon_name,
            identifier=attr.replace("_", "-"),
        )  # fmt: skip

    said = (
        _("Hidden in lists, search and prints. The citizen can ask to read it.")
        if form.sensitive
        else _("The citizen can ask to read this.")
    )
    asked = [_("Would I be at ease if the citizen read this?")] if ask_readable or form.sensitive else []
    question = [text(words, "reason") for words in asked]
    return [
        space(theme.L),
        chips(
            one("sensitive", _("Sensitive"), ft.Icons.LOCK_OUTLINE),
            one("supervision", _("Bring to supervision"), ft.Icons.FORUM_OUTLINED),
            one("to_case_system", _("Also belongs in the case system"), ft.Icons.DRIVE_FILE_MOVE_OUTLINE),
        ),
        space(theme.M),
        ft.Container(column(*question, text(said, "meta", C.ON_SURFACE_VARIANT), gap=4), padding=padding(4, 0)),
    ]


def when_and_who(filling: Filling[ContactForm], now: datetime) -> list[ft.Control]:
    """It was another time, and who else was there."""
    form = filling.form
    at = form.occurred_at.astimezone(now.tzinfo) if form.occurred_at else now

    def on_day(day: date) -> None:
        filling.put(occurred_at=datetime.combine(day, at.time(), now.tzinfo))

    def at_time(chosen: time) -> None:
        filling.put(occurred_at=datetime.combine(at.date(), chosen, now.tzinfo))

    today, yesterday = now.date(), now.date() - timedelta(days=1)

    def one(day: date) -> ft.Control:
        words = capital(bare(day, today))
        return chip(words, lambda: on_day(day), chosen=at.date() == day, identifier=f"on-{(today - day).days}")

    other = at.date() if at.date() not in (today, yesterday) else None
    calendar = chip(
        capital(bare(other, today)) if other else "",
        lambda: ask_day(today, at.date(), today - timedelta(days=365), today, on_day),
        chosen=other is not None,
        icon_name=ft.Icons.EVENT_OUTLINED,
        say=_("Pick a day"),
        identifier="on-pick",
    )
    hour = chip(clock(at), lambda: ask_time(at.time(), at_time), icon_name=ft.Icons.SCHEDULE, identifier="at-pick")
    with_whom = Field(
        form,
        "with_whom",
        _("Who was there?"),
        icon_name=ft.Icons.GROUP_OUTLINED,
        identifier="with-whom",
        word_help=True,
        changed=filling.changed,
        left=filling.left,
    )
    return [
        section(_("It was another time")),
        chips(one(today), one(yesterday), calendar, hour),
        space(theme.M),
        with_whom,
    ]


def fitting(mode: str) -> bool:
    """Whether a place belongs to it: not to what was said on the phone or written."""
    return mode in (ContactMode.MET, ContactMode.CITIZEN_CAME, ContactMode.NOT_MET)
