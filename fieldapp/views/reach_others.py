"""The other ways: a known place, through the network (closed until the citizen's yes), and another kind of message."""

from collections.abc import Callable

import flet as ft

from fieldapp.actions import attempts, local_texts
from fieldapp.actions.attempts import ReachOut
from fieldapp.actions.desk import Saved
from fieldapp.domain.values import Outcome, Way
from fieldapp.domain.values_day import LocalText
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.guard import Call
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import MUTED, heading, icon, icon_disc, space, text
from fieldapp.views.reach_ask import use_starting
from fieldapp.views.reach_forms import PlaceForm
from fieldapp.views.reach_network import locked
from fieldapp.views.rows import group, row, tile
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
def OtherWays(out: ReachOut) -> ft.Control:
    screen = use_screen()
    starting = use_starting(out)
    if starting.page is not None:
        return starting.page
    to = starting.to
    known = out.known_places or _("where you often meet")
    top = [person_head(out.citizen, out.name, _("Other ways")), space(theme.L)]
    body = [
        tile(_("I am worried"), _("No answer, and reason to fear for life"), ft.Icons.FAVORITE_BORDER,
             lambda: screen.citizen(out.citizen, "reach/worried"), identifier="worried"),
        space(theme.M),
        *_network(out, screen, to),
        space(theme.M),
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


def _network(out: ReachOut, screen: Screen, to: Callable[[Way], Call]) -> list[ft.Control]:
    if out.network is None:
        return locked(out, screen)
    with_yes = _("Only a greeting: the citizen has said yes")
    return [
        tile(word(Way, Way.NETWORK), with_yes, ft.Icons.DIVERSITY_3_OUTLINED, to(Way.NETWORK),
             identifier="reach-network")
    ]  # fmt: skip


@ft.component
def OtherKind(out: ReachOut) -> ft.Control:
    """What kind, and never what was written there."""
    screen = use_screen()
    filling = use_form(f"other:{out.citizen}", PlaceForm)
    agreed = use_reading(local_texts.read, LocalText.OTHER_MESSAGES)
    kinds = [
        (_("Through somebody in the team"), ft.Icons.GROUPS_OUTLINED, "team"),
        (_("A letter"), ft.Icons.MAIL_OUTLINE, "letter"),
        (_("In a way of your own"), ft.Icons.LIGHTBULB_OUTLINE, "own"),
        (_("A message in another app"), ft.Icons.FORUM_OUTLINED, "app"),
    ]

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.home()

    async def save(kind: str) -> None:
        how = filling.form.place
        await filling.save(
            lambda: attempts.save(screen.desk, out.citizen, Way.OTHER, Outcome.DONE, place=kind, text=how), saved
        )

    def one(words: str, mark: ft.IconData, code: str) -> ft.Control:
        return tile(words, None, mark, lambda: save(words), identifier=f"other-{code}")

    how = Field(
        filling.form,
        "place",
        _("How, and where? Few words, or none."),
        hint=_("Coffee on the bench, a walk, music. Not what was written."),
        icon_name=ft.Icons.LIGHTBULB_OUTLINE,
        identifier="how",
        word_help=True,
        changed=filling.changed,
        left=filling.left,
    )
    top = [
        person_head(out.citizen, out.name, word(Way, Way.OTHER)),
        space(theme.L),
        group([_agreed(agreed, out, screen)]),
        space(theme.M),
        how,
        space(theme.L),
    ]
    body = [
        heading(_("How did you reach out?"), "title"),
        text(_("Only the kind is noted, never what was written."), "meta", MUTED),
        *(each for kind in kinds for each in (space(theme.M), one(*kind))),
    ]  # fmt: skip
    return page(body, act_bar(back=screen.back, hide=screen.hide), low=True, top=top, name="other-kind")


def _agreed(agreed: str, out: ReachOut, screen: Screen) -> ft.Container:
    """What the team may use: its own words, or the sentence that asks for them."""
    words = agreed or _("Use only what your workplace has agreed to. Your team has not written it here yet.")
    return row(
        word(LocalText, LocalText.OTHER_MESSAGES),
        words,
        lead=icon_disc(ft.Icons.MENU_BOOK_OUTLINED),
        side=icon(ft.Icons.EDIT_OUTLINED, say=_("Change")),
        call=lambda: screen.citizen(out.citizen, f"reach/local/{LocalText.OTHER_MESSAGES}"),
        identifier="agreed-messages",
    )
