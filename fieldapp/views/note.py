"""Notér (F2), first page: what happened? The most common lies lowest and filled, so that a meeting takes three taps."""

import asyncio
from collections.abc import Callable

import flet as ft

from fieldapp.actions import citizens, contacts, drafts
from fieldapp.actions.drafts import Draft
from fieldapp.domain.values import ContactMode
from fieldapp.texts import _
from fieldapp.views import notices, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.draft_words import restored
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, heading, space
from fieldapp.views.rows import pair, tile
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

ICONS: dict[str, ft.IconData] = {
    ContactMode.MET: ft.Icons.HANDSHAKE_OUTLINED,
    ContactMode.TALKED: ft.Icons.PHONE_IN_TALK_OUTLINED,
    ContactMode.WROTE: ft.Icons.FORUM_OUTLINED,
    ContactMode.CITIZEN_CALLED: ft.Icons.PHONE_CALLBACK_OUTLINED,
    ContactMode.CITIZEN_CAME: ft.Icons.EMOJI_PEOPLE_OUTLINED,
    ContactMode.NOT_MET: ft.Icons.EVENT_OUTLINED,
}
#: From the top of the screen down to the thumb.
ORDER = (
    ContactMode.NOT_MET,
    ContactMode.CITIZEN_CAME,
    ContactMode.CITIZEN_CALLED,
    ContactMode.WROTE,
    ContactMode.TALKED,
    ContactMode.MET,
)


@ft.component
@shielded
def Note() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    draft = use_reading(drafts.read, contacts.draft_key(citizen))
    sure, ask = ft.use_state(False)
    if shown is None:
        return gone(screen)
    tiles: list[ft.Control] = []
    for mode in ORDER:
        tiles += [space(theme.S), _tile(mode, citizen, screen)]
    top = [
        person_head(shown.id, shown.name, None),
        *(_draft(draft, citizen, screen, sure, ask) if draft else []),
        space(theme.L),
    ]
    body = [heading(_("What happened?"), "title"), space(theme.XS), *tiles]
    return page(body, act_bar(back=screen.back, hide=screen.hide), low=True, top=top, name="note")


def _tile(mode: ContactMode, citizen: str, screen: Screen) -> ft.Control:
    words = _("The citizen called or wrote") if mode == ContactMode.CITIZEN_CALLED else word(ContactMode, mode)
    main = mode == ContactMode.MET
    reason = _("Now, with you") if main else _("That is fine. When shall we try again?") if mode == "not_met" else None
    return tile(
        words,
        reason,
        ICONS[mode],
        lambda: screen.citizen(citizen, f"note/{mode}"),
        look="filled" if main else "card",
        identifier=f"note-{mode}",
    )


def _draft(draft: Draft, citizen: str, screen: Screen, sure: bool, ask: Callable[[bool], object]) -> list[ft.Control]:
    """What was being written: nothing typed is ever lost (I-8)."""

    async def discard() -> None:
        if not sure:
            ask(True)
            return
        await asyncio.to_thread(drafts.discard, screen.desk, draft.key)
        screen.rows.version += 1
        notices.show(_("The draft is deleted."), ft.Icons.CHECK)

    mode = str(draft.values.get("mode") or ContactMode.MET)
    words = _("Your text from {time} is still here.", time=restored(draft.saved_at, screen.desk.now()))
    go_on = button(
        _("Continue"), lambda: screen.citizen(citizen, f"note/{mode}"), look="tonal", small=True, identifier="continue"
    )
    said = _("Yes, delete it") if sure else _("Delete the draft")
    delete = button(said, discard, look="quiet", small=True, identifier="delete-draft")
    return [space(theme.L), note(words, ft.Icons.EDIT_NOTE), space(theme.S), pair(delete, go_on, gap=theme.S)]
