"""The way to a home and the life in it; none of it touches the support (I-3)."""

from fieldapp.domain.fields import NOTE, Field, Kind, Type
from fieldapp.domain.values import Situation
from fieldapp.domain.values_life import HomeMatter, HomeParty, HomeType, HousingItem, HousingList, HousingWish

#: Dated and neutral (G1): the latest is where somebody is.
HOUSING_SITUATION = Kind(
    "housing_situation",
    "citizen",
    fields=(
        Field("from_on", Type.DAY, required=True),
        Field("situation", Type.CODE, required=True, words=Situation),
        Field("note", limit=300, searched="written"),
    ),
)
HOUSING_WISH = Kind(
    "housing_wish",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("wishes", Type.CODES, words=HousingWish),
        Field("home_type", Type.CODE, words=HomeType),
        Field("reason", limit=500, searched="written"),
        Field("own_words", limit=1_000, searched="written"),
    ),
)
#: How, when, and where meanwhile; what nobody knows yet gets a day to look at it again (F4).
HOUSING_WAIT_PLAN = Kind(
    "housing_wait_plan",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("how", limit=500, searched="written"),
        Field("when_text", limit=200, searched="written"),
        Field("meanwhile", limit=500, searched="written"),
        Field("follow_up_on", Type.DAY),
    ),
)
HOUSING_TASK = Kind(
    "housing_task",
    "citizen",
    editable=True,
    fields=(
        Field("list", Type.CODE, required=True, words=HousingList),
        Field("item", Type.CODE, required=True, words=HousingItem),
        Field("text", limit=300, searched="written"),
        Field("number", limit=40),
        Field("due_on", Type.DAY),
        Field("done_on", Type.DAY),
        Field("housing_period", Type.REF, of=("housing_period",)),
    ),
)
#: Two questions to the team, not to the citizen (G11).
LOSS_REFLECTION = Kind(
    "loss_reflection",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("housing_period", Type.REF, required=True, of=("housing_period",), belongs=True),
        Field("support_fit", limit=1_000, searched="written"),
        Field("home_fit", limit=1_000, searched="written"),
    ),
)
#: Fixed costs paid before the benefit is paid out: by the citizen's wish and consent (G14).
ADMINISTRATION_AGREEMENT = Kind(
    "administration_agreement",
    "citizen",
    editable=True,
    fields=(
        Field("from_on", Type.DAY, required=True),
        Field("consent", Type.REF, of=("consent",)),
        Field("what", limit=300, searched="written"),
        Field("contact", limit=120, searched="written"),
        Field("phone", limit=30),
        Field("ended_on", Type.DAY),
    ),
)
NEIGHBOUR_CONTACT = Kind(
    "neighbour_contact",
    "citizen",
    fields=(
        Field("on", Type.DAY, required=True),
        Field("party", Type.CODE, required=True, words=HomeParty),
        Field("about", Type.CODE, words=HomeMatter),
        Field("text", limit=NOTE, searched="written"),
        Field("consent", Type.REF, of=("consent",)),
    ),
)
#: The hand-over to another municipality, agreed on a day (G19, K9).
MUNICIPALITY_MOVE = Kind(
    "municipality_move",
    "citizen",
    editable=True,
    fields=(
        Field("on", Type.DAY, required=True),
        Field("to", limit=120, required=True, searched="written"),
        Field("contact", limit=120, searched="written"),
        Field("phone", limit=30),
        Field("agreed_on", Type.DAY),
        Field("note", limit=500, searched="written"),
    ),
)

KINDS = (
    HOUSING_SITUATION,
    HOUSING_WISH,
    HOUSING_WAIT_PLAN,
    HOUSING_TASK,
    LOSS_REFLECTION,
    ADMINISTRATION_AGREEMENT,
    NEIGHBOUR_CONTACT,
    MUNICIPALITY_MOVE,
)
