"""*Passer metoden stadig?*: four things to look at together in CTI's phases 2 and 3; they decide nothing (D9)."""

from datetime import date

import flet as ft

from fieldapp.actions import citizens, contacts, method_fit
from fieldapp.actions.desk import Saved
from fieldapp.actions.method_fit import SIGNALS, Fit, FitForm
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.moments import quoted
from fieldapp.views.parts import MUTED, button, column, piece, space, text
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import P_, named

_QUESTIONS = {
    "more_support": P_("fits", "Is more support needed than CTI holds?"),
    "longer": P_("fits", "Are nine months too short?"),
    "hard_to_lower": P_("fits", "Is it hard to turn the support down?"),
    "shift_wrong": P_("fits", "Would a change of support person be wrong for the citizen?"),
}
#: The same as a statement, for what was seen before.
_SEEN = {
    "more_support": P_("fits", "More support is needed than CTI holds"),
    "longer": P_("fits", "Nine months are too short"),
    "hard_to_lower": P_("fits", "It is hard to turn the support down"),
    "shift_wrong": P_("fits", "A change of support person would be wrong"),
}


def result(name: str) -> str:
    return _(
        "Talk with {name} and the referral team about whether ICM or ACT fits better. It is you who judge.", name=name
    )


def to_fits(look: Call) -> ft.Control:
    """From where somebody doubts that it fits, to the four observations."""
    words = _("Look at the four observations")
    return button(words, look, ft.Icons.HELP_OUTLINE, "quiet", small=True, identifier="to-fits")


@ft.component
@shielded
def Fits() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    before = use_reading(method_fit.read, citizen)
    filling = use_form(method_fit.draft_key(citizen), FitForm)
    if shown is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    talked = chip(
        _("We have talked about it today"),
        lambda: filling.put(talked=not form.talked),
        chosen=form.talked,
        identifier="talked",
    )
    body = [
        person_head(citizen, shown.name, _("Does the method still fit?")),
        space(theme.XS),
        *(each for name in SIGNALS for each in (space(theme.M), _question(filling, name))),
        # There even when it is empty: the field below keeps its focus.
        piece(
            *(
                [space(theme.L), note(result(shown.name), ft.Icons.FORUM_OUTLINED, "pine", live=True)]
                if form.signs()
                else []
            )
        ),
        space(theme.L),
        Field(
            form,
            "own_view",
            _("What does {name} think?", name=shown.name),
            voice="citizen",
            hint=_("As it was said, as far as you can."),
            lines=2,
            identifier="own-view",
            changed=filling.changed,
            left=filling.left,
        ),
        space(theme.M),
        chips(talked),
        *_before(before, screen),
    ]
    gem = button(
        _("Save"),
        lambda: filling.save(lambda: method_fit.keep(screen.desk, citizen, form), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="fits")


def yes_or_no(said: bool | None) -> tuple[str, ...]:
    return () if said is None else ("yes",) if said else ("no",)


def _question(filling: Filling[FitForm], name: str) -> ft.Control:
    said = getattr(filling.form, name)

    def answer(code: str) -> None:
        filling.put(**{name: None if (code,) == yes_or_no(said) else code == "yes"})

    options = [("no", _("No")), ("yes", _("Yes"))]
    return card(text(named(_QUESTIONS[name]), "name"), choice(options, yes_or_no(said), answer, name=name), gap=theme.M)


def _before(before: tuple[Fit, ...], screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    return (
        [section(_("Seen before")), *(each for fit in before for each in (told(fit, today), space(theme.S)))]
        if (before)
        else []
    )


def told(fit: Fit, today: date) -> ft.Control:
    """One look, in words: what was answered with a yes, what the citizen said."""
    seen = [text(named(_SEEN[name]), "body") for name in fit.signs] or [text(_("The method fits"), "body")]
    quote = [quoted(fit.own_view)] if fit.own_view else []
    return card(text(said_on(fit.on, today), "meta", MUTED), column(*seen, gap=2), *quote, gap=theme.XS)
