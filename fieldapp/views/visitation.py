"""Where the authority's decision stands; support begins beside it, and no decision limits what it is about (F2, F9)."""

import flet as ft

from fieldapp.actions import contacts, team_lists, visitations
from fieldapp.actions.desk import Saved
from fieldapp.actions.team_lists import Paragraph
from fieldapp.actions.visitations import VisitationForm, VisitationPage
from fieldapp.domain.values_life import Visitation as Stands
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.home_more import decided
from fieldapp.views.parts import MUTED, button, piece, space, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Visitation() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(visitations.read, citizen)
    law = use_reading(team_lists.paragraphs)
    filling = use_form(visitations.draft_key(citizen), VisitationForm)
    ft.use_memo(lambda: _begin(filling, shown), [filling.kept])
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.stands)
        if form.stands:
            await filling.save(lambda: visitations.keep(screen.desk, citizen, form), saved)

    options = [(each.value, word(Stands, each)) for each in Stands]
    waits = [note(decided(None, shown.waited), ft.Icons.SCHEDULE, identifier="waited"), space(theme.S)]
    body = [
        person_head(citizen, shown.name, _("Referral decision")),
        space(theme.L),
        *(waits if shown.waited is not None else []),
        note(
            _("Support begins at once, beside the decision. It limits nothing of what {name} may get help with.",
              name=shown.name),
            ft.Icons.HANDSHAKE_OUTLINED, "pine", identifier="no-limits",
        ),
        section(_("Where does it stand?")),
        choice(options, {form.stands} if form.stands else set(), lambda code: filling.put(stands=code), name="stands"),
        piece(*([_missing()] if missing and not form.stands else [])),
        piece(*(_by(filling, law) if form.stands == Stands.GRANTED else [])),
        space(theme.L),
        _field(filling, "contact", _("Who has the case?"), ft.Icons.PERSON_OUTLINE),
        space(theme.S),
        _field(filling, "phone", _("Their number"), ft.Icons.CALL_OUTLINED, keyboard=ft.KeyboardType.PHONE),
        space(theme.S),
        _field(filling, "note", _("A few words more"), ft.Icons.EDIT_NOTE, lines=2),
        *_before(shown, screen),
    ]  # fmt: skip
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="visitation")


def _begin(filling: Filling[VisitationForm], shown: VisitationPage | None) -> None:
    """Who has the case is asked once."""
    form = filling.form
    if filling.restored_at is None and not form.begun and shown and shown.said:
        last = shown.said[0]
        form.stands, form.contact, form.phone = last.stands, last.contact or "", last.phone or ""
        form.paragraph = last.paragraph or ""
    form.begun = True


def _by(filling: Filling[VisitationForm], law: tuple[Paragraph, ...]) -> list[ft.Control]:
    """The paragraph's own name is kept: a team may stop having it on its list."""
    now = filling.form.paragraph
    named = {each.key: each.paragraph for each in law}
    chosen = {key for key, words in named.items() if words == now}

    def turn(key: str) -> None:
        filling.put(paragraph="" if named[key] == now else named[key])

    return [section(_("By which paragraph?")), choice(list(named.items()), chosen, turn, name="paragraph")]


def _missing() -> ft.Control:
    return note(_("Choose where it stands first."), ft.Icons.GAVEL_OUTLINED, "clay", live=True, identifier="missing")


def _field(
    filling: Filling[VisitationForm],
    attr: str,
    label: str,
    icon_name: ft.IconData,
    lines: int = 1,
    keyboard: ft.KeyboardType = ft.KeyboardType.TEXT,
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        icon_name=icon_name,
        lines=lines,
        keyboard=keyboard,
        identifier=f"visitation-{attr}",
        changed=filling.changed,
        left=filling.left,
    )


def _before(shown: VisitationPage, screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    cards = [
        part
        for each in shown.said
        for part in (
            card(
                text(word(Stands, each.stands), "name"),
                text(" · ".join(filter(None, (said_on(each.on, today), each.paragraph, each.contact))), "meta", MUTED),
                *([text(each.note, "body")] if each.note else []),
                gap=4,
            ),
            space(theme.S),
        )
    ]
    return [section(_("Until now")), *cards] if cards else []
