"""Through family and friends: closed until the citizen has said yes, and then only a greeting passed on."""

import flet as ft

from fieldapp.actions import attempts
from fieldapp.actions.attempts import ReachOut
from fieldapp.actions.desk import Saved
from fieldapp.domain.consent import Consent
from fieldapp.domain.values import Outcome, Way
from fieldapp.domain.values_day import ConsentAbout
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import long_date
from fieldapp.views.filling import use_form
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, heading, space
from fieldapp.views.reach_forms import PlaceForm
from fieldapp.views.rows import tile
from fieldapp.views.state import Screen, use_screen
from fieldapp.words import word

NEW_CONSENT = f"consent/new/{ConsentAbout.NETWORK}"


@ft.component
def Network(out: ReachOut) -> ft.Control:
    screen = use_screen()
    filling = use_form(f"network:{out.citizen}", PlaceForm)
    if out.network is None:
        return _closed(out, screen)

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.home()

    async def passed_on() -> None:
        await filling.save(lambda: attempts.save(screen.desk, out.citizen, Way.NETWORK, Outcome.PASSED_ON), saved)

    top = [
        person_head(out.citizen, out.name, word(Way, Way.NETWORK)),
        space(theme.L),
        note(_yes(out.network), ft.Icons.VERIFIED_USER_OUTLINED, "pine", identifier="network-yes"),
        space(theme.M),
        note(_("Only pass on a greeting. Ask nothing about the citizen."), ft.Icons.INFO_OUTLINE),
        space(theme.L),
    ]
    body = [
        heading(_("How did it go?")),
        space(theme.M),
        tile(
            word(Outcome, Outcome.PASSED_ON),
            None,
            ft.Icons.DIVERSITY_3_OUTLINED,
            passed_on,
            look="filled",
            identifier="outcome-passed_on",
        ),
    ]
    never = button(_("I didn't do it"), screen.back, look="plain", expand=True, identifier="not-done")
    return page(body, act_bar(never, back=screen.back, hide=screen.hide), low=True, top=top, name="network")


def locked(out: ReachOut, screen: Screen) -> list[ft.Control]:
    """The sentence that says what opens it, and the way to note the yes."""
    return [
        note(
            _("Only with the citizen's yes. Ask when you meet."),
            ft.Icons.LOCK_OUTLINE,
            title=word(Way, Way.NETWORK),
            identifier="network-locked",
        ),
        space(theme.S),
        button(
            _("The citizen has said yes: note it"),
            lambda: screen.citizen(out.citizen, NEW_CONSENT),
            ft.Icons.EDIT_OUTLINED,
            "quiet",
            identifier="note-consent",
        ),
    ]


def _closed(out: ReachOut, screen: Screen) -> ft.Control:
    top = [person_head(out.citizen, out.name, word(Way, Way.NETWORK)), space(theme.L)]
    return page(locked(out, screen), act_bar(back=screen.back, hide=screen.hide), low=True, top=top, name="network")


def _yes(consent: Consent) -> str:
    said = _("The citizen said yes on {date}: {to}.", date=long_date(consent.given_on), to=consent.to)
    return " ".join(filter(None, (said, consent.purpose)))
