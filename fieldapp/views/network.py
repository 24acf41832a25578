"""The network around a citizen as they see it: a map in three rings, and a call only with their yes (N4)."""

import math
from collections.abc import Sequence

import flet as ft
import flet.canvas as cv

from fieldapp.actions import citizens, entries, plans
from fieldapp.actions.entries import Entry
from fieldapp.actions.plans import RelativeForm
from fieldapp.domain.values_day import ConsentAbout
from fieldapp.domain.values_life import Circle, Closeness
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.drawings import STROKE
from fieldapp.views.entry import Picks, Says, entry_page
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, C, act, button, icon_disc, link, space, text
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import P_, word

RelativeEntry = entry_page(
    plans.RELATIVE,
    P_("entry", "Somebody in the network"),
    (
        Says(
            "name",
            P_("entry", "Who is it?"),
            P_("entry", "The name the citizen uses"),
            icon_name=ft.Icons.PERSON_OUTLINE,
        ),
        Says("relation", P_("entry", "What are they to each other?"), P_("entry", "Sister, neighbour, friend …")),
        Picks("circle", P_("entry", "Where on the map?"), Circle),
        Picks("closeness", P_("entry", "How close, in the citizen's own view?"), Closeness),
        Says("phone", P_("entry", "The number"), icon_name=ft.Icons.CALL_OUTLINED, phone=True),
        Says("note", P_("entry", "Good to know"), lines=2),
    ),
    lacks=P_("entry", "Write who it is, and choose where on the map."),
    ends=P_("entry", "Not in the network any more"),
    asks=P_("entry", "Made together with the citizen. Only what the citizen wants to have here."),
)
_RINGS: dict[str | None, int] = {Closeness.NEAR: 0, Closeness.MIDDLE: 1, Closeness.FAR: 2}
_MARKS: dict[str | None, ft.IconData] = {
    Circle.PRIVATE: ft.Icons.FAVORITE_BORDER,
    Circle.CHOSEN: ft.Icons.STAR_OUTLINE,
    Circle.PROFESSIONAL: ft.Icons.BADGE_OUTLINED,
}


@ft.component
@shielded
def Network() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    people = use_reading(entries.read, citizen, plans.RELATIVE)
    may = use_reading(plans.may_contact, citizen)
    if shown is None:
        return gone(screen)
    now = [each for each in people if not each.over]
    over = [each for each in people if each.over]
    body: list[ft.Control] = [
        person_head(citizen, shown.name, _("Network")),
        space(theme.L),
        *([_map([each.form for each in now]), space(theme.M)] if now and not theme.is_large() else []),
        _consent(may, citizen, shown.name, screen),
    ]
    for circle in Circle:
        of = [_row(each, citizen, may, screen) for each in now if each.form.circle == circle]
        body += [section(word(Circle, circle)), group(of)] if of else []
    newer = [_row(each, citizen, may, screen) for each in now if each.form.circle not in set(Circle)]
    body += [section(_("Others")), group(newer)] if newer else []
    body += [section(_("Earlier")), group([_row(each, citizen, False, screen) for each in over])] if over else []
    if not people:
        words = _("Nobody yet. Draw it together, when {name} feels like it.", name=shown.name)
        body += [space(theme.M), text(words, "body", MUTED)]
    add = button(_("Add"), lambda: screen.citizen(citizen, "network/new"), ft.Icons.ADD, expand=True, identifier="add")
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="network")


def _consent(may: bool, citizen: str, name: str, screen: Screen) -> ft.Control:
    if may:
        return note(_("{name} has said yes to you talking with the network.", name=name), ft.Icons.CHECK_CIRCLE_OUTLINE)
    ask = link(
        _("Note what {name} says", name=name),
        lambda: screen.citizen(citizen, f"network/consent/{ConsentAbout.NETWORK.value}"),
        identifier="ask-consent",
    )
    return ft.Column(
        [note(_("Only with the citizen's yes. Ask when you meet."), ft.Icons.LOCK_OUTLINE), ask], spacing=theme.S
    )


def _row(each: Entry[RelativeForm], citizen: str, may: bool, screen: Screen) -> ft.Container:
    form = each.form

    async def call() -> None:
        number = plans.number_of(screen.desk, citizen, each.id)
        screen.leave()
        await screen.gate.platform.open_call(number)

    dial = act(_("Call"), ft.Icons.CALL_OUTLINED, call, who=form.name, identifier=f"call-{each.id}")
    near = word(Closeness, form.closeness) if form.closeness else None
    return row(
        form.name,
        " · ".join(filter(None, (form.relation, near))) or None,
        form.note or None,
        lead=icon_disc(_MARKS.get(form.circle, ft.Icons.PERSON_OUTLINE)),
        side=dial if may and form.phone else None,
        call=lambda: screen.citizen(citizen, f"network/{each.id}"),
        identifier=f"relative-{each.id}",
        meta_icon=ft.Icons.NOTES,
    )


def _map(people: Sequence[RelativeForm]) -> ft.Control:
    """Three rings around the citizen: how close, not how many. The list below says the same in words."""
    size = min(300.0, theme.width() - 2 * theme.PAGE)
    middle, gap = size / 2, size / 2 / 3.4
    ring = ft.Paint(color=C.OUTLINE_VARIANT, style=STROKE, stroke_width=2)
    shapes: list[cv.Shape] = [cv.Circle(middle, middle, gap * (n + 1), ring) for n in range(3)]
    shapes.append(cv.Circle(middle, middle, 10, ft.Paint(color=C.TERTIARY)))
    names: list[ft.Control] = []
    for n, form in enumerate(people):
        out = gap * (_RINGS.get(form.closeness, 1) + 1)
        angle = -math.pi / 2 + 2 * math.pi * n / len(people)
        x, y = middle + out * math.cos(angle), middle + out * math.sin(angle)
        shapes.append(cv.Circle(x, y, 6, ft.Paint(color=C.PRIMARY)))
        label = text(form.name.partition(" ")[0], "small", cap=1.1, align=ft.TextAlign.CENTER)
        names.append(ft.Container(label, left=min(max(x - 40, 0), size - 80), top=y + 6, width=80))
    words = ", ".join(form.name for form in people)
    return ft.Semantics(
        content=ft.Container(
            ft.Stack([cv.Canvas(shapes, width=size, height=size), *names], width=size, height=size + 20),
            alignment=ft.Alignment.CENTER,
        ),
        label=_("The network: {names}", names=words),
        container=True,
        exclude_semantics=True,
    )
