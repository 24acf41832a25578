"""The paragraphs the work stands on, readable offline; the team may say them in its own words (1.Q; law.md 5.1)."""

from dataclasses import replace

import flet as ft

from fieldapp.actions import contacts, team_lists, team_pages
from fieldapp.actions.desk import Saved
from fieldapp.actions.team_lists import Paragraph, ParagraphForm
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, button, space, text
from fieldapp.views.rows import group, row
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import P_, named

NEW = "new"
#: In short words, not the law's own: § 85 a is newer than the manual (law no. 482 of 12 May 2023).
_OWN = {
    "p1": P_("paragraph", "Why there is social support: to give those who need it possibilities in their own life."),
    "p85": P_(
        "paragraph",
        "Help, care and support, and help to develop skills, with reduced function or special social "
        "problems. Typically a number of hours.",
    ),
    "p85a": P_(
        "paragraph",
        "The municipality can offer support by the methods of Housing First to those who are in or at risk "
        "of homelessness and have special social problems.",
    ),
    "p85a_2": P_(
        "paragraph",
        "If the citizen's wish for a supplier is not followed, the municipality must say why. Check the text "
        "in force: it has been changed.",
    ),
    "p99": P_(
        "paragraph",
        "Support and contact person: outreach to those who are most exposed and not in contact with the system.",
    ),
    "p101": P_("paragraph", "Treatment for the use of drugs."),
    "p104": P_("paragraph", "Activity and company."),
    "p110": P_(
        "paragraph",
        "A temporary stay for those who have no home or cannot stay in it, on the way to a home of their "
        "own. One can come by oneself.",
    ),
    "p141": P_(
        "paragraph",
        "A plan for the support, made together with the citizen as far as possible: purpose, what is done, "
        "how long, other matters.",
    ),
}


def words_of(each: Paragraph) -> str:
    """The team's own, else the app's."""
    mark = _OWN.get(each.own.code) if each.own else None
    return each.text or (named(mark) if mark else "")


@ft.component
@shielded
def Paragraphs() -> ft.Control:
    screen = use_screen()
    listed = use_reading(team_lists.paragraphs)
    body = [
        page_head(_("The law"), _("Serviceloven, in short words")),
        space(theme.M),
        note(_("No legal advice. The law in force stands at retsinformation.dk."), ft.Icons.INFO_OUTLINE),
        space(theme.M),
        group([_row(each, screen) for each in listed]),
    ]
    add = button(_("Add"), lambda: screen.open(f"{paths.LAW}/{NEW}"), ft.Icons.ADD, "tonal", expand=True,
                 identifier="add-paragraph")  # fmt: skip
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="law")


def _row(each: Paragraph, screen: Screen) -> ft.Container:
    ours = _("In your team's words") if each.record else None
    return row(
        each.paragraph,
        words_of(each),
        ours,
        call=lambda: screen.open(f"{paths.LAW}/{each.key}"),
        identifier=f"paragraph-{each.key}",
        meta_icon=ft.Icons.GROUPS,
    )


@ft.component
@shielded
def ParagraphEntry() -> ft.Control:
    screen = use_screen()
    key = ft.use_route_params()["entry"]
    about = next((each for each in use_reading(team_lists.paragraphs) if each.key == key), None)
    alone = not use_reading(team_pages.has_team)
    draft = team_pages.draft_key(team_lists.PARAGRAPH_DRAFT, key)
    filling = use_form(draft, ParagraphForm)
    missing, miss = ft.use_state("")
    form = filling.form
    if about is None and key != NEW:
        return gone(screen)
    if about is not None and not form.begun:
        form.paragraph, form.text, form.begun = about.paragraph, words_of(about), True

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. Your team sees it too."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        missed = next((name for name in ("paragraph", "text") if not getattr(form, name).strip()), "")
        miss(missed)
        if not missed:
            await filling.save(lambda: team_lists.keep_paragraph(screen.desk, about, replace(form), draft), saved)

    def ended() -> None:
        if about and about.record:
            saved(team_lists.end_paragraph(screen.desk, about.record))

    def field(attr: str, label: str, lines: int) -> ft.Control:
        error = _("Write a few words first.") if missing == attr else None
        return Field(form, attr, label, lines=lines, error=error, identifier=attr, changed=filling.changed,
                     left=filling.left)  # fmt: skip

    alone_words = _("You are in no team yet, so there is nobody to share it with. Ask your leader.")
    back = _("Use the app's own words again") if about and about.own else _("Not so any more")
    quiet = button(back, ended, None, "quiet", small=True, identifier="end-entry")
    body = [
        page_head(about.paragraph if about else _("A paragraph")),
        *([space(theme.M), note(alone_words, ft.Icons.GROUPS)] if alone else []),
        space(theme.L),
        field("paragraph", _("Paragraph"), 1),
        space(theme.S),
        field("text", _("In short words"), 4),
        space(theme.S),
        text(_("No legal advice. The law in force stands at retsinformation.dk."), "meta", MUTED),
        *([space(theme.XL), quiet] if about and about.record else []),
    ]
    gem = button(_("Save"), None if alone else save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="paragraph")
