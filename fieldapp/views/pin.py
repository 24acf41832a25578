"""The keys for a PIN, under the thumb, and the dots above them."""

from collections.abc import Callable

import flet as ft

from fieldapp.texts import _, ngettext, pgettext
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.guard import Call, guarded
from fieldapp.views.parts import INK, MUTED, C, border, heading, icon, line, tappable, text

SHORTEST, LONGEST = 6, 12
CENTER = ft.MainAxisAlignment.CENTER
MIDDLE = ft.CrossAxisAlignment.CENTER
Press = Callable[[str], object]


@ft.component
def Pin(
    title: str,
    reason: str,
    done: Callable[[str], object],
    problem: str | None = None,
    busy: bool = False,
    foot: ft.Control | None = None,
    working: str | None = None,
    finger: Call | None = None,
    begun: Call | None = None,
) -> ft.Control:
    """`done(pin)` on the tick, and the dots are empty again. Nothing shakes, and no key ever moves.

    `problem` and, while `busy`, `working` are said between the dots and the keys. `finger` is offered in the place of
    erasing as long as there is nothing to erase. `begun` at the first digit.
    """
    # A fast thumb presses again before the dots are drawn: what counts is kept beside the drawing.
    entered = ft.use_ref("")
    typed, draw = ft.use_state("")
    complete = len(typed) >= SHORTEST and not busy

    def enter(digits: str) -> None:
        entered.current = digits
        draw(digits)

    def press(key: str) -> object:
        so_far = entered.current or ""
        if busy or (key == "tick" and len(so_far) < SHORTEST):
            return None
        if key == "tick":
            enter("")
            return done(so_far)
        if begun and not so_far and key != "back":
            begun()
        enter(so_far[:-1] if key == "back" else (so_far + key)[:LONGEST])
        return None

    _use_keyboard(press)
    lead = [
        _head(title, reason),
        _dots(len(typed), bool(problem)),
        _said(problem, (working or _("Opening")) if busy else None),
    ]
    # Reversed: what is said stays right above the keys, and with large text the title scrolls away first.
    above = ft.ListView(list(reversed(lead)), reverse=True, expand=True, padding=0)
    return ft.Column(
        [above, _keys(press, complete, finger if not typed and not busy else None), *([foot] if foot else [])],
        spacing=0,
        expand=True,
        horizontal_alignment=MIDDLE,
    )


def _use_keyboard(press: Press) -> None:
    """Digits, backspace and enter of a real keyboard."""
    page = ft.context.page
    names = {"Backspace": "back", "Enter": "tick", "Numpad Enter": "tick"}

    def key(event: ft.KeyboardEvent) -> object:
        name = names.get(event.key) or event.key.removeprefix("Numpad ")
        return press(name) if name in ("back", "tick") or (len(name) == 1 and name.isdecimal()) else None

    def listen() -> None:
        page.on_keyboard_event = guarded(key)

    def leave() -> None:
        page.on_keyboard_event = None

    ft.use_effect(listen, None)
    ft.use_effect(lambda: None, [], leave)


def _head(title: str, reason: str) -> ft.Control:
    words = text(reason, "body", MUTED, align=ft.TextAlign.CENTER)
    inner = ft.Column([heading(title, color=C.PRIMARY), words], spacing=6, horizontal_alignment=MIDDLE, tight=True)
    return ft.Container(inner, padding=ft.Padding(left=0, top=16, right=0, bottom=16 if theme.is_large() else 40))


def _dots(count: int, wrong: bool) -> ft.Control:
    def dot(place: int) -> ft.Control:
        on = place < count
        edge = C.PRIMARY if on else C.ERROR if wrong else C.OUTLINE
        return ft.Container(
            width=16, height=16, border_radius=8, bgcolor=C.PRIMARY if on else None, border=border(edge, 2)
        )

    shown = max(SHORTEST, count)
    row = line(*(dot(place) for place in range(shown)), gap=16 if shown <= 8 else 8, align=CENTER)
    label = ngettext("{count} digit typed", "{count} digits typed", count)
    return ft.Semantics(content=row, label=label, container=True, live_region=True)


def _said(problem: str | None, working: str | None) -> ft.Control:
    if problem:
        inner: ft.Control = note(problem, ft.Icons.REPLAY, "clay", live=True, identifier="problem")
    elif working:
        inner = line(ft.ProgressRing(width=18, height=18, stroke_width=2), text(working, "meta", MUTED), align=CENTER)
    else:
        inner = ft.Container()
    height = None if theme.is_large() else 104
    return ft.Container(inner, height=height, alignment=ft.Alignment.CENTER, padding=ft.Padding.symmetric(vertical=12))


def _keys(press: Press, complete: bool, finger: Call | None) -> ft.Control:
    def digit(key: str) -> ft.Control:
        return _key(
            text(key, "headline", INK, weight=500, cap=1.3),
            lambda: press(key),
            C.SURFACE_CONTAINER_LOWEST,
            f"key-{key}",
        )

    back = _key(
        icon(ft.Icons.BACKSPACE_OUTLINED, 28, C.PRIMARY, say=_("Erase")), lambda: press("back"), None, "key-back"
    )
    if finger:
        say = _("Use fingerprint or face")
        back = _key(icon(ft.Icons.FINGERPRINT, 34, C.PRIMARY, say=say), finger, None, "finger")
    tick = _key(
        icon(ft.Icons.CHECK, 30, C.ON_PRIMARY if complete else C.OUTLINE, say=pgettext("pin", "Done")),
        lambda: press("tick"),
        C.PRIMARY if complete else C.SURFACE_CONTAINER,
        "key-tick",
    )
    rows = [[digit(key) for key in keys] for keys in ("123", "456", "789")]
    rows.append([back, digit("0"), tick])
    lines: list[ft.Control] = [line(*row, gap=14, align=CENTER) for row in rows]
    return ft.Column(lines, spacing=12, tight=True)


def _key(content: ft.Control, call: Callable[[], object], color: ft.Colors | None, identifier: str) -> ft.Control:
    return tappable(
        content, call, identifier=identifier, color=color, radius=36, width=84, height=72, align=ft.Alignment.CENTER
    )
