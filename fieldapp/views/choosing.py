"""Choosing a day or a time: chips for the likely ones, the calendar behind the last."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

import flet as ft

from fieldapp.texts import _
from fieldapp.views.days import bare, capital
from fieldapp.views.guard import guarded
from fieldapp.views.rows import chip, chips

_HALF_A_DAY = timedelta(hours=12)


def day_chips(
    offered: Sequence[tuple[str, date]],
    chosen: date | None,
    choose: Callable[[date], object],
    today: date,
    *,
    first: date | None = None,
    last: date | None = None,
    name: str = "day",
) -> ft.Control:
    """Chips for (words, day), and *Vælg dag*, which opens the calendar between `first` and `last`."""
    shown = list(offered)
    if chosen is not None and chosen not in (day for _words, day in offered):
        shown.append((capital(bare(chosen, today)), chosen))

    def one(words: str, day: date) -> ft.Control:
        identifier = f"{name}-{(day - today).days}"
        return chip(words, lambda: choose(day), chosen=day == chosen, identifier=identifier)

    calendar = chip(
        "",
        lambda: ask_day(today, chosen or today, first or today, last or today + timedelta(days=730), choose),
        icon_name=ft.Icons.EVENT_OUTLINED,
        say=_("Pick a day"),
        identifier=f"{name}-pick",
    )
    return chips(*(one(*each) for each in shown), calendar)


def soon(today: date) -> list[tuple[str, date]]:
    """The days one usually means."""
    return [
        (_("Tomorrow"), today + timedelta(days=1)),
        (_("In 3 days"), today + timedelta(days=3)),
        (_("In a week"), today + timedelta(days=7)),
    ]


def ask_day(today: date, shown: date, first: date, last: date, choose: Callable[[date], object]) -> None:
    def picked(event: ft.Event[ft.DatePicker]) -> None:
        if isinstance(event.control.value, datetime):
            choose(day_of(event.control.value))

    ft.context.page.show_dialog(
        ft.DatePicker(
            value=_noon(min(max(shown, first), last)),
            first_date=_noon(first),
            last_date=_noon(last),
            current_date=_noon(today),
            on_change=guarded(picked),
        )
    )


def ask_time(shown: time, choose: Callable[[time], object]) -> None:
    def picked(event: ft.Event[ft.TimePicker]) -> None:
        if isinstance(event.control.value, time):
            choose(event.control.value.replace(tzinfo=None))

    ft.context.page.show_dialog(ft.TimePicker(value=shown, on_change=guarded(picked)))


def day_of(answer: datetime) -> date:
    """The day tapped. The calendar answers with the local midnight, told in some zone: its noon is on that day."""
    return (answer.astimezone(UTC) + _HALF_A_DAY).date()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
