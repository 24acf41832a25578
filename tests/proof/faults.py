"""Faults planted in the store, each of which a proof must catch: a proof that lets one pass proves nothing."""

from fieldapp.store import (
    compaction,
    disk,
    keyring,
    log,
    log_format,
    stretching,
    tries,
    unlocking,
    vault,
    vfs,
)
from fieldapp.store.keyring import Keyring
from fieldapp.store.log import Log
from fieldapp.store.log_format import Seal
from fieldapp.store.recovery import _Scan
from tests.proof.planting import Fault, Swap

_WRITE, _SYNC = "write_all(self._disk, self._file, record, self._end)", "self._disk.sync(self._file)"
_ALLOW, _OPEN = "tries.allow()", "master = ring.open_slot(secret, device_secret)"
_NEW_KEY = "key, generation = os.urandom(32), self.generation + 1"
_WITHOUT_THE_TAG = "content = bytes(map(int.__xor__, sealed, self._aead.encrypt(nonce, bytes(len(sealed)), b'')))"

#: By name: the proof that catches it, what is done to the store, and sometimes a seed with which it is caught soon.
FAULTS: dict[str, Fault] = {
    # what a power cut finds
    "no_fsync": Fault("power", Swap((Log, "_append"), _SYNC, "pass")),
    "acknowledged_before_sync": Fault(
        "power", Swap((Log, "_append"), f"{_WRITE}\n        {_SYNC}", f"{_SYNC}\n        {_WRITE}")
    ),
    "no_folder_fsync": Fault("power", Swap(disk.write_file, "disk.sync_folder(path.parent)", "pass")),
    "keyring_not_synced": Fault("power", Swap(disk.write_file, "disk.sync(file)", "pass")),
    "keyring_before_log": Fault("power", Swap(log.create, "disk.sync(file)  #", "pass  #"), first=4),
    "old_log_removed_first": Fault(
        "power",
        Swap(compaction.compact, "end = log.copy(", "disk.remove(folder / ring.log_name); end = log.copy("),
        first=3,
    ),
    "opening_shows_what_is_not_synced": Fault("power", Swap(vault._open_log, "log.sync()", "pass")),
    "names_not_synced_at_opening": Fault("power", Swap(vault._open_log, "disk.sync_folder(folder)", "pass"), first=1),
    "last_record_not_verified": Fault(
        "power", Swap((_Scan, "_good"), "all(self._opens(*page) for page in record.places.items())", "True")
    ),
    # what a failing disk finds
    "failure_swallowed": Fault(
        "failing", Swap((Log, "commit"), "self._failed = error.errno or errno.EIO\n        raise", "return"), first=2
    ),
    "refused_and_kept": Fault(
        "failing", Swap((Log, "_cut_tail"), "self._disk.cut(self._file, self._end)", "pass"), first=4
    ),
    "bare_errors": Fault("failing", Swap(disk.reading, "raise NotReadable from None", "raise")),
    # what somebody with the files finds
    "torn_in_the_middle": Fault(
        "tamper", Swap((_Scan, "run"), "(found.end < self._size and self._goes_on())", "False")
    ),
    "pages_not_verified": Fault(
        "tamper",
        Swap(
            (Seal, "open_page"),
            "content = self._aead.decrypt(nonce, sealed + tag, _WHERE.pack(self.file_id, number, seq))",
            _WITHOUT_THE_TAG,
        ),
    ),
    "chain_not_checked": Fault("tamper", Swap((_Scan, "_record"), "before == self._found.tag and", "")),
    "header_not_checked": Fault(
        "tamper", Swap(log_format.read_header, "whole[HEADER.size : START] != seal.check", "False")
    ),
    "format_not_looked_at": Fault("tamper", Swap(log_format.read_header, "made_by != FORMAT", "False")),
    "generation_not_bound": Fault("tamper", Swap(keyring._key_binding, "|{generation}", "")),
    "device_secret_left_out": Fault("tamper", Swap(keyring._slot_key, "secret + device_secret", "secret")),
    "sum_not_checked": Fault("tamper", Swap(keyring.load, 'whole["sum"] != _sum(ring)', "False")),
    "any_cost": Fault("tamper", Swap(stretching.in_bounds, "LOWEST_COST <= cost <= HIGHEST_COST", "cost > 0")),
    "mark_ignored": Fault("tamper", Swap(vault._open_log, "if older and not accept_older", "if False")),
    "tries_not_counted": Fault(
        "tamper", Swap((tries.Tries, "allow"), "self._write(min(wrong + 1, _MOST), now)", "pass")
    ),
    "tries_counted_after": Fault("tamper", Swap(unlocking.unlock, f"{_ALLOW}\n    {_OPEN}", f"{_OPEN}\n    {_ALLOW}")),
    # what only a second reader sees, since the app does the same wrong thing twice
    "seq_not_in_aad": Fault(
        "readers",
        Swap((Seal, "page"), "pack(self.file_id, number, seq)", "pack(self.file_id, number, 0)"),
        Swap((Seal, "open_page"), "pack(self.file_id, number, seq)", "pack(self.file_id, number, 0)"),
    ),
    "page_number_not_in_aad": Fault(
        "readers",
        Swap((Seal, "page"), "pack(self.file_id, number, seq)", "pack(self.file_id, 0, seq)"),
        Swap((Seal, "open_page"), "pack(self.file_id, number, seq)", "pack(self.file_id, 0, seq)"),
    ),
    "head_not_in_aad": Fault(
        "readers",
        Swap((Seal, "manifest"), "head + self.file_id", "self.file_id"),
        Swap((Seal, "open_manifest"), "head + self.file_id", "self.file_id"),
    ),
    "cost_not_bound": Fault("readers", Swap(keyring._slot_binding, "|{slot.cost}", "")),
    "vault_not_bound": Fault("readers", Swap(keyring._slot_binding, "{vault}", "")),
    "holes_not_written": Fault(
        "readers", Swap((Log, "commit"), "self._pending.setdefault(hole, (_ZEROS, None))", "pass")
    ),
    # what a long history finds
    "nonce_reused": Fault(
        "nonces", Swap((Seal, "record"), "nonces[at * NONCE : (at + 1) * NONCE]", 'number.to_bytes(NONCE, "big")')
    ),
    "manifest_nonce_reused": Fault(
        "nonces", Swap((Seal, "record"), "nonce, listed = nonces[:NONCE]", "nonce, listed = bytes(NONCE)")
    ),
    "data_key_for_all": Fault(
        "nonces", Swap((Keyring, "next_generation"), _NEW_KEY, _NEW_KEY.replace("os.urandom(32)", "master"))
    ),
    # what is left of what was erased
    "erasure_without_a_new_key": Fault(
        "erasure", Swap((vault.Vault, "_wants_compaction"), "return erased_in == self.generation", "return False")
    ),
    "key_kept_after_erasure": Fault(
        "erasure",
        Swap(
            (Keyring, "next_generation"),
            _NEW_KEY,
            _NEW_KEY.replace("os", "self.data_key(master) if self.key else os"),
        ),
    ),
    "leftovers_in_pages": Fault("erasure", Swap(vfs._empty, "if kind not in _TREE", "if True"), first=3),
    "torn_tail_left": Fault("erasure", Swap((Log, "commit"), "self._drop_tail()", "pass")),
    "old_files_left": Fault("erasure", Swap(compaction.tidy, "disk.remove(path)", "pass")),
    # what a hostile file finds
    "search_without_bounds": Fault(
        "fuzz", Swap((_Scan, "_goes_on"), "if heads_left < 0 or bytes_left < 0", "if False")
    ),
    "search_from_the_end": Fault(
        "fuzz", Swap((_Scan, "_heads"), "range(self._found.pages - len(MARK) + 1,", "range(self._found.end,"), first=1
    ),
    "slot_fields_not_checked": Fault("fuzz", Swap(keyring.load, "_check(found)", "pass")),
}
