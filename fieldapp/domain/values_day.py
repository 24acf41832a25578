"""More stored words: the working day, being elsewhere, consent, the team (see values.py for what a word is)."""

from enum import StrEnum


class FocusArea(StrEnum):
    """ACT's ten focus areas, in the manual's order; no sequence (000 §4.5.1; C11)."""

    CONTACT_MAKING = "contact_making"
    TRUST = "trust"
    PERSISTENT_CONTACT = "persistent_contact"
    OWN_HOME = "own_home"
    UNCOVER_NEEDS = "uncover_needs"
    PLAN = "plan"
    LOCAL_AREA = "local_area"
    TRY_OUT = "try_out"
    ASSESS = "assess"
    DOCUMENTATION = "documentation"


class Tool(StrEnum):
    """Tools and methods a worker may draw on (N4-N12, T15)."""

    SMALL_STEPS = "small_steps"
    NETWORK_MAP = "network_map"
    MOTIVATIONAL_INTERVIEW = "motivational_interview"
    COPING_PLAN = "coping_plan"
    CHANGE_CIRCLE = "change_circle"
    CHANGE_COMPASS = "change_compass"
    OPEN_DIALOGUE = "open_dialogue"
    RELATIONAL_COORDINATION = "relational_coordination"
    COOPERATION_MODEL = "cooperation_model"
    PERSON_CENTRED_PLAN = "person_centred_plan"
    LIFE_STORY = "life_story"
    SOCIAL_SKILLS = "social_skills"
    PEER_SUPPORT = "peer_support"
    WHO5 = "who5"
    BRIEF_INSPIRE = "brief_inspire"
    FIT = "fit"


class CtiAim(StrEnum):
    """What CTI is for (001; T2)."""

    STABLE_HOME = "stable_home"
    NETWORK = "network"
    OTHER_SUPPORT = "other_support"


class ConcernAct(StrEnum):
    """What was done about a worry; never a score (H15)."""

    EMERGENCY = "emergency"
    LEADER = "leader"
    COLLEAGUE = "colleague"
    AGREEMENT = "agreement"


class Answer(StrEnum):
    """What the citizen says to the support: a yes is never needed to reach out (C17), a no is respected (J8)."""

    YES = "yes"
    NO_THANKS = "no_thanks"


class TeamRole(StrEnum):
    """Who is in a team (C9; 001)."""

    SUPPORT = "support"
    HOUSING_SUPPORT = "housing_support"
    NURSE_SOMATIC = "nurse_somatic"
    NURSE_PSYCHIATRIC = "nurse_psychiatric"
    SUBSTANCE_TREATMENT = "substance_treatment"
    PSYCHIATRIST = "psychiatrist"
    AUTHORITY = "authority"
    JOB_CONSULTANT = "job_consultant"
    STREET = "street"
    PEER = "peer"


class KeepAnswer(StrEnum):
    """Whether somebody without a case is still looked for (E11)."""

    KEEP = "keep"
    REMOVE = "remove"
    MISTAKE = "mistake"
    """Should never have been registered."""


class ConsentAnswer(StrEnum):
    """What the citizen answered; not asked yet is no record (J1)."""

    YES = "yes"
    NO = "no"


class ConsentHow(StrEnum):
    """How it was said (J1)."""

    ORALLY = "orally"
    IN_WRITING = "in_writing"


class ConsentAbout(StrEnum):
    """Whom a consent is about, so that an act can ask for it (J1, G14, G16, H4)."""

    HOSPITAL = "hospital"
    PRISON = "prison"
    TREATMENT = "treatment"
    SHELTER = "shelter"
    NETWORK = "network"
    AUTHORITY = "authority"
    MONEY = "money"
    HOUSING = "housing"
    OTHER = "other"


class TaskList(StrEnum):
    """Lists to go through while somebody is elsewhere (I3, I4, I8)."""

    KEEP_HOME = "keep_home"
    COMING_HOME = "coming_home"
    DISCHARGE = "discharge"
    RELEASE = "release"


class TaskItem(StrEnum):
    """What stands on those lists; a team's own words are its text."""

    RENT = "rent"
    POWER_HEATING = "power_heating"
    INSURANCE = "insurance"
    POST = "post"
    KEYS = "keys"
    PETS = "pets"
    MEDICINE = "medicine"
    HOME_READY = "home_ready"
    FIRST_MEETING = "first_meeting"
    FETCHED = "fetched"
    JOINT_MEETING = "joint_meeting"
    HEALTH_AFTER = "health_after"
    HELP_AT_HOME = "help_at_home"
    MONEY_AFTER = "money_after"
    PAPERS = "papers"
    PLACE_TO_SLEEP = "place_to_sleep"
    NETWORK_TOLD = "network_told"
    OTHER = "other"


class LocalText(StrEnum):
    """Texts that a team writes for itself."""

    CONCERN = "concern"
    CHILD = "child"
    OTHER_MESSAGES = "other_messages"
    DISCHARGE = "discharge"
    RELEASE = "release"
    LAW = "law"


class Verdict(StrEnum):
    """What the citizen says of an offer: a wish, never a requirement (T8)."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT_FOR_ME = "not_for_me"
    NOT_NOW = "not_now"


class Sector(StrEnum):
    """Where a professional works (T13)."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    SHELTER = "shelter"
    HOUSING_ASSOCIATION = "housing_association"
    JOB_CENTRE = "job_centre"
    PRISON_SERVICE = "prison_service"
    CIVIL_SOCIETY = "civil_society"
    OTHER = "other"


class WaitingReason(StrEnum):
    """Why there is no home yet: about the system, never the citizen (T7)."""

    MONEY = "money"
    STRUCTURE = "structure"
    CAPACITY = "capacity"


class NextBy(StrEnum):
    """Who makes the next step (review.md 2.2)."""

    WORKER = "worker"
    CITIZEN = "citizen"
    COLLEAGUE = "colleague"


#: What stands on each list, in order.
TASKS: dict[TaskList, tuple[TaskItem, ...]] = {
    TaskList.KEEP_HOME: (
        TaskItem.RENT,
        TaskItem.POWER_HEATING,
        TaskItem.INSURANCE,
        TaskItem.POST,
        TaskItem.KEYS,
        TaskItem.PETS,
        TaskItem.MEDICINE,
    ),
    TaskList.COMING_HOME: (TaskItem.HOME_READY, TaskItem.FIRST_MEETING, TaskItem.FETCHED),
    TaskList.DISCHARGE: (TaskItem.JOINT_MEETING, TaskItem.HEALTH_AFTER, TaskItem.HELP_AT_HOME, TaskItem.NETWORK_TOLD),
    TaskList.RELEASE: (
        TaskItem.JOINT_MEETING,
        TaskItem.PLACE_TO_SLEEP,
        TaskItem.MONEY_AFTER,
        TaskItem.PAPERS,
        TaskItem.HEALTH_AFTER,
        TaskItem.NETWORK_TOLD,
    ),
}
