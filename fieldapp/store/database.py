"""Transactions over an open vault."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from fieldapp.store.vault import Vault


class Store:
    """The open store of one worker on one device.

    One connection: sessions are short, never nested, never held over a wait for a person or the network.
    `author` is the worker's id; it is written on every record this device makes.
    """

    def __init__(self, vault: Vault, author: str) -> None:
        self.vault = vault
        self.author = author

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit at the end, or roll back whole. Raises NotSaved or DiskFull when it did not reach the disk."""
        raise NotImplementedError
        yield

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that cannot write."""
        raise NotImplementedError
        yield

    def close(self) -> None:
        raise NotImplementedError
