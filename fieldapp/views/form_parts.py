"""The pieces of a form about one record: its fields, its days and what is ticked; each writes to the filling."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import flet as ft

from fieldapp.texts import _
from fieldapp.views.choosing import day_chips
from fieldapp.views.field import Field, Voice
from fieldapp.views.filling import Filling
from fieldapp.views.rows import chip

Days = Sequence[tuple[str, date]]


def written(
    filling: Filling[Any],
    attr: str,
    label: str,
    *,
    hint: str | None = None,
    lines: int = 1,
    voice: Voice = "plain",
    missing: bool = False,
    offered: str | None = None,
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        hint=hint,
        lines=lines,
        voice=voice,
        error=_("Write a few words first.") if missing else None,
        keyboard=ft.KeyboardType.PHONE if attr == "phone" else ft.KeyboardType.TEXT,
        identifier=attr.replace("_", "-"),
        changed=filling.changed,
        left=filling.left,
        offered=offered,
    )


def ticked(filling: Filling[Any], attr: str, words: str, icon_name: ft.IconData | None = None) -> ft.Control:
    on = getattr(filling.form, attr)
    return chip(
        words,
        lambda: filling.put(**{attr: not on}),
        chosen=on,
        icon_name=icon_name,
        identifier=attr.replace("_", "-"),
    )


def day(filling: Filling[Any], attr: str, today: date, offered: Days, *, back: int = 365) -> ft.Control:
    """The chosen day, tapped again, is none."""
    chosen = getattr(filling.form, attr)

    def choose(on: date) -> None:
        filling.put(**{attr: None if on == chosen else on})

    first = today - timedelta(days=back)
    return day_chips(offered, chosen, choose, today, first=first, name=attr.replace("_", "-"))


def coming_days(today: date) -> Days:
    return [
        (_("Today"), today),
        (_("In a week"), today + timedelta(days=7)),
        (_("In two weeks"), today + timedelta(days=14)),
        (_("In a month"), today + timedelta(days=30)),
    ]
