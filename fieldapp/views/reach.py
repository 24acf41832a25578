"""Ræk ud (F3, F4): what has been, how the citizen wants to be reached, and the four big acts; each counts as care."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import time

import flet as ft

from fieldapp.actions import attempts
from fieldapp.actions.attempts import ReachOut
from fieldapp.domain.facts import Reason, Why
from fieldapp.domain.values import Respect, Way
from fieldapp.texts import _
from fieldapp.views import story, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import bare, clock, short_date
from fieldapp.views.drawings import thread
from fieldapp.views.ended import ended_words, has_died
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import MUTED, button, heading, link, space, text
from fieldapp.views.reach_ask import use_starting
from fieldapp.views.reasons import sentence, since
from fieldapp.views.rows import big_act, chip, chips, pair
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

SILENT = 3
"""So many greetings without an answer: worry has a place to go."""
ICONS: dict[str, ft.IconData] = {
    Way.TEXT: ft.Icons.SMS_OUTLINED,
    Way.CALL: ft.Icons.CALL_OUTLINED,
    Way.BELL: ft.Icons.DOORBELL_OUTLINED,
    Way.NOTE: ft.Icons.STICKY_NOTE_2_OUTLINED,
    Way.KNOWN_PLACE: ft.Icons.PLACE_OUTLINED,
    Way.NETWORK: ft.Icons.DIVERSITY_3_OUTLINED,
    Way.OTHER: ft.Icons.MORE_HORIZ,
}


@ft.component
@shielded
def Reach() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    out = use_reading(attempts.read, citizen)
    if out is None:
        return gone(screen)
    return nobody_to_reach(out, screen) if has_died(out.standing) else Page(out)


def nobody_to_reach(out: ReachOut, screen: Screen) -> ft.Control:
    """No greeting is suggested any more, whichever way one comes here."""
    words = _("All reminders are off, for your colleagues too.")
    said = note(words, ft.Icons.LOCAL_FLORIST_OUTLINED, title=ended_words(out.standing, out.name), identifier="ended")
    body = [person_head(out.citizen, out.name, None), space(theme.L), said]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="reach")


@ft.component
def Page(out: ReachOut) -> ft.Control:
    screen = use_screen()
    starting = use_starting(out)
    if starting.page is not None:
        return starting.page
    citizen = out.citizen
    head = [
        person_head(citizen, out.name, since(out.last, screen.desk.today())),
        *_unconfirmed(out, screen),
        *_wrote(out, screen),
    ]
    acts = _four(out, screen, starting.to)
    known = _known(out, screen)
    if theme.is_large():  # what can be done comes first, what has been after it
        head, body = [], [*head, space(theme.M), acts, space(theme.L), *known]
    else:
        title = heading(_("Reach out to {name}", name=out.name), "title", 2)
        head, body = [*head, space(theme.M), *known, space(theme.L)], [title, space(theme.M), acts]
    more = button(
        _("Other ways"),
        lambda: screen.citizen(citizen, "reach/more"),
        ft.Icons.MORE_HORIZ,
        "quiet",
        expand=True,
        identifier="other-ways",
    )
    return page(
        body, act_bar(more, back=screen.back, hide=screen.hide), low=not theme.is_large(), top=head, name="reach"
    )


def _known(out: ReachOut, screen: Screen) -> list[ft.Control]:
    """The thread, the last greeting, and how the citizen wants to be contacted."""
    today = screen.desk.today()
    about: list[ft.Control] = [thread(out.beads)] if out.beads else []
    about.append(text(story.thread_sentence(out.beads, out.count), "body"))
    if out.last_text and out.last_text_on:
        said = _("Last time you wrote: “{text}” ({date})", text=out.last_text, date=short_date(out.last_text_on))
        about.append(text(said, "reason", MUTED))
    pieces: list[ft.Control] = [card(*about)]
    wishes = tuple(wish for wish in out.wishes if wish != Respect.PEACE_UNTIL)
    if wishes:
        title = _("How {name} wants to be contacted", name=out.name)
        pieces += [space(theme.S), note(wanted(wishes, out.hours), ft.Icons.FAVORITE_BORDER, "heather", title)]
    if out.peace_until and out.peace_until >= today:
        said = _("Wants some space until {day}. Support goes on.", day=bare(out.peace_until, today))
        pieces += [space(theme.S), note(said, ft.Icons.NIGHTS_STAY_OUTLINED, identifier="peace")]
    if out.answer_late:
        said = _("The citizen wrote to you recently, so go ahead and answer.")
        pieces += [space(theme.S), note(said, ft.Icons.MARK_CHAT_READ_OUTLINED, identifier="answer-late")]
    if out.count >= SILENT:
        worried = link(_("I am worried"), lambda: screen.citizen(out.citizen, "reach/worried"), identifier="worried")
        pieces.append(ft.Row([worried], alignment=ft.MainAxisAlignment.END))
    return pieces


def wanted(wishes: Sequence[str], hours: tuple[time, time] | None) -> str:
    """The citizen's wishes, with the hours where they are known."""

    def one(wish: str) -> str:
        if wish == Respect.HOURS and hours:
            return _("Only between {begins} and {ends}", begins=clock(hours[0]), ends=clock(hours[1]))
        return word(Respect, wish)

    return ", ".join(map(one, wishes))


def _four(out: ReachOut, screen: Screen, to: Callable[[Way], Call]) -> ft.Control:
    """The wished or suggested way is filled, and lies nearest the thumb."""
    suggested = Way(out.suggested)
    ways = [Way.NOTE, Way.BELL, Way.CALL, Way.TEXT]
    if suggested not in ways:
        ways[0] = suggested  # a note at the door then lies among the other ways
    main = suggested
    order = [way for way in ways if way != main]
    last_first = [main, *reversed(order)] if theme.is_large() else [*order, main]
    first, second, third, fourth = (_act(way, way == main, out, screen, to) for way in last_first)
    return ft.Column(
        [pair(first, second), pair(third, fourth)],
        spacing=theme.M,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _act(way: Way, main: bool, out: ReachOut, screen: Screen, to: Callable[[Way], Call]) -> ft.Control:
    reasons = {
        Way.TEXT: _("pick a greeting"),
        Way.CALL: _("ends in {digits}", digits=out.phone[-2:]) if out.phone else "",
        Way.BELL: _("I am at the door"),
        Way.NOTE: _("at the door"),
        Way.KNOWN_PLACE: out.known_places or _("where you often meet"),
    }
    by_phone = way in (Way.TEXT, Way.CALL)
    if by_phone and not out.phone:
        return big_act(
            word(Way, way),
            _("write the number first"),
            ICONS[way],
            lambda: screen.citizen(out.citizen, "say/phone"),
            identifier=f"reach-{way}",
        )

    return big_act(word(Way, way), reasons.get(way, ""), ICONS[way], to(way), chosen=main, identifier=f"reach-{way}")


def _unconfirmed(out: ReachOut, screen: Screen) -> list[ft.Control]:
    """A text nobody has answered for: asked quietly, in the way of nothing."""
    waiting = out.unconfirmed
    if waiting is None:
        return []

    async def answer(sent: bool) -> None:
        saved = await asyncio.to_thread(attempts.confirm, screen.desk, waiting, sent)
        say_saved(screen, saved)

    yes = chip(_("Yes, sent"), lambda: answer(True), identifier="was-sent")
    no = chip(_("No"), lambda: answer(False), identifier="was-not-sent")
    asked = note(_("Was the last text sent?"), ft.Icons.SMS_OUTLINED, identifier="unconfirmed")
    return [space(theme.M), asked, space(theme.S), chips(yes, no)]


def _wrote(out: ReachOut, screen: Screen) -> list[ft.Control]:
    """The citizen wrote: an answer by another road is noted here, or given right away (H14)."""
    if out.wrote_on is None:
        return []

    async def answered() -> None:
        saved = await asyncio.to_thread(attempts.answered, screen.desk, out.citizen)
        say_saved(screen, saved)

    said = sentence(Reason(Why.CITIZEN_WROTE, on=out.wrote_on), screen.desk.today())
    yes = chip(_("Yes, I have answered"), answered, identifier="answered")
    asked = note(said, ft.Icons.MARK_CHAT_READ_OUTLINED, identifier="wrote")
    return [space(theme.M), asked, space(theme.S), chips(yes)]
