"""`fieldapp admin` on the console: a way in, and what a worker is called at the municipality's own sign-in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp.admin_cli import admin
from fieldapp.office_cli import Data, DatabaseUrl, Name, Optional, RegisterFile, one_of, the_office
from fieldapp.texts import _

if TYPE_CHECKING:
    from fieldapp.server.console.settings import ConsoleSettings

Address = Annotated[
    str | None,
    typer.Option(
        envvar="FIELDAPP_ADDRESS",
        help="The server's address as a browser types it, as https://vedhold.kommune.dk.",
        show_default=False,
    ),
]
SignInFile = Annotated[
    Path | None,
    typer.Option(
        "--sign-in",
        envvar="FIELDAPP_SIGN_IN",
        help="TOML file on the municipality's sign-in: issuer, client, secret, claim.",
        show_default=False,
    ),
]
LOCAL = "http://127.0.0.1:8000"


@admin.command("login-link")
def login_link(
    worker: Name,
    address: Address = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """A link into the console for a leader or an administrator (the name or id): it serves once, and soon."""
    with the_office(data, database_url, register) as office:
        at = settings(address or LOCAL)
        key = office.login_link(one_of(office.workers(), worker))
        said = {"worker": worker, "minutes": office.settings.link_minutes, "link": f"{at.url}/in/{key}"}
        typer.echo(_("For {worker}, once, within {minutes} minutes: {link}", **said))


@admin.command("login")
def login(
    worker: Name,
    login: Optional = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
    register: RegisterFile = None,
) -> None:
    """What a worker (the name or id) is called at the municipality's sign-in; without --login they have none."""
    with the_office(data, database_url, register) as office:
        office.set_login(one_of(office.workers(), worker), login)
        typer.echo(_("It is written down."))


def settings(address: str, sign_in: Path | None = None) -> "ConsoleSettings":
    """Raises ConsoleSettingsError."""
    from fieldapp.server.console.settings import ConsoleSettings, checked_address, sign_in_of

    return ConsoleSettings(checked_address(address), sign_in_of(sign_in) if sign_in else None)
