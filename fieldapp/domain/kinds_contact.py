"""Being in touch: what happened, what was tried, what comes next."""

from fieldapp.domain.fields import LINE, NOTE, Field, Kind, Type
from fieldapp.domain.values import ActDimension, ContactMode, Content, Dimension, Outcome, Place, Way
from fieldapp.domain.values_day import ConcernAct, FocusArea, NextBy, TeamRole, Tool
from fieldapp.domain.values_life import Chime

CONTACT = Kind(
    "contact",
    "citizen",
    fields=(
        Field("occurred_at", Type.MOMENT, required=True),
        Field("mode", Type.CODE, required=True, words=ContactMode),
        Field("place", Type.CODE, words=Place),
        Field("place_text", searched="written"),
        Field("with_whom", searched="written"),
        Field("dimensions", Type.CODES, words=Dimension),
        Field("content", Type.CODES, words=Content),
        Field("act_dimensions", Type.CODES, words=ActDimension),
        Field("focus_areas", Type.CODES, words=FocusArea),
        Field("tools", Type.CODES, words=Tool),
        Field("reflections", Type.CODES, words=Chime),
        Field("own_words", limit=NOTE, searched="written"),
        Field("professional_view", limit=NOTE, searched="written"),
        Field("progress", limit=500, searched="written"),
        Field("sensitive", Type.FLAG),
        Field("supervision", Type.FLAG),  # to be brought to supervision (C20)
        Field("to_case_system", Type.FLAG),
        Field("corrects", Type.REF, of=("contact",), belongs=True),
    ),
)
ATTEMPT = Kind(
    "attempt",
    "citizen",
    fields=(
        Field("occurred_at", Type.MOMENT, required=True),
        Field("way", Type.CODE, required=True, words=Way),
        Field("outcome", Type.CODE, required=True, words=Outcome),
        Field("place_text", searched="written"),
        Field("text", limit=500, searched="written"),
        Field("template", Type.CODE),
        Field("consent", Type.REF, of=("consent",)),  # through the network only with it
        Field("corrects", Type.REF, of=("attempt",), belongs=True),  # "Blev den sendt?" answered later
    ),
)
NEXT_STEP = Kind(
    "next_step",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("at", Type.CLOCK),
        Field("text", limit=LINE, searched="written"),
        Field("agreed", Type.FLAG),  # agreed with the citizen, not only planned
        Field("worker", Type.REF),
        Field("by", Type.CODE, words=NextBy),
        Field("done_on", Type.DAY),
    ),
)
#: A worry for somebody's life: what was done, no score (H15).
CONCERN = Kind(
    "concern",
    "citizen",
    fields=(
        Field("occurred_at", Type.MOMENT, required=True),
        Field("did", Type.CODES, words=ConcernAct),
        Field("text", limit=NOTE, searched="written"),
    ),
)
URGENT_MARK = Kind(
    "urgent_mark",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("reason", searched="written"),
        Field("done_on", Type.DAY),
    ),
)
#: To one colleague, to a role, or to whoever of the team has time.
COLLEAGUE_REQUEST = Kind(
    "colleague_request",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("text", limit=500, required=True, searched="written"),
        Field("worker", Type.REF),
        Field("role", Type.CODE, words=TeamRole),
        Field("answer", limit=500, searched="written"),
        Field("done_on", Type.DAY),
    ),
)
HANDOVER = Kind(
    "handover",
    "citizen",
    fields=(
        Field("noted_on", Type.DAY, required=True),
        Field("text", limit=NOTE, required=True, searched="written"),
    ),
)

KINDS = (
    CONTACT,
    ATTEMPT,
    NEXT_STEP,
    CONCERN,
    URGENT_MARK,
    COLLEAGUE_REQUEST,
    HANDOVER,
)
