"""What the server writes or keeps account of: who is entrusted with whom, two versions, late work, notices."""

from fieldapp.domain.fields import NOTE, Field, Kind, Type
from fieldapp.domain.values import AssignmentRole, Decision, NoticeWord, RejectReason, Version

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
        Field("citizen", Type.REF, belongs=True),  # none when it is about the worker alone
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

KINDS = (
    ACCESS,
    ASSIGNMENT,
    CONFLICT,
    CONFLICT_DECISION,
    QUARANTINED,
    QUARANTINE_DECISION,
    NOTICE,
    NOTICE_READ,
)
