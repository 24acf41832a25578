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

lists = typer.Typer(no_args_is_help=True, help="The municipality's own list (docs/import.md): tried first, then taken.")
admin.add_typer(lists, name="import")

File = Annotated[Path, typer.Argument(show_default=False)]
Leader = Annotated[str, typer.Option(help="The leader who answers for it.", show_default=False)]
By = Annotated[str, typer.Option(help="The leader or administrator who answers for it.", show_default=False)]
DoIt = Annotated[bool, typer.Option("--do-it", help="Take it. Without, it is only said what would happen.")]
#: Lines with something wrong that are told at once.
AT_MOST = 50


@lists.command("citizens")
def citizens(
    file: File,
    by: Leader,
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
    from fieldapp.server.list_words import sentence

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
