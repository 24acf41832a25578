"""`fieldapp admin` on what is written about citizens: erasure, extract, and what has been kept long enough."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fieldapp.admin_cli import admin
from fieldapp.office_cli import Data, DatabaseUrl, Name, RegisterFile, chosen, one_of, opened, the_office
from fieldapp.texts import _, ngettext
from fieldapp.told_cli import confirm, said

if TYPE_CHECKING:
    from fieldapp.server.retention import Kept

By = Annotated[str, typer.Option(help="The leader or administrator who answers for it.", show_default=False)]
Leader = Annotated[str, typer.Option(help="The leader who answers for it.", show_default=False)]
File = Annotated[Path, typer.Argument(show_default=False)]


@admin.command("erase")
def erase(
    what: Annotated[Literal["record", "citizen"], typer.Argument(show_default=False)],
    id: Name,
    by: By,
    reason: Annotated[
        Literal["request", "mistake", "period", "decision"],
        typer.Option(help="What the log says: the citizen asked, a mistake, kept long enough, a decision."),
    ],
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Erase a record, or all there is about a citizen, on the server and at their next contact on all phones."""
    from fieldapp.domain.erasure import Ground

    with the_office(data, database_url, register) as office:
        leader = one_of(office.workers(), by)
        count = office.count(what, id)
        typer.echo(
            ngettext(
                "{count} entry is erased, on the server and on the phones. It cannot be undone.",
                "{count} entries are erased, on the server and on the phones. It cannot be undone.",
                count,
            )
        )
        confirm(_("erase"))
        do = office.erase_citizen if what == "citizen" else office.erase_record
        do(id, leader, Ground(reason))
        typer.echo(_("Erased. Older backups still hold it; after a restore it is erased again."))


@admin.command("extract")
def extract(
    citizen: Name,
    target: File,
    by: Leader,
    reason: Annotated[
        Literal["insight", "concern"],
        typer.Option(help="What the log says: the citizen asked for insight, or a worry or a complaint."),
    ],
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """All that is stored about a citizen (the id), to hand over: written to a new folder."""
    from fieldapp.server.console.why import Why

    with the_office(data, database_url, register) as office:
        office.extract(citizen, one_of(office.workers(), by), target, Why(reason))
        typer.echo(_("The extract is there. Read it through before you hand it over: a text may name others."))


@admin.command("retention")
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Let go of what has been kept long enough, and list the citizens whose support ended long ago."""
    from fieldapp.server import retention as kept
    from fieldapp.server.exchange import utc_now

    with said(), opened(data, database_url, register) as (engine, its_register):
        for line in _kept(kept.kept_too_long(engine, utc_now(), chosen())):
            typer.echo(line)
        if not dry_run:
            kept.carry_out(engine, its_register, utc_now(), chosen())
            typer.echo(_("Done."))


def _kept(found: "Kept") -> list[str]:
    lines = [
        _("Erased entries that every phone has heard of: {count}", count=found.tombstones),
        _("Decisions on work that was sent too late: {count}", count=found.quarantine),
        _("Who opened a citizen's page: {count}", count=found.access_log),
        _("When which phone was here: {count}", count=found.exchange_log),
        _("Codes and tokens that have ended: {count}", count=found.secrets),
        _("Citizens without a case that somebody said no to: {count}", count=found.let_go),
    ]
    if found.closed:
        lines.append(_("Support that ended long ago. Somebody must look; nothing is erased by itself:"))
        lines += [f"{citizen}  {on.isoformat()}" for citizen, on in found.closed]
    return lines
