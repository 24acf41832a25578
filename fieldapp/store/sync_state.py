"""Where the sync stands, and who this device belongs to: one row."""

from sqlmodel import Session

from fieldapp.store.bookkeeping import SyncState

__all__ = ["SyncState", "get"]


def get(session: Session) -> SyncState:
    """The row, made when it is not there yet. Change it inside a transaction: it is written at the commit."""
    state = session.get(SyncState, 1)
    if state is None:
        state = SyncState()
        session.add(state)
    return state
