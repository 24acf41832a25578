"""A vault on disk for the tests of the store, opened by a PIN and a device secret."""

from pathlib import Path

from sqlmodel import Session, select

from fieldapp.store import records, sync_state
from fieldapp.store.database import Store
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.tables import CitizenRow
from fieldapp.store.vault import Vault, create_vault, open_vault
from tests.examples import NOW, an_id

PIN, DEVICE = "483920", bytes(range(32, 64))
WORKER = an_id()


def make(folder: Path) -> None:
    """A vault with one citizen in it, closed."""
    opened = create_vault(folder, PIN, DEVICE, cost=LOWEST_COST)
    add(opened, "Åse")
    opened.close()


def add(opened: Vault, name: str) -> None:
    with Store(opened, WORKER).transaction() as session:
        records.add(session, CitizenRow(known_as=name), NOW)


def names(opened: Vault) -> list[str | None]:
    with Session(opened.engine) as session:
        return list(session.exec(select(CitizenRow.known_as).order_by(CitizenRow.id)))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def but_tries(files: dict[str, bytes]) -> dict[str, bytes]:
    """Without the file that counts wrong secrets."""
    return {name: content for name, content in files.items() if name != "tries"}


def opened_names(folder: Path, secret: str = PIN, device: bytes = DEVICE) -> list[str | None]:
    opened = open_vault(folder, secret, device)
    try:
        return names(opened)
    finally:
        opened.close()


def erase_something(opened: Vault) -> None:
    with Store(opened, WORKER).transaction() as session:
        sync_state.get(session).erased_in = opened.generation
