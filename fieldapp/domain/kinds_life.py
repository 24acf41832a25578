"""What one finds out together on the way: kinds of the citizen's scope."""

from fieldapp.domain.fields import Field, Kind, Type
from fieldapp.domain.values import DecidedBy, Dimension
from fieldapp.domain.values_day import FocusArea
from fieldapp.domain.values_life import Assessed, Enough, ManagesAlone, UsesOffers, Visitation

#: Dated and added to, never finished (F3); strengths before needs, both optional (B3).
ASSESSMENT_NOTE = Kind(
    "assessment_note",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("about", Type.CODE, required=True, words=Assessed),
        Field("resources", limit=1_000, searched="written"),
        Field("needs", limit=1_000, searched="written"),
    ),
)
USE_OF_OFFERS = Kind(
    "use_of_offers",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("level", Type.CODE, required=True, words=UsesOffers),
        Field("note", limit=500, searched="written"),
    ),
)
#: The citizen's own: how near to what they want, 0 to 10. Never compared with anybody's (L4). No screen asks for
#: `own_words` to it: what is searched would be read outside *Sammen*. It stays declared for rows of another version.
OWN_SCALE = Kind(
    "own_scale",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("value", Type.NUMBER, limit=10, required=True),
        Field("own_words", limit=500, searched="written"),
    ),
)
#: What is worked with now: a dimension, an ACT area, one of the team's own list (`item`), or own words.
FOCUS_AREA = Kind(
    "focus_area",
    "citizen",
    editable=True,
    fields=(
        Field("from_on", Type.DAY, required=True),
        Field("dimension", Type.CODE, words=Dimension),
        Field("act_area", Type.CODE, words=FocusArea),
        Field("item", Type.REF),
        Field("text", limit=300, searched="written"),
        Field("decided_by", Type.CODE, words=DecidedBy),
        Field("ended_on", Type.DAY),
    ),
)
VISITATION = Kind(
    "visitation",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("stands", Type.CODE, required=True, words=Visitation),
        Field("paragraph", limit=40),
        Field("contact", limit=120, searched="written"),
        Field("phone", limit=30),
        Field("note", limit=500, searched="written"),
    ),
)
#: *Når det bliver svært*: the latest stands, the earlier stay readable (N6).
COPING_PLAN = Kind(
    "coping_plan",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("signs", limit=1_000, searched="written"),
        Field("helps", limit=1_000, searched="written"),
        Field("helps_not", limit=1_000, searched="written"),
        Field("whom_to_call", limit=500, searched="written"),
        Field("for_others", limit=1_000, searched="written"),
    ),
)
REVIEW = Kind(
    "review",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("need", limit=1_000, searched="written"),
        Field("enough", Type.CODE, words=Enough),
        Field("own_view", limit=1_000, searched="written"),
        Field("in_the_way", limit=1_000, searched="written"),
        Field("would_help", limit=1_000, searched="written"),
        Field("manages_alone", Type.CODE, words=ManagesAlone),
        Field("method_fits", Type.FLAG),
        Field("next_on", Type.DAY),
    ),
)
#: *Ikke endnu*: the phase stays, and a day is agreed to look at it again (C3).
PHASE_LOOK = Kind(
    "phase_look",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("look_again_on", Type.DAY, required=True),
        Field("own_view", limit=1_000, searched="written"),
    ),
)
#: The four signals of 001; each is a yes or a no, none is a score (D9).
METHOD_FIT = Kind(
    "method_fit",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("more_support", Type.FLAG),
        Field("longer", Type.FLAG),
        Field("hard_to_lower", Type.FLAG),
        Field("shift_wrong", Type.FLAG),
        Field("own_view", limit=1_000, searched="written"),
        Field("talked_on", Type.DAY),
    ),
)

KINDS = (
    ASSESSMENT_NOTE,
    USE_OF_OFFERS,
    OWN_SCALE,
    FOCUS_AREA,
    VISITATION,
    COPING_PLAN,
    REVIEW,
    PHASE_LOOK,
    METHOD_FIT,
)
