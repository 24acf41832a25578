"""One home, or the next one: the day of the move, what kind it is; and putting right how it ended (G12)."""

from dataclasses import asdict
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import home_losses, home_page, homes
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.homes import HomeForm
from fieldapp.domain.homes import Home as OneHome
from fieldapp.domain.values_life import HomeType
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.home_now import questions
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, space
from fieldapp.views.rows import chip, choice, group, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

NEW = "new"
LONG_AGO = timedelta(days=365 * 40)


@ft.component
@shielded
def HomePeriod() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, id = at["citizen"], None if at["home"] == NEW else at["home"]
    shown = use_reading(home_page.read, citizen)
    written = use_reading(home_losses.read, citizen, id or "")
    filling = use_form(homes.draft_key(citizen, id), HomeForm)
    ft.use_memo(lambda: _begin(filling, id, screen), [filling.kept])
    if shown is None:
        return gone(screen)
    today = screen.desk.today()
    one = next((each for each in (*shown.homes, shown.ahead) if each and each.id == id), None)

    def back() -> None:
        screen.citizen(citizen, "home")

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        back()

    async def not_lost() -> None:
        assert id is not None
        await filling.save(lambda: homes.not_lost(screen.desk, id), saved)

    body = [
        person_head(citizen, shown.name, title(shown, one)),
        space(theme.L),
        *(
            [note(_("Support goes along into the new home."), ft.Icons.HANDSHAKE_OUTLINED, "pine")]
            if _moves_on(shown, one)
            else []
        ),
        *_move(filling, today, shown.name),
        *_left(filling, one, today, shown.name, not_lost),
        *([space(theme.L), group([questions(citizen, one, bool(written), screen)])] if one and one.lost_on else []),
        section(_("What kind of home?")),
        _kind(filling),
        space(theme.L),
        _note(filling),
    ]
    gem = button(
        _("Save"),
        lambda: filling.save(lambda: homes.keep(screen.desk, citizen, filling.form, id), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=back, hide=screen.hide), above_bar=above, name="home-period")


def _begin(filling: Filling[HomeForm], id: str | None, screen: Screen) -> None:
    if id and filling.restored_at is None:
        vars(filling.form).update(asdict(homes.form_of(screen.desk, id)))


def title(shown: HomePage, one: OneHome | None) -> str:
    """Boligforløb 1, 2 ...: the order of time, and no more than that (G10)."""
    if one in shown.homes:
        return _("Home {number}", number=shown.homes.index(one) + 1)
    return _("Moves to another home") if shown.has else _("The next home")


def _moves_on(shown: HomePage, one: OneHome | None) -> bool:
    return shown.has and one not in shown.homes


def _move(filling: Filling[HomeForm], today: date, name: str) -> list[ft.Control]:
    on = filling.form.move_in_on
    offered = [
        (_("Today"), today),
        (_("In a week"), today + timedelta(days=7)),
    ]
    days = day_chips(
        offered,
        on,
        lambda day: filling.put(move_in_on=day),
        today,
        first=today - LONG_AGO,
        name="move-in",
    )
    unknown = chip(
        _("Not known yet"), lambda: filling.put(move_in_on=None), chosen=on is None, identifier="move-in-unknown"
    )
    return [section(_("When does {name} move in?", name=name)), days, space(theme.M), ft.Row([unknown])]


def _left(filling: Filling[HomeForm], one: OneHome | None, today: date, name: str, not_lost: Call) -> list[ft.Control]:
    """The day can be put right, and so can the loss itself."""
    if one is None or one.left_on is None:
        return []
    asked = _("When was it lost?") if one.lost_on else _("When did {name} move on?", name=name)
    days = day_chips(
        [(_("Today"), today), (_("Yesterday"), today - timedelta(days=1))],
        filling.form.left_on,
        lambda day: filling.put(left_on=day),
        today,
        first=today - LONG_AGO,
        last=today if one.lost_on else None,
        name="left",
    )
    undo = button(_("Not lost after all"), not_lost, ft.Icons.UNDO, "quiet", small=True, identifier="not-lost")
    return [section(asked), days, *([space(theme.M), undo] if one.lost_on else [])]


def _kind(filling: Filling[HomeForm]) -> ft.Control:
    chosen = filling.form.home_type
    options = [(each.value, word(HomeType, each)) for each in HomeType]
    return choice(
        options,
        {chosen} if chosen else set(),
        lambda code: filling.put(home_type=None if code == chosen else code),
        name="kind",
    )


def _note(filling: Filling[HomeForm]) -> ft.Control:
    return Field(
        filling.form,
        "note",
        _("A few words about the home"),
        hint=_("Not the address: that stands under Details."),
        icon_name=ft.Icons.HOME_OUTLINED,
        identifier="home-note",
        word_help=True,
        changed=filling.changed,
        left=filling.left,
    )
