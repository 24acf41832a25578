"""Who takes over, over the eight dimensions (K6): a row each, and a page where it is said."""

from dataclasses import asdict

import flet as ft

from fieldapp.actions import citizens, contacts, takeovers
from fieldapp.actions.desk import Saved
from fieldapp.actions.takeovers import TakeoverForm
from fieldapp.domain.values import Dimension
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import coming, past
from fieldapp.views.dimensions import ICONS
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.form_parts import coming_days, day, ticked, written
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.rows import chips, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Takeovers() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, found = use_reading(citizens.read, citizen), use_reading(takeovers.read, citizen)
    if shown is None:
        return gone(screen)
    help_ = _("Only where support is needed. The network round the citizen is still there when you are not.")
    body = [
        person_head(shown.id, shown.name, _("Who takes over")),
        space(theme.L),
        note(help_, ft.Icons.HANDSHAKE_OUTLINED),
        space(theme.M),
        group([_row(each, found.get(each), citizen, screen) for each in Dimension]),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="takeovers")


def _row(dimension: Dimension, said: TakeoverForm | None, citizen: str, screen: Screen) -> ft.Container:
    return row(
        word(Dimension, dimension),
        said.who if said else None,
        _meeting(said, screen) if said else None,
        lead=icon_disc(ICONS[dimension]),
        call=lambda: screen.citizen(citizen, f"ending/takeovers/{dimension.value}"),
        identifier=f"takeover-{dimension.value}",
        meta_icon=ft.Icons.EVENT_OUTLINED,
    )


def _meeting(said: TakeoverForm, screen: Screen) -> str | None:
    on, today = said.meeting_on, screen.desk.today()
    if said.held:
        return _("You have met together")
    if on is None:
        return None
    if on < today:
        return _("You were to meet {day}", day=past(on, today))
    return _("You meet together {day}", day=coming(on, today))


@ft.component
@shielded
def Takeover() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, dimension = at["citizen"], at["dimension"]
    shown, found = use_reading(citizens.read, citizen), use_reading(takeovers.read, citizen)
    filling = use_form(takeovers.draft_key(citizen, dimension), TakeoverForm)
    ft.use_memo(lambda: _begin(filling, found.get(dimension)), [filling.kept])
    missing, miss = ft.use_state(False)
    if shown is None or dimension not in set(Dimension):
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.who.strip())
        if form.who.strip():
            await filling.save(lambda: takeovers.keep(screen.desk, citizen, dimension, form), saved)

    body = [
        person_head(shown.id, shown.name, word(Dimension, dimension)),
        space(theme.L),
        written(filling, "who", _("Who takes over?"), hint=_("A person, an offer or the network"), missing=missing),
        space(theme.S),
        written(filling, "phone", _("Phone")),
        section(_("The first meeting together")),
        day(filling, "meeting_on", today, coming_days(today)),
        space(theme.M),
        chips(ticked(filling, "held", _("We have met"), ft.Icons.HANDSHAKE_OUTLINED)),
        space(theme.M),
        written(filling, "note", _("Agreed"), voice="worker", lines=2),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="takeover")


def _begin(filling: Filling[TakeoverForm], said: TakeoverForm | None) -> None:
    if said is not None and filling.restored_at is None:
        vars(filling.form).update(asdict(said))
