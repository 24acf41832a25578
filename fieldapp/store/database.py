"""Transactions over an open vault."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlmodel import Session

from fieldapp.domain import search
from fieldapp.errors import VaultBusy
from fieldapp.store.engine import raw
from fieldapp.store.tables import Synced
from fieldapp.store.vault import Vault

#: A session is milliseconds; who waits this long waits for a fault of ours.
_LONGEST_WAIT = 30.0


class Store:
    """The open store of one worker on one device.

    One connection: sessions are short, never nested, never held over a wait for a person or the network.
    `author` is the worker's id; it is written on every record this device makes.
    """

    def __init__(self, vault: Vault, author: str) -> None:
        self.vault = vault
        self.author = author
        self._turn = threading.Lock()
        self._inside: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit at the end, or roll back whole.

        Raises NotSaved or DiskFull when it did not reach the disk: then nothing of it is there, and the same
        transaction may be tried again at once.
        """
        with self._alone(), self._session() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that cannot write."""
        with self._alone(), self._session() as session:
            session.connection(execution_options={"reading": True})
            yield session

    def close(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Lock: wait for the running transaction, then tidy the file until `stop` says so, and drop the keys."""
        with self._alone():
            search.forget()
            self.vault.close(stop=stop)

    def _session(self) -> Session:
        session = Session(self.vault.engine, expire_on_commit=False)
        session.info.update(author=self.author, generation=self.vault.generation)
        return session

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._inside == threading.get_ident():
            raise RuntimeError("a session inside a session of the same thread would wait for itself")
        if not self._turn.acquire(timeout=_LONGEST_WAIT):
            raise VaultBusy
        self._inside = threading.get_ident()
        try:
            yield
        finally:
            self._inside = None
            self._turn.release()


@contextmanager
def writing_synced(session: Session) -> Iterator[None]:
    """Open the guard of the synced tables: for records, incoming and erasing only, and only around Core statements.

    What others left unflushed is flushed before, so that it meets the guard.
    """
    session.flush()
    connection = raw(session.connection())
    connection.synced_open = True
    try:
        yield
    finally:
        connection.synced_open = False


def read_again(session: Session) -> None:
    """Records loaded before this were written under their objects' feet."""
    session.flush()
    for loaded in list(session.identity_map.values()):
        if isinstance(loaded, Synced):
            session.expire(loaded)
