"""`fieldapp admin audit verify` and `fieldapp admin sample`: whether the log is whole, and who opened whom."""

from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp.admin_cli import admin
from fieldapp.office_cli import AuditKey, Data, DatabaseUrl, RegisterFile, as_it_is, one_of, the_office
from fieldapp.texts import _, ngettext
from fieldapp.told_cli import said, stop

if TYPE_CHECKING:
    from fieldapp.server.proving import Fault, Proof

audit = typer.Typer(no_args_is_help=True, help="The log of who did what, sealed each minute.")
admin.add_typer(audit, name="audit")


@audit.command("verify")
def verify(
    audit_key_file: AuditKey = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Whether the log is as it was sealed. Reads all of it and changes nothing; exit code 1 when it is not."""
    from fieldapp.server import embedded, files, proving, sealing

    if audit_key_file is None and database_url is not None:
        stop(_("Give --audit-key-file: nobody can tell without it whether the log was changed."))
    with said(), as_it_is(data, database_url, register) as (engine, its_register):
        key = files.key_in(audit_key_file or (data or embedded.home()) / sealing.KEY_FILE)
        proof = proving.prove(engine, sealing.sealer(key, its_register))
        for line in _told(proof):
            typer.echo(line)
        if proof.faults:
            raise typer.Exit(1)


@admin.command("sample")
def show_sample(
    by: Annotated[str, typer.Option(help="The leader whose teams it is of (the name or id).", show_default=False)],
    week: Annotated[str | None, typer.Option(help="Such as 2026-W48; else the last whole one.")] = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """Who opened whom in a week, drawn by lot: the same ones each time. Citizens are shown as ids."""
    from fieldapp.domain.sampling import week_before, week_from

    with the_office(data, database_url, register) as office:
        try:
            wanted = week_from(week) if week else week_before(office.clock())
        except ValueError:
            stop(_("Give a week as 2026-W48."))
        for one in office.sample(one_of(office.workers(), by), wanted):
            mark = one.mark.judgement if one.mark else "-"
            typer.echo(f"{one.id}  {one.opened_at:%Y-%m-%dT%H:%M}  {one.worker_name}  {one.citizen}  {mark}")


def _told(proof: "Proof") -> list[str]:
    lines = [_fault(fault) for fault in proof.faults]
    counted = {"seals": proof.seals, "rows": proof.rows - proof.unsealed}
    if not lines:
        lines.append(_("The log is whole. Seals: {seals}, lines: {rows}.", **counted))
    if proof.unsealed:
        new = ngettext(
            "{count} line is newer than the last seal.", "{count} lines are newer than the last seal.", proof.unsealed
        )
        lines.append(new)
    if not proof.end_known:
        lines.append(
            _("There is no file of the newest seals beside the register: whether the end was cut off is unknown.")
        )
    if proof.restored:
        lines.append(_("The database was put back from a backup. What was sealed after that backup is not here."))
    return lines


def _fault(fault: "Fault") -> str:
    said = {"book": fault.book, "minute": f"{fault.at:%Y-%m-%d %H:%M} UTC" if fault.at else ""}
    match fault.what:
        case "row_changed":
            return _("Changed: a line of {book} in the minute sealed {minute}.", **said)
        case "row_removed":
            return _("Taken out: a line of {book} in the minute sealed {minute}.", **said)
        case "row_added":
            return _("Put in: a line of {book} in the minute sealed {minute}.", **said)
        case "seal_changed":
            return _("Changed: the seal of {book} of {minute}, or it was sealed with another key.", **said)
        case "seal_removed":
            return _("Taken out: a seal of {book} before the one of {minute}.", **said)
        case "end_removed":
            return _("Cut off: the end of {book}, at least up to what was sealed {minute}.", **said)
    return _("Changed: the file of the newest seals beside the register ({book}).", **said)
