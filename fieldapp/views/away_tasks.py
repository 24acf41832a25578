"""The lists while somebody is elsewhere: the home looked after, all ready for coming home; a tap ticks (I3, I4, I8)."""

from collections.abc import Callable
from datetime import date

import flet as ft

from fieldapp.actions import absence_tasks
from fieldapp.actions.absence_tasks import Task, Tasks
from fieldapp.actions.absences import Away, AwayPage
from fieldapp.domain.values_day import LocalText, TaskItem, TaskList
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.days import coming, past
from fieldapp.views.parts import icon_disc, space, tappable
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen
from fieldapp.words import word

Keep = Callable[..., object]


def task_lists(shown: AwayPage, away: Away, screen: Screen, keep: Keep) -> list[ft.Control]:
    return [each for tasks in away.tasks for each in _list(shown, away, tasks, screen, keep)]


def _list(shown: AwayPage, away: Away, tasks: Tasks, screen: Screen, keep: Keep) -> list[ft.Control]:
    today = screen.desk.today()
    rows = group([_task(away, tasks.of, each, today, keep) for each in tasks.tasks])
    return [section(word(TaskList, tasks.of)), *_own_words(shown, tasks, screen), rows]


def _task(away: Away, of: str, task: Task, today: date, keep: Keep) -> ft.Container:
    """Ticked by a tap anywhere on it, and unticked the same way."""
    done = task.done_on is not None
    when = ""
    if task.done_on:
        when = _("Done {day}", day=past(task.done_on, today))
    elif task.due_on:
        when = _("Ready {day} at the latest", day=coming(task.due_on, today))
    mark = ft.Icons.CHECK_BOX if done else ft.Icons.CHECK_BOX_OUTLINE_BLANK
    return row(
        word(TaskItem, task.item),
        when,
        lead=icon_disc(mark, "pine" if done else "sand"),
        call=lambda: keep(
            absence_tasks.tick, away.id, of, task.item, not done, words=_("Not done after all.") if done else _("Done.")
        ),
        identifier=f"task-{of}-{task.item}",
    )


def _own_words(shown: AwayPage, tasks: Tasks, screen: Screen) -> list[ft.Control]:
    """What the team itself has agreed with them, or the place to write it."""
    if tasks.which is None:
        return []
    title = word(LocalText, tasks.which)
    words = tasks.words or _("Your team has written nothing here yet. Tap to write what you have agreed with them.")
    shown_ = note(words, ft.Icons.MENU_BOOK_OUTLINED, title=title)
    to = f"away/local/{tasks.which}"
    tap = tappable(shown_, lambda: screen.citizen(shown.citizen, to), identifier=f"agreement-{tasks.which}",
                   radius=theme.CHIP)  # fmt: skip
    return [tap, space(theme.S)]
