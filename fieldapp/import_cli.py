"""`fieldapp admin import`: the municipality's own list of citizens or workers, tried first, then taken whole."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp.admin_cli import admin
from fieldapp.office_cli import Data, DatabaseUrl, RegisterFile, one_of, the_office
from fieldapp.texts import _, ngettext
from fieldapp.told_cli import stop

if TYPE_CHECKING:
    from fieldapp.server.administration import Office
    from fieldapp.server.importing import Report
    from fieldapp.server.lists import Problem

lists = typer.Typer(no_args_is_help=True, help="The municipality's own list (docs/import.md): tried first, then taken.")
admin.add_typer(lists, name="import")

File = Annotated[Path, typer.Argument(show_default=False)]
By = Annotated[str, typer.Option(help="The leader or administrator who answers for it.", show_default=False)]
DoIt = Annotated[bool, typer.Option("--do-it", help="Take it. Without, it is only said what would happen.")]
#: Lines with something wrong that are told at once.
AT_MOST = 50


@lists.command("citizens")
def citizens(
    file: File,
    by: By,
    do_it: DoIt = False,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Citizens, each with the worker or the team that gets them. All or none; those who are there stay as they are."""
    with the_office(data, database_url, register) as office:
        _take(office, office.import_citizens, file, by, do_it=do_it)


@lists.command("workers")
def workers(
    file: File,
    by: By,
    do_it: DoIt = False,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Workers, with team, role, usual deputy and method. All or none; those who are there stay as they are."""
    with the_office(data, database_url, register) as office:
        _take(office, office.import_workers, file, by, do_it=do_it)


def _take(office: "Office", take: Callable[..., "Report"], file: Path, by: str, *, do_it: bool) -> None:
    leader = one_of(office.workers(), by)
    try:
        content = file.read_bytes()
    except OSError:
        stop(_("The file cannot be read. Is it there?"))
    report = take(content, leader, do_it=do_it)
    for problem in report.problems[:AT_MOST]:
        typer.echo(sentence(problem), err=True)
    if (more := len(report.problems) - AT_MOST) > 0:
        typer.echo(ngettext("… and {count} more.", "… and {count} more.", more), err=True)
    if report.problems:
        stop(_("Nothing was taken. Put the list right and try again."))
    typer.echo(_("New: {new}. There already, left as they are: {there}.", new=report.new, there=report.there))
    if report.erased:
        typer.echo(_("Erased here before, and not brought back: {count}.", count=report.erased))
    typer.echo(_("Taken.") if do_it else _("This was only tried. To take it: the same command with --do-it"))


def sentence(problem: "Problem") -> str:
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


def _said(problem: "Problem") -> str:
    from fieldapp.server.lists import What

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
        What.UNKNOWN_TEAM: _("no such team is here. Make it first: fieldapp admin team"),
        What.TWICE: _("the number stands in line {other} too.", other=problem.other),
        What.CPR_TWICE: _("the same person as in line {other}?", other=problem.other),
        What.CPR_KNOWN: _("this person is here already, under another number."),
        What.DEPUTY: _("a deputy is somebody else in the same team."),
    }
    return sentences[problem.what]
