"""Borgere: the list with its search, also in the notes; and the list as the question *hvem?* before a note."""

from dataclasses import dataclass

import flet as ft

from fieldapp.actions import search as actions
from fieldapp.actions.citizens import CitizenLine
from fieldapp.texts import _, ngettext
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, bottom_bar, empty, page
from fieldapp.views.cards import page_head
from fieldapp.views.caseload import OwnCaseload
from fieldapp.views.ended import in_a_list
from fieldapp.views.field import Field
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import MUTED, button, column, initial, padding, space, text
from fieldapp.views.reasons import since
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.views.written import written


@dataclass
class Search:
    text: str = ""


@ft.component
@shielded
def Citizens() -> ft.Control:
    screen = use_screen()
    return page(
        [page_head(_("Citizens")), OwnCaseload(), space(theme.M), _trace(screen), space(theme.M), Searched()],
        bottom_bar("citizens", screen.go, note=lambda: screen.open(paths.WHO), hide=screen.hide),
        above_bar=_new(screen),
        name="citizens",
    )


@ft.component
@shielded
def Who() -> ft.Control:
    """From the bar's *Notér*: who is it about? Those last written about stand first."""
    screen = use_screen()
    body = [page_head(_("Who is it about?")), space(theme.M), Searched("note")]
    return page(body, act_bar(back=screen.back, hide=screen.hide), above_bar=_new(screen), name="who")


@ft.component
def Searched(then: str = "") -> ft.Control:
    """The search field and what it finds; `then` is the page a tap leads to, for the question *hvem?*: no notes."""
    form = ft.use_memo(Search, [])
    query, ask = ft.use_state("")
    field = Field(
        form,
        "text",
        _("Search"),
        hint=_("Name, place or number") if then else _("Name, place, number or a word"),
        icon_name=ft.Icons.SEARCH,
        identifier="search",
        changed=lambda: ask(form.text.strip()),
    )
    return column(field, Found(query, then), gap=0)


#: Those last written about; a hundred rows at once would keep a thumb waiting.
AT_FIRST = 30


@ft.component
@shielded
def Found(query: str, then: str) -> ft.Control:
    screen = use_screen()
    found = use_long_reading(actions.people if then else actions.everything, query)
    whole, show = ft.use_state(False)
    if found is None:
        return space(1)
    going_on = [each for each in found.citizens if each.ended is None]
    ended = [each for each in found.citizens if each.ended is not None]
    first = going_on if whole else going_on[:AT_FIRST]
    mine = [each for each in first if each.mine]
    others = [each for each in first if not each.mine]
    rest = len(going_on) - len(first)
    shown = [
        *_named(_("Mine"), mine, then, screen),
        *_named(_("With colleagues"), others, then, screen),
        *(_rest(rest, lambda: show(True)) if rest else []),
        *([Over(ended, then, folded=not query)] if ended else []),
        *written(found.notes, screen),
    ]
    return column(*shown, gap=0) if shown else _nobody(found.query, then)


@ft.component
def Over(ended: list[CitizenLine], then: str, folded: bool) -> ft.Control:
    """Those whose support has ended: there for whoever comes back, and out of the way; a search finds them at once."""
    screen = use_screen()
    opened, open_ = ft.use_state(False)
    if folded and not opened:
        words = _("Earlier: {count}", count=len(ended))
        show = button(words, lambda: open_(True), ft.Icons.EXPAND_MORE, "quiet", small=True, identifier="show-ended")
        return column(space(theme.L), show, gap=0)
    return column(*_named(_("Earlier"), ended, then, screen), gap=0)


def _rest(count: int, show: Call) -> list[ft.Control]:
    words = ngettext("Show {count} more", "Show {count} more", count)
    return [space(theme.S), button(words, show, None, "quiet", small=True, identifier="show-rest")]


def _nobody(query: str, then: str) -> ft.Control:
    if not query:
        return empty(
            _("A quiet start"),
            _("No citizens here yet. They appear when you are assigned to somebody, or when you meet somebody new."),
        )
    if then:
        said = _('Nobody with "{query}". Try a name, a place or some digits of the number.', query=query)
    else:
        said = _(
            'Nobody with "{query}", and nothing in the notes. Try a name, a place or some digits of the number.',
            query=query,
        )
    return ft.Container(text(said, "body", MUTED), padding=padding(4, 20))


def _named(title: str, lines: list[CitizenLine], then: str, screen: Screen) -> list[ft.Control]:
    return [section(title, len(lines)), group([_line(each, then, screen) for each in lines])] if lines else []


def _line(each: CitizenLine, then: str, screen: Screen) -> ft.Container:
    reason = _("Support person: {name}", name=each.responsible) if each.responsible and not each.mine else None
    return row(
        each.name,
        in_a_list(each.ended) if each.ended else reason,
        since(each.last, screen.desk.today()),
        lead=initial(each.id, each.name),
        call=lambda: screen.citizen(each.id, then),
        identifier=f"row-{each.id}",
        chosen=screen.shows(each.id),
    )


def _trace(screen: Screen) -> ft.Control:
    words = _("Tracing list, by place")
    return button(words, lambda: screen.open(paths.TRACE), ft.Icons.PLACE_OUTLINED, "quiet", small=True,
                  identifier="trace")  # fmt: skip


def _new(screen: Screen) -> ft.Control:
    return button(_("New person"), lambda: screen.open(paths.NEW), ft.Icons.ADD, "tonal", small=True, identifier="new")
