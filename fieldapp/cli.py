"""The command line: `fieldapp demo` and `app` to see it, `server` and `admin` to run it, `vault` for support."""

import ipaddress
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, Protocol

import typer

from fieldapp.errors import VedholdError
from fieldapp.texts import _, use_language
from fieldapp.vault_cli import vault

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from fieldapp.server.administration import Office

#: A request of at most a megabyte may be on its way over each.
CONNECTIONS = 250

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
admin = typer.Typer(no_args_is_help=True, help="Teams, workers, assignments and codes for new phones.")
app.add_typer(admin, name="admin")
app.add_typer(vault, name="vault")

Data = Annotated[
    Path | None, typer.Option(envvar="FIELDAPP_DATA", help="Folder of the embedded database.", show_default=False)
]
DatabaseUrl = Annotated[
    str | None, typer.Option(envvar="FIELDAPP_DATABASE_URL", help="A PostgreSQL to use instead.", show_default=False)
]
RecoveryKey = Annotated[
    Path | None,
    typer.Option(
        envvar="FIELDAPP_RECOVERY_KEY_FILE",
        help="File with the key for the codes of forgotten PINs; kept apart from the database and its backups.",
        show_default=False,
    ),
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], show_default=False)]
Name = Annotated[str, typer.Argument(show_default=False)]
Optional = Annotated[str | None, typer.Option(show_default=False)]


@app.callback()
def start(language: Annotated[Literal["da", "en"], typer.Option(envvar="FIELDAPP_LANGUAGE")] = "da") -> None:
    """Vedhold: an offline-first field app for those who visit citizens in homelessness."""
    use_language(language)


@app.command()
def server(
    host: str = "127.0.0.1",
    port: int = 8000,
    data: Data = None,
    database_url: DatabaseUrl = None,
    recovery_key_file: RecoveryKey = None,
) -> None:
    """The central server. Without --database-url it starts a PostgreSQL of its own, on this machine only."""
    from uvicorn import Config, Server

    from fieldapp.server.app import create_app
    from fieldapp.server.exchange import InProcessServer

    if database_url is None and not _is_loopback(host):
        _stop(_("The embedded database is for this machine only. Give --database-url, or leave out --host."))
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: sys.exit(0))  # so that what is opened below is closed again
    with _said(), _bound(host, port) as listener, _database(data, database_url) as engine:
        key = _recovery_key(recovery_key_file, data, database_url)
        address = f"http://{host}:{listener.getsockname()[1]}"
        typer.echo(_("The server answers at {address}. Stop it with Ctrl-C.", address=address))
        if key is None:
            typer.echo(_("Without --recovery-key-file nobody can be helped with a forgotten PIN."))
        app = create_app(InProcessServer(engine, recovery_key=key))
        config = Config(app, log_level="warning", access_log=False, limit_concurrency=CONNECTIONS)
        Server(config).run(sockets=[listener])


@app.command()
def demo(port: int = 0, browse: bool = True) -> None:
    """Practice mode in the browser: invented citizens, a server of its own, nothing of it kept."""
    from fieldapp.demo import practice

    _end_tidily()
    with _said():
        typer.echo(_("Practice mode. All people are invented. Stop it with Ctrl-C."))
        practice(typer.echo, port, browse)


@app.command("app")
def empty_app(port: int = 0, browse: bool = True, data: Data = None) -> None:
    """The app in the browser with an empty server of its own; the first time, the address and code to type."""
    from fieldapp.demo import empty
    from fieldapp.server.embedded import home

    _end_tidily()
    with _said():
        typer.echo(_("A server of its own and no data. Stop it with Ctrl-C."))
        empty(typer.echo, data or home() / "app", port, browse)


@admin.command("team")
def add_team(name: Name, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """A new team."""
    with _office(data, database_url) as office:
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
) -> None:
    """A new worker, and the team they belong to (its name or id)."""
    with _office(data, database_url) as office:
        office.add_worker(name, role, job, phone, _one_of(office.teams(), team) if team else None)
        typer.echo(_("{name} is there. A code for the phone: fieldapp admin code", name=name))


@admin.command("join")
def join(worker: Name, team: Name, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """A worker joins one more team."""
    with _office(data, database_url) as office:
        office.join(_one_of(office.workers(), worker), _one_of(office.teams(), team))
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
) -> None:
    """Entrust a citizen (the id) to a worker or a team, from a day up to and including another."""
    from fieldapp.domain.values import AssignmentRole

    with _office(data, database_url) as office:
        office.assign(
            citizen,
            worker=_one_of(office.workers(), worker) if worker else None,
            team=_one_of(office.teams(), team) if team else None,
            role=AssignmentRole(role or ("team" if team else "responsible")),
            from_at=from_ and from_.astimezone(),
            to_at=to and (to + timedelta(days=1)).astimezone(),
        )
        typer.echo(_("Assigned. The phone gets it at its next contact with the server."))


@admin.command("end")
def end_assignment(assignment: Name, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """An assignment (the id) ends now."""
    with _office(data, database_url) as office:
        office.end_assignment(assignment)
        typer.echo(_("The assignment has ended."))


@admin.command("code")
def make_code(worker: Name, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """A one-time code for a worker's new phone (the name or id)."""
    with _office(data, database_url) as office:
        code = office.make_code(_one_of(office.workers(), worker))
        minutes = office.settings.code_minutes
        said = {"worker": worker, "code": code, "minutes": minutes}
        typer.echo(_("Code for {worker}: {code}. It works once, for {minutes} minutes.", **said))


@admin.command("recover")
def approve_recovery(
    worker: Name,
    reason: Annotated[str, typer.Option(help="Why, for the log: no names.", show_default=False)],
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Say yes to a worker who forgot the PIN (the name or id): their own phone may choose a new one, once."""
    with _office(data, database_url) as office:
        office.approve_recovery(_one_of(office.workers(), worker), reason)
        said = {"worker": worker, "hours": office.settings.recovery_hours}
        typer.echo(_("{worker} can choose a new code on their own phone within {hours} hours.", **said))


@admin.command("list")
def list_all(data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Ids of teams, workers and assignments. Citizens are shown as ids: their names belong in the app."""
    with _office(data, database_url) as office:
        names = {team.id: team.name for team in office.teams()} | {one.id: one.name for one in office.workers()}
        for id, name in names.items():
            typer.echo(f"{id}  {name}")
        for one in office.assignments():
            until = one.to_at.isoformat() if one.to_at else "-"
            typer.echo(f"{one.id}  {one.citizen}  {one.role}  {names[one.worker or one.team or '']}  {until}")


class Named(Protocol):
    id: str
    name: str


def _one_of(people: Sequence[Named], wanted: str) -> str:
    """The id of the only one with this id or name."""
    found = [one.id for one in people if wanted == one.id or wanted.casefold() == one.name.casefold()]
    if len(found) != 1:
        _stop(
            _("Nobody is called {wanted}. See: fieldapp admin list", wanted=wanted)
            if not found
            else _("More than one is called {wanted}. Give the id; see: fieldapp admin list", wanted=wanted)
        )
    return found[0]


@contextmanager
def _office(data: Path | None, database_url: str | None) -> "Iterator[Office]":
    from fieldapp.server.administration import Office

    with _said(), _database(data, database_url) as engine:
        yield Office(engine)


@contextmanager
def _database(data: Path | None, database_url: str | None) -> "Iterator[Engine]":
    """The database that was asked for, ready; the embedded one when none was."""
    from fieldapp.server import database

    with ExitStack() as stack:
        url: Any = database_url
        if url is None:
            from fieldapp.server import embedded

            url = stack.enter_context(embedded.running(data or embedded.home()))
        engine = database.connect(url)
        stack.callback(engine.dispose)
        with database.trouble_told():
            database.prepare(engine)
        yield engine


def _recovery_key(file: Path | None, data: Path | None, database_url: str | None) -> bytes | None:
    """From the file that was named; beside an embedded database one is made."""
    from fieldapp.server import embedded, recovery

    if file is not None:
        return recovery.key_in(file)
    if database_url is not None:
        return None
    return recovery.key_in((data or embedded.home()) / recovery.KEY_FILE, make=True)


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError:
        _stop(_("Another program uses port {port} on {host}. Choose one with --port.", port=port, host=host))
    with listener:
        yield listener


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _end_tidily() -> None:
    """Told to stop, close what was opened: a database left running would hold its folder."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


@contextmanager
def _said() -> Iterator[None]:
    """An error of ours becomes a sentence and exit code 1."""
    try:
        yield
    except VedholdError as error:
        _stop(_sentence(error))


def _sentence(error: VedholdError) -> str:
    match error.kind, error.why:
        case "embedded_database", "not_empty":
            return _("The folder holds something else. Choose an empty one with --data.")
        case "embedded_database", "no_program":
            return _("PostgreSQL is not installed here. Install the server's packages, or give --database-url.")
        case "embedded_database", _why:
            return _("The database did not start. Its log lies in the data folder.")
        case "server_trouble", _why:
            return _("The database does not answer. Is the address right, and is it running?")
        case "recovery_key", _why:
            return _("The file of the recovery key cannot be read: it must hold 64 hexadecimal digits.")
        case "record", "missing":
            return _("Give a reason.")
        case "record", "unknown_citizen":
            return _("There is no citizen with this id.")
        case "record", "unknown_assignment":
            return _("There is no assignment with this id.")
        case "record", "worker_or_team":
            return _("Give either --worker or --team.")
    return _("That did not work ({error}). Nothing was changed.", error=str(error))


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
