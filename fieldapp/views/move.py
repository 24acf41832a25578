"""To another municipality (G19, K9): the list for a good transition, and what is agreed; support goes on until then."""

from dataclasses import asdict
from datetime import date

import flet as ft

from fieldapp.actions import citizens, contacts, moves
from fieldapp.actions.desk import Saved
from fieldapp.actions.moves import Move as Moving
from fieldapp.actions.moves import MoveForm
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import long_date
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.form_parts import coming_days, day, written
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import button, icon_disc, piece, space
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen


@ft.component
@shielded
def Move() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, stands = use_reading(citizens.read, citizen), use_reading(moves.read, citizen)
    filling = use_form(moves.draft_key(citizen), MoveForm)
    ft.use_memo(lambda: _begin(filling, stands), [filling.kept])
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. Support goes on."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        whole = bool(form.to.strip()) and form.on is not None
        miss(not whole)
        if whole:
            await filling.save(lambda: moves.keep(screen.desk, citizen, form), saved)

    when = _("When does {name} move?", name=shown.name)
    no_day = [space(theme.S), note(_("Pick a day. It can be changed."), ft.Icons.EVENT_OUTLINED, "clay", live=True)]
    body = [
        person_head(citizen, shown.name, _("Moves to another municipality")),
        space(theme.L),
        note(
            _(
                "The new municipality assesses the need for support. "
                "Support goes on here until you have agreed who gives it there."
            ),
            ft.Icons.MOVE_DOWN,
        ),
        section(_("For a good transition")),
        group(_list(citizen, stands, screen)),
        section(_("Where to?")),
        written(filling, "to", _("The new municipality"), missing=missing and not form.to.strip()),
        section(when),
        day(filling, "on", today, coming_days(today)),
        piece(*(no_day if missing and form.on is None else [])),
        section(_("Who takes over there?")),
        written(filling, "contact", _("Contact person")),
        space(theme.S),
        written(filling, "phone", _("Phone")),
        section(_("They give the support from")),
        day(filling, "agreed_on", today, coming_days(today)),
        space(theme.M),
        written(filling, "note", _("Agreed"), voice="worker", lines=2),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="move")


def _begin(filling: Filling[MoveForm], stands: Moving) -> None:
    if stands.id is not None and filling.restored_at is None:
        vars(filling.form).update(asdict(stands.said))


def _list(citizen: str, stands: Moving, screen: Screen) -> list[ft.Container]:
    """It ticks itself by what is written elsewhere, and leads there."""

    def to(then: str) -> Call:
        return lambda: screen.citizen(citizen, then)

    return [
        _item(
            _("A yes to talk with the new municipality"),
            stands.consented,
            to("ending/move/consent/authority"),
            "consent",
        ),
        _item(_("A contact person there"), bool(stands.said.contact), None, "contact"),
        _item(_("The day they take over"), stands.said.agreed_on is not None, None, "agreed", stands.said.agreed_on),
        _item(_("What matters most for the one taking over"), stands.handover_noted, to("handover"), "handover"),
    ]


def _item(title: str, done: bool, call: Call | None, name: str, on: date | None = None) -> ft.Container:
    mark = icon_disc(ft.Icons.CHECK, "pine") if done else icon_disc(ft.Icons.RADIO_BUTTON_UNCHECKED)
    said = long_date(on) if on else _("Done") if done else _("Not yet")
    return row(title, said, lead=mark, call=call, identifier=f"list-{name}")
