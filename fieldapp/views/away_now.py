"""Where a citizen is now: who may be told, when they come home, what there is to do; all of it for support to go on."""

import asyncio
from collections.abc import Callable
from datetime import date

import flet as ft

from fieldapp.actions import absences, homes
from fieldapp.actions.absences import Away, AwayPage
from fieldapp.actions.desk import Saved
from fieldapp.domain.values import AbsencePlace, Support
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_inform import telling
from fieldapp.views.away_tasks import task_lists
from fieldapp.views.away_words import goes_on, home_days, levels
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import coming, past
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import MUTED, button, icon_disc, piece, space, text
from fieldapp.views.professionals import person_row
from fieldapp.views.rows import chip, choice, group, row, section
from fieldapp.views.state import Screen, use_screen
from fieldapp.words import word

Keep = Callable[..., Saved]


@ft.component
def AwayNow(shown: AwayPage, away: Away) -> ft.Control:
    screen = use_screen()
    today = screen.desk.today()

    async def keep(how: Keep, *of: object, words: str = "") -> None:
        saved = await asyncio.to_thread(how, screen.desk, *of)
        say_saved(screen, saved, words)

    async def back() -> None:
        await keep(absences.is_back, away.id)
        screen.citizen(shown.citizen)

    body = [
        person_head(shown.citizen, shown.name, _("Elsewhere right now")),
        space(theme.L),
        goes_on(),
        space(theme.S),
        group([_where(shown, away, screen, today)]),
        *telling(shown, away, screen, keep),
        *_there(shown, away, screen),
        *_home(shown, away, today, keep),
        *task_lists(shown, away, screen, keep),
        *(_in_use(shown, keep) if away.place == AbsencePlace.SHELTER else []),
        *_intensity(shown, keep),
        *_pause(shown, screen),
    ]
    gem = button(_("Is back home"), back, ft.Icons.HOME_OUTLINED, expand=True, identifier="is-back")
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), name=f"away-now-{shown.citizen}")


def _where(shown: AwayPage, away: Away, screen: Screen, today: date) -> ft.Container:
    where = " · ".join(filter(None, (word(AbsencePlace, away.place), away.place_text)))
    return row(
        where,
        _("Since {day}", day=past(away.since_on, today)),
        lead=icon_disc(ft.Icons.PLACE_OUTLINED),
        side=text(_("Change"), "label", ft.Colors.PRIMARY),
        call=lambda: screen.citizen(shown.citizen, "away/change"),
        identifier="away-change",
    )


def _home(shown: AwayPage, away: Away, today: date, keep: Callable[..., object]) -> list[ft.Control]:
    """A day, or that nobody knows it; then the next step is the day to ask again."""
    step = shown.next_step
    if away.home_on is None:
        said = _("Not known yet. Ask again {day}.", day=coming(step.on, today)) if step else _("Not known yet")
        unknown: list[ft.Control] = []
    else:
        said = _("Comes home {day}", day=coming(away.home_on, today))
        words = chip(_("Not known yet"), lambda: keep(absences.expect_home, away.id, None), identifier="home-unknown")
        unknown = [space(theme.M), ft.Row([words])]
    days = day_chips(
        home_days(today),
        away.home_on,
        lambda day: keep(absences.expect_home, away.id, day),
        today,
        first=today,
        name="home",
    )
    return [
        section(_("When does {name} come home?", name=shown.name)),
        text(said, "body"),
        space(theme.S),
        days,
        piece(*unknown),
    ]


def _there(shown: AwayPage, away: Away, screen: Screen) -> list[ft.Control]:
    """Whom we know there; at a boform that is where the cooperation begins (T9)."""
    people = [person_row(shown.citizen, each, screen) for each in away.there]
    if away.place == AbsencePlace.SHELTER:
        people += _first_meeting(shown, away, screen)
    return [section(_("Whom we know there")), group(people)] if people else []


def _first_meeting(shown: AwayPage, away: Away, screen: Screen) -> list[ft.Container]:
    nobody = row(
        _("The contact person there"),
        _("Add who it is, so that you can work together from the start."),
        lead=icon_disc(ft.Icons.PERSON_ADD_OUTLINED),
        call=lambda: screen.citizen(shown.citizen, "professionals/new"),
        identifier="add-contact-person",
    )
    meeting = row(
        _("A first meeting together"),
        _("You, {name} and the contact person", name=shown.name),
        lead=icon_disc(ft.Icons.GROUPS_OUTLINED),
        call=lambda: screen.citizen(shown.citizen, "next"),
        identifier="first-meeting",
    )
    return [meeting] if away.there else [nobody, meeting]


def _in_use(shown: AwayPage, keep: Callable[..., object]) -> list[ft.Control]:
    """The citizen has a home and cannot be there: the way back to it is part of the support (I7)."""
    options = [("yes", _("Uses the home")), ("no", _("Doesn't use the home right now"))]
    chosen = {True: {"yes"}, False: {"no"}}.get(shown.home_in_use, set()) if shown.home_in_use is not None else set()
    return [
        section(_("The home")),
        choice(options, chosen, lambda said: keep(homes.use, shown.citizen, said == "yes"), name="in-use"),
    ]


def _intensity(shown: AwayPage, keep: Callable[..., object]) -> list[ft.Control]:
    return [
        section(_("Support right now")),
        text(_("Being elsewhere may turn it up or down. It never ends it."), "meta", MUTED),
        space(theme.S),
        choice(
            levels(),
            {str(shown.level)},
            lambda level: keep(absences.choose_intensity, shown.citizen, int(level)),
            name="level",
        ),
    ]


def _pause(shown: AwayPage, screen: Screen) -> list[ft.Control]:
    if shown.standing.support != Support.ACTIVE:
        return []
    open_ = button(
        _("Put on pause …"),
        lambda: screen.citizen(shown.citizen, "pause"),
        ft.Icons.PAUSE_CIRCLE_OUTLINE,
        "quiet",
        small=True,
        identifier="open-pause",
    )
    return [space(theme.XL), open_]
