"""`fieldapp admin` on workers and teams: roles, usual deputies, methods, units, and who supports how many."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp.admin_cli import admin
from fieldapp.domain.values import Method, Situation
from fieldapp.domain.values_day import TeamRole
from fieldapp.office_cli import Data, DatabaseUrl, Name, Optional, RegisterFile, one_of, the_office
from fieldapp.texts import _, ngettext

if TYPE_CHECKING:
    from fieldapp.server.caseload import Overview, TeamView, WorkerLoad


@admin.command("describe")
def describe(
    worker: Name,
    name: Optional = None,
    job: Optional = None,
    phone: Optional = None,
    role: Annotated[str | None, typer.Option(help=f"In the team: {', '.join(TeamRole)}.", show_default=False)] = None,
    deputy: Annotated[str | None, typer.Option(help="Who usually stands in.", show_default=False)] = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """What colleagues know of a worker (the name or id). An empty value takes it off; what is not given stays."""
    with the_office(data, database_url, register) as office:
        workers = office.workers()
        changes = {"name": name, "job": job, "phone": phone, "role": role}
        if deputy is not None:
            changes["deputy"] = one_of(workers, deputy) if deputy else ""
        given = {field: value for field, value in changes.items() if value is not None}
        office.describe(one_of(workers, worker), **given)
        typer.echo(_("Saved. The team's phones get it at their next contact with the server."))


@admin.command("method")
def work_by(
    worker: Name,
    method: Annotated[Method, typer.Argument(show_default=False)],
    course: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of their course in it.", show_default=False)
    ] = None,
    no_more: Annotated[bool, typer.Option("--no-more", help="They do not work by it any more.")] = False,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """The method a worker works by. A second one is noted, not refused."""
    with the_office(data, database_url, register) as office:
        who = one_of(office.workers(), worker)
        if no_more:
            office.not_by(who, method)
        else:
            office.work_by(who, method, course.date() if course else None)
        typer.echo(_("Saved."))
        load = office.caseload(who)
        for sentence in _worker_notes(load) if load else ():
            typer.echo(sentence)


@admin.command("unit")
def place(
    team: Name,
    unit: Name,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """The unit of the municipality that a team (the name or id) belongs to."""
    with the_office(data, database_url, register) as office:
        office.place(one_of(office.teams(), team), unit)
        typer.echo(_("Saved."))


@admin.command("caseload")
def caseload(data: Data = None, database_url: DatabaseUrl = None, register: RegisterFile = None) -> None:
    """Who supports how many, and figures of the whole. Citizens are shown as ids: their names belong in the app."""
    with the_office(data, database_url, register) as office:
        for line in _overview(office.overview()):
            typer.echo(line)


def _overview(seen: "Overview") -> list[str]:
    from fieldapp.words import word

    lines = [ngettext("{count} citizen", "{count} citizens", seen.citizens)]
    for team in seen.teams:
        lines += _team(team)
    lines += [line for load in seen.others for line in _worker(load)]
    if len(seen.methods) == 1:
        lines.append(_("Only one method here. A municipality does best to offer all three."))
    if seen.waiting:
        lines.append(_("Without a method:"))
        lines += [f"{each.citizen}  {each.since_on.isoformat()}  {each.worker or '-'}" for each in seen.waiting]
    if seen.situations.shown:
        lines.append(_("Where they sleep (groups of at least five):"))
        lines += [f"{each.people}  {word(Situation, each.what)}" for each in seen.situations.shown if each.what]
    return lines


def _team(team: "TeamView") -> list[str]:
    from fieldapp import words_caseload

    lines = ["", f"{team.name} ({team.unit})" if team.unit else team.name]
    lines += [line for load in team.workers for line in _worker(load)]
    if team.act:
        lines += ["  " + each for each in (words_caseload.team_said(team.act), *words_caseload.team_notes(team.act))]
    if team.kept_steps:
        said = {"part": team.kept_steps.part, "whole": team.kept_steps.of}
        lines.append("  " + _("{part} of {whole} have a next step that is not overdue", **said))
    if team.without_home:
        said = {"people": team.without_home.people, "days": team.without_home.days}
        lines.append("  " + _("{people} without a home of their own, half of them for {days} days or more", **said))
    return lines


def _worker(load: "WorkerLoad") -> list[str]:
    from fieldapp import words_caseload

    return [f"  {load.name}: {words_caseload.said(load.load)}", *("    " + each for each in _worker_notes(load))]


def _worker_notes(load: "WorkerLoad") -> list[str]:
    from fieldapp import words_caseload
    from fieldapp.words import word

    notes = [*words_caseload.leader_notes(load.load)]
    courses = ", ".join(word(Method, each) for each in load.no_course)
    return [*notes, *([_("No course noted: {methods}", methods=courses)] if courses else [])]
