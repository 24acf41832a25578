"""One thing on the way to a home: by when, the place on a waiting list, a few words; all of it may stay empty."""

from dataclasses import asdict
from datetime import timedelta

import flet as ft

from fieldapp.actions import citizens, contacts, home_tasks
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_tasks import TaskForm
from fieldapp.domain.values_life import HousingItem, HousingList
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, link, space
from fieldapp.views.rows import chip, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

_QUEUES = frozenset({HousingItem.SIGNED_UP, HousingItem.ALLOCATION, HousingItem.PRIVATE_SEARCH})


@ft.component
@shielded
def HomeTask() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen = at["citizen"]
    of, item, task = _which(at["task"])
    shown = use_reading(citizens.read, citizen)
    filling = use_form(home_tasks.draft_key(citizen, of, item, task), TaskForm)
    ft.use_memo(lambda: _begin(filling, task, screen), [filling.kept])
    if shown is None or not of or not item:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    offered = [
        (_("Today"), today),
        (_("In a week"), today + timedelta(days=7)),
        (_("In two weeks"), today + timedelta(days=14)),
    ]
    days = day_chips(offered, form.due_on, lambda day: filling.put(due_on=day), today, first=today, name="due")
    no_day = chip(_("No day"), lambda: filling.put(due_on=None), chosen=form.due_on is None, identifier="due-none")
    body = [
        person_head(citizen, shown.name, word(HousingItem, item)),
        section(_("When must it be ready?")),
        days,
        space(theme.M),
        ft.Row([no_day]),
        space(theme.L),
        *_number(filling, item),
        _text(filling, item),
        *_another(of, item, task, citizen, screen),
    ]
    gem = button(
        _("Save"),
        lambda: filling.save(lambda: home_tasks.keep(screen.desk, citizen, of, item, form, task), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="home-task")


def _which(named: str) -> tuple[str, str, str | None]:
    """The list, the thing on it, and the record of it when there is one: `finding-offer`, `finding-offer-<id>`."""
    of, _dash, rest = named.partition("-")
    item, _dash, task = rest.partition("-")
    return of, item, task or None


def _begin(filling: Filling[TaskForm], task: str | None, screen: Screen) -> None:
    if task and filling.restored_at is None:
        vars(filling.form).update(asdict(home_tasks.form_of(screen.desk, task)))


def _number(filling: Filling[TaskForm], item: str) -> list[ft.Control]:
    if item not in _QUEUES:
        return []
    number = Field(
        filling.form,
        "number",
        _("Number on the waiting list"),
        icon_name=ft.Icons.FORMAT_LIST_NUMBERED,
        identifier="number",
        changed=filling.changed,
        left=filling.left,
    )
    return [number, space(theme.S)]


def _text(filling: Filling[TaskForm], item: str) -> ft.Control:
    return Field(
        filling.form,
        "text",
        _("With whom, or what more"),
        hint=_("A housing association, a landlord …") if item in _QUEUES else None,
        icon_name=ft.Icons.EDIT_NOTE,
        lines=2,
        identifier="task-text",
        changed=filling.changed,
        left=filling.left,
    )


def _another(of: str, item: str, task: str | None, citizen: str, screen: Screen) -> list[ft.Control]:
    """One more waiting list beside this one."""
    if task is None or item not in _QUEUES or of != HousingList.FINDING:
        return []
    to = f"home/task/{of}-{item}"
    return [space(theme.S), link(_("One more place to be on the list"), lambda: screen.citizen(citizen, to),
                                 identifier="one-more")]  # fmt: skip
