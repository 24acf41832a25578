"""Every kind of record that travels, declared once: device, wire and server all read it from here.

To add a kind: README, "How to add a kind of record".
"""

from fieldapp.domain import (
    kinds_citizen,
    kinds_contact,
    kinds_course,
    kinds_ending,
    kinds_home,
    kinds_life,
    kinds_plan,
    kinds_server,
    kinds_team,
)
from fieldapp.domain.fields import Kind

#: Named now, so that one word stands for each idea; they get their fields with the issue that builds them.
_LATER_CITIZEN = "safety_note who5 brief_inspire inspire_o fit act_board_mark"
_LATER_TEAM = "role_task fidelity_form leader_checklist supervision team_question"
_LATER_WORKER = "setting course_date"
_LATER_ALL = "reference_item"

_READY = (
    *kinds_citizen.KINDS,
    *kinds_contact.KINDS,
    *kinds_course.KINDS,
    *kinds_life.KINDS,
    *kinds_home.KINDS,
    *kinds_ending.KINDS,
    *kinds_plan.KINDS,
    *kinds_server.KINDS,
    *kinds_team.KINDS,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *_READY,
        *(Kind(name, "citizen") for name in _LATER_CITIZEN.split()),
        *(Kind(name, "team") for name in _LATER_TEAM.split()),
        *(Kind(name, "worker") for name in _LATER_WORKER.split()),
        *(Kind(name, "all") for name in _LATER_ALL.split()),
    )
}
