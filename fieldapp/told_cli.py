"""An error of ours on the command line: a sentence that says what to do, and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from fieldapp.errors import VedholdError
from fieldapp.texts import _


@contextmanager
def said() -> Iterator[None]:
    """An error of ours becomes a sentence and exit code 1."""
    try:
        yield
    except VedholdError as error:
        stop(sentence(error))


def sentence(error: VedholdError) -> str:
    match error.kind, error.why:
        case "embedded_database", "not_empty":
            return _("The folder holds something else. Choose an empty one with --data.")
        case "embedded_database", "no_program":
            return _("PostgreSQL is not installed here. Install the server's packages, or give --database-url.")
        case "embedded_database", _why:
            return _("The database did not start. Its log lies in the data folder.")
        case "server_trouble", "register":
            return _("The register could not be written. Is its disk full, or gone? Nothing was changed.")
        case "server_trouble", _why:
            return _("The database does not answer. Is the address right, and is it running?")
        case "console_settings", "address":
            return _("The address must look like https://vedhold.kommune.dk, without anything behind it.")
        case "console_settings", _why:
            return _("The file on the sign-in must hold issuer (https), client and secret, and may hold claim.")
        case "settings", why:
            return _settings(why, getattr(error, "name", ""))
        case "key_file", _why:
            return _("The key file cannot be read: it must hold 64 hexadecimal digits.")
        case "record", "missing":
            return _("Give a name.") if getattr(error, "field", None) == "name" else _("Give a reason.")
        case "record", "malformed":
            return _("That cannot be: {field}. Nothing was changed.", field=getattr(error, "field", None) or "?")
        case "record", "deputy_is_self":
            return _("A deputy is somebody else.")
        case "record", "deputy_team":
            return _("A deputy is a colleague in the same team.")
        case "record", "unknown_citizen":
            return _("There is no citizen with this id.")
        case "record", "unknown_assignment":
            return _("There is no assignment with this id.")
        case "record", "unknown_record":
            return _("There is nothing with this id.")
        case "record", "unknown_device":
            return _("There is no phone with this id. See: fieldapp admin devices")
        case "record", "a_citizen":
            return _("This is a citizen. All of a citizen is erased by: fieldapp admin erase citizen")
        case "record", "not_alone":
            return _("This is not erased alone: it goes with its citizen.")
        case "record", "not_a_leader":
            return _("Give --by a leader who answers for it.")
        case "record", "not_of_the_office":
            return _("Only a leader or an administrator can do this, or answer for it with --by.")
        case "record", "disabled_worker":
            return _("The worker has stopped.")
        case "record", "unknown_quarantined":
            return _("Nothing waits under this id.")
        case "record", "taken":
            return _("Somebody else has this name at the sign-in.")
        case "record", "decided":
            return _("Somebody has decided otherwise already.")
        case "record", "not_a_member":
            return _("The worker is not in that team.")
        case "record", "deputy":
            return _("A deputy is somebody else, and the last day does not lie before the first.")
        case "record", "week_not_over":
            return _("That week is not over yet: its sample is drawn when it is.")
        case "record", "worker_or_team":
            return _("Give either --worker or --team.")
        case "register", why:
            return _register(why)
        case "backup", why:
            return _backup(why)
        case "extract", "exists":
            return _("There is something in that place already. Choose a new folder.")
        case "extract", _why:
            return _("The extract could not be written. Is there room, and does the folder above exist?")
    return _("That did not work ({error}). Nothing was changed.", error=str(error))


def _settings(why: str | None, name: str) -> str:
    match why:
        case "unknown":
            return _("The settings file names {name}, which is no setting of the server.", name=name)
        case "value":
            return _("The settings file gives {name} a value that cannot be: a number above nothing.", name=name)
        case "lease":
            return _("In the settings file lease_erase_days must be more than lease_lock_days.")
    return _("The settings file cannot be read: it must be TOML, a line each, like code_minutes = 15.")


def _register(why: str | None) -> str:
    match why:
        case "missing":
            return _(
                "The register is not there, and this database has one. Put it back in its place. Is it lost for good:"
                " fieldapp admin new-register"
            )
        case "cut":
            return _(
                "The register is shorter than the database knows it: something is missing at its end, or it is an older"
                " copy. Put the newest in its place. Is there none: fieldapp admin new-register"
            )
        case "changed":
            return _(
                "The register was changed, or belongs to another database. Put the right one in its place. Is there"
                " none: fieldapp admin new-register"
            )
        case "other_epoch":
            return _(
                "The register and the database do not go together: one of them was put back without the other, or a"
                " restore was not finished. Do it again: fieldapp admin restore"
            )
        case "exists":
            return _("There is a register already. Leave out --register-lost, so that it is followed.")
    return _("The register could not be written. Is its disk full, or gone?")


def _backup(why: str | None) -> str:
    match why:
        case "exists":
            return _("There is a file of this name already. A backup is never written over another.")
        case "no_file":
            return _("There is no file of this name.")
        case "damaged":
            return _("The backup is not whole: it does not fit its .sha256 file, or has none. Nothing was changed.")
        case "no_program":
            return _("pg_dump, pg_restore and psql are not here in the database's version, or a newer one.")
        case "not_written":
            return _("The backup could not be written. Is there room? Nothing counts as saved.")
        case "running":
            return _("The server or another command is at work on the database. Stop it first. Nothing was changed.")
        case "restoring":
            return _("The database is being restored. Wait for that to end.")
    return _("PostgreSQL's own program ended with an error. Nothing was changed. The line above says where.")


def stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def confirm(word: str) -> None:
    """Typed, so that it is nobody's habit."""
    if typer.prompt(_("Type {word} to go on", word=word)).strip().casefold() != word.casefold():
        stop(_("Nothing was changed."))
