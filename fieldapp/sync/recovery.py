"""The code that opens the vault when the PIN is forgotten: made here, kept by the server, and asked back from it.

Each step may be cut off and taken again: the code stands in the vault until the server has it.
"""

import os
from typing import Final

from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.database import Store
from fieldapp.sync.session import Login
from fieldapp.wire import RecoveryAsk, RecoveryCode, SyncServer

_NAME: Final = "recovery_code"
_KIND: Final = "recovery"
_BYTES = 16


def is_delivered(store: Store) -> bool:
    return _waiting(store) is None and store.vault.has_key(_KIND)


def deliver(store: Store, login: Login, server: SyncServer, device_secret: bytes) -> None:
    """A code, then the slot it opens, then the server has it, then it is forgotten here."""
    code = _waiting(store)
    if code is None:
        code = os.urandom(_BYTES)
        with store.transaction() as session:
            session.add(SettingRow(name=_NAME, value=code.hex()))
    with store.reading():  # nobody closes or wipes it meanwhile
        if not store.vault.has_key(_KIND):
            store.vault.add_key(_KIND, code, device_secret)
    kept = RecoveryCode(code=code.hex())
    login.call(lambda token: server.deposit(token, kept))
    _forget(store, code)


def ask(login: Login, server: SyncServer, by: str) -> bytes:
    """The code, once a leader said yes. `by` names this asking. Raises RecoveryRefused."""
    return bytes.fromhex(login.call(lambda token: server.recover(token, RecoveryAsk(ask=by))).code)


def has_served(store: Store, code: bytes) -> None:
    """It has been outside: it opens nothing any more, and `deliver` makes another."""
    _forget(store, code)
    if store.vault.has_key(_KIND):
        store.vault.drop_key(_KIND)


def lost(store: Store) -> None:
    """The server does not have it, whatever was said before: `deliver` makes another."""
    if is_delivered(store):
        store.vault.drop_key(_KIND)


def _waiting(store: Store) -> bytes | None:
    with store.reading() as session:
        row = session.get(SettingRow, _NAME)
        return None if row is None else bytes.fromhex(row.value)


def _forget(store: Store, code: bytes) -> None:
    with store.transaction() as session:
        row = session.get(SettingRow, _NAME)
        if row is not None and row.value == code.hex():
            session.delete(row)
