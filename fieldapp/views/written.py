"""What a search finds in the notes: whose, which day, and the words around the match."""

from collections.abc import Iterator

import flet as ft

from fieldapp.actions.search import Note, Notes
from fieldapp.domain.snippet import Snippet
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.days import said_on
from fieldapp.views.parts import INK, MUTED, column, initial, line, padding, text
from fieldapp.views.rows import group, section, surface
from fieldapp.views.state import Screen


def written(notes: Notes, screen: Screen) -> list[ft.Control]:
    if not notes.found:
        return []
    rows = group([_row(each, screen) for each in notes.found])
    more = text(_("There are more. One more word finds fewer."), "meta", MUTED)
    return [
        section(_("In the notes"), None if notes.more else len(notes.found)),
        rows,
        *([ft.Container(more, padding=padding(4, 12))] if notes.more else []),
    ]


def _row(each: Note, screen: Screen) -> ft.Container:
    day = text(said_on(each.on, screen.desk.today()), "small", MUTED)
    name = text(each.name, "name", expand=True)
    if theme.is_large():
        head: list[ft.Control] = [line(initial(each.citizen, each.name), name, gap=theme.M), day]
        inner: ft.Control = column(*head, _words(each), gap=6)
    else:
        words = ft.Column([line(name, day, top=True), _words(each)], spacing=3, tight=True, expand=True)
        inner = line(initial(each.citizen, each.name), words, gap=theme.M)
    return surface(inner, lambda: screen.citizen(each.citizen), identifier=f"written-{each.id}")


def _words(each: Note) -> ft.Control:
    quote = ("“", "”") if each.own else ("", "")
    spans = [*_spans(quote[0], False), *_marked(each.piece), *_spans(quote[1], False)]
    return ft.Text(spans=spans)


def _marked(piece: Snippet) -> Iterator[ft.TextSpan]:
    at = 0
    for begin, end in piece.marks:
        yield from _spans(piece.text[at:begin], False)
        yield from _spans(piece.text[begin:end], True)
        at = end
    yield from _spans(piece.text[at:], False)


def _spans(words: str, found: bool) -> Iterator[ft.TextSpan]:
    style = theme.text_style("reason", INK, weight=700) if found else theme.text_style("reason", MUTED)
    if words:
        yield ft.TextSpan(words, style)
