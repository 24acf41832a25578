"""How near, in the citizen's own view: a number of one's own, over time, in *Sammen* alone and compared with nobody."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import flet as ft
import flet.canvas as cv

from fieldapp.domain.own_page import Near
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card
from fieldapp.views.days import said_on
from fieldapp.views.parts import MUTED, C, text
from fieldapp.views.rows import section

MOST = 12
"""As many as the line is read at a glance; the latest."""
_HIGH, _EDGE = 72.0, 10.0


def over_time(near: Sequence[Near], today: date) -> list[ft.Control]:
    """Each is said in words under the line; the line alone says nothing to a screen reader."""
    if not near:
        return []
    latest = near[-MOST:]
    said = [text(f"{said_on(each.on, today)}: {each.value}", "reason") for each in reversed(latest)]
    drawn = [ft.Semantics(content=_line(latest), exclude_semantics=True)] if len(latest) > 1 else []
    own = text(_("It is your own number. It is shown only here."), "meta", MUTED)
    return [section(_("How near are you to what you want?")), card(*drawn, *said, own, tone="heather")]


def _line(near: Sequence[Near]) -> ft.Control:
    """From 0 at the bottom to 10 at the top."""
    wide = min(320.0, theme.width() - 4 * theme.PAGE)
    along = (wide - 2 * _EDGE) / (len(near) - 1)
    points = [(_EDGE + n * along, _HIGH - _EDGE - each.value / 10 * (_HIGH - 2 * _EDGE)) for n, each in enumerate(near)]
    thread = ft.Paint(color=C.TERTIARY, stroke_width=3, stroke_cap=ft.StrokeCap.ROUND)
    shapes: list[cv.Shape] = [cv.Line(x, y, x2, y2, thread) for (x, y), (x2, y2) in pairwise(points)]
    shapes += [cv.Circle(x, y, 6, ft.Paint(color=C.TERTIARY)) for x, y in points]
    return cv.Canvas(shapes, width=wide, height=_HIGH)
