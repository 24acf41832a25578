"""*Gennemgang sammen*: what is needed, whether it is enough, what is in the way, what would help (K2, J7, L9)."""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

import flet as ft

from fieldapp.actions import contacts, intensity, reviews
from fieldapp.actions.desk import Saved
from fieldapp.actions.reviews import ReviewForm, ReviewPage
from fieldapp.domain.methods import months_after
from fieldapp.domain.reviews import MONTHS
from fieldapp.domain.values_life import Enough, ManagesAlone
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import bare, coming
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.fits import to_fits, yes_or_no
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.note_support import support_now
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def NewReview() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(reviews.read, citizen)
    now = use_reading(intensity.read, citizen)
    filling = use_form(reviews.draft_key(citizen), ReviewForm)
    if shown is None or now is None:
        return gone(screen)
    today, form = screen.desk.today(), filling.form

    def saved(answer: Saved) -> None:
        again = coming(form.next_on or shown.propose, today)
        screen.saved(_("Saved. The next review is {day}.", day=again), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    body = [
        person_head(citizen, shown.name, _("Review together")),
        space(theme.L),
        _field(filling, "need", _("What do you need now?"), citizens=True),
        section(_("Is the support too much, too little or about right?")),
        _one_of(filling, "enough", Enough),
        space(theme.L),
        _field(filling, "own_view", _("What does {name} think?", name=shown.name), citizens=True),
        space(theme.S),
        _field(filling, "in_the_way", _("What is in the way right now?")),
        space(theme.S),
        _field(filling, "would_help", _("What would help?")),
        section(_("How far does {name} manage alone?", name=shown.name)),
        _one_of(filling, "manages_alone", ManagesAlone),
        *_fits(filling, shown, lambda: screen.citizen(citizen, "review/new/fits")),
        # This is the joint look: no other is asked for.
        *support_now(filling, replace(now, assess=frozenset()), today),
        section(_("When is the next one?")),
        _next(filling, shown, today),
    ]
    gem = button(
        _("Save together"),
        lambda: filling.save(lambda: reviews.keep(screen.desk, citizen, form), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="review-new")


def _field(filling: Filling[ReviewForm], attr: str, label: str, *, citizens: bool = False) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        voice="citizen" if citizens else "plain",
        hint=_("As it was said, as far as you can.") if citizens else None,
        lines=2,
        identifier=attr.replace("_", "-"),
        word_help=not citizens,
        changed=filling.changed,
        left=filling.left,
    )


def _one_of(filling: Filling[ReviewForm], attr: str, of: type[StrEnum]) -> ft.Control:
    said = getattr(filling.form, attr)
    options = [(each.value, word(of, each)) for each in of]
    name = attr.replace("_", "-")
    return choice(
        options,
        (said,) if said else (),
        lambda code: filling.put(**{attr: None if code == said else code}),
        name=name,
    )


def _fits(filling: Filling[ReviewForm], shown: ReviewPage, look: Call) -> list[ft.Control]:
    """Asked where there is a method; a no leads on, it changes nothing."""
    if shown.method is None:
        return []
    said = filling.form.method_fits

    def answer(code: str) -> None:
        filling.put(method_fits=None if (code,) == yes_or_no(said) else code == "yes")

    words = _("Talk with {name} and the referral team about which method fits. It is you who judge.", name=shown.name)
    told = note(words, ft.Icons.FORUM_OUTLINED, "pine", live=True)
    hint = [space(theme.M), told, space(theme.S), to_fits(look)] if said is False else []
    options = [("yes", _("Yes")), ("no", _("No"))]
    return [
        section(_("Does the method still fit?")),
        choice(options, yes_or_no(said), answer, name="method-fits"),
        piece(*hint),
    ]


def _next(filling: Filling[ReviewForm], shown: ReviewPage, today: date) -> ft.Control:
    offered = [
        (_("In a month"), months_after(today, 1)),
        (_("In three months"), months_after(today, MONTHS)),
    ]
    if shown.propose not in (day for _words, day in offered):
        offered.append((_("At the phase shift: {day}", day=bare(shown.propose, today)), shown.propose))
    return day_chips(
        offered,
        filling.form.next_on or shown.propose,
        lambda day: filling.put(next_on=day),
        today,
        first=today + timedelta(days=1),
        name="next",
    )
