"""Who a citizen is, and what they say, wish and can: kinds of the citizen's scope."""

from fieldapp.domain.fields import NOTE, Field, Kind, Type
from fieldapp.domain.values import (
    Aspect,
    DecidedBy,
    Dimension,
    GoalOutcome,
    MadeAwareBy,
    NameAsked,
    Respect,
    Situation,
    StepBy,
)
from fieldapp.domain.values_day import Answer, KeepAnswer, Sector, Verdict
from fieldapp.domain.values_life import HarmArea, HarmTag

CITIZEN = Kind(
    "citizen",
    "citizen",
    editable=True,
    fields=(
        Field("known_as", limit=60, searched="who"),
        Field("label", limit=80, searched="who"),  # place and date, never looks or clothes (ux.md F5)
        Field("name_asked", Type.CODE, words=NameAsked),
        Field("full_name", limit=120, searched="who"),
        Field("phone", limit=30, searched="who"),
        Field("phone_works", Type.FLAG),
        Field("cpr", limit=11, guarded=True),
        Field("address"),
        Field("protected_address", Type.FLAG, guarded=True),
        Field("situation", Type.CODE, words=Situation),
        Field("known_places", limit=300, searched="who"),
        Field("language", limit=40),
        Field("needs_interpreter", Type.FLAG),
        Field("made_aware_by", Type.CODE, words=MadeAwareBy),
        Field("most_important", limit=500, searched="written"),
    ),
)
OWN_WORDS = Kind(
    "own_words",
    "citizen",
    fields=(
        Field("aspect", Type.CODE, required=True, words=Aspect),
        Field("text", limit=1_000, required=True, searched="written"),
        Field("said_on", Type.DAY, required=True),
    ),
)
STRENGTH = Kind(
    "strength",
    "citizen",
    fields=(
        Field("text", limit=500, required=True, searched="written"),
        Field("noted_on", Type.DAY, required=True),
        Field("dimension", Type.CODE, words=Dimension),
    ),
)
GOAL = Kind(
    "goal",
    "citizen",
    editable=True,
    fields=(
        Field("dimension", Type.CODE, required=True, words=Dimension),
        Field("title", limit=500, required=True, searched="written"),  # in the citizen's words
        Field("professional_view", limit=NOTE, searched="written"),
        Field("decided_by", Type.CODE, words=DecidedBy),
        Field("outcome", Type.CODE, words=GoalOutcome),
        Field("harm_areas", Type.CODES, words=HarmArea),
        Field("harm", Type.CODES, words=HarmTag),
        Field("ended_on", Type.DAY),
    ),
)
STEP = Kind(
    "step",
    "citizen",
    editable=True,
    fields=(
        Field("goal", Type.REF, required=True, of=("goal",), belongs=True),
        Field("text", limit=500, required=True, searched="written"),
        Field("by", Type.CODE, words=StepBy),
        Field("due_on", Type.DAY),
        Field("done_on", Type.DAY),
    ),
)
PROGRESS = Kind(
    "progress",
    "citizen",
    fields=(
        Field("noted_on", Type.DAY, required=True),
        Field("text", limit=500, required=True, searched="written"),
        Field("dimension", Type.CODE, words=Dimension),
        Field("goal", Type.REF, of=("goal",)),
    ),
)
RESPECT = Kind(
    "respect",
    "citizen",
    fields=(
        Field("wishes", Type.CODES, required=True, words=Respect),
        Field("said_on", Type.DAY, required=True),
        Field("peace_until", Type.DAY),
        Field("hours_from", Type.CLOCK),
        Field("hours_to", Type.CLOCK),
        Field("own_words", limit=500, searched="written"),
    ),
)
SUPPORT_ANSWER = Kind(
    "support_answer",
    "citizen",
    fields=(
        Field("said_on", Type.DAY, required=True),
        Field("answer", Type.CODE, required=True, words=Answer),
        Field("own_words", limit=500, searched="written"),
        Field("ask_again_on", Type.DAY),
        Field("leader_told", Type.FLAG),
    ),
)
#: To somebody who made us aware: without a word about whether we know or found the person (review.md 2.5).
THANKS_OWED = Kind(
    "thanks_owed",
    "citizen",
    editable=True,
    fields=(Field("on", Type.DAY, required=True), Field("to"), Field("done_on", Type.DAY)),
)
KEEP_ANSWER = Kind(
    "keep_answer",
    "citizen",
    fields=(Field("on", Type.DAY, required=True), Field("answer", Type.CODE, required=True, words=KeepAnswer)),
)
#: Stands with the one that was registered twice; taken back, they are two again. Nothing is copied.
CITIZEN_MERGE = Kind(
    "citizen_merge",
    "citizen",
    fields=(Field("on", Type.DAY, required=True), Field("same_as", Type.REF, required=True, of=("citizen",))),
)
OFFER = Kind(
    "offer",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("what", required=True, searched="written"),
        Field("went_along", Type.FLAG),
        Field("verdict", Type.CODE, words=Verdict),
        Field("own_words", limit=500, searched="written"),
    ),
)
PROFESSIONAL = Kind(
    "professional",
    "citizen",
    editable=True,
    fields=(
        Field("name", limit=120, required=True, searched="written"),
        Field("job", searched="written"),
        Field("sector", Type.CODE, words=Sector),
        Field("phone", limit=30),
        Field("note", limit=500, searched="written"),
        Field("ended_on", Type.DAY),
    ),
)

KINDS = (
    CITIZEN,
    OWN_WORDS,
    STRENGTH,
    GOAL,
    STEP,
    PROGRESS,
    RESPECT,
    SUPPORT_ANSWER,
    THANKS_OWED,
    KEEP_ANSWER,
    CITIZEN_MERGE,
    OFFER,
    PROFESSIONAL,
)
