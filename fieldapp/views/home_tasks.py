"""The lists about the home on its page: a tap ticks, *Ret* gives a day, a number or a few words (F8)."""

from collections.abc import Callable
from datetime import date

import flet as ft

from fieldapp.actions import home_tasks
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.home_tasks import Task, Tasks
from fieldapp.domain.values_life import HOUSING, HousingItem, HousingList
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.days import capital, coming, past
from fieldapp.views.parts import MUTED, icon_disc, link, space, text
from fieldapp.views.rows import chip, chips, group, row, section
from fieldapp.views.state import Screen
from fieldapp.words import word

Keep = Callable[..., object]


def lists(home: HomePage, screen: Screen, keep: Keep) -> list[ft.Control]:
    return [each for tasks in home.lists for each in _list(home, tasks, screen, keep)]


def _list(home: HomePage, tasks: Tasks, screen: Screen, keep: Keep) -> list[ft.Control]:
    seen: dict[str, int] = {}
    rows = []
    for task in tasks.tasks:
        place = seen[task.item] = seen.get(task.item, 0) + 1
        name = f"{tasks.of}-{task.item}" if place == 1 else f"{tasks.of}-{task.item}-{place}"
        rows.append(_row(home, tasks.of, task, name, screen, keep))
    title = _("Next step") if tasks.of == HousingList.NEW_HOME else word(HousingList, tasks.of)
    return [section(title), group(rows)]


def _row(home: HomePage, of: str, task: Task, name: str, screen: Screen, keep: Keep) -> ft.Container:
    """Ticked by a tap anywhere on it, and unticked the same way."""
    done = task.done_on is not None
    title = word(HousingItem, task.item)
    where = "-".join(filter(None, (of, task.item, task.id)))
    change = link(_("Change"), lambda: screen.citizen(home.citizen, f"home/task/{where}"), identifier=f"change-{name}")
    return row(
        title,
        about(task, screen.desk.today()) or None,
        lead=icon_disc(ft.Icons.CHECK_BOX if done else ft.Icons.CHECK_BOX_OUTLINE_BLANK, "pine" if done else "sand"),
        side=change,
        call=lambda: keep(
            home_tasks.tick, home.citizen, of, task.item, task.id, not done, words=_words(task.item, done)
        ),
        identifier=f"tick-{name}",
    )


def about(task: Task, today: date) -> str:
    """What was written, the place on a waiting list, and by when."""
    number = _("Number {number} on the waiting list", number=task.number) if task.number else ""
    when = ""
    if task.done_on:
        when = _("Done {day}", day=past(task.done_on, today))
    elif task.due_on:
        day = coming(task.due_on, today) if task.due_on >= today else past(task.due_on, today)
        when = _("Must be ready {day}", day=day)
    return " · ".join(capital(each) for each in (task.text or "", number, when) if each)


def _words(item: str, done: bool) -> str:
    if done:
        return _("Not done after all.")
    return _("Moved in. Support goes along.") if item == HousingItem.MOVE_IN else _("Done.")


def looked_after(home: HomePage, screen: Screen) -> list[ft.Control]:
    """What may put a home at risk is noted as it comes up, so that somebody acts in time (G15, P9)."""
    offered = HOUSING[HousingList.KEEPING] if home.has else (HousingItem.BENEFITS,)

    def one(item: HousingItem) -> ft.Control:
        to = f"home/task/{HousingList.KEEPING}-{item}"
        return chip(word(HousingItem, item), lambda: screen.citizen(home.citizen, to), icon_name=ft.Icons.ADD,
                    identifier=f"watch-{item}")  # fmt: skip

    return [
        section(_("Is there something to look after?")),
        text(_("The sooner it is noted, the sooner somebody can help."), "meta", MUTED),
        space(theme.S),
        chips(*(one(item) for item in offered)),
    ]
