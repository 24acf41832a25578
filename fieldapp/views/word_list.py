"""*Ord*: the words the language help looks for, and what the team has chosen about them."""

import flet as ft

from fieldapp.actions import word_choices
from fieldapp.actions.word_choices import Line
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen


@ft.component
@shielded
def WordList() -> ft.Control:
    screen = use_screen()
    lines, may = use_reading(word_choices.listed), use_reading(word_choices.can_choose)
    ours, others = [each for each in lines if each.ours], [each for each in lines if not each.ours]
    help_ = _("Under what you write it says which words could be said better. It blocks nothing and counts nothing.")
    body = [
        page_head(_("Words"), _("For the whole team, also without network")),
        space(theme.M),
        note(help_, ft.Icons.SPELLCHECK),
        *([section(_("Chosen by the team"), len(ours)), _group(ours, screen, may)] if ours else []),
        section(_("From the Housing First manual"), len(others)),
        _group(others, screen, may),
    ]
    add = button(_("Add a word"), lambda: screen.open(f"{paths.WORDS}/new"), ft.Icons.ADD, "tonal",
                 expand=True, identifier="add-word")  # fmt: skip
    return page(body, act_bar(*([add] if may else []), back=screen.back, hide=screen.hide), name="words")


def _group(lines: list[Line], screen: Screen, may: bool) -> ft.Control:
    return group([_row(each, screen, may) for each in lines])


def _row(each: Line, screen: Screen, may: bool) -> ft.Container:
    if each.off:
        said = _("Switched off")
    else:
        said = _("Rather: {better}", better=each.better) if each.better else _("The team avoids it")
    mark = icon_disc(ft.Icons.VISIBILITY_OFF_OUTLINED if each.off else ft.Icons.SPELLCHECK)
    call = (lambda: screen.open(f"{paths.WORDS}/{each.key}")) if may else None
    return row(each.avoid.rstrip("*"), said, lead=mark, call=call, identifier=f"word-{each.key}")
