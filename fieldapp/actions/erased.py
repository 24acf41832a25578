"""Whether something erased still stands as ciphertext on this device: until the vault is written again, at a lock."""

from fieldapp.actions.desk import Desk
from fieldapp.store.sync_state import SyncState


def waits_for_lock(desk: Desk) -> bool:
    with desk.store.reading() as session:
        state = session.get(SyncState, 1)
        return state is not None and state.erased_in == desk.store.vault.generation
