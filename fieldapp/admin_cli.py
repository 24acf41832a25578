"""`fieldapp admin`: teams, workers, assignments, phones and codes, for those who run a server without a console."""

import io
from datetime import datetime, timedelta
from typing import Annotated, Literal

import typer

from fieldapp.domain import invitation
from fieldapp.office_cli import Data, DatabaseUrl, Day, Name, Optional, RegisterFile, one_of, tell_caseload, the_office
from fieldapp.texts import _

admin = typer.Typer(no_args_is_help=True, help="Teams, workers, phones; backup, erasure and what else a server needs.")


@admin.command("team")
def add_team(name: Name, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """A new team."""
    with the_office(data, database_url, register) as office:
        office.add_team(name)
        typer.echo(_("The team {name} is there.", name=name))


@admin.command("worker")
def add_worker(
    name: Name,
    role: Literal["worker", "leader", "administrator"] = "worker",
    job: Optional = None,
    phone: Optional = None,
    team: Optional = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """A new worker, and the team they belong to (its name or id)."""
    with the_office(data, database_url, register) as office:
        office.add_worker(name, role, job, phone, one_of(office.teams(), team) if team else None)
        typer.echo(_("{name} is there. A code for the phone: fieldapp admin code", name=name))


@admin.command("join")
def join(
    worker: Name, team: Name, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None
) -> None:
    """A worker joins one more team."""
    with the_office(data, database_url, register) as office:
        office.join(one_of(office.workers(), worker), one_of(office.teams(), team))
        typer.echo(_("{worker} is in {team} now.", worker=worker, team=team))


@admin.command("assign")
def assign(
    citizen: Name,
    worker: Optional = None,
    team: Optional = None,
    role: Literal["responsible", "deputy", "team"] | None = None,
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], show_default=False)] = None,
    to: Day = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Entrust a citizen (the id) to a worker or a team, from a day up to and including another."""
    from fieldapp.domain.values import AssignmentRole

    with the_office(data, database_url, register) as office:
        to_worker = one_of(office.workers(), worker) if worker else None
        office.assign(
            citizen,
            worker=to_worker,
            team=one_of(office.teams(), team) if team else None,
            role=AssignmentRole(role or ("team" if team else "responsible")),
            from_at=from_ and from_.astimezone(),
            to_at=to and (to + timedelta(days=1)).astimezone(),
        )
        typer.echo(_("Assigned. The phone gets it at its next contact with the server."))
        tell_caseload(office, to_worker)


@admin.command("end")
def end_assignment(
    assignment: Name, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None
) -> None:
    """An assignment (the id) ends now."""
    with the_office(data, database_url, register) as office:
        office.end_assignment(assignment)
        typer.echo(_("The assignment has ended."))


@admin.command("code")
def make_code(
    worker: Name,
    address: Annotated[
        str | None,
        typer.Option(
            envvar="FIELDAPP_ADDRESS",
            help="The server's own address, https://…: then the code can be scanned, and the phone knows the server.",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """A one-time code for a worker's new phone (the name or id)."""
    with the_office(data, database_url, register) as office:
        invited = office.invite(one_of(office.workers(), worker), address or "")
        minutes = office.settings.code_minutes
        said = {"worker": worker, "code": invited.code, "minutes": minutes}
        typer.echo(_("Code for {worker}: {code}. It works once, for {minutes} minutes.", **said))
        if address:
            _show(invitation.link(invited))


def _show(link: str) -> None:
    import segno

    drawn = io.StringIO()
    segno.make(link, error="m").terminal(drawn, compact=True)
    typer.echo(drawn.getvalue())
    typer.echo(link)


@admin.command("recover")
def approve_recovery(
    worker: Name,
    reason: Annotated[str, typer.Option(help="Why, for the log: no names.", show_default=False)],
    by: Annotated[str, typer.Option(help="The leader who says yes (the name or id).", show_default=False)],
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Say yes to a worker who forgot the PIN (the name or id): their own phone may choose a new one, once."""
    with the_office(data, database_url, register) as office:
        people = office.workers()
        office.approve_recovery(one_of(people, worker), reason, one_of(people, by))
        said = {"worker": worker, "hours": office.settings.recovery_hours}
        typer.echo(_("{worker} can choose a new code on their own phone within {hours} hours.", **said))


@admin.command("list")
def list_all(data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """Ids of teams, workers and assignments. Citizens are shown as ids: their names belong in the app."""
    with the_office(data, database_url, register) as office:
        names = {team.id: team.name for team in office.teams()} | {one.id: one.name for one in office.workers()}
        for id, name in names.items():
            typer.echo(f"{id}  {name}")
        for one in office.assignments():
            until = one.to_at.isoformat() if one.to_at else "-"
            typer.echo(f"{one.id}  {one.citizen}  {one.role}  {names[one.worker or one.team or '']}  {until}")


@admin.command("devices")
def list_devices(data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """Ids of phones: whose, in which state, when each was last here, and how much was left on it when it last said."""
    with the_office(data, database_url, register) as office:
        names = {one.id: one.name for one in office.workers()}
        for one in office.devices():
            wiped = f"  wiped {one.wiped_at.isoformat()}" if one.wiped_at else ""
            left = f"  waiting {one.waiting} {one.waiting_at.isoformat()}" if one.waiting_at else ""
            typer.echo(f"{one.id}  {names[one.worker]}  {one.state}  {one.last_seen.isoformat()}{left}{wiped}")


@admin.command("revoke")
def revoke(
    device: Name,
    lost: Annotated[bool, typer.Option("--lost", help="It is not in safe hands: it must wipe itself.")] = False,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """A phone (the id) is out of use: it sends what it has, then wipes itself; `--lost`: it wipes itself at once."""
    with the_office(data, database_url, register) as office:
        office.revoke(device, lost=lost)
        if lost:
            typer.echo(_("The phone is not let in any more, and wipes itself when it next has a network."))
        else:
            typer.echo(_("The phone sends what it has when it is next opened, and then wipes itself."))


@admin.command("disable")
def disable(worker: Name, data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """A worker (the name or id) has stopped: no phone of theirs is let in. See: fieldapp admin open"""
    with the_office(data, database_url, register) as office:
        office.disable(one_of(office.workers(), worker))
        typer.echo(
            _("{worker} has stopped. Citizens without anybody: {count}", worker=worker, count=len(office.in_need()))
        )
