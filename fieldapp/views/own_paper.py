"""The citizen's own page on paper: the same words as on the screen, as a PDF whose file name names nobody."""

from datetime import date

from fieldapp.actions.own_page import TheirPage
from fieldapp.domain import sheet
from fieldapp.domain.own_page import Line, OwnGoal, OwnStep
from fieldapp.domain.sheet import Part
from fieldapp.domain.values import Aspect, Dimension
from fieldapp.texts import _
from fieldapp.views.days import long_date, said_on
from fieldapp.views.own_words import about_goal, who
from fieldapp.words import word

FILE = "side.pdf"
"""A file's name is read by whoever sees the phone."""
LARGE = 1.25
"""It is read at a table, in any light."""


def paper(shown: TheirPage, today: date) -> bytes:
    """Wishes, dreams and hopes first; then what goes well, what is worked on, what went forward (F7)."""
    return sheet.sheets(
        shown.name, parts(shown, today), _("{date} {year}", date=long_date(today), year=today.year), LARGE
    )


def parts(shown: TheirPage, today: date) -> list[Part]:
    own = shown.page
    if own.is_empty:
        return [Part("", [_("There is nothing here yet, and that is fine.")])]
    said = [f"{word(Aspect, each.aspect)}, {said_on(each.on, today)}:\n“{each.text}”" for each in own.words]
    told = [
        Part(_("In their own words"), said),
        Part(_("What goes well"), _lines(own.strengths, today)),
        *(_goal(goal, shown.worker, today) for goal in own.goals),
        Part(_("Small steps forward"), _lines(own.forward, today)),
    ]
    return [part for part in told if part.paragraphs]


def loses(shown: TheirPage, today: date) -> bool:
    """Whether a letter somewhere stands as a question mark."""
    return sheet.loses(shown.name, *(text for part in parts(shown, today) for text in (part.head, *part.paragraphs)))


def _lines(lines: tuple[Line, ...], today: date) -> list[str]:
    return [f"{each.text}\n{said_on(each.on, today)}" for each in lines]


def _goal(goal: OwnGoal, worker: str, today: date) -> Part:
    how = about_goal(goal, today)
    steps = [(step.text, _about(step, worker, today)) for step in goal.steps]
    return Part(
        _("What we work on: {dimension}", dimension=word(Dimension, goal.dimension)),
        [
            f"“{goal.title}”",
            *("\n".join(filter(None, (f"· {said}", when))) for said, when in steps),
            *_lines(goal.forward, today),
            *([how] if how else []),
        ],
    )


def _about(step: OwnStep, worker: str, today: date) -> str:
    """Paper does not know what day it is read on: *today* is told by its date."""
    when = _("Done {day}", day=said_on(step.done_on, today)) if step.done_on else ""
    if not when and step.due_on:
        when = said_on(step.due_on, today)
    return " · ".join(filter(None, (who(step.by, worker), when)))
