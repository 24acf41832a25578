"""What a team shares that is about no citizen: colleagues, texts, words, hours, who is away."""

from fieldapp.domain.fields import NOTE, Field, Kind, Type
from fieldapp.domain.values import Method, Way
from fieldapp.domain.values_day import LocalText, TeamRole

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
        Field("role", Type.CODE, words=TeamRole),
        Field("deputy", Type.REF),  # who stands in when this worker is away
    ),
)
#: A team's own greeting or note, beside those that come with the app.
TEMPLATE = Kind(
    "template",
    "team",
    editable=True,
    fields=(
        Field("way", Type.CODE, required=True, words=Way),
        Field("about", limit=60),
        Field("text", limit=500, required=True),
        Field("replaces", Type.CODE),  # the app's own text that it stands for (s1 ...)
        Field("ended_on", Type.DAY),
    ),
)
#: A word the team avoids, and what it says instead; `off` switches one of the app's own off.
WORD_CHOICE = Kind(
    "word_choice",
    "team",
    editable=True,
    fields=(Field("avoid", required=True), Field("better"), Field("off", Type.FLAG)),
)
LOCAL_TEXT = Kind(
    "local_text",
    "team",
    editable=True,
    fields=(
        Field("which", Type.CODE, required=True, words=LocalText),
        Field("text", limit=NOTE, required=True),
    ),
)
WALK_IN_HOURS = Kind(
    "walk_in_hours",
    "team",
    editable=True,
    fields=(
        Field("place", required=True),
        Field("weekday", Type.NUMBER, limit=6, required=True),  # 0 is Monday
        Field("hours_from", Type.CLOCK),
        Field("hours_to", Type.CLOCK),
        Field("who"),
        Field("ended_on", Type.DAY),
    ),
)
DIRECTORY_ENTRY = Kind(
    "directory_entry",
    "team",
    editable=True,
    fields=(
        Field("helps_with", required=True),
        Field("name", required=True),
        Field("phone", limit=30),
        Field("note", limit=500),
        Field("ended_on", Type.DAY),
    ),
)
#: A worker is away: the server entrusts their citizens to the deputy for that time. Back before it: taken back.
WORKER_ABSENCE = Kind(
    "worker_absence",
    "team",
    fields=(
        Field("worker", Type.REF, required=True),
        Field("from_on", Type.DAY, required=True),
        Field("to_on", Type.DAY),
        Field("deputy", Type.REF),
    ),
)
#: The deputy has opened the list: who is away sees it.
WORKER_ABSENCE_SEEN = Kind(
    "worker_absence_seen",
    "team",
    fields=(
        Field("seen_at", Type.MOMENT, required=True),
        Field("worker_absence", Type.REF, required=True, of=("worker_absence",), belongs=True),
    ),
)
#: The team's list of focus areas for a method; empty until somebody fills it (C7, S4).
FOCUS_AREA_ITEM = Kind(
    "focus_area_item",
    "team",
    editable=True,
    fields=(
        Field("method", Type.CODE, required=True, words=Method),
        Field("text", limit=200, required=True),
        Field("ended_on", Type.DAY),
    ),
)
#: A paragraph of the law, as the team words it; `replaces` one of the app's own (1.Q).
PARAGRAPH_ITEM = Kind(
    "paragraph_item",
    "team",
    editable=True,
    fields=(
        Field("paragraph", limit=20, required=True),
        Field("text", limit=500, required=True),
        Field("replaces", Type.CODE),
        Field("ended_on", Type.DAY),
    ),
)

KINDS = (
    COLLEAGUE,
    TEMPLATE,
    WORD_CHOICE,
    LOCAL_TEXT,
    WALK_IN_HOURS,
    DIRECTORY_ENTRY,
    WORKER_ABSENCE,
    WORKER_ABSENCE_SEEN,
    FOCUS_AREA_ITEM,
    PARAGRAPH_ITEM,
)
