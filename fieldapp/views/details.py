"""*Oplysninger*: what is learnt of a person bit by bit. None of it is needed; each can be added and changed."""

import asyncio

import flet as ft

from fieldapp.actions import contacts, details
from fieldapp.actions.details import Details as Known
from fieldapp.domain.values import Situation
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import act, icon_disc, space
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Details() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    known = use_reading(details.read, citizen)
    number, show = ft.use_state("")
    if known is None:
        return gone(screen)

    async def reveal() -> None:
        found = await asyncio.to_thread(details.whole_cpr, screen.desk, citizen)
        show(found or "")
        screen.changed()

    async def situation(code: str) -> None:
        chosen = None if code == known.situation else code
        saved = await asyncio.to_thread(details.set_situation, screen.desk, citizen, chosen)
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, saved))

    options = [(str(each), word(Situation, each)) for each in Situation]
    body = [
        person_head(known.id, known.name, _("Details")),
        space(theme.L),
        note(
            _("None of this is needed to get support. Write only what the person wants to tell."), ft.Icons.INFO_OUTLINE
        ),
        space(theme.M),
        group([*_names(known, screen), _cpr(known, number, reveal, screen), *_where(known, screen)]),
        section(_("Where does the person sleep?")),
        choice(options, {known.situation} if known.situation else set(), situation, name="situation"),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="details")


def _names(known: Known, screen: Screen) -> list[ft.Container]:
    ends = _("ends in {digits}", digits=known.phone_ends) if known.phone_ends else None
    return [
        _line(_("Name"), known.known_as, ft.Icons.BADGE_OUTLINED, "say/name", known, screen),
        _line(_("Full name"), known.full_name, ft.Icons.PERSON_OUTLINE, "details/full_name", known, screen),
        _line(_("Phone"), ends, ft.Icons.CALL_OUTLINED, "say/phone", known, screen),
    ]


def _cpr(known: Known, number: str, reveal: Call, screen: Screen) -> ft.Container:
    """The four digits behind a tap, which is written down."""
    side = act(_("Show"), ft.Icons.VISIBILITY_OUTLINED, reveal, who=_("The CPR number"), identifier="show-cpr")
    return row(
        _("CPR number"),
        number or known.cpr or _("Not written here"),
        _("Whoever shows it is written down.") if known.cpr and not number else None,
        lead=icon_disc(ft.Icons.FINGERPRINT),
        side=side if known.cpr and not number else None,
        call=lambda: screen.citizen(known.id, "details/cpr"),
        identifier="detail-cpr",
        meta_icon=ft.Icons.SHIELD_OUTLINED,
    )


def _where(known: Known, screen: Screen) -> list[ft.Container]:
    protected = _("Protected address") if known.protected_address else None
    spoken = known.language
    if known.needs_interpreter:
        spoken = _("Interpreter: {language}", language=known.language or _("Not known yet"))
    return [
        _line(_("Address"), " · ".join(filter(None, (known.address, protected))) or None, ft.Icons.HOME_OUTLINED,
              "details/address", known, screen),
        _line(_("Language"), spoken, ft.Icons.TRANSLATE, "details/language", known, screen),
    ]  # fmt: skip


def _line(
    title: str, said: str | None, icon_name: ft.IconData, then: str, known: Known, screen: Screen
) -> ft.Container:
    return row(
        title,
        said or _("Not written here"),
        lead=icon_disc(icon_name),
        call=lambda: screen.citizen(known.id, then),
        identifier=f"detail-{then.partition('/')[2]}",
    )
