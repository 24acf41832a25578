"""What lies behind a citizen's overview and is not needed every day: a row each, leading to its page."""

import flet as ft

from fieldapp.actions import contacts, urgent
from fieldapp.actions.citizens import CitizenPage
from fieldapp.domain.values import Method, Support
from fieldapp.texts import _, ngettext
from fieldapp.views import reviews
from fieldapp.views.ended import has_died, has_ended
from fieldapp.views.need import need
from fieldapp.views.parts import icon_disc
from fieldapp.views.rows import chip, chips, group, row, section
from fieldapp.views.state import Screen
from fieldapp.words import word

Line = tuple[str, str | None, ft.IconData, str]
"""What it is called, why one goes there, its mark, and the page."""
#: Pages about what is still to come.
_AHEAD = frozenset({"coping", "ask", "review", "support", "offers", "handover"})


def more(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    """In the order of the day's need; of one who has died what can be read, and nothing to be done together."""
    groups = [
        (_("Day to day"), _now(shown, screen)),
        (_("Together with {name}", name=shown.name), _together(shown)),
        (_("People and plans around {name}", name=shown.name), _around(shown)),
        (_("More about {name}", name=shown.name), _about(shown)),
        (_("When the support changes"), _changes(shown)),
    ]
    if has_died(shown.standing):
        told = [one for _title, lines in groups for one in lines if one[-1] not in _AHEAD]
        groups = [(_("More about {name}", name=shown.name), told)]
    return [
        *([] if has_ended(shown) else need(shown, screen)),
        *(
            each
            for title, lines in groups
            for each in (section(title), group([line(shown, screen, *one) for one in lines]))
        ),
    ]


def _now(shown: CitizenPage, screen: Screen) -> list[Line]:
    """What one comes for on any day."""
    asked = ngettext("{count} question waits", "{count} questions wait", shown.asked) if shown.asked else None
    reviewed = reviews.last(shown.reviewed_on, shown.review_due_on, screen.desk.today())
    method = word(Method, shown.method) if shown.method else _("None chosen yet")
    return [
        (_("When it gets hard"), _("Signs, what helps, whom to call"), ft.Icons.HANDSHAKE_OUTLINED, "coping"),
        (_("Ask a colleague for help"), asked, ft.Icons.FORUM_OUTLINED, "ask"),
        (_("The home"), _("Wishes, the plan and what there is to do"), ft.Icons.HOME_OUTLINED, "home"),
        (_("Method"), method, ft.Icons.ROUTE, "method"),
        (_("Review together"), reviewed, ft.Icons.EVENT_REPEAT, "review"),
    ]


def _together(shown: CitizenPage) -> list[Line]:
    own = _("{name}'s own page", name=shown.name)
    says = _("What {name} says to the support", name=shown.name)
    noted = _("A yes is noted when it is said, and nothing waits for it")
    found = _("Resources and needs in each dimension")
    return [
        (own, _("To read together, or to get on paper"), ft.Icons.MENU_BOOK_OUTLINED, "own"),
        (_("What we find out together"), found, ft.Icons.EXPLORE_OUTLINED, "assessment"),
        (says, noted, ft.Icons.RECORD_VOICE_OVER_OUTLINED, "support"),
    ]


def _around(shown: CitizenPage) -> list[Line]:
    offered = _("What was offered, and what {name} says of it", name=shown.name)
    cared = _("Contact person, caseworker, nurse …")
    return [
        (_("Network"), _("Who matters to {name}", name=shown.name), ft.Icons.HUB_OUTLINED, "network"),
        (_("Professionals"), cared, ft.Icons.BADGE_OUTLINED, "professionals"),
        (_("Plans and meetings"), _("What was agreed, and with whom"), ft.Icons.DESCRIPTION_OUTLINED, "plans"),
        (_("Offers"), offered, ft.Icons.VOLUNTEER_ACTIVISM_OUTLINED, "offers"),
    ]


def _about(shown: CitizenPage) -> list[Line]:
    consent, whom = _("Consent to talk with others"), _("Who may be talked with, about what")
    return [
        (_("Details"), _("Name, number, address, language"), ft.Icons.CONTACT_PAGE_OUTLINED, "details"),
        (consent, whom, ft.Icons.VERIFIED_USER_OUTLINED, "consents"),
        (_("Is it the same person?"), _("If somebody is here twice"), ft.Icons.MERGE, "same"),
    ]


def _changes(shown: CitizenPage) -> list[Line]:
    """The rarest last; an end comes never by the way."""
    handover = _("What matters most for the one taking over")
    ends = _("Bridges, who takes over, and the end of the course")
    return [
        (_("Handover note"), handover, ft.Icons.SWAP_HORIZ, "handover"),
        *([] if has_ended(shown) else [_pause(shown)]),
        (_("Transition and ending"), ends, ft.Icons.ALT_ROUTE_OUTLINED, "ending"),
    ]


def quick(shown: CitizenPage, screen: Screen) -> ft.Control:
    """What has to be told in a stairwell, on the first screen: is elsewhere (F7), urgent today; and *Sammen* (F6)."""

    def turn() -> None:
        """Stands at the top of I dag for everybody who supports the citizen; one more tap takes it off."""
        if shown.urgent:
            saved, words = urgent.take_off(screen.desk, shown.id), _("Not urgent any more.")
        else:
            saved, words = urgent.mark(screen.desk, shown.id), _("Stands at the top of Today.")
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, saved))

    is_urgent = shown.urgent is not None
    mark = chip(
        _("Urgent today"),
        turn,
        chosen=is_urgent,
        icon_name=ft.Icons.PRIORITY_HIGH,
        identifier="urgent-off" if is_urgent else "urgent",
    )
    away = chip(
        _("Is elsewhere"),
        lambda: screen.citizen(shown.id, "away"),
        icon_name=ft.Icons.MOVE_DOWN,
        identifier="more-away",
    )
    together = chip(
        _("Show together"),
        lambda: screen.hand_over(shown.id),
        icon_name=ft.Icons.GROUPS_OUTLINED,
        identifier="together",
    )
    return chips(together, *([away] if shown.absence_place is None else []), mark)


def _pause(shown: CitizenPage) -> Line:
    if shown.standing.support == Support.PAUSED:
        return (_("Resume"), _("The support goes on from today"), ft.Icons.PLAY_ARROW, "pause")
    reason = _("For a longer interruption, with a day to look at it again")
    return (_("Put on pause …"), reason, ft.Icons.PAUSE_CIRCLE_OUTLINE, "pause")


def line(
    shown: CitizenPage, screen: Screen, title: str, reason: str | None, icon_name: ft.IconData, then: str
) -> ft.Container:
    """A row that leads to the page `then` inside the citizen's."""
    return row(
        title, reason, lead=icon_disc(icon_name), call=lambda: screen.citizen(shown.id, then), identifier=f"more-{then}"
    )
