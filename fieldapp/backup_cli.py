"""`fieldapp admin` on the database itself: backup, restore, register, and whether all is well."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp.admin_cli import admin
from fieldapp.office_cli import Data, DatabaseUrl, RegisterFile, as_it_is, chosen, opened
from fieldapp.texts import _
from fieldapp.told_cli import confirm, said

if TYPE_CHECKING:
    from sqlalchemy import Engine

File = Annotated[Path, typer.Argument(show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@admin.command("backup")
def back_up(file: File, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """Write a backup to a new file. It holds personal data and is not encrypted: docs/sikkerhedskopi.md."""
    from fieldapp.server import backup
    from fieldapp.server.exchange import utc_now

    with said(), opened(data, database_url, register) as (engine, _register):
        backup.back_up(engine, file, utc_now)
        typer.echo(_("The backup is there. It holds personal data: encrypt it, and keep it somewhere else."))


@admin.command("restore")
def restore(
    file: File,
    yes: Yes = False,
    register_lost: Annotated[
        bool, typer.Option("--register-lost", help="There is no register any more: what was erased since comes back.")
    ] = False,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Put a backup in the place of all that is in the database. Stop the server first."""
    from fieldapp.server import restore as restoring
    from fieldapp.server.exchange import utc_now

    with said(), as_it_is(data, database_url, register) as (engine, its_register):
        there = restoring.present(engine)
        if there is not None and there.workers and not yes:
            found = {"workers": there.workers, "citizens": there.citizens}
            typer.echo(
                _("In the database now: workers {workers}, citizens {citizens}. All of it is replaced.", **found)
            )
            confirm(_("replace"))
        restoring.restore(engine, file, its_register, utc_now(), register_lost=register_lost)
        typer.echo(
            _("Restored, and what was erased since is erased again. Start the server: the phones send the rest.")
        )


@admin.command("new-register")
def new_register(
    yes: Yes = False, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None
) -> None:
    """The register is lost or no longer whole, and the database is: make a new one of what the database knows."""
    from fieldapp.server import database, replay
    from fieldapp.server.dump import BackupError
    from fieldapp.server.exchange import utc_now

    with said(), as_it_is(data, database_url, register) as (engine, its_register):
        if not yes:
            typer.echo(_("Only when the old one is nowhere, and the database was not put back from a backup."))
            confirm(_("new"))
        with database.working(engine, alone=True) as alone:
            if not alone:
                raise BackupError("running")
            with database.trouble_told():
                database.prepare(engine)
            replay.start_anew(engine, its_register, utc_now())
        typer.echo(
            _("There is a new register. Take a backup now: after an older one is put back, look for what is missing.")
        )


@admin.command("health")
def health(data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """Whether database and register are whole, and when the last backup was; exit code 1 when somebody must look."""
    with said(), opened(data, database_url, register) as (engine, its_register):
        typer.echo(_("Database and register go together: {count} entries.", count=len(its_register.read())))
        told = warnings(engine, also_none=True)
        for line in told:
            typer.echo(line, err=True)
        if told:
            raise typer.Exit(1)
        typer.echo(_("The last backup is recent enough."))


def warnings(engine: "Engine", *, also_none: bool = False) -> list[str]:
    """What whoever starts the server should know. `also_none`: that there is no backup yet, which is so at first."""
    from sqlmodel import Session

    from fieldapp.server import backup, identity
    from fieldapp.server.exchange import utc_now

    with Session(engine) as session:
        clock = identity.clock(session)
    if clock.backed_up_at is None:
        return [_("There is no backup yet: fieldapp admin backup FILE")] if also_none else []
    if not backup.overdue(clock, utc_now(), chosen()):
        return []
    hours = {"when": f"{clock.backed_up_at:%Y-%m-%d %H:%M} UTC", "hours": chosen().backup_hours}
    return [_("The last backup was finished {when}: more than {hours} hours ago. Look why.", **hours)]
