"""What the stored codes of values_day.py are called on screen: part of words.py."""

from fieldapp.domain import values_day as values
from fieldapp.texts import P_

_FOCUSAREA = {
    values.FocusArea.CONTACT_MAKING: P_("focus area", "Making contact and telling about ACT"),
    values.FocusArea.TRUST: P_("focus area", "Trust between the citizen and the team"),
    values.FocusArea.PERSISTENT_CONTACT: P_("focus area", "Steady, persistent contact"),
    values.FocusArea.OWN_HOME: P_("focus area", "Settling in an own home and organising everyday life"),
    values.FocusArea.UNCOVER_NEEDS: P_("focus area", "Uncovering needs, possibilities and treatment"),
    values.FocusArea.PLAN: P_("focus area", "A plan for the ACT support, made with the citizen"),
    values.FocusArea.LOCAL_AREA: P_("focus area", "Getting to know the area and its offers"),
    values.FocusArea.TRY_OUT: P_("focus area", "Trying out and adapting social, health and administrative support"),
    values.FocusArea.ASSESS: P_("focus area", "Assessing the need for support and treatment"),
    values.FocusArea.DOCUMENTATION: P_("focus area", "Documenting the support"),
}
_TOOL = {
    values.Tool.SMALL_STEPS: P_("tool", "The small steps"),
    values.Tool.NETWORK_MAP: P_("tool", "Network map"),
    values.Tool.MOTIVATIONAL_INTERVIEW: P_("tool", "Motivational interview"),
    values.Tool.COPING_PLAN: P_("tool", "Coping sheet"),
    values.Tool.CHANGE_CIRCLE: P_("tool", "Circle of change"),
    values.Tool.CHANGE_COMPASS: P_("tool", "Compass of change"),
    values.Tool.OPEN_DIALOGUE: P_("tool", "Open dialogue"),
    values.Tool.RELATIONAL_COORDINATION: P_("tool", "Relational coordination"),
    values.Tool.COOPERATION_MODEL: P_("tool", "Cooperation model"),
    values.Tool.PERSON_CENTRED_PLAN: P_("tool", "Person-centred planning"),
    values.Tool.LIFE_STORY: P_("tool", "Life story"),
    values.Tool.SOCIAL_SKILLS: P_("tool", "Social skills training"),
    values.Tool.PEER_SUPPORT: P_("tool", "Peer support"),
    values.Tool.WHO5: P_("tool", "WHO-5"),
    values.Tool.BRIEF_INSPIRE: P_("tool", "Brief INSPIRE"),
    values.Tool.FIT: P_("tool", "FIT"),
}
_CTIAIM = {
    values.CtiAim.STABLE_HOME: P_("cti aim", "Stabilise the housing situation"),
    values.CtiAim.NETWORK: P_("cti aim", "Keep or build a supporting network"),
    values.CtiAim.OTHER_SUPPORT: P_("cti aim", "Make and keep contact with other support"),
}
_CONCERNACT = {
    values.ConcernAct.EMERGENCY: P_("concern", "Called 112"),
    values.ConcernAct.LEADER: P_("concern", "Talked with the leader"),
    values.ConcernAct.COLLEAGUE: P_("concern", "Talked with a colleague"),
    values.ConcernAct.AGREEMENT: P_("concern", "Followed the local agreement"),
}
_ANSWER = {
    values.Answer.YES: P_("answer", "Yes, please"),
    values.Answer.NO_THANKS: P_("answer", "No thanks"),
}
_TEAMROLE = {
    values.TeamRole.SUPPORT: P_("team role", "Support person"),
    values.TeamRole.HOUSING_SUPPORT: P_("team role", "Housing support worker"),
    values.TeamRole.NURSE_SOMATIC: P_("team role", "Nurse (somatic)"),
    values.TeamRole.NURSE_PSYCHIATRIC: P_("team role", "Nurse (psychiatric)"),
    values.TeamRole.SUBSTANCE_TREATMENT: P_("team role", "Substance treatment worker"),
    values.TeamRole.PSYCHIATRIST: P_("team role", "Psychiatrist or psychologist"),
    values.TeamRole.AUTHORITY: P_("team role", "Authority caseworker"),
    values.TeamRole.JOB_CONSULTANT: P_("team role", "Job consultant"),
    values.TeamRole.STREET: P_("team role", "Street outreach worker (role)"),
    values.TeamRole.PEER: P_("team role", "Peer worker"),
}
_KEEPANSWER = {
    values.KeepAnswer.KEEP: P_("keep", "Yes, still looking"),
    values.KeepAnswer.REMOVE: P_("keep", "No, remove them"),
    values.KeepAnswer.MISTAKE: P_("keep", "Added by mistake"),
}
_CONSENTANSWER = {
    values.ConsentAnswer.YES: P_("consent answer", "Yes"),
    values.ConsentAnswer.NO: P_("consent answer", "No"),
}
_CONSENTHOW = {
    values.ConsentHow.ORALLY: P_("consent how", "Orally"),
    values.ConsentHow.IN_WRITING: P_("consent how", "In writing"),
}
_CONSENTABOUT = {
    values.ConsentAbout.HOSPITAL: P_("consent about", "Hospital"),
    values.ConsentAbout.PRISON: P_("consent about", "Custody or prison"),
    values.ConsentAbout.TREATMENT: P_("consent about", "Treatment place"),
    values.ConsentAbout.SHELTER: P_("consent about", "Shelter"),
    values.ConsentAbout.NETWORK: P_("consent about", "Family, friends and network"),
    values.ConsentAbout.AUTHORITY: P_("consent about", "Authorities"),
    values.ConsentAbout.MONEY: P_("consent about", "Money management agreement"),
    values.ConsentAbout.HOUSING: P_("consent about", "Landlord, caretaker and neighbours"),
    values.ConsentAbout.OTHER: P_("consent about", "Somebody else"),
}
_TASKLIST = {
    values.TaskList.KEEP_HOME: P_("task list", "Look after the home meanwhile"),
    values.TaskList.COMING_HOME: P_("task list", "Before coming home"),
    values.TaskList.DISCHARGE: P_("task list", "A good discharge"),
    values.TaskList.RELEASE: P_("task list", "A good release"),
}
_TASKITEM = {
    values.TaskItem.RENT: P_("task", "Rent"),
    values.TaskItem.POWER_HEATING: P_("task", "Power and heating"),
    values.TaskItem.INSURANCE: P_("task", "Insurance"),
    values.TaskItem.POST: P_("task", "Post"),
    values.TaskItem.KEYS: P_("task", "Keys"),
    values.TaskItem.PETS: P_("task", "Pets"),
    values.TaskItem.MEDICINE: P_("task", "Medicine"),
    values.TaskItem.HOME_READY: P_("task", "The home is ready"),
    values.TaskItem.FIRST_MEETING: P_("task", "The first meeting is agreed"),
    values.TaskItem.FETCHED: P_("task", "Who goes along home"),
    values.TaskItem.JOINT_MEETING: P_("task", "A meeting with those who support there"),
    values.TaskItem.HEALTH_AFTER: P_("task", "Doctor and treatment afterwards"),
    values.TaskItem.HELP_AT_HOME: P_("task", "Help at home"),
    values.TaskItem.MONEY_AFTER: P_("task", "Money from the first day"),
    values.TaskItem.PAPERS: P_("task", "Papers, card and MitID"),
    values.TaskItem.PLACE_TO_SLEEP: P_("task", "A place to sleep the first night"),
    values.TaskItem.NETWORK_TOLD: P_("task", "Those who are to know, know it"),
    values.TaskItem.OTHER: P_("task", "Something else"),
}
_LOCALTEXT = {
    values.LocalText.CONCERN: P_("local text", "When I am worried"),
    values.LocalText.CHILD: P_("local text", "Worry about a child"),
    values.LocalText.OTHER_MESSAGES: P_("local text", "Messages outside the app"),
    values.LocalText.DISCHARGE: P_("local text", "Cooperation on admission and discharge"),
    values.LocalText.RELEASE: P_("local text", "Cooperation on release"),
    values.LocalText.LAW: P_("local text", "Legal basis"),
}
_VERDICT = {
    values.Verdict.HELPED: P_("verdict", "It helped"),
    values.Verdict.PARTLY: P_("verdict", "It helped a bit"),
    values.Verdict.NOT_FOR_ME: P_("verdict", "Not for me"),
    values.Verdict.NOT_NOW: P_("verdict", "Not right now"),
}
_SECTOR = {
    values.Sector.MUNICIPALITY: P_("sector", "Municipality"),
    values.Sector.REGION: P_("sector", "Region"),
    values.Sector.SHELTER: P_("sector", "Shelter"),
    values.Sector.HOUSING_ASSOCIATION: P_("sector", "Housing association"),
    values.Sector.JOB_CENTRE: P_("sector", "Job centre"),
    values.Sector.PRISON_SERVICE: P_("sector", "Prison and probation"),
    values.Sector.CIVIL_SOCIETY: P_("sector", "Civil society"),
    values.Sector.OTHER: P_("sector", "Elsewhere"),
}
_WAITINGREASON = {
    values.WaitingReason.MONEY: P_("waiting", "Too dear homes"),
    values.WaitingReason.STRUCTURE: P_("waiting", "The procedure takes time"),
    values.WaitingReason.CAPACITY: P_("waiting", "No vacant homes"),
}
_NEXTBY = {
    values.NextBy.WORKER: P_("next by", "I reach out"),
    values.NextBy.CITIZEN: P_("next by", "The citizen calls"),
    values.NextBy.COLLEAGUE: P_("next by", "A colleague does it"),
}
TABLES = (
    _FOCUSAREA,
    _TOOL,
    _CTIAIM,
    _CONCERNACT,
    _ANSWER,
    _TEAMROLE,
    _KEEPANSWER,
    _CONSENTANSWER,
    _CONSENTHOW,
    _CONSENTABOUT,
    _TASKLIST,
    _TASKITEM,
    _LOCALTEXT,
    _VERDICT,
    _SECTOR,
    _WAITINGREASON,
    _NEXTBY,
)
