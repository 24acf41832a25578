"""+ Ny (F5): a new person met on the street, or a tip. Everything is optional; a name is asked for, never looks."""

from collections.abc import Callable

import flet as ft

from fieldapp.actions import citizens
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.desk import Saved
from fieldapp.domain.values import MadeAwareBy, NameAsked, Situation
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.guard import shielded
from fieldapp.views.new_thanks import thanks
from fieldapp.views.next_words import say_saved, when
from fieldapp.views.parts import MUTED, button, column, piece, space, text
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.views.similar import Similar
from fieldapp.views.state import use_screen
from fieldapp.words import word

SITUATIONS = (Situation.STREET, Situation.SHELTER, Situation.NIGHT_SHELTER, Situation.FAMILY_FRIENDS)
AWARE = (MadeAwareBy.SELF, MadeAwareBy.STREET_WORKER, MadeAwareBy.DROP_IN_VOLUNTEER)


@ft.component
@shielded
def New() -> ft.Control:
    screen = use_screen()
    filling = use_form(citizens.DRAFT_KEY, NewCitizen)
    folds, open_folds = ft.use_state(frozenset[str]())
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        step = answer.next_step
        words = _("Saved. You reach out again {when}.", when=when(step, today)) if step else _("Saved.")
        say_saved(screen, answer, words)
        screen.home()

    def unfold(name: str) -> None:
        open_folds(folds | {name})

    body = [
        page_head(_("New person")),
        space(theme.L),
        piece(*_name(filling)),
        piece(*_label(filling)),
        piece(*_where(filling)),
        piece(*_codes(_("Where does the person sleep?"), "situation", Situation, SITUATIONS, filling, folds, unfold)),
        piece(*_codes(_("Who got in touch?"), "made_aware_by", MadeAwareBy, AWARE, filling, folds, unfold)),
        piece(*thanks(filling)),
        piece(*_more(filling)),
    ]
    gem = button(
        _("Save"),
        lambda: filling.save(lambda: citizens.add(screen.desk, form), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="new")


def _name(filling: Filling[NewCitizen]) -> list[ft.Control]:
    form = filling.form
    options = [(code.value, word(NameAsked, code)) for code in (NameAsked.NOT_YET, NameAsked.RATHER_NOT)]
    chosen = set() if form.known_as.strip() else {form.name_asked}
    return [Named(filling), space(theme.M), choice(options, chosen, lambda c: filling.put(name_asked=c), name="name")]


@ft.component
def Named(filling: Filling[NewCitizen]) -> ft.Control:
    """The name, and below it those it could already be. Only this is drawn again while somebody types."""
    typed, type_ = ft.use_state(filling.form.known_as)

    def changed() -> None:
        filling.changed()
        type_(filling.form.known_as)

    field = Field(
        filling.form,
        "known_as",
        _("What may I call you?"),
        hint=_("The name the person chooses"),
        icon_name=ft.Icons.BADGE_OUTLINED,
        identifier="known-as",
        changed=changed,
        left=lambda: _left(filling),
    )
    return column(field, Similar(typed.strip()), gap=0)


def _left(filling: Filling[NewCitizen]) -> None:
    """What is typed in some fields decides what the chips show."""
    filling.left()
    filling.draw()


def _label(filling: Filling[NewCitizen]) -> list[ft.Control]:
    """Without a name: what stands in the lists instead."""
    if filling.form.known_as.strip():
        return []
    return [space(theme.S), Label(filling)]


@ft.component
def Label(filling: Filling[NewCitizen]) -> ft.Control:
    screen = use_screen()
    shown = citizens.label(screen.desk, filling.form.place.strip())
    return column(
        text(_("Shown as “{label}”", label=shown), "meta", MUTED), Similar("", "", filling.form.place.strip()), gap=0
    )


def _where(filling: Filling[NewCitizen]) -> list[ft.Control]:
    form = filling.form
    met = chip(_("We met"), lambda: filling.put(met=True), chosen=form.met, identifier="met")
    tip = chip(
        _("I have only heard of the person"), lambda: filling.put(met=False), chosen=not form.met, identifier="tip"
    )
    place = Field(
        form,
        "place",
        _("Where did you meet?") if form.met else _("Where is the person often?"),
        hint=_("A place, never an appearance"),
        icon_name=ft.Icons.PLACE_OUTLINED,
        identifier="place",
        changed=filling.changed,
        left=lambda: _left(filling),
    )
    return [space(theme.L), chips(met, tip), space(theme.M), place]


def _codes(
    title: str,
    attr: str,
    of: type[Situation] | type[MadeAwareBy],
    usual: tuple[str, ...],
    filling: Filling[NewCitizen],
    folds: frozenset[str],
    unfold: Callable[[str], object],
) -> list[ft.Control]:
    """The usual ones, and the rest behind "..."."""
    chosen = getattr(filling.form, attr)
    shown = list(of) if attr in folds else [*usual, *([chosen] if chosen and chosen not in usual else [])]

    def choose(code: str) -> None:
        filling.put(**{attr: None if code == chosen else code})

    more = chip("", lambda: unfold(attr), icon_name=ft.Icons.MORE_HORIZ, say=_("More"), identifier=f"more-{attr}")
    options = [(str(code), word(of, code)) for code in shown]
    rest = None if attr in folds else more
    return [section(title), choice(options, {chosen} if chosen else set(), choose, name=attr, more=rest)]


def _more(filling: Filling[NewCitizen]) -> list[ft.Control]:
    need = Field(
        filling.form,
        "most_important",
        _("What matters most right now?"),
        voice="citizen",
        hint=_("In the person's own words"),
        lines=2,
        identifier="most-important",
        changed=filling.changed,
        left=filling.left,
    )
    return [space(theme.XL), need, space(theme.S), Number(filling)]


@ft.component
def Number(filling: Filling[NewCitizen]) -> ft.Control:
    """The number, and below it those who have it already."""
    typed, type_ = ft.use_state(filling.form.phone)

    def changed() -> None:
        filling.changed()
        type_(filling.form.phone)

    number = Field(
        filling.form,
        "phone",
        _("Phone"),
        hint=_("If the person wants to give it"),
        icon_name=ft.Icons.CALL_OUTLINED,
        keyboard=ft.KeyboardType.PHONE,
        identifier="phone",
        changed=changed,
        left=filling.left,
    )
    return column(number, Similar("", typed.strip()), gap=0)
