"""Every kind of record that travels, declared once: device, wire and server all read it from here.

To add a kind: README, "How to add a kind of record".
"""

from fieldapp.domain.fields import LINE, NOTE, Field, Kind, Type
from fieldapp.domain.values import (
    AbsencePlace,
    ActDimension,
    Aspect,
    AssignmentRole,
    ClosingGround,
    ContactMode,
    Content,
    DecidedBy,
    Decision,
    Dimension,
    GoalOutcome,
    MadeAwareBy,
    Method,
    NameAsked,
    NoticeWord,
    Outcome,
    Phase,
    Place,
    RejectReason,
    Respect,
    Situation,
    StepBy,
    Version,
    Way,
)

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
        Field("own_words", limit=NOTE, searched="written"),
        Field("professional_view", limit=NOTE, searched="written"),
        Field("progress", limit=500, searched="written"),
        Field("sensitive", Type.FLAG),
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
        Field("corrects", Type.REF, of=("attempt",), belongs=True),  # "Blev den sendt?" answered later
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
        Field("done_on", Type.DAY),
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
METHOD = Kind(
    "method",
    "citizen",
    fields=(Field("method", Type.CODE, required=True, words=Method), Field("from_on", Type.DAY, required=True)),
)
PHASE = Kind(
    "phase",
    "citizen",
    fields=(Field("phase", Type.CODE, required=True, words=Phase), Field("from_on", Type.DAY, required=True)),
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
HOUSING_PERIOD = Kind(
    "housing_period",
    "citizen",
    editable=True,
    fields=(
        Field("move_in_on", Type.DAY),
        Field("lost_on", Type.DAY),
        Field("in_use", Type.FLAG),
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
    ),
)
REOPENING = Kind(
    "reopening",
    "citizen",
    fields=(Field("on", Type.DAY, required=True), Field("reason", limit=500, searched="written")),
)
ACCESS = Kind("access", "citizen", fields=(Field("opened_at", Type.MOMENT, required=True),))
ASSIGNMENT = Kind(
    "assignment",
    "citizen",
    editable=True,
    written_by="server",
    fields=(
        Field("worker", Type.REF),
        Field("team", Type.REF),
        Field("name", limit=120, required=True),  # of the worker or the team, so that a phone can say it
        Field("role", Type.CODE, required=True, words=AssignmentRole),
        Field("from_at", Type.MOMENT, required=True),
        Field("to_at", Type.MOMENT),
    ),
)
CONFLICT = Kind(
    "conflict",
    "citizen",
    written_by="server",
    fields=(
        Field("about_kind", Type.CODE, required=True),
        Field("about", Type.REF, required=True, belongs=True),
        Field("field", Type.CODE, required=True),
        Field("stored", limit=NOTE),  # what stands, as JSON text
        Field("kept", limit=NOTE),  # what was displaced or held back, as JSON text
        Field("stored_by", Type.REF),
        Field("kept_by", Type.REF),
    ),
)
#: Somebody has looked. What they chose is an ordinary change, when it is not what stands already.
CONFLICT_DECISION = Kind(
    "conflict_decision",
    "citizen",
    fields=(
        Field("conflict", Type.REF, required=True, of=("conflict",), belongs=True),
        Field("version", Type.CODE, required=True, words=Version),
    ),
)
#: An operation that waits to be taken along, under its own id; the decision is written here as well as by whom.
QUARANTINED = Kind(
    "quarantined",
    "citizen",
    editable=True,
    written_by="server",
    fields=(
        Field("do", Type.CODE, required=True),
        Field("about_kind", Type.CODE, required=True),
        Field("about", Type.REF, required=True, belongs=True),
        Field("words", limit=4 * NOTE),  # its fields, as JSON text; gone once they stand in the record itself
        Field("worker", Type.REF, required=True),
        Field("name", limit=120, required=True),  # of the worker, who may be of another team
        Field("written_at", Type.MOMENT, required=True),
        Field("decision", Type.CODE, words=Decision),
        Field("decided_by", Type.REF),
        Field("reason", Type.CODE, words=RejectReason),
    ),
)
QUARANTINE_DECISION = Kind(
    "quarantine_decision",
    "citizen",
    fields=(
        Field("quarantined", Type.REF, required=True, of=("quarantined",), belongs=True),
        Field("decision", Type.CODE, required=True, words=Decision),
        Field("reason", Type.CODE, words=RejectReason),
        Field("text", limit=500),  # for those who support the citizen; its writer is told the reason alone
    ),
)
#: Code words, ids and times: it outlives the worker's access to the citizen, so it says nothing of them.
NOTICE = Kind(
    "notice",
    "worker",
    editable=True,
    written_by="server",
    fields=(
        Field("what", Type.CODE, required=True, words=NoticeWord),
        Field("citizen", Type.REF, required=True, belongs=True),
        Field("from_at", Type.MOMENT, required=True),  # nothing to tell before
        Field("to_at", Type.MOMENT),
        Field("role", Type.CODE, words=AssignmentRole),
        Field("worker", Type.REF),  # the other one: who had or has the citizen, who decides
        Field("name", limit=120),  # of that worker or team
        Field("about", Type.REF),  # the operation
        Field("about_kind", Type.CODE),
        Field("written_at", Type.MOMENT),
        Field("reason", Type.CODE, words=RejectReason),
    ),
)
NOTICE_READ = Kind(
    "notice_read",
    "worker",
    fields=(Field("notice", Type.REF, required=True, of=("notice",), belongs=True),),
)
COLLEAGUE = Kind(
    "colleague",
    "team",
    editable=True,
    written_by="server",
    fields=(
        Field("worker", Type.REF, required=True),
        Field("name", limit=120, required=True),
        Field("job", limit=120),
        Field("phone", limit=30),
        Field("left", Type.FLAG),
    ),
)

#: Named now, so that one word stands for each idea; they get their fields with the issue that builds them.
_LATER_CITIZEN = """
consent assessment_note visitation plan_reference other_plan professional relative coping_plan safety_note concern
housing_wish housing_wait_plan housing_task housing_situation administration_agreement neighbour_contact
replacement_support bridging offer handover farewell municipality_move review method_fit course_fact
who5 brief_inspire inspire_o fit own_scale focus_area tool_used supervision_flag reflection_tag
citizen_merge keep_answer colleague_request urgent_mark act_board_mark thanks_owed inform_step keep_home_task
"""
_LATER_TEAM = """
template walk_in_hours directory_entry tip role_task fidelity_form leader_checklist worker_absence supervision
team_question
"""
_LATER_WORKER = "setting course_date"
_LATER_ALL = "reference_item focus_area_item paragraph_item"

_READY = (
    CITIZEN,
    CONTACT,
    ATTEMPT,
    GOAL,
    STEP,
    PROGRESS,
    OWN_WORDS,
    STRENGTH,
    NEXT_STEP,
    RESPECT,
    METHOD,
    PHASE,
    INTENSITY,
    ABSENCE,
    HOUSING_PERIOD,
    PAUSE,
    CLOSING,
    REOPENING,
    ACCESS,
    ASSIGNMENT,
    CONFLICT,
    CONFLICT_DECISION,
    QUARANTINED,
    QUARANTINE_DECISION,
    NOTICE,
    NOTICE_READ,
    COLLEAGUE,
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
