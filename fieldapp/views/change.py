"""Another support person (K5, K12): goodbye and hello together, a note, and the leader, who decides and assigns."""

from collections.abc import Sequence
from dataclasses import asdict

import flet as ft

from fieldapp.actions import asking, away, citizens, contacts, worker_changes
from fieldapp.actions.away import Colleague
from fieldapp.actions.desk import Saved
from fieldapp.actions.worker_changes import ChangeForm, WorkerChange
from fieldapp.domain.values import Method
from fieldapp.domain.values_life import ChangeReason
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.farewell import Farewell
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.fits import to_fits
from fieldapp.views.form_parts import coming_days, day, ticked, written
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import button, column, icon_disc, piece, space
from fieldapp.views.rows import chips, choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Change() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, team = use_reading(citizens.read, citizen), use_reading(away.colleagues)
    stands = use_reading(worker_changes.read, citizen)
    noted = use_reading(asking.handovers, citizen)
    filling = use_form(worker_changes.draft_key(citizen), ChangeForm)
    ft.use_memo(lambda: _begin(filling, stands), [filling.kept])
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        told = _("Saved. Your leader can see it, and decides who takes over.")
        screen.saved(told, undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        nothing = worker_changes.says_nothing(form)
        miss(nothing)
        if not nothing:
            await filling.save(lambda: worker_changes.keep(screen.desk, citizen, form), saved)

    reasons = [(each.value, word(ChangeReason, each)) for each in ChangeReason]
    body = [
        person_head(citizen, shown.name, _("Another support person")),
        space(theme.L),
        note(
            _("The best is the same person all the way. Where a change is needed or wished for, make it together."),
            ft.Icons.SWAP_HORIZ,
        ),
        section(_("Why?")),
        choice(reasons, {form.reason} if form.reason else set(),
               lambda code: filling.put(reason=None if code == form.reason else code), name="reason"),
        section(_("Who comes after you?")),
        *_who(filling, team),
        section(_("Goodbye and hello, together")),
        day(filling, "joint_meeting_on", today, coming_days(today)),
        space(theme.M),
        chips(ticked(filling, "held", _("We have met"), ft.Icons.HANDSHAKE_OUTLINED)),
        space(theme.L),
        written(filling, "note", _("Agreed"), voice="worker", lines=2),
        section(_("Would it be wrong for the citizen?")),
        chips(ticked(filling, "not_suitable", _("A change is not suitable"), ft.Icons.DO_NOT_DISTURB_ON_OUTLINED)),
        piece(*_does_it_fit(shown.method, form.not_suitable, lambda: screen.citizen(citizen, "ending/change/fits"))),
        section(_("Before you say goodbye")),
        group([_handover(citizen, bool(noted), screen)]),
        space(theme.S),
        Farewell(citizen, form.to),
    ]  # fmt: skip
    gem = button(
        _("Save"),
        save,
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    words = _("Say why, or who comes after you. Your leader decides on it.")
    lacks = note(words, ft.Icons.INFO_OUTLINE, live=True, identifier="says-nothing")
    told = [lacks] if missing and worker_changes.says_nothing(form) else []
    above = column(*told, draft_line(filling.restored_at, screen.desk.now()))
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="change")


def _begin(filling: Filling[ChangeForm], stands: WorkerChange | None) -> None:
    if stands is not None and filling.restored_at is None:
        vars(filling.form).update(asdict(stands.said))


def _who(filling: Filling[ChangeForm], team: Sequence[Colleague]) -> list[ft.Control]:
    """A colleague of the team, or somebody from elsewhere by name."""
    form = filling.form
    named = [(each.id, each.name) for each in team]

    def choose(worker: str) -> None:
        filling.put(worker=None if worker == form.worker else worker)

    chosen = {form.worker} if form.worker else set()
    return [
        *([choice(named, chosen, choose, name="worker"), space(theme.M)] if named else []),
        written(filling, "to", _("Somebody else"), hint=_("Name and where from")),
    ]


def _does_it_fit(method: str | None, not_suitable: bool, look: Call) -> list[ft.Control]:
    """A change that would be wrong is a sign that CTI is not the right method (001, good advice 1)."""
    if not not_suitable:
        return []
    title = _("Does the method still fit?")
    said = _(
        "On the way out of CTI somebody else takes over, to mark that something new begins. "
        "If that would be wrong, ICM may fit better. Talk with the citizen and the referral team: you decide."
    )
    if method != Method.CTI:
        said = _("Then keep the same support person, and tell your leader why.")
    told = note(said, ft.Icons.HELP_OUTLINE, "honey", title, live=True, identifier="fits")
    return [space(theme.S), told, *([] if method is None else [space(theme.S), to_fits(look)])]


def _handover(citizen: str, noted: bool, screen: Screen) -> ft.Container:
    return row(
        _("Handover note"),
        _("It is written") if noted else _("What matters most for the one taking over"),
        lead=icon_disc(ft.Icons.CHECK if noted else ft.Icons.EDIT_NOTE),
        call=lambda: screen.citizen(citizen, "handover"),
        identifier="to-handover",
    )
