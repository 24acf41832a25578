"""Work by somebody who no longer supports the citizen: what it says, and whether it is taken along."""

from typing import Any

import flet as ft

from fieldapp.actions import quarantine
from fieldapp.actions.quarantine import Kept
from fieldapp.domain.values import RejectReason
from fieldapp.texts import _, ngettext
from fieldapp.views import news_words, paths, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, page_head, person_head
from fieldapp.views.days import capital, moment
from fieldapp.views.guard import shielded
from fieldapp.views.leave_out import LeaveOut
from fieldapp.views.parts import MUTED, act, button, column, icon_disc, space, text
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.views.unsent_words import field_name, icon_of, title, value
from fieldapp.words import word

AT_MOST = 20
"""Of what was left out."""
#: Said by the title, or nothing a person reads.
_UNSAID = frozenset({"mode", "way", "sensitive", "corrects", "goal", "worker", "template"})


@ft.component
@shielded
def Decisions() -> ft.Control:
    """All that waits; the worker's own first."""
    screen = use_screen()
    waiting, out = use_reading(quarantine.waiting), use_reading(quarantine.left_out)[:AT_MOST]
    mine = [each for each in waiting if each.mine]
    others = [each for each in waiting if not each.mine]

    def take_all() -> None:
        quarantine.accept(screen.desk, mine)
        screen.saved(_("All of it is taken along."))
        screen.back()

    words = _("Written by colleagues who don't support the citizen any more.")
    body = [page_head(_("Shall it be taken along?"), words), space(theme.S)]
    body += [section(_("Waits for you"), len(mine)), group([_row(each, screen) for each in mine])] if mine else []
    body += [section(_("Others decide"), len(others)), group([_row(each, screen) for each in others])] if others else []
    body += [] if waiting else [note(_("Nothing waits for a decision."), ft.Icons.CHECK, "pine")]
    body += [section(_("Left out"), len(out)), group([_row(each, screen) for each in out])] if out else []
    count = len(mine)
    all_of = ngettext("Take it along", "Take all {count} along", count)
    acts = [button(all_of, take_all, ft.Icons.DONE_ALL, "tonal", expand=True, identifier="take-all")] if mine else []
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), name="decisions")


def _row(each: Kept, screen: Screen) -> ft.Container:
    def see() -> None:
        screen.open(paths.decide(each.id))

    side = act(_("See"), ft.Icons.VISIBILITY_OUTLINED, see, who=title(each), identifier=f"see-{each.id}")
    lead = icon_disc(icon_of(each.kind, each.word))
    return row(title(each), None, _whose(each, screen), lead=lead, side=side, call=see, identifier=f"kept-{each.id}")


@ft.component
@shielded
def Decide() -> ft.Control:
    """One of them, in full."""
    screen = use_screen()
    wanted = ft.use_route_params()["kept"]
    found = next((each for each in use_reading(quarantine.waiting) if each.id == wanted), None)
    out = next((each for each in use_reading(quarantine.left_out) if each.id == wanted), None)
    refusing, refuse = ft.use_state(False)
    if out is not None:
        return page(_in_full(out, _why_not(out), screen), act_bar(back=screen.back, hide=screen.hide), name=out.id)
    if found is None:
        settled = note(_("It is settled. Nothing more needs you here."), ft.Icons.CHECK, "pine")
        return page([space(theme.XL), settled], act_bar(back=screen.back, hide=screen.hide))
    if refusing:
        return LeaveOut(found, lambda: refuse(False))

    def take() -> None:
        quarantine.accept(screen.desk, [found])
        screen.saved(_("Taken along. {who} is told.", who=found.who))
        screen.back()

    no = button(_("Leave it out"), lambda: refuse(True), None, "quiet", expand=True, identifier="leave-out")
    yes = button(_("Take it along"), take, ft.Icons.CHECK, expand=True, identifier="take-along")
    why = note(news_words.kept(1, found.who, found.name), ft.Icons.HOURGLASS_EMPTY)
    return page(_in_full(found, why, screen), act_bar(no, yes, back=screen.back, hide=screen.hide), name=found.id)


def _in_full(found: Kept, why: ft.Control, screen: Screen) -> list[ft.Control]:
    return [
        person_head(found.citizen, found.name, title(found)),
        space(theme.L),
        why,
        space(theme.M),
        column(*_said(found), gap=theme.S),
        space(theme.M),
        text(_whose(found, screen), "hint", MUTED),
    ]


def _why_not(found: Kept) -> ft.Control:
    words = " ".join(filter(None, (word(RejectReason, found.reason or RejectReason.OTHER) + ".", found.text)))
    return note(words, ft.Icons.LAYERS_OUTLINED, title=_("Left out"))


def _said(found: Kept) -> list[ft.Control]:
    """Each field by name; the citizen's own words on heather; of a change, what stands now under it."""
    stands = dict(found.stands)
    shown = [(name, stored) for name, stored in found.words if name not in _UNSAID and stored not in (None, "", [])]
    if found.do == "void":
        return [_card(_("Taken back, because"), str(dict(found.words).get("reason", "")))]
    return [_field(found, name, stored, stands.get(name)) for name, stored in shown]


def _field(found: Kept, name: str, stored: Any, standing: Any) -> ft.Control:
    said = value(found.kind, name, stored)
    if name == "own_words" or found.kind == "own_words":
        return note(f"“{said}”", ft.Icons.FORMAT_QUOTE, "heather", field_name(found.kind, name))
    now = (
        [text(_("Now: {value}", value=value(found.kind, name, standing)), "meta", MUTED)]
        if found.do == "change"
        else []
    )
    return _card(field_name(found.kind, name), said, *now)


def _card(label: str, said: str, *more: ft.Control) -> ft.Control:
    return card(text(label, "small", MUTED), text(said, "body"), *more, gap=2)


def _whose(each: Kept, screen: Screen) -> str:
    return f"{each.who} · {capital(moment(each.at, screen.desk.now()))}"
