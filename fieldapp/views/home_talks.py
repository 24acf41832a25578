"""Neighbours, landlord, caretaker: what was talked about, and only with the citizen's yes to it (G15, G16)."""

from datetime import date

import flet as ft

from fieldapp.actions import citizens, contacts, home_talks
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_talks import Talk, TalkForm, Talks
from fieldapp.domain.values_day import ConsentHow
from fieldapp.domain.values_life import HomeMatter, HomeParty
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_form import since
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import long_date, said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, button, piece, space, text
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def HomeTalks() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    talks = use_reading(home_talks.read, citizen)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()
    help_ = _("When they call themselves, listen. Tell nothing about {name} without a yes.", name=shown.name)
    body = [
        person_head(citizen, shown.name, _("Neighbours and landlord")),
        space(theme.L),
        note(help_, ft.Icons.HEARING),
        space(theme.M),
        *(each for talk in talks.talks for each in (_card(talk, today), space(theme.S))),
    ]
    add = button(_("Note a talk"), lambda: screen.citizen(citizen, "home/talks/new"), ft.Icons.ADD, expand=True,
                 identifier="add-talk")  # fmt: skip
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="home-talks")


def _card(talk: Talk, today: date) -> ft.Control:
    about = word(HomeMatter, talk.about) if talk.about else ""
    yes = [text(_("With a yes about {who}", who=talk.to), "meta", MUTED)] if talk.to else []
    return card(
        text(" · ".join(filter(None, (word(HomeParty, talk.party), about))), "name"),
        *([text(talk.text, "body")] if talk.text else []),
        text(said_on(talk.on, today), "meta", MUTED),
        *yes,
        gap=4,
    )


@ft.component
@shielded
def NewTalk() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    talks = use_reading(home_talks.read, citizen)
    filling = use_form(home_talks.draft_key(citizen), TalkForm)
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()
    may = home_talks.may_save(form, talks)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.party)
        if form.party:
            await filling.save(lambda: home_talks.keep(screen.desk, citizen, form), saved)

    parties = [(each.value, word(HomeParty, each)) for each in HomeParty]
    matters = [(each.value, word(HomeMatter, each)) for each in HomeMatter]
    body = [
        person_head(citizen, shown.name, _("Note a talk")),
        section(_("Whom did you talk with?")),
        choice(parties, {form.party} if form.party else set(), lambda code: filling.put(party=code), name="party"),
        piece(*([_missing()] if missing and not form.party else [])),
        *_yes(filling, talks, shown.name, today),
        section(_("What was it about?")),
        choice(
            matters,
            {form.about} if form.about else set(),
            lambda code: filling.put(about=None if code == form.about else code),
            name="about",
        ),
        space(theme.L),
        _field(filling, "text", _("What was said"), 3),
        section(_("When?")),
        since(form.on or today, today, lambda day: filling.put(on=day)),
    ]
    gem = button(_("Save"), save if may else None, ft.Icons.CHECK, expand=True, identifier="save")
    closed = note(_("Only with {name}'s yes. Ask when you meet.", name=shown.name), ft.Icons.LOCK_OUTLINE,
                  identifier="no-yes")  # fmt: skip
    above = draft_line(filling.restored_at, screen.desk.now()) if may else closed
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="home-talk")


def _yes(filling: Filling[TalkForm], talks: Talks, name: str, today: date) -> list[ft.Control]:
    """What {name} has said yes to already, or says right now; else it stays closed."""
    form = filling.form

    def held(id: str, to: str, given_on: date) -> ft.Control:
        words = _("{who}, since {date}", who=to, date=long_date(given_on))
        return chip(words, lambda: filling.put(consent=id, how=None), chosen=form.consent == id and not form.how,
                    identifier=f"yes-{id}")  # fmt: skip

    def said(how: ConsentHow, words: str) -> ft.Control:
        return chip(words, lambda: filling.put(how=how.value, consent=None), chosen=form.how == how,
                    identifier=f"yes-{how}")  # fmt: skip

    new = [said(ConsentHow.ORALLY, _("Yes, orally")), said(ConsentHow.IN_WRITING, _("Yes, in writing"))]
    who = _field(filling, "who", _("Whom is the yes about?"), 1)
    return [
        section(_("Has {name} said yes to your talking with them?", name=name)),
        chips(*(held(each.id, each.to, each.given_on) for each in talks.about(filling.form.party)), *new),
        piece(*([space(theme.M), who] if form.how else [])),
    ]


def _missing() -> ft.Control:
    return note(
        _("Choose whom you talked with first."), ft.Icons.PERSON_OUTLINE, "clay", live=True, identifier="missing"
    )


def _field(filling: Filling[TalkForm], attr: str, label: str, lines: int) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        icon_name=ft.Icons.PERSON_OUTLINE if lines == 1 else ft.Icons.EDIT_NOTE,
        lines=lines,
        identifier=f"talk-{attr}",
        changed=filling.changed,
        left=filling.left,
    )
