"""What is drawn on canvas: the thread of contacts, the wheel of the eight dimensions, the empty landscape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft
import flet.canvas as cv

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.guard import Call, guarded
from fieldapp.views.parts import MUTED, C, icon, tappable, text

STROKE = ft.PaintingStyle.STROKE
TOUCH = 56.0
"""As large as two sectors beside each other let both be."""


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


@dataclass(frozen=True)
class Part:
    """One sector. `words` may hold a line break; `say` is what a screen reader reads; `tap` chooses or opens it.

    `light`: it is there, and nobody chose it; drawn between on and off.
    """

    code: str
    words: str
    icon: ft.IconData
    on: bool
    say: str
    tap: Call | None = None
    light: bool = False


def wheel(parts: Sequence[Part], said: str, middle: str, above: str = "") -> ft.Control:
    """Eight equal arcs, the first at the top and then clockwise. `said` is the whole in a sentence.

    Always equal: it shows what is worked with, not how bad it is; what is on is thicker, bold and darker. With large
    text the names do not fit around it: it is drawn with its icons alone, and the page lists the names.
    """
    large = theme.is_large()
    width, height, radius = min(356.0, theme.width() - 2 * theme.PAGE), 200.0 if large else 290.0, 74.0
    x, y = width / 2, height / 2
    arcs: list[cv.Shape] = []
    over: list[ft.Control] = []
    for place, part in enumerate(parts):
        start = -math.pi / 2 - math.pi / 8 + place * math.pi / 4
        arcs.append(_arc(x, y, radius, start, part))
        over.append(_sector(x, y, radius, start + math.pi / 8, part))
        if not large:
            over.append(_label(x, y, radius, start + math.pi / 8, part))
    over.append(_middle(x, y, middle, above))
    return ft.Semantics(
        content=ft.Stack([cv.Canvas(arcs, width=width, height=height), *over], width=width, height=height),
        label=said,
        container=True,
    )


def _arc(x: float, y: float, radius: float, start: float, part: Part) -> cv.Shape:
    gap = math.radians(2.6)
    color, wide = (C.PRIMARY, 46) if part.on else (C.SURFACE_CONTAINER_HIGH, 34)
    if part.light:
        color, wide = C.PRIMARY_CONTAINER, 40
    paint = ft.Paint(color=color, style=STROKE, stroke_width=wide)
    return cv.Arc(x - radius, y - radius, 2 * radius, 2 * radius, start + gap, math.pi / 4 - 2 * gap, paint=paint)


def _sector(x: float, y: float, radius: float, angle: float, part: Part) -> ft.Control:
    """The icon in its arc: what a thumb finds and a screen reader reads, as large as the arc lets it."""
    mark = icon(part.icon, 22, C.ON_PRIMARY if part.on else C.ON_PRIMARY_CONTAINER if part.light else MUTED)
    left, top = x + radius * math.cos(angle) - TOUCH / 2, y + radius * math.sin(angle) - TOUCH / 2
    if part.tap is None:
        inner: ft.Control = ft.Semantics(
            content=ft.Container(mark, width=TOUCH, height=TOUCH, alignment=ft.Alignment.CENTER),
            label=part.say,
            container=True,
        )
    else:
        inner = tappable(
            mark,
            part.tap,
            identifier=f"wheel-{part.code}",
            say=part.say,
            selected=part.on,
            radius=TOUCH / 2,
            width=TOUCH,
            height=TOUCH,
            align=ft.Alignment.CENTER,
        )
    return ft.Container(inner, left=left, top=top, width=TOUCH, height=TOUCH)


def _label(x: float, y: float, radius: float, angle: float, part: Part) -> ft.Control:
    """The name outside; a tap on it is one on the sector, which a screen reader has read already."""
    across, down = math.cos(angle), math.sin(angle)
    out = radius + (42 if 0.3 < abs(across) < 0.9 else 35)
    box, tall = 100.0, 54.0
    if across > 0.3:
        left, align, at = x + out * across, ft.TextAlign.LEFT, ft.Alignment.CENTER_LEFT
    elif across < -0.3:
        left, align, at = x + out * across - box, ft.TextAlign.RIGHT, ft.Alignment.CENTER_RIGHT
    else:
        left, align, at = x + out * across - box / 2, ft.TextAlign.CENTER, ft.Alignment.CENTER
    nudge = 8 * math.copysign(1, down) if abs(across) < 0.3 else 0
    ink, weight = (C.ON_SURFACE, 700) if part.on else (MUTED, 400)
    label = ft.Container(
        text(part.words, "small", ink, weight=weight, cap=1.1, align=align),
        width=box,
        height=tall,
        alignment=at,
        on_click=guarded(part.tap) if part.tap else None,
    )
    quiet = ft.Semantics(content=label, exclude_semantics=True)
    return ft.Container(quiet, left=left, top=y + out * down - tall / 2 + nudge, width=box, height=tall)


def _middle(x: float, y: float, words: str, above: str) -> ft.Control:
    lines = ft.Column(
        [
            *([text(above, "headline", cap=1.1)] if above else []),
            text(words, "small", MUTED, cap=1.1, align=ft.TextAlign.CENTER),
        ],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    quiet = ft.Semantics(content=lines, exclude_semantics=True)  # said with the whole
    return ft.Container(quiet, left=x - 44, top=y - 34, width=88, height=68, alignment=ft.Alignment.CENTER)


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
