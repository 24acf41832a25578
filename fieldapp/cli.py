"""The command line: `fieldapp demo` and `app` to see it, `server` and `admin` to run it, `vault` for support."""

import gc
import ipaddress
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from fieldapp import (  # noqa: F401  # their commands go to `admin`
    backup_cli,
    console_cli,
    handover_cli,
    import_cli,
    log_cli,
    staff_cli,
    upkeep_cli,
)
from fieldapp.admin_cli import admin
from fieldapp.console_cli import Address, SignInFile
from fieldapp.office_cli import AuditKey, Data, DatabaseUrl, RegisterFile, choose, chosen, opened
from fieldapp.texts import _, use_language
from fieldapp.told_cli import said, stop
from fieldapp.vault_cli import vault

#: A request of at most a megabyte may be on its way over each.
CONNECTIONS = 250
#: Seconds that what is under way has when the server is told to stop. Whoever stops it must wait a little longer.
DRAIN = 30

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(admin, name="admin")
app.add_typer(vault, name="vault")

RecoveryKey = Annotated[
    Path | None,
    typer.Option(
        envvar="FIELDAPP_RECOVERY_KEY_FILE",
        help="File with the key for the codes of forgotten PINs; kept apart from the database and its backups.",
        show_default=False,
    ),
]


@app.callback()
def start(
    language: Annotated[Literal["da", "en"], typer.Option(envvar="FIELDAPP_LANGUAGE")] = "da",
    settings: Annotated[
        Path | None,
        typer.Option(envvar="FIELDAPP_SETTINGS", help="TOML file with the server's own settings.", show_default=False),
    ] = None,
) -> None:
    """Vedhold: an offline-first field app for those who visit citizens in homelessness."""
    use_language(language)
    choose(settings)


@app.command()
def server(
    host: str = "127.0.0.1",
    port: int = 8000,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
    recovery_key_file: RecoveryKey = None,
    audit_key_file: AuditKey = None,
    proxy: Annotated[
        str,
        typer.Option(
            envvar="FIELDAPP_PROXY",
            help="Addresses of the TLS proxy, with commas: who it says the asker is, is believed.",
            show_default=False,
        ),
    ] = "",
    address: Address = None,
    sign_in: SignInFile = None,
) -> None:
    """The central server. Without --database-url it starts a PostgreSQL of its own, on this machine only."""
    from uvicorn import Config, Server

    from fieldapp.server import logs, recovery, sealing
    from fieldapp.server.app import create_app
    from fieldapp.server.exchange import InProcessServer, utc_now

    if database_url is None and not _is_loopback(host):
        stop(_("The embedded database is for this machine only. Give --database-url, or leave out --host."))
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: sys.exit(0))  # so that what is opened below is closed again
    with said(), _bound(host, port) as listener, opened(data, database_url, register) as (engine, its_register):
        key = _key(recovery_key_file, recovery.KEY_FILE, data, database_url)
        audit_key = _key(audit_key_file, sealing.KEY_FILE, data, database_url)
        listens_at = f"http://{host}:{listener.getsockname()[1]}"
        typer.echo(_("The server answers at {address}. Stop it with Ctrl-C.", address=listens_at))
        console = console_cli.settings(address or listens_at, sign_in)
        typer.echo(_("The console: {url}", url=console.url))
        if key is None:
            typer.echo(_("Without --recovery-key-file nobody can be helped with a forgotten PIN."))
        if audit_key is None:
            typer.echo(_("Without --audit-key-file nobody can tell later whether the log was changed."))
        for warning in backup_cli.warnings(engine):
            typer.echo(warning, err=True)
        app = create_app(InProcessServer(engine, settings=chosen(), register=its_register, recovery_key=key), console)
        gc.collect()
        gc.freeze()  # what is loaded by now stays: it is not looked through again each time an exchange makes much
        logs.begin()
        config = Config(
            app,
            log_config=None,
            access_log=False,
            limit_concurrency=CONNECTIONS,
            timeout_graceful_shutdown=DRAIN,
            proxy_headers=bool(proxy),
            forwarded_allow_ips=proxy,
            server_header=False,
        )
        sealer = sealing.sealer(audit_key, its_register) if audit_key else None
        with sealing.each_minute(engine, sealer, utc_now):
            Server(config).run(sockets=[listener])


@app.command()
def demo(port: int = 0, browse: bool = True) -> None:
    """Practice mode in the browser: invented citizens, a server of its own, nothing of it kept."""
    from fieldapp.demo import practice

    _end_tidily()
    with said():
        typer.echo(_("Practice mode. All people are invented. Stop it with Ctrl-C."))
        practice(typer.echo, port, browse)


@app.command("app")
def empty_app(port: int = 0, browse: bool = True, data: Data = None) -> None:
    """The app in the browser with an empty server of its own; the first time, the address and code to type."""
    from fieldapp.demo import empty
    from fieldapp.server.embedded import home

    _end_tidily()
    with said():
        typer.echo(_("A server of its own and no data. Stop it with Ctrl-C."))
        empty(typer.echo, data or home() / "app", port, browse)


def _key(file: Path | None, name: str, data: Path | None, database_url: str | None) -> bytes | None:
    """From the file that was named; beside an embedded database one of this name is made."""
    from fieldapp.server import embedded, files

    if file is not None:
        return files.key_in(file)
    if database_url is not None:
        return None
    return files.key_in((data or embedded.home()) / name, make=True)


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError:
        stop(_("Another program uses port {port} on {host}. Choose one with --port.", port=port, host=host))
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
