"""What is drawn on canvas: the thread of contacts, the wheel of the eight dimensions, the empty landscape."""

import math
from collections.abc import Sequence

import flet as ft
import flet.canvas as cv

from fieldapp.texts import _, ngettext
from fieldapp.views import theme
from fieldapp.views.parts import MUTED, C, icon, text

STROKE = ft.PaintingStyle.STROKE


def thread(beads: Sequence[str], width: float = 196) -> ft.Control:
    """The signature: "m" a filled bead (met or talked), "a" a ring (reached out); oldest first.

    One colour and one line: an attempt is part of the contact. Never in lists, never with a number.
    """
    height, middle = 28.0, 14.0
    step = (width - 24) / max(len(beads) - 1, 1)
    cord = ft.Paint(color=C.OUTLINE_VARIANT, stroke_width=3, stroke_cap=ft.StrokeCap.ROUND)
    end = 12 + step * (len(beads) - 1)
    shapes: list[cv.Shape] = [cv.Line(12, middle, end, middle, cord)]
    for place, bead in enumerate(beads):
        shapes += _bead(12 + place * step, middle, bead == "m")
    met = sum(bead == "m" for bead in beads)
    words = (
        _("The thread: contact and reaching out, the newest last.") if met else _("The thread: reaching out so far.")
    )
    return ft.Semantics(content=cv.Canvas(shapes, width=end + 12, height=height), label=words, container=True)


def _bead(x: float, y: float, filled: bool) -> list[cv.Shape]:
    if filled:
        return [cv.Circle(x, y, 9, ft.Paint(color=C.PRIMARY))]
    return [
        cv.Circle(x, y, 7, ft.Paint(color=C.SURFACE_CONTAINER_LOWEST)),
        cv.Circle(x, y, 6.5, ft.Paint(color=C.PRIMARY, style=STROKE, stroke_width=2.5)),
    ]


def wheel(parts: Sequence[tuple[str, ft.IconData, bool]]) -> ft.Control:
    """Eight equal arcs, (words, icon, chosen) each, the first at the top and then clockwise.

    Always equal: it shows what the citizen chose, not how bad it is. `words` may hold a line break.
    """
    width, height, radius = min(356.0, theme.width() - 2 * theme.PAGE), 290.0, 74.0
    x, y = width / 2, height / 2
    arcs: list[cv.Shape] = []
    over: list[ft.Control] = []
    for place, (words, icon_name, chosen) in enumerate(parts):
        start = -math.pi / 2 - math.pi / 8 + place * math.pi / 4
        arcs.append(_arc(x, y, radius, start, chosen))
        over += _named_arc(x, y, radius, start + math.pi / 8, words, icon_name, chosen)
    chosen_words = [words.replace("\n", " ") for words, _icon, chosen in parts if chosen]
    over.append(_middle(x, y, len(chosen_words)))
    return ft.Semantics(
        content=ft.Stack([cv.Canvas(arcs, width=width, height=height), *over], width=width, height=height),
        label=_("The eight life dimensions. Chosen: {names}.", names=", ".join(chosen_words) or "–"),
        container=True,
        exclude_semantics=True,
    )


def _arc(x: float, y: float, radius: float, start: float, chosen: bool) -> cv.Shape:
    gap = math.radians(2.6)
    paint = ft.Paint(
        color=C.PRIMARY if chosen else C.SURFACE_CONTAINER_HIGH, style=STROKE, stroke_width=46 if chosen else 38
    )
    return cv.Arc(x - radius, y - radius, 2 * radius, 2 * radius, start + gap, math.pi / 4 - 2 * gap, paint=paint)


def _named_arc(
    x: float, y: float, radius: float, angle: float, words: str, icon_name: ft.IconData, chosen: bool
) -> list[ft.Control]:
    across, down = math.cos(angle), math.sin(angle)
    mark = icon(icon_name, 22, C.ON_PRIMARY if chosen else MUTED)
    out = radius + (42 if 0.3 < abs(across) < 0.9 else 35)
    box, tall = 100.0, 54.0
    if across > 0.3:
        left, align, at = x + out * across, ft.TextAlign.LEFT, ft.Alignment.CENTER_LEFT
    elif across < -0.3:
        left, align, at = x + out * across - box, ft.TextAlign.RIGHT, ft.Alignment.CENTER_RIGHT
    else:
        left, align, at = x + out * across - box / 2, ft.TextAlign.CENTER, ft.Alignment.CENTER
    nudge = 8 * math.copysign(1, down) if abs(across) < 0.3 else 0
    label = text(words, "small", C.ON_SURFACE if chosen else MUTED, weight=700 if chosen else 400, cap=1.1, align=align)
    return [
        ft.Container(mark, left=x + radius * across - 11, top=y + radius * down - 11, width=22, height=22),
        ft.Container(label, left=left, top=y + out * down - tall / 2 + nudge, width=box, height=tall, alignment=at),
    ]


def _middle(x: float, y: float, count: int) -> ft.Control:
    words = ngettext("chosen", "chosen", count)
    lines = ft.Column(
        [text(str(count), "headline", cap=1.1), text(words, "small", MUTED, cap=1.1)],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return ft.Container(lines, left=x - 40, top=y - 34, width=80, height=68, alignment=ft.Alignment.CENTER)


def landscape(width: float = 220) -> ft.Control:
    """Four shapes: a calm day. For empty pages only."""
    at = width / 220
    path = cv.Path

    def hills(*points: float) -> list[cv.Path.PathElement]:
        x0, y0, *curves = (point * at for point in points)
        drawn: list[cv.Path.PathElement] = [path.MoveTo(x0, y0)]
        drawn += [path.CubicTo(*curves[i : i + 6]) for i in range(0, len(curves), 6)]
        return [*drawn, path.LineTo(width, 160 * at), path.LineTo(0, 160 * at), path.Close()]

    back = hills(0, 128, 50, 84, 92, 92, 128, 118, 160, 140, 190, 120, 220, 104)
    front = hills(0, 148, 60, 120, 120, 150, 220, 132)
    shapes: list[cv.Shape] = [
        cv.Rect(0, 0, width, 160 * at, paint=ft.Paint(color=C.SURFACE_CONTAINER)),
        cv.Circle(134 * at, 84 * at, 34 * at, ft.Paint(color=C.SECONDARY_FIXED)),
        cv.Path(back, ft.Paint(color=C.PRIMARY_CONTAINER)),
        cv.Path(front, ft.Paint(color=C.PRIMARY)),
    ]
    return ft.Container(
        cv.Canvas(shapes, width=width, height=160 * at),
        width=width,
        height=160 * at,
        border_radius=theme.SHEET,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )
