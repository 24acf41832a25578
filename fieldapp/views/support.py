"""What the citizen says to the support: yes, or no thanks, which is respected and ends nothing (C17, J8)."""

from dataclasses import dataclass
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import contacts, support_answers
from fieldapp.actions.desk import Saved
from fieldapp.actions.support_answers import ASK_AGAIN, FARTHEST, SupportAnswer
from fieldapp.domain.values_day import Answer
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import long_date, said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.moments import quoted
from fieldapp.views.next_words import after_saving, say_saved
from fieldapp.views.parts import MUTED, button, space, text
from fieldapp.views.rows import chip, chips, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@dataclass
class AnswerForm:
    own_words: str = ""
    ask_again_on: date | None = None
    leader_told: bool = False


def _words(filling: Filling[AnswerForm]) -> ft.Control:
    return Field(
        filling.form,
        "own_words",
        _("The citizen's words"),
        voice="citizen",
        hint=_("As it was said, as far as you can."),
        lines=2,
        identifier="own-words",
        changed=filling.changed,
        left=filling.left,
    )


@ft.component
@shielded
def Support() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    said = use_reading(support_answers.read, citizen)
    filling = use_form(support_answers.yes_key(citizen), AnswerForm)
    if said is None:
        return gone(screen)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def yes() -> None:
        await filling.save(lambda: support_answers.yes(screen.desk, citizen, filling.form.own_words), saved)

    body = [
        person_head(citizen, said.name, _("What {name} says to the support", name=said.name)),
        space(theme.L),
        note(_("You need no yes to reach out, and a no one day ends nothing."), ft.Icons.FAVORITE_BORDER),
        space(theme.L),
        _words(filling),
        *([section(_("Said before")), *_before(said.answers, screen)] if said.answers else []),
    ]
    no = button(
        word(Answer, Answer.NO_THANKS),
        lambda: screen.citizen(citizen, "support/stop"),
        look="quiet",
        expand=True,
        identifier="no-thanks",
    )
    gem = button(word(Answer, Answer.YES), yes, expand=True, identifier="yes-please")
    bar = act_bar(no, gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="support")


def _before(answers: tuple[SupportAnswer, ...], screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    cards: list[ft.Control] = []
    for each in answers:
        again = (
            [text(_("Ask again on {date}", date=long_date(each.ask_again_on)), "meta", MUTED)]
            if each.ask_again_on
            else []
        )
        cards += [
            card(
                text(word(Answer, each.answer), "name"),
                text(said_on(each.said_on, today), "meta", MUTED),
                *([quoted(each.own_words)] if each.own_words else []),
                *again,
                gap=theme.XS,
            ),
            space(theme.S),
        ]
    return cards


@ft.component
@shielded
def NoThanks() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    said = use_reading(support_answers.read, citizen)
    filling = use_form(support_answers.stop_key(citizen), AnswerForm)
    if said is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        told = after_saving(answer.next_step, today)
        say_saved(screen, answer, _("{told} Support goes on.", told=told))
        screen.home()

    def save() -> Saved:
        return support_answers.no_thanks(
            screen.desk,
            citizen,
            form.own_words,
            ask_again_on=form.ask_again_on,
            leader_told=form.leader_told,
            step=_("Ask again whether support is welcome"),
        )

    days = [(_("A week"), 7), (_("Two weeks"), ASK_AGAIN.days), (_("A month"), FARTHEST.days)]
    offered = [(words, today + timedelta(days=ahead)) for words, ahead in days]
    again = day_chips(
        offered,
        form.ask_again_on or today + ASK_AGAIN,
        lambda day: filling.put(ask_again_on=day),
        today,
        first=today + timedelta(days=1),
        last=today + FARTHEST,
        name="again",
    )
    leader = chip(
        _("I have told my leader"),
        lambda: filling.put(leader_told=not form.leader_told),
        chosen=form.leader_told,
        identifier="leader-told",
    )
    body = [
        person_head(citizen, said.name, _("Does not want the support any more")),
        space(theme.L),
        note(
            _("It may be a hard day. Agree a date to ask again, and talk to your leader before ending."),
            ft.Icons.NIGHTS_STAY_OUTLINED,
        ),
        space(theme.L),
        _words(filling),
        section(_("When may you ask again?")),
        again,
        section(_("Your leader")),
        chips(leader),
    ]
    gem = button(_("Save"), lambda: filling.save(save, saved), ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="no-thanks")
