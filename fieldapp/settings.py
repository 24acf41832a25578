"""Typed defaults (architecture 17): who runs the server changes its own in a file, `fieldapp --settings FILE`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Times are in seconds unless the name says otherwise."""

    idle: int = 120
    """No touch for this long: the key is dropped."""
    hidden: int = 60
    """The app is behind another: covered at once, the key kept this long."""
    away_on_purpose: int = 600
    """Left through sms, call or share: the key is kept longer, and the same question waits."""
    together: int = 600
    """The phone lies between citizen and worker (*Sammen*): no touch for this long, and the key is dropped."""
    draft_after: float = 0.3
    draft_at_latest: float = 2.0
    lease_lock_days: int = 14
    lease_erase_days: int = 45
    code_minutes: int = 15
    code_tries: int = 5
    recovery_hours: int = 24
    """How long a leader's yes to give out a recovery code is good for."""
    link_minutes: int = 15
    """A one-time link into the console."""
    console_idle: int = 1_800
    """Nobody has asked for a page of the console for this long: signed out."""
    console_session: int = 36_000
    """Signed in for this long: once more."""
    console_look: int = 900
    """A leader has said why they look at a citizen: shown this long."""
    token: int = 900
    nonce: int = 60
    exchange_every: int = 300
    exchange_rarest: int = 1_800
    """What a server at its limit asks for instead."""
    exchanges_at_once: int = 16
    """In one process; each holds a connection of its database, which has 30."""
    busy_retry: int = 5
    exchange_rate: float = 1.0
    """A second, for one device; after `exchange_burst` at once, which is a first fetch of 30,000 rows."""
    exchange_burst: int = 30
    address_rate: float = 50.0
    """A second, from one address without a token, or with one that is none; after `address_burst` at once: all phones
    of a town hall may come from one address in the same minute."""
    address_burst: int = 5_000
    code_rate: float = 0.2
    """Enrolments a second from one address, after `code_burst` at once: who tries codes is slow."""
    code_burst: int = 20
    way_in_rate: float = 0.5
    """Tries a second to come into the console from one address, after `way_in_burst` at once."""
    way_in_burst: int = 60
    request_seconds: int = 180
    """A request that takes longer to arrive is too large for its line: the phone sends half of it."""
    retry_first: int = 2
    retry_longest: int = 900
    backup_hours: int = 48
    """The last finished backup is older: somebody must look why."""
    tombstone_days: int = 180
    """How long it is known that a record was erased; never shorter than a device may be away, and 45 days more."""
    quarantine_days: int = 365
    """Work that was kept for a decision, after it came."""
    access_log_days: int = 1_825
    """Who opened a citizen's page."""
    exchange_log_days: int = 365
    """When which phone was here."""
    closed_days: int = 1_825
    """A citizen's support has ended this long ago: somebody decides whether to keep what is written."""
    let_go_days: int = 30
    """Somebody said that a citizen without a case shall not stand here any more: erased so long after."""
    rows_in_a_list: int = 200
    notes_in_a_list: int = 20
    reach_out_at_most: int = 5


DEFAULTS = Settings()
