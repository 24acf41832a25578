"""A new yes or no: about whom, for what, how it was said, and until when; everything but the name is suggested."""

from datetime import date, timedelta

import flet as ft

from fieldapp.actions import citizens, consents, contacts
from fieldapp.actions.consents import ConsentForm as Form
from fieldapp.actions.desk import Saved
from fieldapp.domain.consent import PLACES
from fieldapp.domain.values_day import ConsentAbout, ConsentAnswer, ConsentHow
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_form import since
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import chip, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word

YES_ORALLY, YES_IN_WRITING, NO = "orally", "in_writing", "no"


@ft.component
@shielded
def ConsentForm() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, about = at["citizen"], at.get("about")
    key = consents.draft_key(citizen, about)
    shown = use_reading(citizens.read, citizen)
    filling = use_form(key, Form)
    missing, miss = ft.use_state(False)
    form, today = filling.form, screen.desk.today()
    ft.use_memo(lambda: _begin(form, about), [filling.kept])
    if shown is None:
        return gone(screen)

    def back() -> None:
        if "/consent/new" in screen.here:
            screen.citizen(citizen, came_from(about))
        else:  # it lies inside the page that asks
            screen.back()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        back()

    async def save() -> None:
        miss(not form.to.strip())
        if form.to.strip():
            await filling.save(lambda: consents.give(screen.desk, citizen, form, draft=key), saved)

    abouts = [(each.value, word(ConsentAbout, each)) for each in ConsentAbout]
    chosen = {form.about} if form.about else set()
    body = [
        person_head(citizen, shown.name, _("Consent to talk with others")),
        *([] if about in set(ConsentAbout) else [
            section(_("About whom?")),
            choice(abouts, chosen, lambda code: filling.put(about=code), name="about"),
        ]),
        space(theme.L),
        _field(filling, "to", _("Who?"), _("Who may be talked with"), missing and not form.to.strip()),
        space(theme.S),
        _field(filling, "purpose", _("About what, and why?"), None, False, lines=2),
        section(_("What did {name} say?", name=shown.name)),
        choice(_answers(), {_answer(form)}, lambda said: filling.put(**_put(said)), name="said"),
        section(_("When was it said?")),
        since(form.given_on or today, today, lambda day: filling.put(given_on=day)),
        piece(*(_until(filling, today) if form.answer == ConsentAnswer.YES else [])),
        space(theme.L),
        note(_("{name} can take it back at any time, and then it ends at once.", name=shown.name),
             ft.Icons.FAVORITE_BORDER, "heather"),
    ]  # fmt: skip
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="consent")


def came_from(about: str | None) -> str:
    """The page whose act asked for this answer."""
    if about == ConsentAbout.NETWORK:
        return "reach"
    if about == ConsentAbout.MONEY:
        return "home/money"
    return "away" if about in PLACES else "consents"


def _begin(form: Form, about: str | None) -> None:
    if about in set(ConsentAbout):
        form.about = about


def _field(
    filling: Filling[Form], attr: str, label: str, hint: str | None, missing: bool, lines: int = 1
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        hint=hint,
        icon_name=ft.Icons.PERSON_OUTLINE if attr == "to" else None,
        lines=lines,
        error=_("Write who it is about first.") if missing else None,
        identifier=attr,
        changed=filling.changed,
        left=filling.left,
    )


def _answers() -> list[tuple[str, str]]:
    return [(YES_ORALLY, _("Yes, orally")), (YES_IN_WRITING, _("Yes, in writing")), (NO, _("No"))]


def _answer(form: Form) -> str:
    return NO if form.answer == ConsentAnswer.NO else form.how or YES_ORALLY


def _put(said: str) -> dict[str, str | None]:
    if said == NO:
        return {"answer": ConsentAnswer.NO.value, "how": None}
    return {"answer": ConsentAnswer.YES.value, "how": ConsentHow(said).value}


def _until(filling: Filling[Form], today: date) -> list[ft.Control]:
    """Six months are suggested: somebody asks again while it is remembered what was said yes to."""
    form = filling.form
    half = consents.suggested_until(form.given_on or today)
    offered = [(_("A month"), today + timedelta(days=30)), (_("Six months"), half)]
    day = None if form.forever else form.until or half
    days = day_chips(
        offered, day, lambda chosen: filling.put(until=chosen, forever=False), today, first=today, name="until"
    )
    never = chip(_("No end"), lambda: filling.put(forever=True), chosen=form.forever, identifier="until-never")
    return [section(_("Valid until")), days, space(theme.M), ft.Row([never])]
