"""A note the server would not receive: still here, with the reason, until the worker lets it go."""

import flet as ft

from fieldapp.actions import outbox
from fieldapp.actions.outbox import Unsent
from fieldapp.texts import _, ngettext
from fieldapp.views import days, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.state import use_reading, use_screen
from fieldapp.views.unsent_words import title


@ft.component
@shielded
def Refused() -> ft.Control:
    screen = use_screen()
    wanted = ft.use_route_params()["record"]
    found = next((each for each in use_reading(outbox.waiting) if each.record == wanted), None)
    sure, ask = ft.use_state(False)
    if found is None:
        settled = note(_("It is settled. Nothing more needs you here."), ft.Icons.CHECK, "pine")
        return page([space(theme.XL), settled], act_bar(back=screen.back, hide=screen.hide))

    def let_go() -> None:
        if not sure:
            ask(True)
            return
        outbox.let_go(screen.desk, found)
        screen.saved(_("Let go."))
        screen.back()

    words = _("It could not be received. It is still on the phone. Show it to your leader.")
    body = [
        page_head(title(found), days.capital(days.moment(found.since, screen.desk.now()))),
        space(16),
        note(words, ft.Icons.REPLAY, "clay"),
        space(8),
        note(reason(found.why), ft.Icons.INFO_OUTLINE, title=_("The server's reason")),
    ]
    warning = note(_warning(found), ft.Icons.HELP_OUTLINE, live=True)
    give_up = button(
        _("Yes, let it go") if sure else _("Let it go"), let_go, look="quiet", expand=True, identifier="let-go"
    )
    return page(
        body, act_bar(give_up, back=screen.back, hide=screen.hide), above_bar=warning if sure else None, name="refused"
    )


def _warning(found: Unsent) -> str:
    gone = _("Then it is gone from the phone, and the server never had it.")
    along = ngettext(
        "{count} other thing you wrote about the citizen goes too.",
        "{count} other things you wrote about the citizen go too.",
        found.takes,
    )
    return f"{gone} {along}" if found.takes else gone


def reason(why: str | None) -> str:
    """The server's word for it, in ours."""
    match why:
        case "scope" | "not_its_scope" | "not_writable":
            return _("Somebody else supports the citizen now.")
        case "unknown_reference" | "unknown_record" | "unknown_citizen" | "missing":
            return _("It belongs to something the server does not have.")
        case "no_ground":
            return _("The ground for ending does not hold. Support goes on, and the citizen is on your list.")
        case "taken":
            return _("The server has it already, in another form.")
        case "unknown_kind" | "unknown_field":
            return _("The server is older than the app.")
    return _("The server could not keep it as it was written.")
