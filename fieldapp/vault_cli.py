"""`fieldapp vault`: for support people with a copy of a device's folder, or at the machine itself.

No command says anything of what was written in the vault, and a secret is never an argument.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn

import typer

from fieldapp import errors
from fieldapp.texts import _, ngettext

if TYPE_CHECKING:
    from fieldapp.store.checking import Finding
    from fieldapp.store.mark import Mark
    from fieldapp.store.stats import Stats

vault = typer.Typer(no_args_is_help=True, help="Look at a device's encrypted storage, copy it, make it smaller.")

Folder = Annotated[Path, typer.Argument(help="The vault's folder, or the device's folder.", show_default=False)]
Keys = Annotated[
    Path | None, typer.Option(help="Folder of the file device_secret. Default: `keys` beside it.", show_default=False)
]
SecretFile = Annotated[
    Path | None, typer.Option(help="File with the PIN or the words. Default: they are asked for.", show_default=False)
]

#: What the app keeps of a vault in a keystore of files.
DEVICE_SECRET, MARK = "device_secret", "mark"
#: So many findings of one check are said one by one.
_SAID = 20


class Given(NamedTuple):
    """Which vault, what opens it, and how far it had come when that was kept."""

    folder: Path
    secret: str
    device_secret: bytes
    mark: "Mark | None"


@vault.command("check")
def check_it(folder: Folder, keys: Keys = None, secret_file: SecretFile = None) -> None:
    """Read all of it and say whether it is whole; exit code 1 when it is not. Nothing is written, not even a lock."""
    from fieldapp.store.checking import check

    with _told():
        report = check(*_given(folder, keys, secret_file))
        if report.in_use:
            typer.echo(_("The app has the storage open. This is how it stood when something was last saved."))
        if report.torn:
            typer.echo(
                ngettext(
                    "{count} byte at the end is half written, as after a power cut. Nobody was told it is saved.",
                    "{count} bytes at the end are half written, as after a power cut. Nobody was told they are saved.",
                    report.torn,
                )
            )
        for finding in report.findings[:_SAID]:
            typer.echo(_finding(finding))
        if more := len(report.findings[_SAID:]):
            typer.echo(ngettext("And {count} more.", "And {count} more.", more))
        if report.findings:
            _stop(_("Something in the storage is not as it should be. Nothing was changed. Copy the folder first."))
        typer.echo(_("The storage is whole: {pages} pages were read, and everything fits.", pages=report.pages))


@vault.command("stats")
def show_stats(folder: Folder, keys: Keys = None, secret_file: SecretFile = None) -> None:
    """Sizes, versions, rows in each table, what waits to be sent. Nothing is written."""
    from fieldapp.store.stats import stats

    with _told():
        for line in _stats(stats(*_given(folder, keys, secret_file)[:3])):
            typer.echo(line)


@vault.command("export")
def export_it(
    folder: Folder,
    target: Annotated[Path, typer.Argument(help="A new folder; with --plain a new file.", show_default=False)],
    keys: Keys = None,
    secret_file: SecretFile = None,
    new_secret_file: Annotated[
        Path | None, typer.Option(help="File with the copy's words. Default: four are proposed.", show_default=False)
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="SQLite that anybody can read.")] = False,
    yes_unencrypted: Annotated[bool, typer.Option("--yes-unencrypted", help="With --plain: do not ask.")] = False,
) -> None:
    """A whole copy, sealed under words of its own that open it anywhere; or, with --plain, without any protection."""
    from fieldapp.store.exporting import export, export_plain
    from fieldapp.store.policy import propose_words

    with _told():
        if os.path.lexists(target):
            raise errors.VaultError("exists")
        if plain:
            _confirm(yes_unencrypted)
            export_plain(*_given(folder, keys, secret_file)[:3], target)
            typer.echo(_("Everything is in {target}, unencrypted. Delete it when you are done.", target=target))
            return
        words = _read(new_secret_file) if new_secret_file else propose_words()
        export(*_given(folder, keys, secret_file)[:3], target, words)
        if new_secret_file:
            typer.echo(_("A sealed copy is in {target}. The words you gave open it.", target=target))
        else:
            typer.echo(_("A sealed copy is in {target}. These words open it. They are shown only now:", target=target))
            typer.echo(words)


@vault.command("compact")
def compact_it(folder: Folder, keys: Keys = None, secret_file: SecretFile = None) -> None:
    """Open it as the app does and write it again under a new key, without what earlier changes left."""
    from fieldapp.store.support import compact

    with _told():
        before, after = compact(*_given(folder, keys, secret_file))
        typer.echo(_("It took {before} and takes {after} now.", before=_size(before), after=_size(after)))


def _given(folder: Path, keys: Path | None, secret_file: Path | None) -> Given:
    from fieldapp.store.support import vault_in

    found = vault_in(folder)
    device_secret, mark = _kept(keys or found.parent / "keys", asked_for=keys is not None)
    secret = _read(secret_file) if secret_file else typer.prompt(_("PIN or words"), hide_input=True)
    return Given(found, secret, device_secret, mark)


def _kept(keys: Path, *, asked_for: bool) -> "tuple[bytes, Mark | None]":
    """The device secret and the mark. An exported copy has neither."""
    from fieldapp.store.mark import Mark

    if asked_for and not (keys / DEVICE_SECRET).exists():
        _stop(_("There is no file {name} in {folder}.", name=DEVICE_SECRET, folder=keys))
    secret, mark = (path.read_bytes() if path.exists() else b"" for path in (keys / DEVICE_SECRET, keys / MARK))
    return secret, Mark.from_bytes(mark)


def _read(secret_file: Path) -> str:
    try:
        return secret_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        _stop(_("The file {file} cannot be read.", file=secret_file))


def _confirm(given: bool) -> None:
    typer.echo(
        _(
            "The file will hold everything in clear: the names, numbers and notes of citizens. Whoever gets hold of it "
            "can read it. Keep it on an encrypted disk only, send it to nobody, and delete it when you are done."
        ),
        err=True,
    )
    word = _("UNENCRYPTED")
    if not given and typer.prompt(_("Type {word} to go on", word=word)).strip().casefold() != word.casefold():
        _stop(_("Nothing was written."))


def _finding(found: "Finding") -> str:
    where = found.where
    match found.what:
        case "older":
            return _("It stands behind the mark kept of it: an older copy was put in its place.")
        case "record":
            return _("Record {where} is damaged. What stands behind it cannot be trusted.", where=where)
        case "page":
            return _("Page {where} is damaged.", where=where)
        case "database":
            return _("The database's own order of its pages is damaged.")
        case "missing":
            return _("Table {where} is not there, or not all of its columns.", where=where)
    said = {"where": where, "count": found.count}
    match found.what:
        case "table":
            return _("Table {where} is damaged or cannot be read ({count}).", **said)
        case "reference":
            return _("Table {where} points to rows that are not there ({count}).", **said)
        case "guard":
            return _("Table {where} lacks triggers that guard it ({count}).", **said)
        case "outbox":
            return _("Table {where}: changes wait to be sent, and their rows are not there ({count}).", **said)


def _stats(found: "Stats") -> Iterator[str]:
    numbers = {"format": found.format, "schema": found.schema, "generation": found.generation, "seq": found.seq}
    yield _("Format {format}, schema {schema}, generation {generation}, commit {seq}", **numbers)
    sizes = {name: _size(getattr(found, name)) for name in ("file", "live", "garbage", "torn")}
    yield _("Size {file}: {live} in use, {garbage} of earlier changes, {torn} half written", **sizes)
    yield _("{records} commits in the file, {pages} pages", records=found.records, pages=found.pages)
    slots = ", ".join(f"{kind} (scrypt {cost})" if cost else kind for kind, cost in found.slots)
    yield _("Opened by: {slots}", slots=slots)
    yield _(
        "Waiting to be sent: {waiting}. Refused: {refused}. Waiting for another worker: {quarantined}. "
        "Sent, kept until the server has a backup: {kept}.",
        **vars(found.outbox),
    )
    if found.oldest_unsent is not None:
        when = f"{found.oldest_unsent.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        yield _("The oldest that is not sent: {when}", when=when)
    yield _("Drafts: {count}", count=found.drafts)
    if found.rewrite_queued:
        yield _("At the next lock it is written again under a new key.")
    yield _("Rows:")
    yield from (f"  {name}  {count}" for name, count in found.rows.items())


def _size(size: int) -> str:
    """In whole kilobytes, rounded up: nothing is the only thing that is 0."""
    return f"{-(-size // 1000)} kB"


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be is a sentence and exit code 1."""
    try:
        yield
    except errors.VaultError as error:
        _stop(_sentence(error))
    except OSError:
        _stop(_sentence(errors.NotReadable()))


def _sentence(error: errors.VaultError) -> str:
    match error:
        case errors.NoVault():
            return _("There is no storage in this folder.")
        case errors.WrongSecret():
            return _(
                "That does not open it. Is the PIN or are the words right, and is the device secret this device's "
                "(--keys)? Nothing was changed."
            )
        case errors.TooManyTries():
            return ngettext("Too many tries. Wait {count} second.", "Too many tries. Wait {count} seconds.", error.wait)
        case errors.WeakSecret(why="short"):
            return _("Choose at least 12 characters, or the four words.")
        case errors.WeakSecret():
            return _("Choose a code that is harder to guess.")
        case errors.VaultDamaged(why="keyring"):
            return _("keyring.json is damaged, or does not belong to this log. Nothing was changed.")
        case errors.VaultDamaged(why="log"):
            return _("The log that keyring.json names is not there. Nothing was changed.")
        case errors.VaultDamaged(why="header"):
            return _("The first bytes of the log are damaged. Nothing was changed.")
        case errors.VaultDamaged():
            return _("The storage is damaged. Nothing was changed. See: fieldapp vault check")
        case errors.VaultTooNew():
            return _("The storage was made by a newer app. Nothing has been changed. Update the app.")
        case errors.VaultTooOld():
            return _("The storage was made by an app older than this one can read. Nothing was changed.")
        case errors.VaultOlder():
            return _("It stands behind the mark kept of it. Let the app open it first. Nothing was changed.")
        case errors.VaultBusy():
            return _("The app is already open elsewhere on this machine. Close it there first.")
        case errors.NotReadable():
            return _("The files cannot be read. Nothing was changed.")
        case errors.DiskFull():
            return _("The disk is full. Nothing was written.")
        case errors.NotSaved(why="compaction"):
            return _("There was no room to write it again. Nothing is lost, and the app tries at its next lock.")
        case errors.NotSaved():
            return _("It could not be written. Is the disk full, or read-only? Nothing was changed.")
        case errors.VaultError(why="exists"):
            return _("There is something at the target already. Nothing is ever written over.")
        case errors.VaultError(why="nowhere"):
            return _("The folder that the target should lie in is not there.")
    return _("That did not work ({error}). Nothing was changed.", error=str(error))


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
