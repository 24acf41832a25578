"""How the citizen would like to live, in their own words; *ikke lige nu* is as good an answer (G4, G5, G18)."""

import flet as ft

from fieldapp.actions import contacts, home_page, home_wishes
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.home_wishes import WishForm
from fieldapp.domain.values_life import HomeType, HousingWish
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head, quote_card
from fieldapp.views.days import said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.home_cards import not_now_is_fine, wished
from fieldapp.views.parts import MUTED, button, piece, space, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def HomeWish() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(home_page.read, citizen)
    filling = use_form(home_wishes.wish_key(citizen), WishForm)
    ft.use_memo(lambda: _begin(filling, shown), [filling.kept])
    missing, miss = ft.use_state("")
    if shown is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        lacks = _missing(form)
        miss(lacks)
        if not lacks:
            await filling.save(lambda: home_wishes.keep_wish(screen.desk, citizen, form), saved)

    not_now = HousingWish.NOT_NOW in form.wishes
    body = [
        person_head(citizen, shown.name, _("How would you like to live?")),
        space(theme.L),
        _own_words(filling),
        section(_("What matters?")),
        _chips(filling),
        piece(*([space(theme.S), not_now_is_fine()] if not_now else [])),
        piece(*([] if not_now else _kind(filling, missing))),
        *_earlier(shown, screen),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above: ft.Control = draft_line(filling.restored_at, screen.desk.now())
    if missing:
        above = note(missing, ft.Icons.EDIT_OUTLINED, "clay", live=True, identifier="missing")
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="home-wish")


def _begin(filling: Filling[WishForm], shown: HomePage | None) -> None:
    """What was chosen last stands: one says what has changed. An ordinary home, where nothing else was said (A4)."""
    form = filling.form
    if filling.restored_at is not None or form.begun or shown is None:
        return
    form.begun = True
    if shown.wishes:
        last = shown.wishes[0]
        form.wishes, form.home_type, form.reason = last.wishes, last.home_type, last.reason or ""
    else:
        form.home_type = HomeType.SOCIAL_HOUSING.value


def _missing(form: WishForm) -> str:
    if home_wishes.lacks_reason(form):
        return _("Write the citizen's own wish, or why it is the right home, first.")
    if not (form.wishes or form.home_type or form.own_words.strip()):
        return _("Choose something, or write a few words first.")
    return ""


def _own_words(filling: Filling[WishForm]) -> ft.Control:
    return Field(
        filling.form,
        "own_words",
        _("The citizen's words"),
        voice="citizen",
        hint=_("As it was said, as far as you can."),
        lines=2,
        identifier="own-words",
        changed=filling.changed,
        left=filling.left,
    )


def _chips(filling: Filling[WishForm]) -> ft.Control:
    options = [(each.value, word(HousingWish, each)) for each in HousingWish]

    def tapped(code: str) -> None:
        chosen = home_wishes.toggled(filling.form.wishes, code)
        kind = None if HousingWish.NOT_NOW in chosen else filling.form.home_type
        filling.put(wishes=chosen, home_type=kind)

    return choice(options, filling.form.wishes, tapped, name="wish")


def _kind(filling: Filling[WishForm], missing: str) -> list[ft.Control]:
    """Nobody is placed in an alternative dwelling or category housing by themselves (000 §2.4)."""
    chosen = filling.form.home_type
    options = [(each.value, word(HomeType, each)) for each in HomeType]
    kinds = choice(
        options,
        {chosen} if chosen else set(),
        lambda code: filling.put(home_type=None if code == chosen else code),
        name="kind",
    )
    usual = text(_("An ordinary home, unless something else is wished for."), "meta", MUTED)
    return [section(_("What kind of home?")), usual, space(theme.S), kinds, *_reason(filling, bool(missing))]


def _reason(filling: Filling[WishForm], missing: bool) -> list[ft.Control]:
    if filling.form.home_type not in home_wishes.NEED_A_REASON:
        return []
    lacks = missing and home_wishes.lacks_reason(filling.form)
    why = Field(
        filling.form,
        "reason",
        _("Why is it the right home?"),
        hint=_("The citizen's own wish, or what makes an ordinary home not fit right now."),
        lines=2,
        error=_("Write a few words first.") if lacks else None,
        identifier="reason",
        changed=filling.changed,
        left=filling.left,
    )
    return [space(theme.M), why]


def _earlier(shown: HomePage, screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    if not shown.wishes:
        return []
    said = [
        (wished(each) or _("In their own words"), each.own_words, said_on(each.on, today))
        for each in shown.wishes
        if each.own_words
    ]
    return [section(_("Said before")), quote_card(_("In their own words"), said)] if said else []
