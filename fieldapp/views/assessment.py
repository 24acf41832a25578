"""What citizen and worker find out together, per dimension: resources before needs, dated, added to (B3, F1, F3)."""

from datetime import date

import flet as ft

from fieldapp.actions import assessments as actions
from fieldapp.actions import citizens, contacts
from fieldapp.actions.assessments import About, Found, NoteForm
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_life import Assessed, UsesOffers
from fieldapp.texts import _, pgettext
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.dimensions import icon_of
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, C, Tone, button, icon, icon_disc, line, space, text
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.views.uses import filling_field
from fieldapp.words import word

SPA, SUPPORT = ft.Icons.SPA_OUTLINED, ft.Icons.SUPPORT_OUTLINED
MOST = 5
"""Notes about one dimension before the rest is a tap away."""


@ft.component
@shielded
def Assessment() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    found = use_reading(actions.read, citizen)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()
    told = {about.code for about in found.about}
    body = [
        person_head(citizen, shown.name, _("What we find out together")),
        space(theme.M),
        note(_("It need not be finished, and nothing waits for it. Add to it on the way."), ft.Icons.EXPLORE_OUTLINED),
        *(each for about in found.about for each in _about(citizen, about, screen, today)),
        section(pgettext("assessment", "Write about")),
        group([_to(citizen, code, screen) for code in Assessed if code not in told]) if len(told) < 9 else space(0),
        section(_("Can use what there is already")),
        group([_uses(citizen, found, screen, today)]),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="assessment")


def _to(citizen: str, code: str, screen: Screen) -> ft.Container:
    return row(
        word(Assessed, code),
        lead=icon_disc(icon_of(code)),
        call=lambda: screen.citizen(citizen, f"assessment/{code}"),
        identifier=f"about-{code}",
    )


def _uses(citizen: str, found: actions.Assessment, screen: Screen, today: date) -> ft.Container:
    latest = found.uses[0] if found.uses else None
    return row(
        word(UsesOffers, latest.level) if latest else _("Not known yet"),
        latest.note if latest else None,
        said_on(latest.on, today) if latest else None,
        lead=icon_disc(ft.Icons.STOREFRONT_OUTLINED),
        call=lambda: screen.citizen(citizen, "assessment/uses"),
        identifier="uses",
        meta_icon=ft.Icons.EVENT_OUTLINED,
    )


def _about(citizen: str, about: About, screen: Screen, today: date) -> list[ft.Control]:
    add = button(
        _("Add"),
        lambda: screen.citizen(citizen, f"assessment/{about.code}"),
        ft.Icons.ADD,
        "quiet",
        small=True,
        identifier=f"about-{about.code}",
    )
    return [section(word(Assessed, about.code)), *notes(about.notes[:MOST], today), add]


def notes(found: tuple[Found, ...], today: date) -> list[ft.Control]:
    """Resources stand before needs; what was not said draws no line."""
    cards: list[ft.Control] = []
    for each in found:
        lines = [
            *([_said(pgettext("assessment", "Resources"), each.resources, SPA, "honey")] if each.resources else []),
            *([_said(pgettext("assessment", "Needs"), each.needs, SUPPORT, "sand")] if each.needs else []),
        ]
        cards += [card(*lines, text(said_on(each.on, today), "meta", MUTED)), space(theme.S)]
    return cards


def _said(title: str, words: str, icon_name: ft.IconData, tone: Tone) -> ft.Control:
    color = C.SECONDARY_FIXED_DIM if tone == "honey" else MUTED
    said = ft.Column([text(title, "small", MUTED), text(words, "reason")], spacing=2, tight=True, expand=True)
    return line(icon(icon_name, 22, color), said, gap=theme.M, top=True)


@ft.component
@shielded
def AssessmentNote() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, about = at["citizen"], at["about"]
    shown = use_reading(citizens.read, citizen)
    earlier = next((each for each in use_reading(actions.read, citizen).about if each.code == about), None)
    filling = use_form(actions.draft_key(citizen, about), NoteForm)
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        empty = not (form.resources.strip() or form.needs.strip())
        miss(empty)
        if not empty:
            await filling.save(lambda: actions.add(screen.desk, citizen, about, form), saved)

    error = _("Write a few words first.") if missing else None
    resources = filling_field(
        filling, "resources", pgettext("assessment", "Resources"), SPA, _("What goes well, and who is there"), error
    )
    needs = filling_field(
        filling, "needs", pgettext("assessment", "Needs"), SUPPORT, _("What would be good to have support with")
    )
    body = [
        person_head(citizen, shown.name, word(Assessed, about)),
        space(theme.L),
        resources,
        space(theme.M),
        needs,
        *([section(_("Said before")), *notes(earlier.notes, today)] if earlier else []),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name=f"assess-{about}")
