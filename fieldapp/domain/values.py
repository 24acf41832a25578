"""The words that are stored and sent: English, lower case, never changed; a newer app may know more.

Rows keep plain text, so that a value this app does not know survives and goes back unchanged
(architecture 14). These lists are what this app can offer and name.
"""

from enum import StrEnum


class Dimension(StrEnum):
    """The eight life dimensions, in the manual's order (000 §4.1)."""

    HOUSING = "housing"
    MENTAL_HEALTH = "mental_health"
    PHYSICAL_HEALTH = "physical_health"
    FINANCES = "finances"
    DAILY_ACTIVITIES = "daily_activities"
    NETWORK_RELATIONS = "network_relations"
    SUBSTANCES = "substances"
    EDUCATION_WORK = "education_work"


class ContactMode(StrEnum):
    MET = "met"
    TALKED = "talked"
    WROTE = "wrote"
    CITIZEN_CALLED = "citizen_called"
    CITIZEN_WROTE = "citizen_wrote"
    CITIZEN_CAME = "citizen_came"
    NOT_MET = "not_met"


#: A real contact in either direction; *vi mødtes ikke i dag* is not one (rhythm.md).
REAL_CONTACTS = frozenset(ContactMode) - {ContactMode.NOT_MET}
FROM_THE_CITIZEN = frozenset({ContactMode.CITIZEN_CALLED, ContactMode.CITIZEN_WROTE, ContactMode.CITIZEN_CAME})


class Place(StrEnum):
    HOME = "home"
    STREET = "street"
    DROP_IN = "drop_in"
    CAFE = "cafe"
    SHELTER = "shelter_110"
    HOSPITAL = "hospital"
    CUSTODY = "custody"
    CAR = "car"
    PHONE = "phone"
    OTHER = "other"


class Content(StrEnum):
    """What a contact was about, beside the dimensions (000 §1.1; T1)."""

    EVERYDAY = "everyday"
    TALK = "talk"
    WENT_ALONG = "went_along"
    AUTHORITY = "authority"
    TREATMENT = "treatment"
    ACTIVITY = "activity"
    NETWORK = "network"
    HOUSING = "housing"


class Way(StrEnum):
    """The manual's ways of reaching out (000 §2.5), in its order, and three of ours."""

    TEXT = "text"
    CALL = "call"
    BELL = "bell"
    NOTE = "note"
    KNOWN_PLACE = "known_place"
    NETWORK = "network"
    OTHER = "other"


class Outcome(StrEnum):
    UNCONFIRMED = "unconfirmed"
    SENT = "sent"
    NOT_SENT = "not_sent"
    TALKED = "talked"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    NUMBER_NOT_WORKING = "number_not_working"
    WANTS_PEACE = "wants_peace"
    OPENED_TALKED = "opened_talked"
    OPENED_NOT_TODAY = "opened_not_today"
    NOBODY_OPENED = "nobody_opened"
    LEFT = "left"
    MET = "met"
    NOT_SEEN = "not_seen"
    SEEN_BY_OTHERS = "seen_by_others"
    PASSED_ON = "passed_on"
    DONE = "done"


#: Which outcomes each way may end with, in the order of the buttons (ux.md F3-F4, microcopy 5).
OUTCOMES: dict[Way, tuple[Outcome, ...]] = {
    Way.TEXT: (Outcome.SENT, Outcome.NOT_SENT, Outcome.UNCONFIRMED),
    Way.CALL: (
        Outcome.TALKED,
        Outcome.NO_ANSWER,
        Outcome.LEFT_MESSAGE,
        Outcome.NUMBER_NOT_WORKING,
        Outcome.WANTS_PEACE,
    ),
    Way.BELL: (Outcome.OPENED_TALKED, Outcome.OPENED_NOT_TODAY, Outcome.NOBODY_OPENED),
    Way.NOTE: (Outcome.LEFT,),
    Way.KNOWN_PLACE: (Outcome.MET, Outcome.NOT_SEEN, Outcome.SEEN_BY_OTHERS),
    Way.NETWORK: (Outcome.PASSED_ON,),
    Way.OTHER: (Outcome.DONE,),
}

#: Outcomes in which the citizen and the worker really had contact: they reset the rhythm.
REAL_OUTCOMES = frozenset(
    {Outcome.TALKED, Outcome.WANTS_PEACE, Outcome.OPENED_TALKED, Outcome.OPENED_NOT_TODAY, Outcome.MET}
)


class Respect(StrEnum):
    """How the citizen wants to be reached (H7)."""

    FINE = "fine"
    TEXT_ONLY = "text_only"
    CALL_ONLY = "call_only"
    NOT_AT_HOME = "not_at_home"
    HOURS = "hours"
    PEACE_UNTIL = "peace_until"


class Situation(StrEnum):
    """Where somebody sleeps (G1, G23)."""

    STREET = "street"
    SHELTER = "shelter_110"
    NIGHT_SHELTER = "night_shelter"
    FAMILY_FRIENDS = "family_friends"
    HOSPITAL = "hospital"
    PRISON = "prison"
    TREATMENT = "treatment"
    PLACED_AS_YOUNG = "placed_as_young"
    CAR = "car"
    HOTEL_CAMPING = "hotel_camping"
    TRANSITION_FLAT = "transition_flat"
    AT_RISK = "at_risk"
    FUNCTIONAL = "functional"
    OWN_HOME = "own_home"
    UNKNOWN = "unknown"


class MadeAwareBy(StrEnum):
    """Who made us aware (E2, E3; 001's list and three of ours)."""

    STREET_WORKER = "street_worker"
    SUBSTANCE_CONSULTANT = "substance_consultant"
    GP = "gp"
    DROP_IN_VOLUNTEER = "drop_in_volunteer"
    JOB_CENTRE = "job_centre"
    HOUSING_ASSOCIATION = "housing_association"
    CIVIL_SOCIETY = "civil_society"
    AUTHORITY_ON_SITE = "authority_on_site"
    SHELTER = "shelter_110"
    YOUTH_EDUCATION = "youth_education"
    DAY_CENTRE = "day_centre"
    SELF = "self"
    RELATIVE = "relative"
    POLICE = "police"
    OTHER = "other"


class NameAsked(StrEnum):
    NOT_YET = "not_yet"
    TOLD = "told"
    CHOSE_OWN = "chose_own"
    RATHER_NOT = "rather_not"


class DecidedBy(StrEnum):
    """Who decided the goal (J3)."""

    CITIZEN = "citizen"
    TOGETHER = "together"
    PROPOSED = "proposed"


class StepBy(StrEnum):
    CITIZEN = "citizen"
    TOGETHER = "together"
    WORKER = "worker"


class GoalOutcome(StrEnum):
    """How it goes, in the manual's sense: as before counts too (M1)."""

    BETTER = "better"
    AS_BEFORE = "as_before"
    HARDER_NOW = "harder_now"


class Aspect(StrEnum):
    """Wishes, dreams and hopes (000 §2.7)."""

    WISH = "wish"
    DREAM = "dream"
    HOPE = "hope"


class Method(StrEnum):
    CTI = "cti"
    ICM = "icm"
    ACT = "act"
    ACT_MODIFIED = "act_modified"


class Phase(StrEnum):
    """CTI's contact period and three phases (000 §4.3.1)."""

    CONTACT_PERIOD = "contact_period"
    TRANSITION = "transition"
    TRY_OUT = "try_out"
    HANDOVER = "handover"


class ActDimension(StrEnum):
    """ACT's three dimensions of support (000 §4.5.1)."""

    SOCIAL_PRACTICAL = "social_practical"
    HEALTH = "health"
    ADMINISTRATIVE = "administrative"


class AbsencePlace(StrEnum):
    HOSPITAL = "hospital"
    PRISON = "prison"
    TREATMENT = "treatment"
    SHELTER = "shelter_110"
    UNKNOWN = "unknown"


class AssignmentRole(StrEnum):
    RESPONSIBLE = "responsible"
    DEPUTY = "deputy"
    TEAM = "team"


class Version(StrEnum):
    """Which of two texts stands, after somebody looked: see `conflict` for what is stored and what is kept."""

    STORED = "stored"
    KEPT = "kept"
    BOTH = "both"


class NoticeWord(StrEnum):
    """What a worker is told of, because somebody else decided it."""

    GAINED = "gained"
    LOST = "lost"
    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RECOVERED = "recovered"
    LOGIN = "login"


class Decision(StrEnum):
    """What became of work for a citizen its writer no longer holds."""

    ACCEPT = "accept"
    REJECT = "reject"


class RejectReason(StrEnum):
    """Why work was not taken along; `gone` is the server's own: what it was about is erased."""

    ALREADY_THERE = "already_there"
    OUTDATED = "outdated"
    OTHER_PERSON = "other_person"
    OTHER = "other"
    GONE = "gone"


class ClosingGround(StrEnum):
    """The grounds a course may end on; silence is not among them (I-4, review.md 1.2)."""

    REPLACEMENT = "replacement"
    MANAGES_ALONE = "manages_own_judgement"
    OWN_WISH = "own_wish"
    LONG_IMPRISONMENT = "long_imprisonment"
    MOVED_MUNICIPALITY = "moved_municipality"
    AUTHORITY_DECISION = "authority_decision"
    DEATH = "death"


class Support(StrEnum):
    """Where the support stands: derived, never stored (architecture 7)."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
