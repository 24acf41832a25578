"""A citizen's overview: wishes, dreams and hopes first, then strengths, then how to be in touch."""

from collections.abc import Callable
from datetime import date

import flet as ft

from fieldapp.actions.citizens import CitizenPage
from fieldapp.domain.values import Aspect, NameAsked, Respect
from fieldapp.texts import _, pgettext
from fieldapp.views import theme
from fieldapp.views.aims import Aims
from fieldapp.views.cards import note, quote_card
from fieldapp.views.citizen_more import more
from fieldapp.views.days import said_on
from fieldapp.views.ended import has_died, has_ended
from fieldapp.views.guard import Call
from fieldapp.views.later import Later
from fieldapp.views.parts import (
    MUTED,
    TONES,
    C,
    Tone,
    button,
    column,
    icon,
    icon_disc,
    line,
    link,
    padding,
    space,
    tappable,
    text,
)
from fieldapp.views.rows import chips, group, row, section
from fieldapp.views.state import Screen, use_screen
from fieldapp.views.still_right import still_right
from fieldapp.words import word, words

WORDS, STRENGTHS = 6, 8
"""The newest, before the rest is a tap away."""


@ft.component
def Overview(citizen: str, shown: CitizenPage) -> ft.Control:
    screen = use_screen()
    today = screen.desk.today()
    unfolded, unfold = ft.use_state(False)

    def show_all() -> None:
        unfold(True)

    if has_died(shown.standing):  # what was said is kept; nothing is asked, added or hoped for any more
        return column(
            *(_said(shown, today, None) if shown.own_words else []),
            *([section(_("Strengths and resources")), *_chips(shown, None)] if shown.strengths else []),
            Later(lambda: more(shown, screen)),
            gap=0,
        )
    return column(
        *_most_important(shown),
        *_own_words(shown, screen, today, None if unfolded else WORDS, show_all),
        *_strengths(shown, screen, None if unfolded else STRENGTHS, show_all),
        *([] if has_ended(shown) else [Aims(citizen), *still_right(shown, screen)]),
        *_in_touch(shown, screen),
        Later(lambda: more(shown, screen)),
        gap=0,
    )


def _add(words_: str, shown: CitizenPage, what: str, screen: Screen) -> ft.Control:
    return button(
        words_,
        lambda: screen.citizen(shown.id, f"say/{what}"),
        ft.Icons.ADD,
        "quiet",
        small=True,
        identifier=f"add-{what}",
    )


def _most_important(shown: CitizenPage) -> list[ft.Control]:
    """What the person said at the first meeting, until there are wishes, dreams and hopes."""
    if not shown.most_important or shown.own_words:
        return []
    said = note(f"“{shown.most_important}”", ft.Icons.FORMAT_QUOTE, "heather", _("What matters most right now?"))
    return [said, space(theme.S)]


def _own_words(shown: CitizenPage, screen: Screen, today: date, most: int | None, show_all: Call) -> list[ft.Control]:
    """The newest; what was said before is a tap away, and never gone (L1)."""
    folded = most is not None and len(shown.own_words) > most
    more: list[ft.Control] = [link(pgettext("goals", "Show all"), show_all, identifier="all-words")] if folded else []
    if shown.own_words:
        said = _said(shown, today, most)
    else:
        said = [note(_("What do you wish for? What do you dream of? What do you hope for?"),
                     ft.Icons.FORMAT_QUOTE, "heather", _("In their own words"))]  # fmt: skip
        more = [text(_("At times you are the one who holds the hope."), "meta", MUTED)]
    return [*said, *more, space(theme.S), _add(_("Add a wish, a dream or a hope"), shown, "words", screen)]


def _said(shown: CitizenPage, today: date, most: int | None) -> list[ft.Control]:
    order = {aspect.value: place for place, aspect in enumerate(Aspect)}
    told = sorted(shown.own_words[:most], key=lambda each: order.get(each.aspect, len(order)))
    quotes = [(word(Aspect, each.aspect), each.text, said_on(each.said_on, today)) for each in told]
    return [quote_card(_("In their own words"), quotes)]


def _strengths(shown: CitizenPage, screen: Screen, most: int | None, show_all: Call) -> list[ft.Control]:
    folded = most is not None and most < len(shown.strengths)
    return [
        section(_("Strengths and resources")),
        *_chips(shown, most),
        *([link(pgettext("goals", "Show all"), show_all, identifier="all-strengths")] if folded else []),
        _add(_("Add a strength"), shown, "strength", screen),
    ]


def _chips(shown: CitizenPage, most: int | None) -> list[ft.Control]:
    said = [each.text for each in shown.strengths[:most]]
    short = [_strength(text, "honey") for text in said if _fits(text)]
    long = [each for text in said if not _fits(text) for each in (_strength(text, "honey", wide=True), space(theme.S))]
    return [*long, *([chips(*short), space(theme.M)] if short else [])]


def _fits(said: str) -> bool:
    """On one line of the narrowest phone; longer ones are not cut off but take the width and wrap."""
    return len(said) <= (12 if theme.is_large() else 28)


def _strength(said: str, tone: Tone, *, wide: bool = False) -> ft.Control:
    ground, ink = TONES[tone]
    mark = icon(ft.Icons.SPA_OUTLINED, 18, C.SECONDARY_FIXED_DIM)
    inner = line(mark, text(said, "label", ink, weight=500, expand=wide), tight=not wide)
    return ft.Container(inner, bgcolor=ground, border_radius=14, padding=padding(12, 9))


def _in_touch(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    def to(what: str) -> None:
        screen.citizen(shown.id, f"say/{what}")

    rows = [
        *_unnamed(shown, to),
        row(
            _("Phone"),
            phone(shown),
            lead=icon_disc(ft.Icons.CALL_OUTLINED),
            call=lambda: to("phone"),
            identifier="phone",
        ),
        row(
            _("Known places"),
            shown.known_places or _("Not known yet"),
            lead=icon_disc(ft.Icons.PLACE_OUTLINED),
            call=lambda: to("places"),
            identifier="places",
        ),
    ]
    if shown.needs_interpreter or shown.language:
        spoken = _("Interpreter: {language}", language=shown.language or _("Not known yet"))
        rows.append(row(_("Language"), spoken if shown.needs_interpreter else shown.language,
                        lead=icon_disc(ft.Icons.TRANSLATE)))  # fmt: skip
    return [section(_("Being in touch")), _wanted(shown, screen), space(theme.S), group(rows)]


def _wanted(shown: CitizenPage, screen: Screen) -> ft.Control:
    """The citizen's own wish, on heather; a tap changes it."""
    wishes = tuple(wish for wish in shown.wishes if wish != Respect.PEACE_UNTIL)
    said = words(Respect, wishes) if wishes else word(NameAsked, NameAsked.NOT_YET)
    title = _("How {name} wants to be contacted", name=shown.name)
    wish = note(said, ft.Icons.FAVORITE_BORDER, "heather", title)
    return tappable(wish, lambda: screen.citizen(shown.id, "respect"), identifier="respect", radius=theme.CHIP)


def _unnamed(shown: CitizenPage, to: Callable[[str], object]) -> list[ft.Container]:
    """Asked when the moment is right; a name that is not told is fine."""
    if shown.known_as:
        return []
    asked = word(NameAsked, shown.name_asked or NameAsked.NOT_YET)
    lead = icon_disc(ft.Icons.BADGE_OUTLINED)
    return [row(_("What may I call you?"), asked, lead=lead, call=lambda: to("name"), identifier="name")]


def phone(shown: CitizenPage) -> str:
    """Never more than the last two digits: the number itself goes only to the dialler."""
    if not shown.phone_ends:
        return _("No number yet")
    ends = _("ends in {digits}", digits=shown.phone_ends)
    return ends if shown.phone_works else _("{ends}. The number doesn't work.", ends=ends)
