"""Choosing a method together: the criteria side by side, no score, none proposed (D10); the referral decides (001)."""

from datetime import date, timedelta

import flet as ft

from fieldapp.actions import contacts, methods
from fieldapp.actions.desk import Saved
from fieldapp.actions.methods import ChoiceForm, MethodPage
from fieldapp.domain.values import Method
from fieldapp.domain.values_life import UsesOffers
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.criteria import notes, side_by_side
from fieldapp.views.days import coming, said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import MUTED, button, link, piece, space, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Choose() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(methods.read, citizen)
    filling = use_form(methods.draft_key(citizen), ChoiceForm)
    today = screen.desk.today()
    if shown is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        look = shown.home_look_on
        words = _("Saved. You look at the plan for a home {day}.", day=coming(look, today)) if look else _("Saved.")
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        await filling.save(lambda: methods.choose(screen.desk, citizen, form.method or "", form.from_on), saved)

    options = [(each.value, word(Method, each)) for each in Method if each != shown.method]
    body = [
        person_head(citizen, shown.name, _("Choose a method together")),
        space(theme.L),
        note(
            _("This supports a talk. It decides nothing: the referral is the authority's, and no method comes first."),
            ft.Icons.FORUM_OUTLINED,
        ),
        *_use(shown, today),
        section(_("For whom is each method?")),
        *side_by_side(),
        card(*notes(), tone="sand"),
        section(_("Which one fits?")),
        choice(options, {form.method} if form.method else (), lambda code: filling.put(method=code), name="method"),
        piece(*_with_it(form.method, lambda: screen.citizen(citizen, "home"))),
        section(_("From when?")),
        day_chips(
            [(_("Today"), today)],
            form.from_on or today,
            lambda day: filling.put(from_on=day),
            today,
            first=today - timedelta(days=365),
            last=today,
            name="from",
        ),
    ]
    gem = button(_("Save"), save if form.method else None, ft.Icons.CHECK, expand=True, identifier="save")
    kept = draft_line(filling.restored_at, screen.desk.now())
    above = kept if form.method else text(_("Choose one first."), "small", MUTED, align=ft.TextAlign.CENTER)
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="choose-method")


def _use(shown: MethodPage, today: date) -> list[ft.Control]:
    """What was found out together elsewhere: read here, never a sum."""
    if shown.use is None:
        return []
    said = _("{level} ({date})", level=word(UsesOffers, shown.use.level), date=said_on(shown.use.on, today))
    title = _("Can {name} use what there is already?", name=shown.name)
    return [space(theme.S), note(said, ft.Icons.VOLUNTEER_ACTIVISM_OUTLINED, "pine", title)]


def _with_it(chosen: str | None, to_home: Call) -> list[ft.Control]:
    """A plan for the home belongs to the choice (000 §4.2; F4); it never delays the support."""
    if chosen is None:
        return []
    words = _("To the choice belongs a plan for the home: how, when, and where one can be meanwhile.")
    cti = [note(_("Begins with the contact period. Phase 1 begins on the day you agree on."), ft.Icons.EVENT_OUTLINED),
           space(theme.S)] if chosen == Method.CTI else []  # fmt: skip
    to = link(_("To the home"), to_home, identifier="to-home")
    return [space(theme.M), *cti, note(words, ft.Icons.HOME_OUTLINED, "slate"), to]
