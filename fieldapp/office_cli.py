"""What the commands of the server share: where its data lies, opening it, and whom a name means."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, Protocol

import typer

from fieldapp import settings_file
from fieldapp.settings import DEFAULTS, Settings
from fieldapp.texts import _
from fieldapp.told_cli import said, stop

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from fieldapp.server.administration import Office
    from fieldapp.server.register import Register

Data = Annotated[
    Path | None, typer.Option(envvar="FIELDAPP_DATA", help="Folder of the embedded database.", show_default=False)
]
DatabaseUrl = Annotated[
    str | None, typer.Option(envvar="FIELDAPP_DATABASE_URL", help="A PostgreSQL to use instead.", show_default=False)
]
RegisterFile = Annotated[
    Path | None,
    typer.Option(
        envvar="FIELDAPP_REGISTER",
        help="File of what must stay so after a restore; on another disk than the database, and not in its backup.",
        show_default=False,
    ),
]
AuditKey = Annotated[
    Path | None,
    typer.Option(
        envvar="FIELDAPP_AUDIT_KEY_FILE",
        help="File with the key that seals the log; kept apart from the database and its backups.",
        show_default=False,
    ),
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], show_default=False)]
Name = Annotated[str, typer.Argument(show_default=False)]
Optional = Annotated[str | None, typer.Option(show_default=False)]


_chosen = [DEFAULTS]


def choose(file: Path | None) -> None:
    """What the file says holds for the command that is run."""
    with said():
        _chosen[0] = DEFAULTS if file is None else settings_file.from_file(file)


def chosen() -> Settings:
    return _chosen[0]


class Opened(NamedTuple):
    engine: "Engine"
    register: "Register"


@contextmanager
def the_office(data: Path | None, database_url: str | None, register: Path | None) -> "Iterator[Office]":
    from fieldapp.server.administration import Office

    with said(), opened(data, database_url, register) as (engine, its_register):
        yield Office(engine, settings=chosen(), register=its_register)


@contextmanager
def opened(data: Path | None, database_url: str | None, register: Path | None) -> Iterator[Opened]:
    """The database that was asked for, ready; the embedded one when none was."""
    from fieldapp.server import opening

    with as_it_is(data, database_url, register) as there, opening.ready(*there):
        yield there


@contextmanager
def as_it_is(data: Path | None, database_url: str | None, register: Path | None) -> Iterator[Opened]:
    """The same, whether it is whole or not."""
    from fieldapp.server import embedded, opening
    from fieldapp.server.register import Register

    if database_url is not None and register is None:
        stop(_("Give --register as well: the file of what must stay so after a restore. It lies outside the database."))
    folder = data or embedded.home()
    with opening.connected(folder, database_url) as engine:
        yield Opened(engine, Register(register or folder / opening.REGISTER_FILE))


class Named(Protocol):
    id: str
    name: str


def one_of(people: Sequence[Named], wanted: str) -> str:
    """The id of the only one with this id or name."""
    found = [one.id for one in people if wanted == one.id or wanted.casefold() == one.name.casefold()]
    if len(found) != 1:
        stop(
            _("Nobody is called {wanted}. See: fieldapp admin list", wanted=wanted)
            if not found
            else _("More than one is called {wanted}. Give the id; see: fieldapp admin list", wanted=wanted)
        )
    return found[0]


def tell_caseload(office: "Office", worker: str | None) -> None:
    """What there is to talk about with whoever has got one more: it is done, and nothing is held back."""
    from fieldapp import words_caseload

    load = office.caseload(worker) if worker else None
    for sentence in words_caseload.leader_notes(load.load) if load else ():
        typer.echo(sentence)
