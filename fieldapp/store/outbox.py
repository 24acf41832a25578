"""Operations the server has not got, or has not yet made durable."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.wire import MAX_OPERATIONS, Ack, Operation


@dataclass(frozen=True)
class Counts:
    """`waiting` has not been acknowledged; `refused` needs the worker; `quarantined` awaits the new responsible."""

    waiting: int = 0
    refused: int = 0
    quarantined: int = 0
    kept: int = 0


def waiting(session: Session, limit: int = MAX_OPERATIONS, skip: Collection[str] = ()) -> list[Operation]:
    """The oldest operations not yet acknowledged, in the order they were done; without those in `skip`."""
    raise NotImplementedError


def counts(session: Session) -> Counts:
    raise NotImplementedError


def settle(session: Session, acks: Iterable[Ack], upto: int = 0) -> None:
    """Let each acknowledged operation leave, by its own id; never "all that waited" (sync.md 4.3 rule 3).

    ok and conflict are kept until durable; so is quarantined, which stays visible; gone erases the record here;
    refused stays with its reason; waits stays as it was. `upto` stands in for an ack without a seq.
    """
    raise NotImplementedError


def made_durable(session: Session, durable: int) -> None:
    """The server cannot lose what it had at `durable`: forget those kept operations."""
    raise NotImplementedError


def offer_again(session: Session) -> int:
    """The server was restored from a backup (a new epoch): what was kept waits again, before all newer work."""
    raise NotImplementedError


def refused(session: Session) -> list[OutboxRow]:
    """What the server refused, oldest first; `why` says the reason."""
    raise NotImplementedError


def discard(session: Session, op: str) -> None:
    """The worker lets a refused operation go: the record is as the server has it, or not at all."""
    raise NotImplementedError


def states(session: Session, scope: str) -> dict[str, str]:
    """For each record of a scope with something unsent: `waiting` or `refused` (which wins)."""
    raise NotImplementedError
