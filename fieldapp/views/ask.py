"""Asking a colleague about a citizen, and what they have asked: nobody has to carry a person alone."""

from collections.abc import Awaitable, Sequence

import flet as ft

from fieldapp.actions import asking, away, citizens, contacts
from fieldapp.actions.asking import Asked, RequestForm
from fieldapp.actions.away import Colleague
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_day import TeamRole
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import bare, moment
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import act, button, icon_disc, space
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

#: Whoever supports the citizen.
ANYBODY = "anybody"


@ft.component
@shielded
def Ask() -> ft.Control:
    """What has been asked about the citizen, what is open first."""
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, asked = use_reading(citizens.read, citizen), use_reading(asking.read, citizen)
    if shown is None:
        return gone(screen)
    still = [each for each in asked if each.done_on is None]
    done = [each for each in asked if each.done_on is not None]
    body: list[ft.Control] = [person_head(citizen, shown.name, _("Ask a colleague for help"))]
    if not asked:
        body.append(empty(_("Nothing asked yet"), _("Somebody else may know a place, or have time today.")))
    if still:
        body += [section(_("Waits for an answer"), len(still)), group([_open(each, screen) for each in still])]
    if done:
        body += [section(_("Answered")), group([_answered(each, screen) for each in done])]
    new = button(
        _("Ask"),
        lambda: screen.citizen(citizen, "ask/new"),
        ft.Icons.ADD,
        expand=True,
        identifier="ask-new",
    )
    return page(body, act_bar(new, back=screen.back, hide=screen.hide), name="ask")


def _open(each: Asked, screen: Screen) -> ft.Container:
    def done() -> None:
        saved = asking.answer(screen.desk, each.id)
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, saved))

    side = act(_("Done"), ft.Icons.CHECK, done, who=each.text, look="plain", identifier=f"done-{each.id}")
    return row(each.text, _from_to(each), moment(each.at, screen.desk.now()), lead=icon_disc(_ICON), side=side)


def _answered(each: Asked, screen: Screen) -> ft.Container:
    said = each.answer or _("Done")
    day = bare(each.done_on, screen.desk.today()) if each.done_on else None
    return row(each.text, f"{_from_to(each)} {said}", day, lead=icon_disc(ft.Icons.CHECK))


_ICON = ft.Icons.FORUM_OUTLINED


def _from_to(each: Asked) -> str:
    """Freja spørger Karim."""
    who = _("You") if each.mine else each.by.partition(" ")[0] or _("A colleague")
    role = word(TeamRole, each.role).lower() if each.role else None
    to = each.to.partition(" ")[0] if each.to else role or _("the others")
    return _("{who} asked {to}.", who=who, to=to)


@ft.component
@shielded
def NewRequest() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, team = use_reading(citizens.read, citizen), use_reading(away.supporting, citizen)
    heard = use_reading(away.with_another_team, citizen) or bool(team)
    filling = use_form(asking.ask_key(citizen), RequestForm)
    if shown is None:
        return gone(screen)

    def saved(answer: Saved) -> None:
        words = _("Saved. Colleagues who support {name} too see it on their list.", name=shown.name)
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    what = Field(
        filling.form,
        "text",
        _("What do you need help with?"),
        hint=_("A few words. Your colleague sees them on their list."),
        icon_name=_ICON,
        lines=3,
        autofocus=True,
        identifier="ask-text",
        changed=filling.changed,
        left=filling.left,
    )
    body = [
        person_head(citizen, shown.name, _("Ask a colleague for help")),
        space(theme.L),
        what,
        *([section(_("Who?")), _who(filling, team)] if heard else [space(theme.L), nobody(shown.name)]),
    ]

    def ask_them() -> Awaitable[None]:
        return filling.save(lambda: asking.ask(screen.desk, citizen, filling.form), saved)

    ask = button(
        _("Ask"),
        ask_them if heard else None,
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    bar = act_bar(ask, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="ask-new")


def nobody(name: str) -> ft.Control:
    """A question that reaches no phone is not to look as if it were asked."""
    words = _(
        "No colleague has {name} on their phone, so nobody would see it. Call one, or ask your leader.", name=name
    )
    return note(words, ft.Icons.CALL_OUTLINED, identifier="nobody-to-ask")


def _who(filling: Filling[RequestForm], team: Sequence[Colleague]) -> ft.Control:
    """Of those who have the citizen: everybody, a role that somebody of the team has, or one colleague."""
    form = filling.form
    roles = sorted({each.role for each in team if each.role in set(TeamRole)})
    options = [
        (ANYBODY, _("Who has time")),
        *((f"role-{role}", word(TeamRole, role)) for role in roles),
        *((each.id, each.name) for each in team),
    ]
    if form.to not in {each.id for each in team}:  # a draft from when they had the citizen
        form.to = None
    if form.role not in roles:
        form.role = None
    chosen = form.to or (f"role-{form.role}" if form.role else ANYBODY)

    def choose(value: str) -> None:
        role = value.removeprefix("role-") if value.startswith("role-") else None
        filling.put(to=None if role or value == ANYBODY else value, role=role)

    return choice(options, {chosen}, choose, name="to")
