"""The plan the support stands in, other plans and meetings: the citizen's own words come first (F6-F8, K11)."""

from collections.abc import Sequence
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import citizens, entries, plans
from fieldapp.actions.entries import Entry
from fieldapp.actions.plans import MeetingForm, OtherPlanForm, PlanForm
from fieldapp.domain.methods import months_after
from fieldapp.domain.values import Aspect
from fieldapp.domain.values_life import Meeting, OtherPlan, PlanType
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head, quote_card
from fieldapp.views.choosing import soon
from fieldapp.views.days import bare, capital, clock, long_date, said_on
from fieldapp.views.entry import Dates, Picks, Question, Says, entry_page
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import MUTED, button, column, icon_disc, link, space, text
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import P_, word


def _lately(today: date) -> list[tuple[str, date]]:
    return [(capital(bare(day, today)), day) for day in (today, today - timedelta(days=1))]


def _months(today: date) -> list[tuple[str, date]]:
    return [(_("In 3 months"), months_after(today, 3)), (_("In six months"), months_after(today, 6))]


_CONTACT: tuple[Question, ...] = (
    Says("contact", P_("entry", "Contact person"), icon_name=ft.Icons.PERSON_OUTLINE),
    Says("phone", P_("entry", "The number"), icon_name=ft.Icons.CALL_OUTLINED, phone=True),
)
PlanEntry = entry_page(
    plans.PLAN,
    P_("entry", "The plan"),
    (
        Picks("type", P_("entry", "Which plan?"), PlanType),
        Dates("made_on", P_("entry", "When was it made?"), _lately, back=True),
        Says(
            "kept_at", P_("entry", "Where is it kept?"), P_("entry", "The municipality's system, with the caseworker …")
        ),
        Says("purpose", P_("entry", "What it is for"), lines=2),
        Says("effort", P_("entry", "What is done"), lines=2),
        Says("how_long", P_("entry", "How long it is expected to take")),
        Says("other", P_("entry", "Other matters: shelter, work, help, treatment"), lines=2),
        Dates("review_on", P_("entry", "When do you look at it again?"), _months),
    ),
    lacks=P_("entry", "Choose which plan it is."),
    asks=P_("entry", "The plan itself stands in the municipality's system. Here is what you need on the way."),
)
OtherPlanEntry = entry_page(
    plans.OTHER_PLAN,
    P_("entry", "Another plan"),
    (
        Picks("type", P_("entry", "Which plan?"), OtherPlan),
        Says("what", P_("entry", "What it says that matters here"), lines=2),
        *_CONTACT,
        Dates("review_on", P_("entry", "When do you look at it again?"), _months),
    ),
    lacks=P_("entry", "Choose which plan it is."),
    ends=P_("entry", "The plan has ended"),
)
MeetingEntry = entry_page(
    plans.MEETING,
    P_("entry", "Meeting"),
    (
        Picks("form", P_("entry", "Which meeting?"), Meeting),
        Dates("on", P_("entry", "When?"), soon, at="at"),
        Says("with_whom", P_("entry", "Who takes part?"), P_("entry", "The citizen first")),
        Says("text", P_("entry", "What is it about, and what was agreed?"), lines=3),
    ),
    lacks=P_("entry", "Choose which meeting it is, and when."),
    ends=P_("entry", "The meeting has been held"),
    asks=P_("entry", "Is the citizen with you, or has said yes to what is talked about?"),
)  # fmt: skip


@ft.component
@shielded
def Plans() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    said = use_reading(plans.own_words, citizen)
    plan = use_reading(entries.read, citizen, plans.PLAN)
    others = use_reading(entries.read, citizen, plans.OTHER_PLAN)
    meetings = use_reading(entries.read, citizen, plans.MEETING)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()
    quotes = [(word(Aspect, aspect), words, said_on(on, today)) for aspect, words, on in said]
    body = [
        person_head(citizen, shown.name, _("Plans and meetings")),
        space(theme.L),
        *([quote_card(_("In {name}'s own words", name=shown.name), quotes)] if quotes else []),
        section(_("The plan")),
        *_the_plan(plan, screen, citizen),
        section(_("Meetings")),
        *_listed([_meeting(each, screen, citizen) for each in meetings], _("No meeting is planned.")),
        _add(_("Plan a meeting"), lambda: screen.citizen(citizen, "plans/meeting/new"), "add-meeting"),
        section(_("Other plans")),
        *_listed([_other(each, screen, citizen) for each in others], _("Treatment, job or a stay: what must fit.")),
        _add(_("Add another plan"), lambda: screen.citizen(citizen, "plans/other/new"), "add-other"),
    ]
    export = button(
        _("For the case system"),
        lambda: screen.citizen(citizen, "export"),
        ft.Icons.DRIVE_FILE_MOVE_OUTLINE,
        "tonal",
        expand=True,
        identifier="export",
    )
    return page(body, act_bar(export, back=screen.back, hide=screen.hide), name="plans")


def _the_plan(found: Sequence[Entry[PlanForm]], screen: Screen, citizen: str) -> list[ft.Control]:
    today = screen.desk.today()
    cards: list[ft.Control] = []
    for each in found:
        form = each.form
        parts = (
            (_("What it is for"), form.purpose),
            (_("What is done"), form.effort),
            (_("How long"), form.how_long),
            (_("Other matters"), form.other),
            (_("Kept"), form.kept_at),
        )
        told = [column(text(title, "small", MUTED), text(words, "body"), gap=0) for title, words in parts if words]
        again = [_("Looked at again {day}.", day=said_on(form.review_on, today))] if form.review_on else []
        made = [_("Made {day}.", day=long_date(form.made_on))] if form.made_on else []

        def change(entry: str = each.id) -> None:
            screen.citizen(citizen, f"plans/plan/{entry}")

        cards += [
            card(
                text(word(PlanType, form.type), "name"),
                *told,
                *(text(words, "meta", MUTED) for words in (*made, *again)),
                ft.Row([link(_("Change"), change, identifier=f"plan-{each.id}")]),
                gap=theme.S,
            ),
            space(theme.S),
        ]
    if not found:
        cards += [
            note(_("No plan is noted. The support goes on without one."), ft.Icons.DESCRIPTION_OUTLINED),
            _add(_("Note the plan"), lambda: screen.citizen(citizen, "plans/plan/new"), "add-plan"),
        ]
    return cards


def _listed(found: list[ft.Container], nothing: str) -> list[ft.Control]:
    return [group(found) if found else text(nothing, "meta", MUTED)]


def _add(words: str, call: Call, identifier: str) -> ft.Control:
    return ft.Container(
        button(words, call, ft.Icons.ADD, "quiet", small=True, identifier=identifier), padding=ft.Padding(top=theme.S)
    )


def _meeting(each: Entry[MeetingForm], screen: Screen, citizen: str) -> ft.Container:
    form, today = each.form, screen.desk.today()
    day = capital(bare(form.on, today)) if form.on else ""
    when = f"{day} {clock(form.at)}" if form.at else day
    return row(
        word(Meeting, form.form),
        " · ".join(filter(None, (when, form.with_whom))),
        _("Held") if each.over else None,
        lead=icon_disc(ft.Icons.GROUPS_OUTLINED),
        call=lambda: screen.citizen(citizen, f"plans/meeting/{each.id}"),
        identifier=f"meeting-{each.id}",
        meta_icon=ft.Icons.CHECK,
    )


def _other(each: Entry[OtherPlanForm], screen: Screen, citizen: str) -> ft.Container:
    form = each.form
    return row(
        word(OtherPlan, form.type),
        " · ".join(filter(None, (form.what, form.contact))) or None,
        _("Not in force any more") if each.over else None,
        lead=icon_disc(ft.Icons.DESCRIPTION_OUTLINED),
        call=lambda: screen.citizen(citizen, f"plans/other/{each.id}"),
        identifier=f"other-{each.id}",
    )
