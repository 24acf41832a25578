"""Who may do what in the console: one table. What does not stand here nobody may do.

An administrator keeps the accounts and the phones, and sees no citizen: neither what is written, nor who has whom. A
code for a phone lets whoever holds it see what its worker sees: only a leader makes one. A list of workers can make
leaders and administrators: it is for whoever keeps the accounts.
"""

from collections.abc import Mapping
from typing import Literal

from fieldapp.domain.access import Role

#: "nobody" is who has not signed in.
Who = Role | Literal["nobody"]

ANYBODY: frozenset[Who] = frozenset({"nobody", "worker", "leader", "administrator"})
OFFICE: frozenset[Who] = frozenset({"leader", "administrator"})
LEADER: frozenset[Who] = frozenset({"leader"})
ADMINISTRATOR: frozenset[Who] = frozenset({"administrator"})

RULES: Mapping[tuple[str, str], frozenset[Who]] = {
    ("GET", "/style.css"): ANYBODY,
    ("GET", "/font.ttf"): ANYBODY,
    ("GET", "/sign-in"): ANYBODY,
    ("GET", "/in/{key}"): ANYBODY,
    ("POST", "/in/{key}"): ANYBODY,
    ("GET", "/oidc"): ANYBODY,
    ("GET", "/oidc/back"): ANYBODY,
    ("POST", "/language"): ANYBODY,
    ("POST", "/sign-out"): ANYBODY,
    ("GET", "/"): OFFICE,
    ("GET", "/people"): OFFICE,
    ("POST", "/people/team"): OFFICE,
    ("POST", "/people/worker"): OFFICE,
    ("GET", "/people/{id}"): OFFICE,
    ("POST", "/people/{id}/join"): OFFICE,
    ("POST", "/people/{id}/leave"): OFFICE,
    ("POST", "/people/{id}/stop"): OFFICE,
    ("POST", "/people/{id}/login"): ADMINISTRATOR,
    ("POST", "/people/{id}/describe"): OFFICE,
    ("POST", "/people/{id}/method"): OFFICE,
    ("POST", "/people/{id}/no-method"): OFFICE,
    ("POST", "/teams/{id}/unit"): OFFICE,
    ("GET", "/lists"): OFFICE,
    ("POST", "/lists/citizens"): LEADER,
    ("POST", "/lists/citizens/take"): LEADER,
    ("POST", "/lists/workers"): ADMINISTRATOR,
    ("POST", "/lists/workers/take"): ADMINISTRATOR,
    ("GET", "/devices"): OFFICE,
    ("GET", "/devices/{id}"): OFFICE,
    ("POST", "/devices/{id}/retire"): OFFICE,
    ("POST", "/devices/{id}/lost"): OFFICE,
    ("POST", "/devices/recovery"): LEADER,
    ("GET", "/codes"): LEADER,
    ("POST", "/codes"): LEADER,
    ("GET", "/assignments"): LEADER,
    ("POST", "/assignments/deputy"): LEADER,
    ("GET", "/assignments/{citizen}"): LEADER,
    ("POST", "/assignments/{citizen}/hand-over"): LEADER,
    ("POST", "/assignments/{citizen}/add"): LEADER,
    ("POST", "/assignments/{citizen}/end"): LEADER,
    ("GET", "/waiting"): LEADER,
    ("GET", "/waiting/{id}"): LEADER,
    ("POST", "/waiting/{id}/accept"): LEADER,
    ("POST", "/waiting/{id}/reject"): LEADER,
    ("GET", "/doubles"): LEADER,
    ("POST", "/doubles/same"): LEADER,
    ("POST", "/doubles/two"): LEADER,
    ("GET", "/erase"): LEADER,
    ("POST", "/erase/count"): LEADER,
    ("POST", "/erase"): LEADER,
    ("POST", "/extract"): LEADER,
    ("POST", "/look"): LEADER,
    ("GET", "/sample"): LEADER,
    ("POST", "/sample"): LEADER,
}

#: Where a file may come along. So short that it is never put down on the disk on its way (starlette keeps 1 MiB).
FILES = frozenset({"/lists/citizens", "/lists/workers"})


def may(method: str, path: str, who: Who) -> bool:
    """`path` as the route says it, with its `{names}`."""
    return who in RULES.get((method, path), frozenset())
