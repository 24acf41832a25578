"""The plan, the people around the citizen, and what has been handed on."""

from fieldapp.domain.fields import NOTE, Field, Kind, Type
from fieldapp.domain.values_life import Circle, Closeness, Exported, Meeting, OtherPlan, PlanType

#: The four headings of § 141 (F6, law.md 5.1).
PLAN_REFERENCE = Kind(
    "plan_reference",
    "citizen",
    editable=True,
    fields=(
        Field("type", Type.CODE, required=True, words=PlanType),
        Field("made_on", Type.DAY),
        Field("kept_at", limit=200, searched="written"),
        Field("purpose", limit=1_000, searched="written"),
        Field("effort", limit=1_000, searched="written"),
        Field("how_long", limit=300, searched="written"),
        Field("other", limit=1_000, searched="written"),
        Field("review_on", Type.DAY),
    ),
)
OTHER_PLAN = Kind(
    "other_plan",
    "citizen",
    editable=True,
    fields=(
        Field("type", Type.CODE, required=True, words=OtherPlan),
        Field("what", limit=300, searched="written"),
        Field("contact", limit=120, searched="written"),
        Field("phone", limit=30),
        Field("review_on", Type.DAY),
        Field("ended_on", Type.DAY),
    ),
)
#: On the map of the network. Contact only with a yes (N4).
RELATIVE = Kind(
    "relative",
    "citizen",
    editable=True,
    fields=(
        Field("name", limit=120, required=True, searched="written"),
        Field("relation", limit=80, searched="written"),
        Field("circle", Type.CODE, required=True, words=Circle),
        Field("closeness", Type.CODE, words=Closeness),
        Field("phone", limit=30),
        Field("consent", Type.REF, of=("consent",)),
        Field("note", limit=500, searched="written"),
        Field("ended_on", Type.DAY),
    ),
)
COORDINATION_MEETING = Kind(
    "coordination_meeting",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("at", Type.CLOCK),
        Field("form", Type.CODE, required=True, words=Meeting),
        Field("with_whom", limit=300, searched="written"),
        Field("text", limit=NOTE, searched="written"),
        Field("consent", Type.REF, of=("consent",)),
        Field("held", Type.FLAG),
        Field("next_on", Type.DAY),
    ),
)
#: That something left the encryption: for the audit and for article 15.
EXPORT = Kind(
    "export",
    "citizen",
    fields=(
        Field("exported_at", Type.MOMENT, required=True),
        Field("what", Type.CODE, required=True, words=Exported),
        Field("form", Type.CODE, required=True),
    ),
)
#: A note that now stands in the municipality's own system, too.
TRANSFER = Kind(
    "transfer",
    "citizen",
    fields=(
        Field("transferred_at", Type.MOMENT, required=True),
        Field("contact", Type.REF, required=True, of=("contact",), belongs=True),
    ),
)

KINDS = (
    PLAN_REFERENCE,
    OTHER_PLAN,
    RELATIVE,
    COORDINATION_MEETING,
    EXPORT,
    TRANSFER,
)
