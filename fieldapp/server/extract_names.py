"""What kinds and fields are called in an extract."""

from fieldapp.words import P_, named

_KINDS = {
    "citizen": P_("kind", "About the citizen"),
    "contact": P_("kind", "Contact"),
    "attempt": P_("kind", "Reached out"),
    "goal": P_("kind", "Goal"),
    "step": P_("kind", "Small step"),
    "progress": P_("kind", "Progress"),
    "own_words": P_("kind", "The citizen's own words"),
    "strength": P_("kind", "Strength"),
    "next_step": P_("kind", "Next step"),
    "respect": P_("kind", "How the citizen wants to be contacted"),
    "method": P_("kind", "Method"),
    "phase": P_("kind", "Phase"),
    "intensity": P_("kind", "Intensity"),
    "absence": P_("kind", "Is somewhere else"),
    "housing_period": P_("kind", "Home"),
    "pause": P_("kind", "Pause"),
    "closing": P_("kind", "Ending of the support"),
    "reopening": P_("kind", "Reopening"),
    "access": P_("kind", "Opened the page"),
    "assignment": P_("kind", "Responsibility"),
    "conflict": P_("kind", "Two versions"),
}
_FIELDS = {
    "known_as": P_("field", "Known as"),
    "label": P_("field", "Where and when met"),
    "name_asked": P_("field", "Asked for the name"),
    "full_name": P_("field", "Full name"),
    "phone": P_("field", "Phone"),
    "phone_works": P_("field", "The phone works"),
    "cpr": P_("field", "CPR number"),
    "address": P_("field", "Address"),
    "protected_address": P_("field", "Protected address"),
    "situation": P_("field", "Where the citizen sleeps"),
    "known_places": P_("field", "Known places"),
    "language": P_("field", "Language"),
    "needs_interpreter": P_("field", "Needs an interpreter"),
    "made_aware_by": P_("field", "Who made us aware"),
    "most_important": P_("field", "Most important to the citizen"),
    "occurred_at": P_("field", "When"),
    "mode": P_("field", "How"),
    "place": P_("field", "Where"),
    "place_text": P_("field", "The place"),
    "with_whom": P_("field", "With whom"),
    "dimensions": P_("field", "Life dimensions"),
    "content": P_("field", "What it was about"),
    "act_dimensions": P_("field", "ACT dimensions"),
    "own_words": P_("field", "The citizen's words"),
    "professional_view": P_("field", "Professional view"),
    "progress": P_("field", "Small progress"),
    "sensitive": P_("field", "Marked as sensitive"),
    "corrects": P_("field", "Corrects entry"),
    "way": P_("field", "In which way"),
    "outcome": P_("field", "How it went"),
    "text": P_("field", "Text"),
    "template": P_("field", "Ready-made text"),
    "dimension": P_("field", "Life dimension"),
    "title": P_("field", "The goal in the citizen's words"),
    "decided_by": P_("field", "Decided by"),
    "ended_on": P_("field", "Ended"),
    "goal": P_("field", "Belongs to goal"),
    "by": P_("field", "Who does it"),
    "due_on": P_("field", "To be done by"),
    "done_on": P_("field", "Done"),
    "noted_on": P_("field", "Noted"),
    "aspect": P_("field", "What it is"),
    "said_on": P_("field", "Said"),
    "on": P_("field", "Day"),
    "at": P_("field", "Time"),
    "agreed": P_("field", "Agreed with the citizen"),
    "worker": P_("field", "Worker"),
    "wishes": P_("field", "Wishes"),
    "peace_until": P_("field", "Wants some space until"),
    "hours_from": P_("field", "From"),
    "hours_to": P_("field", "To"),
    "method": P_("field", "Method"),
    "from_on": P_("field", "From"),
    "phase": P_("field", "Phase"),
    "level": P_("field", "Intensity"),
    "reason": P_("field", "Reason"),
    "since_on": P_("field", "Since"),
    "home_on": P_("field", "Expected home"),
    "back_on": P_("field", "Back"),
    "move_in_on": P_("field", "Moves in"),
    "lost_on": P_("field", "Lost the home"),
    "in_use": P_("field", "Lives there"),
    "review_on": P_("field", "To be looked at again"),
    "ground": P_("field", "Ground"),
    "replacement_starts_on": P_("field", "Other support begins"),
    "opened_at": P_("field", "Opened"),
    "team": P_("field", "Team"),
    "name": P_("field", "Name"),
    "role": P_("field", "Role"),
    "from_at": P_("field", "From"),
    "to_at": P_("field", "To"),
    "about_kind": P_("field", "About"),
    "about": P_("field", "About entry"),
    "field": P_("field", "Field"),
    "stored": P_("field", "What stood"),
    "kept": P_("field", "What was kept beside it"),
    "stored_by": P_("field", "Written by"),
    "kept_by": P_("field", "Written by"),
}
_DEEDS = {
    "add": P_("deed", "Added"),
    "change": P_("deed", "Changed"),
    "void": P_("deed", "Struck out"),
    "erase": P_("deed", "Erased"),
    "extract": P_("deed", "Made an extract"),
}
_RESULTS = {
    "ok": P_("result", "stands"),
    "conflict": P_("result", "stands beside another version"),
    "quarantined": P_("result", "awaits a decision"),
    "waits": P_("result", "waited"),
    "gone": P_("result", "was erased already"),
    "refused": P_("result", "was not taken"),
}


def kind_name(kind: str) -> str:
    return named(_KINDS[kind]) if kind in _KINDS else kind


def field_name(field: str) -> str:
    """The stored name itself when a newer app has sent one that this server does not know."""
    return named(_FIELDS[field]) if field in _FIELDS else field


def deed(do: str) -> str:
    return named(_DEEDS[do]) if do in _DEEDS else do


def result(code: str) -> str:
    return named(_RESULTS[code]) if code in _RESULTS else code
