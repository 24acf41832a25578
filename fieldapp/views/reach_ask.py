"""Asked once before reaching out too often, too late or within the peace: wait, do it now, or be worried; never no."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from fieldapp.actions import attempts
from fieldapp.actions.attempts import ReachOut
from fieldapp.domain.respectful import Ask, Caution
from fieldapp.domain.values import Way
from fieldapp.texts import _, ngettext
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import bare, clock, coming
from fieldapp.views.guard import Call
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import heading, space
from fieldapp.views.rows import tile
from fieldapp.views.state import Screen, use_screen
from fieldapp.words import word


@dataclass(frozen=True)
class Starting:
    """`to(way)` begins an act, asking first where there is something to ask; `page` is that question meanwhile."""

    to: Callable[[Way], Call]
    page: ft.Control | None


def use_starting(out: ReachOut) -> Starting:
    screen = use_screen()
    nothing: tuple[Way, Caution] | None = None
    asked, ask = ft.use_state(nothing)

    def to(way: Way) -> Call:
        async def start() -> None:
            found = await asyncio.to_thread(attempts.caution, screen.desk, out.citizen, way)
            if found is None:
                await begin(screen, out, way)
            else:
                ask((way, found))

        return start

    if asked is None:
        return Starting(to, None)
    way, found = asked

    async def now() -> None:
        ask(None)
        await begin(screen, out, way)

    return Starting(to, _question(out, way, found, screen, now, lambda: ask(None)))


async def begin(screen: Screen, out: ReachOut, way: Way) -> None:
    if way == Way.CALL:
        screen.leave()
        await screen.gate.platform.open_call(out.phone or "")
    screen.citizen(out.citizen, f"reach/{way}")


def _question(out: ReachOut, way: Way, found: Caution, screen: Screen, now: Call, back: Call) -> ft.Control:
    async def wait() -> None:
        saved = await asyncio.to_thread(attempts.wait, screen.desk, out.citizen, found.until)
        say_saved(screen, saved)
        screen.home()

    top = [
        person_head(out.citizen, out.name, word(Way, way)),
        space(theme.L),
        note(_sentence(out, found, screen), _icon(found), identifier="asked"),
        space(theme.L),
    ]
    body = [
        heading(_("What fits best?"), "title"),
        space(theme.M),
        tile(
            _("I am worried"),
            None,
            ft.Icons.FAVORITE_BORDER,
            lambda: screen.citizen(out.citizen, "reach/worried"),
            identifier="worried",
        ),
        space(theme.M),
        tile(_("Reach out now"), None, ft.Icons.WAVING_HAND_OUTLINED, now, identifier="reach-now"),
        space(theme.M),
        tile(_until(found, screen), None, ft.Icons.SCHEDULE, wait, look="filled", identifier="wait"),
    ]
    return page(body, act_bar(back=back, hide=screen.hide), low=True, top=top, name="asked")


def _icon(found: Caution) -> ft.IconData:
    return ft.Icons.SCHEDULE if found.ask in (Ask.MANY, Ask.SAME) else ft.Icons.NIGHTS_STAY_OUTLINED


def _sentence(out: ReachOut, found: Caution, screen: Screen) -> str:
    today, time = screen.desk.today(), clock(screen.desk.now())
    match found.ask:
        case Ask.PEACE:
            return _("Wants some space until {day}. Support goes on.", day=bare(out.peace_until or today, today))
        case Ask.MANY:
            return ngettext(
                "You have reached out once in the last day.",
                "You have reached out {count} times in the last day. Wait a little, or are you worried?",
                found.count,
            )
        case Ask.SAME:
            return ngettext(
                "You have tried this way once this week.",
                "You have tried this way {count} times in a week. Wait, try another way, or are you worried?",
                found.count,
            )
        case Ask.HOURS:
            begins, ends = (clock(at) for at in out.hours or ())
            return _(
                "It is {time}. {name} wants to be reached between {begins} and {ends}.",
                time=time, name=out.name, begins=begins, ends=ends,
            )  # fmt: skip
    day, start = coming(found.until, today), clock(found.at) if found.at else ""
    return _("It is {time}. Reach out now, or {day} at {start}?", time=time, day=day, start=start)


def _until(found: Caution, screen: Screen) -> str:
    today = screen.desk.today()
    if found.at is None:
        return _("Wait until {day}", day=bare(found.until, today))
    if found.until == today:
        return _("Wait until {time}", time=clock(found.at))
    return _("Wait until {day} at {time}", day=bare(found.until, today), time=clock(found.at))
