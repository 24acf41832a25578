"""*Giv besked* (I2): closed until the citizen has said yes to it, with the reason right above and 112 beside."""

from collections.abc import Callable
from datetime import date

import flet as ft

from fieldapp.actions import absences, consents
from fieldapp.actions.absences import ANSWERS, Away, AwayPage
from fieldapp.domain.consent import State
from fieldapp.domain.values_day import ConsentHow
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_words import answers, danger, them
from fieldapp.views.cards import note
from fieldapp.views.days import long_date, past, said_on
from fieldapp.views.parts import button, icon_disc, piece, space
from fieldapp.views.people_calls import call_act
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen
from fieldapp.words import word

Keep = Callable[..., object]


def telling(shown: AwayPage, away: Away, screen: Screen, keep: Keep) -> list[ft.Control]:
    """Whether they may be told, and that they were."""
    title = section(_("Together with {who}", who=them(away.place)))
    if away.about is None:
        return [
            title,
            note(_("When you know where, you can ask whether you may let them know."), ft.Icons.INFO_OUTLINE),
        ]
    act = _open(shown, away, screen, keep) if away.may_tell else _closed(shown, away, screen.desk.today(), keep)
    return [title, *act, *_told(shown, away, screen)]


def reason(shown: AwayPage, away: Away) -> str:
    """Why it is closed, in words that blame nobody."""
    last = away.answer
    if last is None:
        who = them(away.place)
        return _("You have no yes to contact {who}. Ask {name} first.", who=who, name=shown.name)
    match away.answer_state:
        case State.EXPIRED if last.until:
            return _("The consent ended {date}. Ask again.", date=long_date(last.until))
        case State.SAID_NO:
            return _("{name} said no to this, and we respect it. You can ask again another day.", name=shown.name)
        case State.WITHDRAWN if last.withdrawn_on:
            day = long_date(last.withdrawn_on)
            return _("Withdrawn {date}. Tell {who} that the agreement has ended.", date=day, who=last.to)
    return _("{name} has taken it back. You can ask again another day.", name=shown.name)


def _open(shown: AwayPage, away: Away, screen: Screen, keep: Keep) -> list[ft.Control]:
    yes, today = away.may_tell, screen.desk.today()
    assert yes is not None
    how = word(ConsentHow, yes.how).lower() if yes.how else ""
    until = _("Holds until {date}.", date=said_on(yes.until, today)) if yes.until else ""
    said = _("{name} has said yes {day}, {how}.", name=shown.name, day=past(yes.given_on, today), how=how)
    tell = button(
        _("Let them know"),
        lambda: screen.citizen(shown.citizen, "away/inform"),
        ft.Icons.CALL_OUTLINED,
        "tonal",
        identifier="inform",
    )
    taken = _("Withdrawn. Tell {who} that the agreement has ended.", who=yes.to)
    withdraw = button(
        _("Withdraw the consent"),
        lambda: keep(consents.withdraw, yes.id, words=taken),
        ft.Icons.UNDO,
        "quiet",
        small=True,
        identifier="withdraw",
    )
    words = " ".join(filter(None, (said, until)))
    return [note(words, ft.Icons.CHECK_CIRCLE_OUTLINE, identifier="may-tell"), space(theme.S), tell,
            space(theme.S), withdraw]  # fmt: skip


def _closed(shown: AwayPage, away: Away, today: date, keep: Keep) -> list[ft.Control]:
    last = away.answer
    chosen = {ANSWERS[2]} if last and away.answer_state is State.SAID_NO else {ANSWERS[3]} if last is None else set()
    said = choice(answers(), chosen, lambda answer: _answer(keep, away, answer), name="answer")
    return [
        note(reason(shown, away), ft.Icons.LOCK_OUTLINE, identifier="no-yes"),
        space(theme.S),
        button(_("Let them know"), None, ft.Icons.CALL_OUTLINED, identifier="inform"),
        space(theme.S),
        danger(),
        section(_("Has {name} said yes to you letting them know?", name=shown.name)),
        said,
    ]


def _answer(keep: Keep, away: Away, answer: str) -> object:
    """Not asked yet is no answer, and nothing is written of it."""
    return None if answer == ANSWERS[3] else keep(absences.answer, away.id, answer, words=_("Saved."))


def _told(shown: AwayPage, away: Away, screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    if not away.told:
        return []
    rows = [
        row(
            each.to or them(away.place).capitalize(),
            _("Was told {day}", day=past(each.on, today)),
            lead=icon_disc(ft.Icons.CHECK),
            side=call_act(each.phone, each.to or "", screen, f"call-told-{place}") if each.phone else None,
        )
        for place, each in enumerate(away.told)
    ]
    return [piece(space(theme.M), group(rows))]
