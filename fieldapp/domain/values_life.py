"""More stored words: what one finds out together, the home, the end, the plan (see values.py for what a word is)."""

from enum import StrEnum


class Assessed(StrEnum):
    """What an assessment may be about: the eight dimensions, and what else matters (B3)."""

    HOUSING = "housing"
    MENTAL_HEALTH = "mental_health"
    PHYSICAL_HEALTH = "physical_health"
    FINANCES = "finances"
    DAILY_ACTIVITIES = "daily_activities"
    NETWORK_RELATIONS = "network_relations"
    SUBSTANCES = "substances"
    EDUCATION_WORK = "education_work"
    OTHER = "other"


class UsesOffers(StrEnum):
    """How far somebody can use what there is already: the methods' own words (B4, D1)."""

    HIGH_DEGREE = "high_degree"
    SOME_DEGREE = "some_degree"
    VERY_LIMITED = "very_limited"


class Visitation(StrEnum):
    """Where the authority's decision stands; the support need not wait for it (F2)."""

    IN_PROGRESS = "in_progress"
    GRANTED = "granted"
    NOT_GRANTED = "not_granted"


class HarmArea(StrEnum):
    """Where harm can be reduced, beside the use of substances (000 §2.8; M2)."""

    OWN_DOCTOR = "own_doctor"
    PHYSICAL_ILLNESS = "physical_illness"
    MENTAL_DIFFICULTIES = "mental_difficulties"
    FOOD = "food"
    DAY_RHYTHM = "day_rhythm"
    LONELINESS = "loneliness"
    SUBSTANCES = "substances"
    OTHER = "other"


class HarmTag(StrEnum):
    """Which harm is reduced (000 §2.8; M4)."""

    PHYSICAL = "physical"
    MENTAL = "mental"
    SOCIAL = "social"


class Chime(StrEnum):
    """What recovery often is about, as marks on a note (CHIME, 000 §2.7; N5)."""

    CONNECTION = "connection"
    HOPE = "hope"
    IDENTITY = "identity"
    MEANING = "meaning"
    EMPOWERMENT = "empowerment"


class HomeType(StrEnum):
    """Kinds of home; the ordinary one is the usual one (000 §2.4; G5)."""

    SOCIAL_HOUSING = "social_housing"
    PRIVATE = "private"
    YOUTH = "youth"
    ALTERNATIVE = "alternative"
    CATEGORY = "category"
    OTHER = "other"


class HousingWish(StrEnum):
    """How somebody would like to live (G4, G18, G20)."""

    OWN_HOME = "own_home"
    WITH_OTHERS = "with_others"
    NEAR_EXPERIENCE = "near_experience"
    NEAR_NETWORK = "near_network"
    QUIET = "quiet"
    PETS = "pets"
    EASY_ACCESS = "easy_access"
    YOUNG_LOW_RENT = "young_low_rent"
    NOT_NOW = "not_now"


class HousingList(StrEnum):
    """Lists on the way to a home and in it (G6-G9, G12, G15)."""

    FINDING = "finding"
    MOVING_IN = "moving_in"
    HOME = "home"
    KEEPING = "keeping"
    NEW_HOME = "new_home"


class HousingItem(StrEnum):
    """What stands on those lists (microcopy 9)."""

    SIGNED_UP = "signed_up"
    ALLOCATION = "allocation"
    PRIVATE_SEARCH = "private_search"
    OFFER = "offer"
    LEASE = "lease"
    DEPOSIT_LOAN = "deposit_loan"
    ONE_OFF_PAYMENT = "one_off_payment"
    INSURANCE = "insurance"
    ADDRESS_CHANGE = "address_change"
    MOVE_IN = "move_in"
    FIRST_THING = "first_thing"
    FURNITURE = "furniture"
    NEIGHBOURS = "neighbours"
    AREA = "area"
    LEARN_HOME = "learn_home"
    ARREARS = "arrears"
    COMPLAINT = "complaint"
    EVICTION_NOTICE = "eviction_notice"
    BENEFITS = "benefits"
    NEW_HOME = "new_home"
    OTHER = "other"


class HomeParty(StrEnum):
    """With whom one talks about living there (G15, G16)."""

    NEIGHBOUR = "neighbour"
    LANDLORD = "landlord"
    CARETAKER = "caretaker"
    OTHER = "other"


class HomeMatter(StrEnum):
    """What it was about (000 §3.1; G16)."""

    NEIGHBOURS = "neighbours"
    CONFLICT = "conflict"
    HOUSE_RULES = "house_rules"
    BELONGING = "belonging"
    RENT = "rent"
    OTHER = "other"


class Enough(StrEnum):
    """Whether the support is enough, in the citizen's own view (K2)."""

    TOO_MUCH = "too_much"
    TOO_LITTLE = "too_little"
    ABOUT_RIGHT = "about_right"


class ManagesAlone(StrEnum):
    """How far somebody manages alone, before support is turned down (T19)."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class Replacement(StrEnum):
    """What takes over when the course ends (K3, K4)."""

    ORDINARY_85 = "ordinary_85"
    OTHER_METHOD = "other_method"
    CONTACT_PERSON_99 = "contact_person_99"
    HEALTH = "health"
    ACTIVITY = "activity"
    NETWORK = "network"
    OTHER = "other"


class ChangeReason(StrEnum):
    """Why somebody else becomes the support person (K5, K12)."""

    WISH = "wish"
    METHOD_ENDS = "method_ends"
    WORKER_LEAVES = "worker_leaves"
    OTHER = "other"


class PlanType(StrEnum):
    """The plan the support stands in (F6; law.md 5.1)."""

    SECTION_141 = "section_141"
    ONE_PLAN = "one_plan"
    HOLISTIC = "holistic"


class OtherPlan(StrEnum):
    """Other plans that the support must fit with (F8)."""

    TREATMENT = "treatment"
    STAY = "stay"
    JOB = "job"
    OTHER = "other"


class Circle(StrEnum):
    """Where somebody stands on the map of a network (N4)."""

    PRIVATE = "private"
    CHOSEN = "chosen"
    PROFESSIONAL = "professional"


class Closeness(StrEnum):
    """How close, in the citizen's own view (N4)."""

    NEAR = "near"
    MIDDLE = "middle"
    FAR = "far"


class Meeting(StrEnum):
    """Meetings with several around the citizen (K11, N8, T9)."""

    COORDINATION = "coordination"
    WITH_SHELTER = "with_shelter"
    OPEN_DIALOGUE = "open_dialogue"
    RELATIONAL = "relational"
    COOPERATION_MODEL = "cooperation_model"
    OTHER = "other"


class Exported(StrEnum):
    """What was taken out of the app (law.md 5.3)."""

    CONTACTS = "contacts"
    PLAN = "plan"
    OWN_PAGE = "own_page"
    DAY = "day"
    ASSESSMENT = "assessment"


#: What stands on each list, in order (microcopy 9).
HOUSING: dict[HousingList, tuple[HousingItem, ...]] = {
    HousingList.FINDING: (
        HousingItem.SIGNED_UP,
        HousingItem.ALLOCATION,
        HousingItem.PRIVATE_SEARCH,
        HousingItem.OFFER,
    ),
    HousingList.MOVING_IN: (
        HousingItem.LEASE,
        HousingItem.DEPOSIT_LOAN,
        HousingItem.ONE_OFF_PAYMENT,
        HousingItem.INSURANCE,
        HousingItem.ADDRESS_CHANGE,
        HousingItem.MOVE_IN,
        HousingItem.FIRST_THING,
    ),
    HousingList.HOME: (
        HousingItem.FURNITURE,
        HousingItem.NEIGHBOURS,
        HousingItem.AREA,
        HousingItem.LEARN_HOME,
    ),
    HousingList.KEEPING: (
        HousingItem.ARREARS,
        HousingItem.COMPLAINT,
        HousingItem.EVICTION_NOTICE,
        HousingItem.BENEFITS,
    ),
    HousingList.NEW_HOME: (HousingItem.NEW_HOME,),
}
