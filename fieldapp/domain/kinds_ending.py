"""Building bridges and ending with care: who takes over, and what is said goodbye with."""

from fieldapp.domain.fields import Field, Kind, Type
from fieldapp.domain.values import Dimension
from fieldapp.domain.values_day import Verdict
from fieldapp.domain.values_life import ChangeReason, Replacement

BRIDGING = Kind(
    "bridging",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("to", limit=120, required=True, searched="written"),
        Field("contact", limit=120, searched="written"),
        Field("phone", limit=30),
        Field("joint_meeting_on", Type.DAY),
        Field("went_along", Type.FLAG),
        Field("verdict", Type.CODE, words=Verdict),
        Field("own_words", limit=500, searched="written"),
        Field("ended_on", Type.DAY),
    ),
)
#: Who takes over, dimension by dimension (K6).
DIMENSION_HANDOVER = Kind(
    "dimension_handover",
    "citizen",
    editable=True,
    fields=(
        Field("dimension", Type.CODE, required=True, words=Dimension),
        Field("who", limit=120, required=True, searched="written"),
        Field("phone", limit=30),
        Field("meeting_on", Type.DAY),
        Field("held", Type.FLAG),
        Field("note", limit=500, searched="written"),
    ),
)
#: Another support person: asked for here, decided by the leader, who ends the old one's access (K12).
WORKER_CHANGE = Kind(
    "worker_change",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("to", limit=120, searched="written"),
        Field("worker", Type.REF),
        Field("reason", Type.CODE, words=ChangeReason),
        Field("joint_meeting_on", Type.DAY),
        Field("held", Type.FLAG),
        Field("not_suitable", Type.FLAG),
        Field("note", limit=500, searched="written"),
    ),
)
#: `begun` is a person's mark: without it no course ends on this ground (K3, I-4).
REPLACEMENT_SUPPORT = Kind(
    "replacement_support",
    "citizen",
    editable=True,
    fields=(
        Field("what", Type.CODE, required=True, words=Replacement),
        Field("who", limit=120, searched="written"),
        Field("phone", limit=30),
        Field("starts_on", Type.DAY, required=True),
        Field("begun", Type.FLAG),
    ),
)

KINDS = (
    BRIDGING,
    DIMENSION_HANDOVER,
    WORKER_CHANGE,
    REPLACEMENT_SUPPORT,
)
