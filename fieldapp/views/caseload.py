"""The worker's own caseload: a line, and calm sentences when there is something to talk about with the leader."""

import flet as ft

from fieldapp import words_caseload
from fieldapp.actions import caseload
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, column, space, text
from fieldapp.views.state import use_long_reading


@ft.component
@shielded
def OwnCaseload() -> ft.Control:
    own = use_long_reading(caseload.read)
    if own is None or not (own.citizens or own.by_team):
        return ft.Container()
    notes = [note(words, ft.Icons.PEOPLE_OUTLINE) for words in words_caseload.own_notes(own)]
    below = [space(theme.S), column(*notes, gap=theme.S)] if notes else []
    act = [text(words_caseload.act_rule(), "small", MUTED)] if own.act else []
    return column(text(words_caseload.said(own), "meta", MUTED), *act, *below, gap=0)
