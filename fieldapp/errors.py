"""Every error Vedhold raises, as one tree; none of them ever carries personal data.

VedholdError
├── VaultError               the encrypted file
│   ├── NoVault              nothing has been set up in this folder
│   ├── WrongSecret          the PIN or the words do not open it
│   ├── NotRecognised        the platform gave out no key for a finger or a face, or none that opens it
│   ├── TooManyTries         wait before the next try
│   ├── WeakSecret           the chosen secret does not meet the policy
│   ├── VaultDamaged         bytes were changed, or broke
│   ├── VaultTooNew          made by a newer app: left untouched
│   ├── VaultTooOld          made by a format before 0.1.0
│   ├── VaultOlder           an older copy, or another one, is in its place
│   ├── VaultBusy            open in another process
│   ├── NotReadable          the disk did not give what is on it
│   └── NotSaved             the write did not reach the disk
│       └── DiskFull
├── LeaseOver                the server has not been heard for so long that the app opens only with a network
├── RecordError              a record that the rules refuse
│   └── UnsyncedWrite        a synced table written past add / change / void
└── SyncError                talking with the server
    ├── BadAddress           the server's address is not one we may talk to
    ├── NoConnection         nobody answered
    ├── ServerTrouble        the server answered that it cannot right now
    ├── LoginAgain           the token is not valid (any more)
    ├── DeviceRevoked        this device may only wipe itself
    ├── CodeRefused          the enrolment code: wrong, used or expired
    ├── RecoveryRefused      no code for a forgotten PIN: no yes from a leader yet, or none was kept
    ├── PracticeOnly         practice mode stays on this machine
    ├── VersionMismatch      the app or the server is too old for the other
    └── ProtocolFault        we have a bug: the other end did not follow the protocol
"""

from datetime import datetime


class VedholdError(Exception):
    """`kind` names the error for screens, logs and the wire; `why` is a second word from a fixed list."""

    kind = "unknown"

    def __init__(self, why: str | None = None) -> None:
        super().__init__(self.kind if why is None else f"{self.kind}: {why}")
        self.why = why


class VaultError(VedholdError):
    kind = "vault"


class NoVault(VaultError):
    kind = "no_vault"


class WrongSecret(VaultError):
    kind = "wrong_secret"


class NotRecognised(VaultError):
    kind = "not_recognised"


class TooManyTries(VaultError):
    """`wait` is in whole seconds."""

    kind = "too_many_tries"

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


class WeakSecret(VaultError):
    """`why` is short | common | digits | differs."""

    kind = "weak_secret"


class VaultDamaged(VaultError):
    kind = "vault_damaged"


class VaultTooNew(VaultError):
    kind = "vault_too_new"


class VaultTooOld(VaultError):
    kind = "vault_too_old"


class VaultOlder(VaultError):
    """`last_exchange` is when this copy last talked with the server, None when it cannot be told."""

    kind = "vault_older"

    def __init__(self, last_exchange: datetime | None = None) -> None:
        super().__init__()
        self.last_exchange = last_exchange


class VaultBusy(VaultError):
    kind = "vault_busy"


class NotReadable(VaultError):
    kind = "not_readable"


class NotSaved(VaultError):
    kind = "not_saved"


class DiskFull(NotSaved):
    kind = "disk_full"


class LeaseOver(VedholdError):
    """`days` since the server was last heard."""

    kind = "lease_over"

    def __init__(self, days: int) -> None:
        super().__init__()
        self.days = days


class RecordError(VedholdError):
    """`why` is a rule's name, `field` the field it is about."""

    kind = "record"

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why if field is None else f"{why} ({field})")
        self.why = why
        self.field = field


class UnsyncedWrite(RecordError):
    kind = "unsynced_write"


class SyncError(VedholdError):
    kind = "sync"


class BadAddress(SyncError):
    """`why` is malformed | not_private (http to another machine) | other_server (not the one of the leader's link)."""

    kind = "bad_address"


class NoConnection(SyncError):
    kind = "no_connection"


class ServerTrouble(SyncError):
    """`retry_after` is in seconds, None when the server named no time."""

    kind = "server_trouble"

    def __init__(self, why: str | None = None, retry_after: int | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class LoginAgain(SyncError):
    kind = "login_again"


class DeviceRevoked(SyncError):
    """`why` is retired | lost; `order` is the server's signature over the order to wipe, base64 (wire.wipe_message)."""

    kind = "device_revoked"

    def __init__(self, why: str | None = None, order: str | None = None) -> None:
        super().__init__(why)
        self.order = order


class CodeRefused(SyncError):
    """`why` is wrong | used | expired | other (it is for another worker, or of another server)."""

    kind = "code_refused"


class RecoveryRefused(SyncError):
    """`why` is not_yet (no leader has said yes) | nothing (the server has no code that opens this vault)."""

    kind = "recovery_refused"


class PracticeOnly(SyncError):
    kind = "practice_only"


class VersionMismatch(SyncError):
    """`why` is app_old | server_old | app_behind (it may send, and gets nothing)."""

    kind = "version_mismatch"


class ProtocolFault(SyncError):
    kind = "protocol_fault"
