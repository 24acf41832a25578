"""What lies behind a citizen's overview and is not needed every day: a row each, leading to its page."""

import flet as ft

from fieldapp.actions import contacts, urgent
from fieldapp.actions.citizens import CitizenPage
from fieldapp.domain.values import Method, Support
from fieldapp.texts import _, ngettext
from fieldapp.views import reviews
from fieldapp.views.ended import has_ended
from fieldapp.views.need import need
from fieldapp.views.parts import icon_disc
from fieldapp.views.rows import chip, chips, group, row, section
from fieldapp.views.state import Screen
from fieldapp.words import word


def more(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    return [
        *([] if has_ended(shown) else need(shown, screen)),
        section(_("More about {name}", name=shown.name)),
        group(_lines(shown, screen)),
    ]


def _lines(shown: CitizenPage, screen: Screen) -> list[ft.Container]:
    """In the order of the day's need."""
    asked = ngettext("{count} question waits", "{count} questions wait", shown.asked) if shown.asked else None

    def to(title: str, reason: str | None, icon_name: ft.IconData, then: str) -> ft.Container:
        return line(shown, screen, title, reason, icon_name, then)

    return [
        to(
            _("Review together"),
            reviews.last(shown.reviewed_on, shown.review_due_on, screen.desk.today()),
            ft.Icons.EVENT_REPEAT,
            "review",
        ),
        to(_("Method"), word(Method, shown.method) if shown.method else _("None chosen yet"), ft.Icons.ROUTE, "method"),
        to(_("Ask a colleague for help"), asked, ft.Icons.FORUM_OUTLINED, "ask"),
        to(
            _("{name}'s own page", name=shown.name),
            _("To read together, or to get on paper"),
            ft.Icons.MENU_BOOK_OUTLINED,
            "own",
        ),
        to(
            _("What we find out together"),
            _("Resources and needs in each dimension"),
            ft.Icons.EXPLORE_OUTLINED,
            "assessment",
        ),
        to(_("Handover note"), _("What matters most for the one taking over"), ft.Icons.SWAP_HORIZ, "handover"),
        to(_("Details"), _("Name, number, address, language"), ft.Icons.CONTACT_PAGE_OUTLINED, "details"),
        to(
            _("Consent to talk with others"),
            _("Who may be talked with, about what"),
            ft.Icons.VERIFIED_USER_OUTLINED,
            "consents",
        ),
        to(_("Plans and meetings"), _("What was agreed, and with whom"), ft.Icons.DESCRIPTION_OUTLINED, "plans"),
        to(_("Professionals"), _("Contact person, caseworker, nurse …"), ft.Icons.BADGE_OUTLINED, "professionals"),
        to(_("Network"), _("Who matters to {name}", name=shown.name), ft.Icons.HUB_OUTLINED, "network"),
        to(
            _("When it gets hard"),
            _("Signs, what helps, whom to call"),
            ft.Icons.HANDSHAKE_OUTLINED,
            "coping",
        ),
        to(
            _("What {name} says to the support", name=shown.name),
            _("A yes is noted when it is said, and nothing waits for it"),
            ft.Icons.RECORD_VOICE_OVER_OUTLINED,
            "support",
        ),
        to(
            _("Offers"),
            _("What was offered, and what {name} says of it", name=shown.name),
            ft.Icons.VOLUNTEER_ACTIVISM_OUTLINED,
            "offers",
        ),
        to(_("The home"), _("Wishes, the plan and what there is to do"), ft.Icons.HOME_OUTLINED, "home"),
        to(_("Is it the same person?"), _("If somebody is here twice"), ft.Icons.MERGE, "same"),
        to(
            _("Transition and ending"),
            _("Bridges, who takes over, and the end of the course"),
            ft.Icons.ALT_ROUTE_OUTLINED,
            "ending",
        ),
        *([] if has_ended(shown) else _pause(shown, screen)),
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


def _pause(shown: CitizenPage, screen: Screen) -> list[ft.Container]:
    if shown.standing.support == Support.PAUSED:
        return [line(shown, screen, _("Resume"), _("The support goes on from today"), ft.Icons.PLAY_ARROW, "pause")]
    reason = _("For a longer interruption, with a day to look at it again")
    return [line(shown, screen, _("Put on pause …"), reason, ft.Icons.PAUSE_CIRCLE_OUTLINE, "pause")]


def line(
    shown: CitizenPage, screen: Screen, title: str, reason: str | None, icon_name: ft.IconData, then: str
) -> ft.Container:
    """A row that leads to the page `then` inside the citizen's."""
    return row(
        title, reason, lead=icon_disc(icon_name), call=lambda: screen.citizen(shown.id, then), identifier=f"more-{then}"
    )
