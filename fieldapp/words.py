"""What every stored code is called on screen; a code from a newer app has a name too."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from fieldapp import words_day, words_life
from fieldapp.domain import values
from fieldapp.texts import P_ as P_
from fieldapp.texts import _, pgettext


def named(mark: tuple[str, str]) -> str:
    """What `P_` marked, in the chosen language."""
    return pgettext(*mark)


def word(of: type[StrEnum], code: str | None) -> str:
    """The name of one of `of`'s codes, in the chosen language."""
    mark = WORDS[of].get(code or "")
    return named(mark) if mark else _("Other (newer version)")


def words(of: type[StrEnum], codes: tuple[str, ...]) -> str:
    return ", ".join(word(of, code) for code in codes)


def intensity(level: int) -> str:
    """From 1 (rolig) to 5 (meget tæt)."""
    return named(INTENSITY[level]) if level in INTENSITY else _("Other (newer version)")


#: The manual's exact words and order (000 §4.1).
_DIMENSIONS = {
    values.Dimension.HOUSING: P_("dimension", "Housing"),
    values.Dimension.MENTAL_HEALTH: P_("dimension", "Mental health"),
    values.Dimension.PHYSICAL_HEALTH: P_("dimension", "Physical health"),
    values.Dimension.FINANCES: P_("dimension", "Finances"),
    values.Dimension.DAILY_ACTIVITIES: P_("dimension", "Daily activities"),
    values.Dimension.NETWORK_RELATIONS: P_("dimension", "Network and social relations"),
    values.Dimension.SUBSTANCES: P_("dimension", "Substance use"),
    values.Dimension.EDUCATION_WORK: P_("dimension", "Education and work"),
}
_MODES = {
    values.ContactMode.MET: P_("mode", "We met"),
    values.ContactMode.TALKED: P_("mode", "We talked on the phone"),
    values.ContactMode.WROTE: P_("mode", "We wrote to each other"),
    values.ContactMode.CITIZEN_CALLED: P_("mode", "The citizen called"),
    values.ContactMode.CITIZEN_WROTE: P_("mode", "The citizen wrote"),
    values.ContactMode.CITIZEN_CAME: P_("mode", "The citizen came by"),
    values.ContactMode.NOT_MET: P_("mode", "We didn't meet today"),
}
_PLACES = {
    values.Place.HOME: P_("place", "At home"),
    values.Place.STREET: P_("place", "Street"),
    values.Place.DROP_IN: P_("place", "Drop-in centre"),
    values.Place.CAFE: P_("place", "Café"),
    values.Place.SHELTER: P_("place", "Shelter"),
    values.Place.HOSPITAL: P_("place", "Hospital"),
    values.Place.CUSTODY: P_("place", "Prison"),
    values.Place.CAR: P_("place", "Car"),
    values.Place.PHONE: P_("place", "Phone"),
    values.Place.OTHER: P_("place", "Elsewhere"),
}
_CONTENT = {
    values.Content.EVERYDAY: P_("content", "Everyday life"),
    values.Content.TALK: P_("content", "Talk"),
    values.Content.WENT_ALONG: P_("content", "Went along"),
    values.Content.AUTHORITY: P_("content", "Authorities"),
    values.Content.TREATMENT: P_("content", "Treatment"),
    values.Content.ACTIVITY: P_("content", "Activities and company"),
    values.Content.NETWORK: P_("content", "Network"),
    values.Content.HOUSING: P_("content", "Home"),
}
_WAYS = {
    values.Way.TEXT: P_("way", "Text"),
    values.Way.CALL: P_("way", "Call"),
    values.Way.BELL: P_("way", "Rang the bell"),
    values.Way.NOTE: P_("way", "Note"),
    values.Way.KNOWN_PLACE: P_("way", "Went by a known place"),
    values.Way.NETWORK: P_("way", "Through the network"),
    values.Way.OTHER: P_("way", "Another way"),
}
_OUTCOMES = {
    values.Outcome.UNCONFIRMED: P_("outcome", "I'll answer later"),
    values.Outcome.SENT: P_("outcome", "Yes, sent"),
    values.Outcome.NOT_SENT: P_("outcome", "No"),
    values.Outcome.TALKED: P_("outcome", "We talked"),
    values.Outcome.NO_ANSWER: P_("outcome", "No answer"),
    values.Outcome.LEFT_MESSAGE: P_("outcome", "Left a message"),
    values.Outcome.NUMBER_NOT_WORKING: P_("outcome", "The number doesn't work"),
    values.Outcome.WANTS_PEACE: P_("outcome", "Wants some space"),
    values.Outcome.OPENED_TALKED: P_("outcome", "Opened, we talked"),
    values.Outcome.OPENED_NOT_TODAY: P_("outcome", "Opened, not today"),
    values.Outcome.NOBODY_OPENED: P_("outcome", "Nobody opened"),
    values.Outcome.LEFT: P_("outcome", "The note is there"),
    values.Outcome.MET: P_("outcome", "We met"),
    values.Outcome.NOT_SEEN: P_("outcome", "Not there today"),
    values.Outcome.SEEN_BY_OTHERS: P_("outcome", "Others have seen the citizen"),
    values.Outcome.PASSED_ON: P_("outcome", "Passed on"),
    values.Outcome.DONE: P_("outcome", "Done"),
}
_RESPECT = {
    values.Respect.FINE: P_("respect", "Contact is welcome"),
    values.Respect.TEXT_ONLY: P_("respect", "Texts only"),
    values.Respect.CALL_ONLY: P_("respect", "Calls only"),
    values.Respect.NOT_AT_HOME: P_("respect", "Not at home"),
    values.Respect.HOURS: P_("respect", "Only at certain hours"),
    values.Respect.PEACE_UNTIL: P_("respect", "Wants some space"),
}
_SITUATIONS = {
    values.Situation.STREET: P_("situation", "On the street"),
    values.Situation.SHELTER: P_("situation", "Shelter"),
    values.Situation.NIGHT_SHELTER: P_("situation", "Night shelter"),
    values.Situation.FAMILY_FRIENDS: P_("situation", "With family or friends"),
    values.Situation.HOSPITAL: P_("situation", "Hospital"),
    values.Situation.PRISON: P_("situation", "Prison"),
    values.Situation.TREATMENT: P_("situation", "Treatment"),
    values.Situation.PLACED_AS_YOUNG: P_("situation", "Leaving care as a young adult"),
    values.Situation.CAR: P_("situation", "Car, caravan or allotment"),
    values.Situation.HOTEL_CAMPING: P_("situation", "Hotel, hostel or camping"),
    values.Situation.TRANSITION_FLAT: P_("situation", "Transition flat"),
    values.Situation.AT_RISK: P_("situation", "Has a home and may lose it"),
    values.Situation.FUNCTIONAL: P_("situation", "Has a home and cannot use it"),
    values.Situation.OWN_HOME: P_("situation", "Own home"),
    values.Situation.UNKNOWN: P_("situation", "Don't know"),
}
_MADE_AWARE_BY = {
    values.MadeAwareBy.STREET_WORKER: P_("made aware by", "Street outreach worker"),
    values.MadeAwareBy.SUBSTANCE_CONSULTANT: P_("made aware by", "Substance use consultant"),
    values.MadeAwareBy.GP: P_("made aware by", "General practitioner"),
    values.MadeAwareBy.DROP_IN_VOLUNTEER: P_("made aware by", "Volunteer at a drop-in centre"),
    values.MadeAwareBy.JOB_CENTRE: P_("made aware by", "Job centre"),
    values.MadeAwareBy.HOUSING_ASSOCIATION: P_("made aware by", "Housing association"),
    values.MadeAwareBy.CIVIL_SOCIETY: P_("made aware by", "Civil society"),
    values.MadeAwareBy.AUTHORITY_ON_SITE: P_("made aware by", "Outreach caseworker"),
    values.MadeAwareBy.SHELTER: P_("made aware by", "Shelter"),
    values.MadeAwareBy.YOUTH_EDUCATION: P_("made aware by", "Youth education"),
    values.MadeAwareBy.DAY_CENTRE: P_("made aware by", "Day centre"),
    values.MadeAwareBy.SELF: P_("made aware by", "Came themselves"),
    values.MadeAwareBy.RELATIVE: P_("made aware by", "Family or friends"),
    values.MadeAwareBy.POLICE: P_("made aware by", "Police"),
    values.MadeAwareBy.OTHER: P_("made aware by", "Somebody else"),
}
_NAME_ASKED = {
    values.NameAsked.NOT_YET: P_("name asked", "Not asked yet"),
    values.NameAsked.TOLD: P_("name asked", "Has said the name"),
    values.NameAsked.CHOSE_OWN: P_("name asked", "Has chosen the name"),
    values.NameAsked.RATHER_NOT: P_("name asked", "Prefers not to say"),
}
_DECIDED_BY = {
    values.DecidedBy.CITIZEN: P_("decided by", "The citizen"),
    values.DecidedBy.TOGETHER: P_("decided by", "Together"),
    values.DecidedBy.PROPOSED: P_("decided by", "Suggested"),
}
_STEP_BY = {
    values.StepBy.CITIZEN: P_("step by", "The citizen"),
    values.StepBy.TOGETHER: P_("step by", "We do it together"),
    values.StepBy.WORKER: P_("step by", "I do"),
}
_GOAL_OUTCOMES = {
    values.GoalOutcome.BETTER: P_("goal outcome", "Better"),
    values.GoalOutcome.AS_BEFORE: P_("goal outcome", "As before, which is fine"),
    values.GoalOutcome.HARDER_NOW: P_("goal outcome", "Harder right now"),
}
_ASPECTS = {
    values.Aspect.WISH: P_("aspect", "Wishes for"),
    values.Aspect.DREAM: P_("aspect", "Dreams of"),
    values.Aspect.HOPE: P_("aspect", "Hopes for"),
}
_METHODS = {
    values.Method.CTI: P_("method", "CTI"),
    values.Method.ICM: P_("method", "ICM"),
    values.Method.ACT: P_("method", "ACT"),
    values.Method.ACT_MODIFIED: P_("method", "Modified ACT"),
}
_PHASES = {
    values.Phase.CONTACT_PERIOD: P_("phase", "Contact period"),
    values.Phase.TRANSITION: P_("phase", "Transition to own home"),
    values.Phase.TRY_OUT: P_("phase", "Try-out"),
    values.Phase.HANDOVER: P_("phase", "Transfer of support"),
}
_ACT_DIMENSIONS = {
    values.ActDimension.SOCIAL_PRACTICAL: P_("act dimension", "Social and practical support"),
    values.ActDimension.HEALTH: P_("act dimension", "Specialised health support"),
    values.ActDimension.ADMINISTRATIVE: P_("act dimension", "Support with administrative matters"),
}
_ABSENCE_PLACES = {
    values.AbsencePlace.HOSPITAL: P_("absence", "Hospital"),
    values.AbsencePlace.PRISON: P_("absence", "Custody or prison"),
    values.AbsencePlace.TREATMENT: P_("absence", "Treatment"),
    values.AbsencePlace.SHELTER: P_("absence", "Shelter"),
    values.AbsencePlace.UNKNOWN: P_("absence", "Don't know"),
}
_ROLES = {
    values.AssignmentRole.RESPONSIBLE: P_("role", "Support person"),
    values.AssignmentRole.DEPUTY: P_("role", "Deputy"),
    values.AssignmentRole.TEAM: P_("role", "Team"),
}
_VERSIONS = {
    values.Version.STORED: P_("version", "What stood"),
    values.Version.KEPT: P_("version", "The other text"),
    values.Version.BOTH: P_("version", "Both"),
}
_NOTICES = {
    values.NoticeWord.GAINED: P_("notice", "Supports the citizen now"),
    values.NoticeWord.LOST: P_("notice", "Doesn't support the citizen any more"),
    values.NoticeWord.QUARANTINED: P_("notice", "Work waits for a decision"),
    values.NoticeWord.ACCEPTED: P_("notice", "Work was taken along"),
    values.NoticeWord.REJECTED: P_("notice", "Work was left out"),
    values.NoticeWord.RECOVERED: P_("notice", "A new code for the phone"),
    values.NoticeWord.LOGIN: P_("notice", "Another name at the sign-in"),
}
_DECISIONS = {
    values.Decision.ACCEPT: P_("decision", "Taken along"),
    values.Decision.REJECT: P_("decision", "Left out"),
}
_REJECT_REASONS = {
    values.RejectReason.ALREADY_THERE: P_("reject", "It stands there already"),
    values.RejectReason.OUTDATED: P_("reject", "It is not so any more"),
    values.RejectReason.OTHER_PERSON: P_("reject", "It is about somebody else"),
    values.RejectReason.OTHER: P_("reject", "Another reason"),
    values.RejectReason.GONE: P_("reject", "What it was about is deleted"),
}
_GROUNDS = {
    values.ClosingGround.REPLACEMENT: P_("ground", "Other support has begun"),
    values.ClosingGround.MANAGES_ALONE: P_("ground", "Manages alone, in the citizen's own view"),
    values.ClosingGround.OWN_WISH: P_("ground", "The citizen wants to stop"),
    values.ClosingGround.LONG_IMPRISONMENT: P_("ground", "Long prison stay"),
    values.ClosingGround.MOVED_MUNICIPALITY: P_("ground", "Moved to another municipality"),
    values.ClosingGround.AUTHORITY_DECISION: P_("ground", "The municipality has decided"),
    values.ClosingGround.DEATH: P_("ground", "The citizen has died"),
}
_SUPPORT = {
    values.Support.ACTIVE: P_("support", "Under way"),
    values.Support.PAUSED: P_("support", "On pause"),
    values.Support.CLOSED: P_("support", "Ended"),
}
INTENSITY = {
    1: P_("intensity", "Calm"),
    2: P_("intensity", "Light"),
    3: P_("intensity", "Regular"),
    4: P_("intensity", "Close"),
    5: P_("intensity", "Very close"),
}
_TABLES: tuple[Mapping[Any, tuple[str, str]], ...] = (
    _DIMENSIONS, _MODES, _PLACES, _CONTENT, _WAYS, _OUTCOMES, _RESPECT, _SITUATIONS, _MADE_AWARE_BY, _NAME_ASKED,
    _DECIDED_BY, _STEP_BY, _GOAL_OUTCOMES, _ASPECTS, _METHODS, _PHASES, _ACT_DIMENSIONS, _ABSENCE_PLACES, _ROLES,
    _VERSIONS, _NOTICES, _DECISIONS, _REJECT_REASONS, _GROUNDS, _SUPPORT, *words_day.TABLES, *words_life.TABLES,
)  # fmt: skip
WORDS: dict[type[StrEnum], Mapping[Any, tuple[str, str]]] = {type(next(iter(table))): table for table in _TABLES}
