"""*Administrationsaftale*: by the citizen's own wish, with a yes about money, and ended whenever they like (G14)."""

from collections.abc import Callable
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import agreements, citizens, contacts
from fieldapp.actions.agreements import Agreement, AgreementForm, Agreements
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_day import ConsentAbout
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
from fieldapp.views.parts import MUTED, button, space, text
from fieldapp.views.people_calls import call_act
from fieldapp.views.rows import section
from fieldapp.views.state import Screen, use_reading, use_screen


@ft.component
@shielded
def HomeMoney() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    about = use_reading(agreements.read, citizen)
    filling = use_form(agreements.draft_key(citizen), AgreementForm)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()

    def told(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: _again(answer))

    def _again(answer: Saved) -> None:
        contacts.undo(screen.desk, answer)
        filling.again()

    def end(agreement: Agreement) -> None:
        told(agreements.end(screen.desk, agreement.id))

    async def save() -> None:
        await filling.save(lambda: agreements.keep(screen.desk, citizen, filling.form), told)

    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above: ft.Control | None = draft_line(filling.restored_at, screen.desk.now())
    if about.now:
        body, acts, above = _stands(about.now, about, shown.name, screen, end), [], None
    elif about.yes:
        body, acts = _form(filling, about, today, shown.name), [gem]
    else:
        body, acts, above = _closed(citizen, shown.name, screen), [], None
    head = [person_head(citizen, shown.name, _("Administration agreement")), space(theme.L)]
    bar = act_bar(*acts, back=screen.back, hide=screen.hide)
    return page([*head, *body, *_earlier(about, today)], bar, above_bar=above, name="home-money")


def _closed(citizen: str, name: str, screen: Screen) -> list[ft.Control]:
    """The sentence that says what opens it, and the way to note the yes."""
    words = _("Rent and bills are paid before the benefit is paid out: only by {name}'s own wish and yes.", name=name)
    ask = button(
        _("The citizen has said yes: note it"),
        lambda: screen.citizen(citizen, f"consent/new/{ConsentAbout.MONEY}"),
        ft.Icons.EDIT_OUTLINED,
        "quiet",
        identifier="note-consent",
    )
    return [note(words, ft.Icons.LOCK_OUTLINE, identifier="no-yes"), space(theme.S), ask]


def _form(filling: Filling[AgreementForm], about: Agreements, today: date, name: str) -> list[ft.Control]:
    assert about.yes is not None
    given = _("{name} said yes on {date}: {to}.", name=name, date=long_date(about.yes.given_on), to=about.yes.to)
    offered = [(_("Today"), today), (_("In a week"), today + timedelta(days=7))]
    days = day_chips(offered, filling.form.from_on or today, lambda day: filling.put(from_on=day), today,
                     first=today - timedelta(days=365), name="from")  # fmt: skip
    return [
        note(given, ft.Icons.VERIFIED_USER_OUTLINED, "pine", identifier="may"),
        space(theme.L),
        _field(filling, "what", _("What is paid first?"), _("Rent, power, heating …"), ft.Icons.RECEIPT_LONG_OUTLINED),
        space(theme.S),
        _field(filling, "contact", _("Whom is it agreed with?"), None, ft.Icons.PERSON_OUTLINE),
        space(theme.S),
        _field(filling, "phone", _("Their number"), None, ft.Icons.CALL_OUTLINED, ft.KeyboardType.PHONE),
        section(_("From when?")),
        days,
    ]


def _field(
    filling: Filling[AgreementForm],
    attr: str,
    label: str,
    hint: str | None,
    icon_name: ft.IconData,
    keyboard: ft.KeyboardType = ft.KeyboardType.TEXT,
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        hint=hint,
        icon_name=icon_name,
        keyboard=keyboard,
        identifier=f"agreement-{attr}",
        changed=filling.changed,
        left=filling.left,
    )


def _stands(
    now: Agreement, about: Agreements, name: str, screen: Screen, end: Callable[[Agreement], None]
) -> list[ft.Control]:
    over = _(
        "{name}'s yes about money does not hold any more. Tell them, and end the agreement, or ask again.", name=name
    )
    call = [call_act(now.phone, now.contact or "", screen, "call-agreement")] if now.phone else []
    ends = button(_("The agreement has ended"), lambda: end(now), ft.Icons.UNDO, "quiet", small=True,
                  identifier="end-agreement")  # fmt: skip
    return [
        *([] if about.yes else [note(over, ft.Icons.EVENT_BUSY_OUTLINED, "clay", identifier="no-yes"), space(theme.S)]),
        card(*_lines(now, screen.desk.today()), *call, space(theme.XS), ends, gap=6),
        space(theme.S),
        text(_("{name} can end it at any time.", name=name), "meta", MUTED),
    ]


def _lines(each: Agreement, today: date) -> list[ft.Control]:
    from_ = _("From {day}", day=said_on(each.from_on, today))
    when = _("{from_}, ended {day}", from_=from_, day=said_on(each.ended_on, today)) if each.ended_on else from_
    return [
        text(each.what or _("Administration agreement"), "name"),
        *([text(each.contact, "body")] if each.contact else []),
        text(when, "meta", MUTED),
    ]


def _earlier(about: Agreements, today: date) -> list[ft.Control]:
    cards = [part for each in about.earlier for part in (card(*_lines(each, today), tone="sand"), space(theme.S))]
    return [section(_("Earlier")), *cards] if cards else []
