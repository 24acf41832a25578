"""Once a day, and whenever everything was fetched anew: does this device hold what the server holds?

A scope that differs is fetched again. What the check found is seldom what caused it, so it is counted in the log.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import islice

from fieldapp.store import digests, incoming, sync_state
from fieldapp.store.database import Store
from fieldapp.store.sync_state import SyncState
from fieldapp.wire import MAX_SCOPES, Differing, DigestRequest

EVERY = timedelta(days=1)
log = logging.getLogger(__name__)


def compare(store: Store, ask: Callable[[DigestRequest], Differing]) -> bool:
    """Whether something must be fetched again. Asks nothing when it is not time, or not everything is here."""
    with store.reading() as session:
        state = sync_state.get(session)
    if not due(state):
        return False
    held = digests.read(store, state.view)
    differ: list[str] = []
    each = iter(held.items())
    while told := {scope: digest.told() for scope, digest in islice(each, MAX_SCOPES)}:
        differ += ask(DigestRequest(epoch=state.epoch, upto=state.upto, scopes=told)).differ
    with store.transaction() as session:
        incoming.doubt(session, differ)
        sync_state.get(session).compared_at = state.server_now
    if differ:
        log.warning("%s of %s scopes differ from the server's", len(differ), len(held))
    return bool(differ)


def due(state: SyncState) -> bool:
    if not state.complete or state.resetting or state.behind or state.server_now is None:
        return False
    return state.compared_at is None or state.server_now - state.compared_at >= EVERY
