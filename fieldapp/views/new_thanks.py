"""+ Ny: who made us aware is thanked, and told nothing about the person (review.md 2.5)."""

import flet as ft

from fieldapp.actions.citizens import NewCitizen
from fieldapp.domain.values import MadeAwareBy
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling
from fieldapp.views.parts import space
from fieldapp.views.rows import chip, chips


def thanks(filling: Filling[NewCitizen]) -> list[ft.Control]:
    """Only when it was somebody else; on from the start, off with one tap."""
    form = filling.form
    if form.made_aware_by in (None, MadeAwareBy.SELF):
        return []
    owed = chip(_("Say thanks"), lambda: filling.put(thank=not form.thank), chosen=form.thank, identifier="thank")
    if not form.thank:
        return [space(theme.M), chips(owed)]
    to = Field(
        form,
        "thanks_to",
        _("Whom shall you thank?"),
        hint=_("A name or a place of the one who got in touch"),
        icon_name=ft.Icons.WAVING_HAND_OUTLINED,
        identifier="thanks-to",
        word_help=True,
        changed=filling.changed,
        left=filling.left,
    )
    return [space(theme.M), chips(owed), space(theme.M), to, space(theme.S), discreet()]


def discreet() -> ft.Control:
    words = _("Thank them for getting in touch. Never confirm that you know the person, or have found anybody.")
    return note(words, ft.Icons.SHIELD_OUTLINED)
