"""What the server sent, taken in: rows, a changed view, a reset; own unsent work stays on top."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from fieldapp.wire import Row


def take_in(session: Session, rows: Sequence[Row]) -> None:
    """Write these rows over what was there and lay own unsent changes over them again (sync.md 4.3 rule 7).

    An erased row goes, with its operations, drafts and conflicts; rows and fields this app does not know are kept.
    Call it in the transaction that moves the cursor, at most some hundred rows at a time.
    """
    raise NotImplementedError


def change_view(session: Session, scopes: Iterable[str]) -> None:
    """The worker may see other scopes now: what was lost goes at once, what is new is behind from 0.

    Sets `view` and `behind` of the sync state. The unsent outbox of a lost scope stays; a scope whose citizen is
    born here and not yet with the server counts as held.
    """
    raise NotImplementedError


def mark_stale(session: Session) -> None:
    """A reset: everything must be confirmed again, and stays readable meanwhile (sync.md, amendment 5)."""
    raise NotImplementedError


def drop_stale(session: Session) -> None:
    """The reset is over (`end` with more=false): rows nobody confirmed go, unless own work waits on them."""
    raise NotImplementedError


def erase(session: Session, kind: str, record: str) -> None:
    """Erase one record here: the row, its operations, drafts and conflicts. A citizen takes its whole scope along."""
    raise NotImplementedError
