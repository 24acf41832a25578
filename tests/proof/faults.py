"""Faults planted in the store, each of which a proof must catch: a proof that lets one pass proves nothing.

A fault is the store's own source with one guard out: a function, what stands in it, and what stands there instead.
Where that is not found the guard has moved, and the fault must be planted anew.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fieldapp.store import (
    compaction,
    disk,
    keyring,
    log,
    log_format,
    recovery,
    stretching,
    tries,
    unlocking,
    vault,
    vfs,
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """`where` is a function, or a class and its method's name; `caught_by` a proof of `PROOFS`."""

    caught_by: str
    where: Any
    guard: str
    without: str
    also: tuple[tuple[Any, str, str], ...] = ()

    @contextmanager
    def planted(self) -> Iterator[None]:
        """The store has it within this, and nowhere else."""
        undo = []
        try:
            for where, guard, without in ((self.where, self.guard, self.without), *self.also):
                undo.append(_replace(where, guard, without))
            yield
        finally:
            for put_back in reversed(undo):
                put_back()


def _replace(where: Any, guard: str, without: str) -> Callable[[], None]:
    owner, name = where if isinstance(where, tuple) else (inspect.getmodule(where), where.__name__)
    real = vars(owner)[name]
    bare = real.fget if isinstance(real, property) else inspect.unwrap(real)
    source = textwrap.dedent(inspect.getsource(bare))
    if source.count(guard) != 1:
        raise LookupError(f"{name}: not there once: {guard}")
    module = inspect.getmodule(bare)
    made: dict[str, Any] = {}
    exec(compile(source.replace(guard, without), f"<{name}, without a guard>", "exec"), vars(module), made)
    users = [(owner, name)]
    if not isinstance(where, tuple):  # others have imported it
        users = [(other, called) for other in _STORE for called, what in vars(other).items() if what is real]
    for user, called in users:
        setattr(user, called, made[name])

    def put_back() -> None:
        for user, called in users:
            setattr(user, called, real)

    return put_back


_STORE = (compaction, disk, keyring, log, log_format, recovery, stretching, tries, unlocking, vault, vfs)
_UNCHECKED = (
    "content = bytes(a ^ b for a, b in zip(sealed, self._aead.encrypt(place.nonce, bytes(len(sealed)), where)))"
)

FAULTS: dict[str, Fault] = {
    # what a power cut finds
    "no_fsync": Fault("power", (log.Log, "_append"), "self._disk.sync(self._file)", "pass"),
    "acknowledged_before_sync": Fault(
        "power",
        (log.Log, "_append"),
        "write_all(self._disk, self._file, record, self._end)\n        self._disk.sync(self._file)",
        "self._disk.sync(self._file)\n        write_all(self._disk, self._file, record, self._end)",
    ),
    "no_folder_fsync": Fault("power", disk.write_file, "disk.sync_folder(path.parent)", "pass"),
    "keyring_not_synced": Fault("power", disk.write_file, "disk.sync(file)", "pass"),
    "keyring_before_log": Fault("power", log.create, "disk.sync(file)  #", "pass  #"),
    "old_log_removed_first": Fault(
        "power",
        compaction.compact,
        "end = log.copy(",
        "disk.remove(folder / ring.log_name)\n        end = log.copy(",
    ),
    "opening_shows_what_is_not_synced": Fault("power", vault._open_log, "log.sync()", "pass"),
    "names_not_synced_at_opening": Fault("power", vault._open_log, "disk.sync_folder(folder)", "pass"),
    "last_record_not_verified": Fault(
        "power",
        (recovery._Scan, "_good"),
        "return record.end < self._size or all(self._opens(*page) for page in record.places.items())",
        "return True",
    ),
    # what a failing disk finds
    "failure_swallowed": Fault(
        "failing", (log.Log, "commit"), "self._failed = error.errno or errno.EIO\n        raise", "return"
    ),
    "refused_and_kept": Fault("failing", (log.Log, "_cut_tail"), "self._disk.cut(self._file, self._end)", "pass"),
    "bare_errors": Fault("failing", disk.reading, "raise NotReadable from None", "raise"),
    # what somebody with the files finds
    "torn_in_the_middle": Fault(
        "tamper", (recovery._Scan, "run"), "found.end == START or self._goes_on()", "found.end == START"
    ),
    "pages_not_verified": Fault(
        "tamper",
        (log_format.Seal, "open_page"),
        "content = self._aead.decrypt(place.nonce, sealed + place.tag, where)",
        _UNCHECKED,
    ),
    "chain_not_checked": Fault(
        "tamper", (recovery._Scan, "_record"), "before == self._found.tag and (seq", "(seq"
    ),
    "header_not_checked": Fault(
        "tamper", log_format.read_header, "whole[HEADER.size : START] != seal.check", "False"
    ),
    "format_not_looked_at": Fault("tamper", log_format.read_header, "made_by != FORMAT", "False"),
    "generation_not_bound": Fault(
        "tamper", keyring._key_binding, "|{generation}", ""
    ),
    "device_secret_left_out": Fault("tamper", keyring._slot_key, "secret + device_secret", "secret"),
    "sum_not_checked": Fault("tamper", keyring.load, 'whole["sum"] != _sum(ring)', "False"),
    "any_cost": Fault("tamper", stretching.in_bounds, "LOWEST_COST <= cost <= HIGHEST_COST", "cost > 0"),
    "mark_ignored": Fault("tamper", vault._open_log, "if older and not accept_older", "if False"),
    "tries_not_counted": Fault("tamper", (tries.Tries, "allow"), "self._write(wrong + 1, now)", "pass"),
    # what the page says and only a second reader sees
    "seq_not_in_aad": Fault(
        "readers", (log_format.Seal, "page"), "_WHERE.pack(number, seq)", "_WHERE.pack(number, 0)",
        also=(((log_format.Seal, "open_page"), "_WHERE.pack(number, place.seq)", "_WHERE.pack(number, 0)"),),
    ),
    "page_number_not_in_aad": Fault(
        "readers", (log_format.Seal, "page"), "_WHERE.pack(number, seq)", "_WHERE.pack(0, seq)",
        also=(((log_format.Seal, "open_page"), "_WHERE.pack(number, place.seq)", "_WHERE.pack(0, place.seq)"),),
    ),
    "head_not_in_aad": Fault(
        "readers", (log_format.Seal, "manifest"), "head + self.file_id", "self.file_id",
        also=(((log_format.Seal, "open_manifest"), "head + self.file_id", "self.file_id"),),
    ),
    "cost_not_bound": Fault("readers", keyring._slot_binding, "|{slot.cost}", ""),
    "vault_not_bound": Fault("readers", keyring._slot_binding, "{vault}", ""),
    "holes_not_written": Fault(
        "readers", (log.Log, "commit"), "self._pending.setdefault(hole, _ZEROS)", "pass"
    ),
    # what a long history finds
    "nonce_reused": Fault(
        "nonces", (log_format.Seal, "record"), "nonce = os.urandom(NONCE)\n", 'nonce = number.to_bytes(NONCE, "big")\n'
    ),
    "manifest_nonce_reused": Fault(
        "nonces", (log_format.Seal, "record"), "nonce, listed = os.urandom(NONCE)", "nonce, listed = bytes(NONCE)"
    ),
    "data_key_kept": Fault("nonces", (keyring.Keyring, "next_generation"), "os.urandom(32)", "master"),
    # what is left of what was erased
    "erasure_without_a_new_key": Fault(
        "erasure", (vault.Vault, "_wants_compaction"), "return erased_in == self.generation", "return False"
    ),
    "key_kept_after_erasure": Fault(
        "erasure",
        (keyring.Keyring, "next_generation"),
        "os.urandom(32)",
        "self.data_key(master) if self.key else os.urandom(32)",
    ),
    "leftovers_in_pages": Fault("erasure", vfs._without_leftovers, "if kind not in _TREE", "if True"),
    "old_files_left": Fault("erasure", compaction.tidy, "disk.remove(path)", "pass"),
    # what a hostile file finds
    "search_without_bounds": Fault(
        "fuzz", (recovery._Scan, "_goes_on"), "if heads_left < 0 or bytes_left < 0", "if False"
    ),
    "slot_fields_not_checked": Fault("fuzz", keyring.load, "_check(found)", "pass"),
}  # fmt: skip
