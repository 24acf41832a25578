"""What is wrong with a list, as sentences for whoever put it right: where, and never what stands there."""

from fieldapp.server.lists import Problem, What
from fieldapp.texts import _


def sentence(problem: Problem) -> str:
    """Where, and what to do: never what stands there."""
    said = _said(problem)
    if not problem.line:
        return said
    if problem.column:
        where = _("Line {line}, {column}", line=problem.line, column=problem.column)
    elif problem.place:
        where = _("Line {line}, column {place}", line=problem.line, place=problem.place)
    else:
        where = _("Line {line}", line=problem.line)
    return f"{where}: {said}"


def _said(problem: Problem) -> str:
    sentences = {
        What.ENCODING: _("The letters of the file are not known. Save it as CSV UTF-8."),
        What.EMPTY: _("There are no lines in the file: first the names of the columns, then a line for each."),
        What.TOO_LARGE: _("The file is too large: at most 5 MB and 10,000 lines. Share it out."),
        What.NOT_A_LIST: _("Here it stops being a list: is a quotation mark missing?"),
        What.UNKNOWN_COLUMN: _("this column is not known. The names are in docs/import.md."),
        What.COLUMN_TWICE: _("the column is there twice."),
        What.NO_COLUMN: _("the column is missing."),
        What.TOO_MANY_CELLS: _("there are more cells than columns."),
        What.MISSING: _("something must stand here."),
        What.TOO_LONG: _("the text is too long."),
        What.BAD_DAY: _("this is no day. Write it as 2026-11-25 or 25-11-2026."),
        What.BAD_FLAG: _("write yes or no."),
        What.BAD_WORD: _("this word is not among those that can stand here."),
        What.BAD_CPR: _("this cannot be a CPR number."),
        What.BAD_TEXT: _("the text holds characters that cannot be shown."),
        What.NUMBER_IS_CPR: _("a CPR number cannot be the number of a line. Use the number of your own system."),
        What.UNKNOWN_WORKER: _("no such worker is here."),
        What.SEVERAL_WORKERS: _("more than one worker is called that. Use the number."),
        What.UNKNOWN_TEAM: _("no such team is here. Make it first."),
        What.TWICE: _("the number stands in line {other} too.", other=problem.other),
        What.CPR_TWICE: _("the same person as in line {other}?", other=problem.other),
        What.CPR_KNOWN: _("this person is here already, under another number."),
        What.DEPUTY: _("a deputy is somebody else in the same team."),
    }
    return sentences[problem.what]
