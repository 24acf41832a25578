"""The citizen's own page on paper: the same words as on the screen, as a PDF whose file name names nobody."""

from datetime import date

from fieldapp.actions.own_page import Together
from fieldapp.domain.own_page import Line, OwnGoal
from fieldapp.domain.sheet import Piece, sheets
from fieldapp.domain.values import Aspect, Dimension
from fieldapp.texts import _
from fieldapp.views.days import long_date, said_on
from fieldapp.views.own_words import about_goal, about_step
from fieldapp.words import word

FILE = "side.pdf"
"""A file's name is read by whoever sees the phone."""


def paper(shown: Together, today: date) -> bytes:
    """Wishes, dreams and hopes first; then what goes well, what is worked on, what went forward (F7)."""
    own = shown.page
    said = [
        piece
        for each in own.words
        for piece in (Piece(word(Aspect, each.aspect), "small"), Piece(f"“{each.text}”", after=said_on(each.on, today)))
    ]
    goals = [piece for goal in own.goals for piece in _goal(goal, shown.worker, today)]
    return sheets(
        [
            Piece(shown.name, "title"),
            Piece(_("{date} {year}", date=long_date(today), year=today.year), "small"),
            *([Piece(_("There is nothing here yet, and that is fine."))] if own.is_empty else []),
            *_part(_("In their own words"), said),
            *_part(_("What goes well"), _points(own.strengths, today)),
            *_part(_("What we work on"), goals),
            *_part(_("Small steps forward"), _points(own.forward, today)),
        ]
    )


def _part(title: str, pieces: list[Piece]) -> list[Piece]:
    return [Piece(title, "heading"), *pieces] if pieces else []


def _points(lines: tuple[Line, ...], today: date) -> list[Piece]:
    return [Piece(each.text, "point", after=said_on(each.on, today)) for each in lines]


def _goal(goal: OwnGoal, worker: str, today: date) -> list[Piece]:
    return [
        Piece(word(Dimension, goal.dimension), "small"),
        Piece(f"“{goal.title}”", after=about_goal(goal, today)),
        *(Piece(step.text, "point", after=about_step(step, worker, today)) for step in goal.steps),
        *_points(goal.forward, today),
    ]
