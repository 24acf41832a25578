"""The other ways: a known place, through the network (closed until the citizen's yes), and another kind of message."""

from dataclasses import dataclass

import flet as ft

from fieldapp.actions import attempts, contacts
from fieldapp.actions.attempts import ReachOut
from fieldapp.actions.desk import Saved
from fieldapp.domain.values import Outcome, Way
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.filling import use_form
from fieldapp.views.guard import Call
from fieldapp.views.next_words import after_saving
from fieldapp.views.parts import button, heading, space
from fieldapp.views.rows import tile
from fieldapp.views.state import use_screen
from fieldapp.words import word


@dataclass
class PlaceForm:
    place: str = ""


@ft.component
def OtherWays(out: ReachOut) -> ft.Control:
    screen = use_screen()

    def to(way: Way) -> Call:
        return lambda: screen.citizen(out.citizen, f"reach/{way}")

    known = out.known_places or _("where you often meet")
    top = [person_head(out.citizen, out.name, _("Other ways")), space(theme.L)]
    body = [
        note(_("Only with the citizen's yes. Ask when you meet."), ft.Icons.LOCK_OUTLINE, title=word(Way, Way.NETWORK)),
        space(theme.S),
        button(word(Way, Way.NETWORK), None),
        space(theme.XL),
        tile(word(Way, Way.OTHER), _("A message somewhere else, a letter"), ft.Icons.FORUM_OUTLINED, to(Way.OTHER),
             identifier="reach-other"),
        space(theme.M),
        tile(word(Way, Way.NOTE), _("at the door"), ft.Icons.STICKY_NOTE_2_OUTLINED, to(Way.NOTE),
             identifier="reach-note"),
        space(theme.M),
        tile(word(Way, Way.KNOWN_PLACE), known, ft.Icons.PLACE_OUTLINED, to(Way.KNOWN_PLACE), look="tonal",
             identifier="reach-known_place"),
    ]  # fmt: skip
    return page(body, act_bar(back=screen.back, hide=screen.hide), low=True, top=top, name="other-ways")


@ft.component
def OtherKind(out: ReachOut) -> ft.Control:
    """What kind, and never what was written there."""
    screen = use_screen()
    filling = use_form(f"other:{out.citizen}", PlaceForm)
    kinds = [
        (_("Through somebody in the team"), ft.Icons.GROUPS_OUTLINED, "team"),
        (_("A letter"), ft.Icons.MAIL_OUTLINE, "letter"),
        (_("A message in another app"), ft.Icons.FORUM_OUTLINED, "app"),
    ]

    def saved(answer: Saved) -> None:
        screen.saved(
            after_saving(answer.next_step, screen.desk.today()), undo=lambda: contacts.undo(screen.desk, answer)
        )
        screen.home()

    async def save(kind: str) -> None:
        await filling.save(lambda: attempts.save(screen.desk, out.citizen, Way.OTHER, Outcome.DONE, place=kind), saved)

    def one(words: str, mark: ft.IconData, code: str) -> ft.Control:
        return tile(words, None, mark, lambda: save(words), identifier=f"other-{code}")

    top = [
        person_head(out.citizen, out.name, word(Way, Way.OTHER)),
        space(theme.L),
        note(
            _("Only the kind is noted, never what was written. Use only what your workplace has agreed to."),
            ft.Icons.INFO_OUTLINE,
        ),
        space(theme.L),
    ]
    body = [
        heading(_("How did you reach out?"), "title"),
        *(each for kind in kinds for each in (space(theme.M), one(*kind))),
    ]  # fmt: skip
    return page(body, act_bar(back=screen.back, hide=screen.hide), low=True, top=top, name="other-kind")
