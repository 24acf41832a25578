"""Rows about people, big choices and chips: what lists and forms are made of.

section("Ræk ud i dag", 3)
group([row("Åse", "Bad om ro til i går.", "19 dage siden", lead=initial(id, "Åse"),
           side=act("Sms", ft.Icons.SMS_OUTLINED, send, who="Åse"), call=open_citizen, identifier="row-ase")])
choice([("home", "Hjemme"), ("street", "Gaden")], chosen={"home"}, choose=pick)
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal

import flet as ft

from fieldapp.views import theme
from fieldapp.views.guard import Call, guarded
from fieldapp.views.parts import (
    ACT,
    INK,
    LOOKS,
    MUTED,
    TONES,
    C,
    Tone,
    border,
    column,
    disc,
    icon,
    icon_disc,
    line,
    padding,
    space,
    tappable,
    text,
)


def section(title: str, count: int | None = None) -> ft.Control:
    """A section label: 20 above, 8 below. The count is a lighter ink, and is read out in the same breath."""
    words = [text(title, "section", MUTED), *([] if count is None else [text(str(count), "section", C.OUTLINE)])]
    inner = ft.Container(ft.Row(list[ft.Control](words), wrap=True, spacing=theme.S), padding=padding(4, 20, bottom=8))
    return ft.Semantics(content=inner, header=True, heading_level=2, container=True)


def row(
    title: str,
    reason: str | None = None,
    meta: str | None = None,
    *,
    lead: ft.Control | None = None,
    side: ft.Control | None = None,
    call: Call | None = None,
    identifier: str | None = None,
    meta_icon: ft.IconData = ft.Icons.HISTORY,
    chosen: bool = False,
) -> ft.Container:
    """A sentence about a person: name, why today, how long since, what to do at the side. Goes in `group`.

    `side` is an act, or a `column` of two.
    """
    large = theme.is_large()
    name = text(title, "name", expand=large)
    about: list[ft.Control] = [text(reason, "reason")] if reason else []
    if meta:
        mark = [] if large else [icon(meta_icon, 16)]
        about.append(line(*mark, text(meta, "hint", MUTED, expand=True), gap=6))
    if large:
        top = line(*([lead] if lead else []), name, gap=theme.M)
        inner: ft.Control = column(top, *about, *([side] if side else []), gap=6)
    else:
        words = ft.Column([name, *about], spacing=3, tight=True, expand=True)
        beside = [ft.Container(side, width=ACT) if isinstance(side, ft.Column) else side] if side else []
        inner = line(*([lead] if lead else []), words, *beside, gap=theme.M)
    return surface(inner, call, identifier=identifier, chosen=chosen)


def surface(
    inner: ft.Control, call: Call | None, *, identifier: str | None = None, chosen: bool = False
) -> ft.Container:
    """A row with any content. Goes in `group`."""
    return ft.Container(
        inner,
        padding=ft.Padding(left=14, top=12, right=10, bottom=12),
        bgcolor=C.SURFACE_CONTAINER_HIGH if chosen else C.SURFACE_CONTAINER_LOWEST,
        ink=call is not None,
        on_click=guarded(call) if call else None,
        data=identifier,
    )


def beside(lead: ft.Control, words: ft.Control) -> ft.Control:
    """A disc and what it stands for: at the left, and above when text is large."""
    return column(line(lead), words) if theme.is_large() else line(lead, words, gap=theme.M, top=True)


def group(rows: Sequence[ft.Container], gap: float = 3) -> ft.Column:
    """Rows as one card: each its own surface, big outer and small inner corners."""
    last = len(rows) - 1
    for place, each in enumerate(rows):
        top = theme.ROW if place == 0 else theme.IN_GROUP
        bottom = theme.ROW if place == last else theme.IN_GROUP
        each.border_radius = ft.BorderRadius(top_left=top, top_right=top, bottom_left=bottom, bottom_right=bottom)
    return column(*(_named(each) for each in rows), gap=gap)


def _named(each: ft.Container) -> ft.Control:
    if each.on_click is None:
        return each
    return ft.Semantics(content=each, button=True, container=True, identifier=each.data)


def tile(
    title: str,
    reason: str | None,
    icon_name: ft.IconData,
    call: Call,
    *,
    look: Literal["card", "filled", "tonal"] = "card",
    identifier: str | None = None,
) -> ft.Control:
    """A big choice with an icon: what happened, how it went. The likeliest is `filled` and lowest."""
    ground, ink = LOOKS[look]
    if look == "card":
        mark, quiet = icon_disc(icon_name, "pine", 48), MUTED
    else:
        mark, quiet = disc(icon(icon_name, 26, ink), 48, C.with_opacity(0.16, ink)), ink
    words = ft.Column(
        [text(title, "name", ink), *([text(reason, "meta", quiet)] if reason else [])],
        spacing=1,
        tight=True,
        expand=True,
    )
    return tappable(
        line(mark, words, gap=14), call, identifier=identifier, color=ground, radius=theme.ROW, pad=padding(14, 12)
    )


def big_act(
    title: str,
    reason: str,
    icon_name: ft.IconData,
    call: Call,
    *,
    chosen: bool = False,
    identifier: str | None = None,
) -> ft.Control:
    """One of four, two beside two (*Ræk ud*): put two in `pair`. With large text it is a `tile`."""
    if theme.is_large():
        return tile(title, reason, icon_name, call, look="filled" if chosen else "card", identifier=identifier)
    ground, ink = LOOKS["filled" if chosen else "card"]
    mark = disc(icon(icon_name, 28, ink), 52, C.with_opacity(0.18, ink)) if chosen else icon_disc(icon_name, "pine", 52)
    inner = ft.Column(
        [mark, space(4), text(title, "title", ink), text(reason, "meta", ink if chosen else MUTED)],
        spacing=4,
        tight=True,
    )
    return tappable(
        inner, call, identifier=identifier, color=ground, radius=theme.BIG, pad=padding(18, 18), expand=True
    )


def pair(left: ft.Control, right: ft.Control, gap: float = theme.M) -> ft.Control:
    """Two beside each other and equally high; under each other when text is large."""
    if theme.is_large():
        return column(left, right, gap=gap)
    for each in (left, right):
        each.expand = True
    return ft.Row([left, right], spacing=gap, intrinsic_height=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)


# ---- choices


def chip(
    words: str,
    call: Call,
    *,
    chosen: bool = False,
    icon_name: ft.IconData | None = None,
    say: str | None = None,
    tone: Tone = "pine",
    identifier: str | None = None,
) -> ft.Control:
    """56 high. Chosen = tone, tick and weight, so never colour alone. Without words give `icon_name` and `say`."""
    ground, ink = TONES[tone] if chosen else (C.TRANSPARENT, INK)
    mark = ft.Icons.CHECK if chosen else icon_name
    pieces: list[ft.Control] = [icon(mark, 18 if words else 20, ink)] if mark else []
    if words:
        pieces.append(text(words, "label", ink, weight=600 if chosen else 500, loose=True))
    return tappable(
        line(*pieces, gap=6, tight=True),
        call,
        identifier=identifier,
        say=None if words else say,
        selected=chosen,
        color=ground,
        radius=theme.CHIP,
        edge=border(C.TRANSPARENT if chosen else C.OUTLINE),
        pad=padding(20 if 0 < len(words) < 5 else 13, 18),
    )


def chips(*each: ft.Control) -> ft.Control:
    return ft.Row(list(each), wrap=True, spacing=theme.S, run_spacing=theme.M)


def choice(
    options: Iterable[tuple[str, str]],
    chosen: Collection[str],
    choose: Callable[[str], object],
    *,
    name: str = "choice",
    more: ft.Control | None = None,
) -> ft.Control:
    """Chips for (value, words); `choose(value)` is called for the one tapped. `name` begins their identifiers."""

    def one(value: str, words: str) -> ft.Control:
        return chip(words, lambda: choose(value), chosen=value in chosen, identifier=f"{name}-{value}")

    return chips(*(one(value, words) for value, words in options), *([more] if more else []))
