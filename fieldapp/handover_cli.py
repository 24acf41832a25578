"""`fieldapp admin` on who supports whom: hand-overs, deputies, teams left, and work that came too late."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import typer

from fieldapp.admin_cli import admin
from fieldapp.office_cli import Data, DatabaseUrl, Name, Optional, RegisterFile, one_of, tell_caseload, the_office
from fieldapp.texts import _

quarantine = typer.Typer(no_args_is_help=True, help="Work for citizens its writer no longer has: take it along or not.")
admin.add_typer(quarantine, name="quarantine")

From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], show_default=False)]
By = Annotated[str, typer.Option(help="The worker or leader who decides (the name or id).", show_default=False)]


@admin.command("hand-over")
def hand_over(
    citizen: Name,
    worker: Optional = None,
    team: Optional = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """A citizen (the id) goes to another worker or team for good; both sides are told on their phones."""
    with the_office(data, database_url, register) as office:
        to_worker = one_of(office.workers(), worker) if worker else None
        office.hand_over(
            citizen,
            worker=to_worker,
            team=one_of(office.teams(), team) if team else None,
        )
        typer.echo(_("Handed over. Both phones get it at their next contact with the server."))
        tell_caseload(office, to_worker)


@admin.command("deputy")
def deputize(
    worker: Name,
    deputy: Name,
    to: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], show_default=False)],
    from_: From = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Somebody stands in for all of a worker's citizens, from now or a day, up to and including another."""
    with the_office(data, database_url, register) as office:
        away, stands_in = one_of(office.workers(), worker), one_of(office.workers(), deputy)
        until = (to + timedelta(days=1)).astimezone()
        made = office.deputize(away, stands_in, from_.astimezone() if from_ else office.clock(), until)
        said = {"deputy": deputy, "worker": worker, "count": len(made)}
        typer.echo(_("{deputy} stands in for {worker}. Citizens: {count}", **said))


@admin.command("leave")
def leave(
    worker: Name, team: Name, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None
) -> None:
    """A worker leaves a team. What is the team's leaves the phone at its next contact with the server."""
    with the_office(data, database_url, register) as office:
        office.leave(one_of(office.workers(), worker), one_of(office.teams(), team))
        typer.echo(_("{worker} is not in {team} any more.", worker=worker, team=team))


@admin.command("changes")
def list_changes(data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """Another support person that somebody asks for: the citizen (the id), who asks, for whom, since when."""
    with the_office(data, database_url, register) as office:
        for one in office.changes_asked():
            typer.echo(f"{one.citizen}  {one.by}  {one.to or '-'}  {one.on.isoformat()}")


@admin.command("open")
def list_open(data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """Citizens nobody is responsible for, and who was. Shown as ids: their names belong in the app."""
    with the_office(data, database_url, register) as office:
        for one in office.in_need():
            until = one.until.isoformat() if one.until else "-"
            typer.echo(f"{one.citizen}  {one.was or '-'}  {until}")


@quarantine.command("list")
def list_quarantine(data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """What waits: its id, the citizen's id, what it is, who wrote it, since when. What is in it is read in the app."""
    with the_office(data, database_url, register) as office:
        for one in office.quarantine():
            typer.echo(f"{one.id}  {one.citizen}  {one.kind}  {one.by}  {one.received_at.isoformat()}")


@quarantine.command("accept")
def accept(
    id: Name, by: By, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None
) -> None:
    """Take it along: it stands as its writer's, at its time."""
    with the_office(data, database_url, register) as office:
        office.accept(id, one_of(office.workers(), by))
        typer.echo(_("Taken along. Its writer is told."))


@quarantine.command("reject")
def reject(
    id: Name,
    by: By,
    reason: Literal["already_there", "outdated", "other_person", "other"] = "other",
    text: Annotated[str, typer.Option(help="For those who support the citizen; its writer gets the reason.")] = "",
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Leave it out: it stays readable where it waited."""
    from fieldapp.domain.values import RejectReason

    with the_office(data, database_url, register) as office:
        office.reject(id, one_of(office.workers(), by), RejectReason(reason), text)
        typer.echo(_("Left out. Its writer is told the reason."))
