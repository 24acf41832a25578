"""The course of the support: method, intensity, home, being elsewhere, consent, pause, closing."""

from fieldapp.domain.fields import Field, Kind, Type
from fieldapp.domain.values import AbsencePlace, ClosingGround, Method, Phase
from fieldapp.domain.values_day import (
    ConsentAbout,
    ConsentAnswer,
    ConsentHow,
    CtiAim,
    TaskItem,
    TaskList,
    WaitingReason,
)
from fieldapp.domain.values_life import HomeType

METHOD = Kind(
    "method",
    "citizen",
    fields=(
        Field("method", Type.CODE, required=True, words=Method),
        Field("from_on", Type.DAY, required=True),
        Field("aims", Type.CODES, words=CtiAim),
    ),
)
PHASE = Kind(
    "phase",
    "citizen",
    fields=(
        Field("phase", Type.CODE, required=True, words=Phase),
        Field("from_on", Type.DAY, required=True),
        Field("with_citizen", Type.FLAG),  # confirmed with them: never silent (C3)
        Field("own_view", limit=1_000, searched="written"),
    ),
)
INTENSITY = Kind(
    "intensity",
    "citizen",
    fields=(
        Field("level", Type.NUMBER, limit=5, required=True),  # 1 rolig ... 5 meget tæt
        Field("from_on", Type.DAY, required=True),
        Field("reason", limit=500, searched="written"),
    ),
)
ABSENCE = Kind(
    "absence",
    "citizen",
    editable=True,
    fields=(
        Field("place", Type.CODE, required=True, words=AbsencePlace),
        Field("place_text", searched="written"),
        Field("since_on", Type.DAY, required=True),
        Field("home_on", Type.DAY),
        Field("back_on", Type.DAY),
    ),
)
ABSENCE_TASK = Kind(
    "absence_task",
    "citizen",
    editable=True,
    fields=(
        Field("absence", Type.REF, required=True, of=("absence",), belongs=True),
        Field("list", Type.CODE, required=True, words=TaskList),
        Field("item", Type.CODE, required=True, words=TaskItem),
        Field("text", searched="written"),
        Field("due_on", Type.DAY),
        Field("done_on", Type.DAY),
    ),
)
#: Never changed: a withdrawal is a record of its own, and wins whatever the order they arrive in (J1).
CONSENT = Kind(
    "consent",
    "citizen",
    fields=(
        Field("given_on", Type.DAY, required=True),
        Field("answer", Type.CODE, required=True, words=ConsentAnswer),
        Field("to", required=True, searched="written"),
        Field("about", Type.CODE, words=ConsentAbout),
        Field("purpose", limit=500, searched="written"),
        Field("how", Type.CODE, words=ConsentHow),
        Field("until", Type.DAY),
    ),
)
CONSENT_WITHDRAWAL = Kind(
    "consent_withdrawal",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("consent", Type.REF, required=True, of=("consent",), belongs=True),
        Field("own_words", limit=500, searched="written"),
    ),
)
INFORM_STEP = Kind(
    "inform_step",
    "citizen",
    fields=(
        Field("informed_on", Type.DAY, required=True),
        Field("absence", Type.REF, required=True, of=("absence",), belongs=True),
        Field("consent", Type.REF, required=True, of=("consent",)),
        Field("to", searched="written"),
        Field("phone", limit=30),
    ),
)
HOUSING_PERIOD = Kind(
    "housing_period",
    "citizen",
    editable=True,
    fields=(
        Field("move_in_on", Type.DAY),
        Field("lost_on", Type.DAY),
        Field("in_use", Type.FLAG),
        Field("waits_for", Type.CODE, words=WaitingReason),
        Field("home_type", Type.CODE, words=HomeType),
        Field("moved_out_on", Type.DAY),  # on to another home, which is no loss
        Field("note", limit=300, searched="written"),
    ),
)
PAUSE = Kind(
    "pause",
    "citizen",
    fields=(
        Field("from_on", Type.DAY, required=True),
        Field("reason", limit=500, required=True, searched="written"),
        Field("review_on", Type.DAY, required=True),
    ),
)
CLOSING = Kind(
    "closing",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("ground", Type.CODE, required=True, words=ClosingGround),
        Field("replacement_starts_on", Type.DAY),
        Field("replacement", Type.REF, of=("replacement_support",)),
        Field("begun", Type.FLAG),  # the new support has begun: a person's mark (I-4)
        Field("municipality_move", Type.REF, of=("municipality_move",)),
        Field("support_answer", Type.REF, of=("support_answer",)),  # their no thanks, before ending by own wish (J8)
        Field("last_meeting_on", Type.DAY),
        Field("own_words", limit=1_000, searched="written"),
        Field("open_door", limit=500),
        Field("leader_told", Type.FLAG),
    ),
)
REOPENING = Kind(
    "reopening",
    "citizen",
    fields=(Field("on", Type.DAY, required=True), Field("reason", limit=500, searched="written")),
)

KINDS = (
    METHOD,
    PHASE,
    INTENSITY,
    ABSENCE,
    ABSENCE_TASK,
    CONSENT,
    CONSENT_WITHDRAWAL,
    INFORM_STEP,
    HOUSING_PERIOD,
    PAUSE,
    CLOSING,
    REOPENING,
)
