"""What the stored codes of values_life.py are called on screen: part of words.py."""

from fieldapp.domain import values_life as values
from fieldapp.texts import P_

_ASSESSED = {
    values.Assessed.HOUSING: P_("assessed", "Housing"),
    values.Assessed.MENTAL_HEALTH: P_("assessed", "Mental health"),
    values.Assessed.PHYSICAL_HEALTH: P_("assessed", "Physical health"),
    values.Assessed.FINANCES: P_("assessed", "Finances"),
    values.Assessed.DAILY_ACTIVITIES: P_("assessed", "Daily activities"),
    values.Assessed.NETWORK_RELATIONS: P_("assessed", "Network and social relations"),
    values.Assessed.SUBSTANCES: P_("assessed", "Substance use"),
    values.Assessed.EDUCATION_WORK: P_("assessed", "Education and employment"),
    values.Assessed.OTHER: P_("assessed", "Other matters"),
}
_USES_OFFERS = {
    values.UsesOffers.HIGH_DEGREE: P_("uses offers", "To a considerable or higher degree"),
    values.UsesOffers.SOME_DEGREE: P_("uses offers", "To some degree"),
    values.UsesOffers.VERY_LIMITED: P_("uses offers", "Only to a very limited degree, or not at all"),
}
_VISITATION = {
    values.Visitation.IN_PROGRESS: P_("visitation", "Under way"),
    values.Visitation.GRANTED: P_("visitation", "Granted"),
    values.Visitation.NOT_GRANTED: P_("visitation", "Not granted"),
}
_HARM_AREA = {
    values.HarmArea.OWN_DOCTOR: P_("harm area", "Contact with an own doctor"),
    values.HarmArea.PHYSICAL_ILLNESS: P_("harm area", "Physical illness nobody treats"),
    values.HarmArea.MENTAL_DIFFICULTIES: P_("harm area", "Mental difficulties without help"),
    values.HarmArea.FOOD: P_("harm area", "Food"),
    values.HarmArea.DAY_RHYTHM: P_("harm area", "Rhythm of the day"),
    values.HarmArea.LONELINESS: P_("harm area", "Loneliness"),
    values.HarmArea.SUBSTANCES: P_("harm area", "Use of substances"),
    values.HarmArea.OTHER: P_("harm area", "Something else"),
}
_HARM_TAG = {
    values.HarmTag.PHYSICAL: P_("harm", "Physical"),
    values.HarmTag.MENTAL: P_("harm", "Mental"),
    values.HarmTag.SOCIAL: P_("harm", "Social: surroundings and network"),
}
_CHIME = {
    values.Chime.CONNECTION: P_("chime", "Connectedness"),
    values.Chime.HOPE: P_("chime", "Hope"),
    values.Chime.IDENTITY: P_("chime", "Identity"),
    values.Chime.MEANING: P_("chime", "Meaning"),
    values.Chime.EMPOWERMENT: P_("chime", "Control over one's own life"),
}
_HOME_TYPE = {
    values.HomeType.SOCIAL_HOUSING: P_("home type", "Social housing"),
    values.HomeType.PRIVATE: P_("home type", "Privately rented"),
    values.HomeType.YOUTH: P_("home type", "Youth housing"),
    values.HomeType.ALTERNATIVE: P_("home type", "Alternative dwelling"),
    values.HomeType.CATEGORY: P_("home type", "Category housing"),
    values.HomeType.OTHER: P_("home type", "Something else"),
}
_HOUSING_WISH = {
    values.HousingWish.OWN_HOME: P_("housing wish", "A home of one's own"),
    values.HousingWish.WITH_OTHERS: P_("housing wish", "Together with others"),
    values.HousingWish.NEAR_EXPERIENCE: P_("housing wish", "Near others who know homelessness"),
    values.HousingWish.NEAR_NETWORK: P_("housing wish", "Near people one knows"),
    values.HousingWish.QUIET: P_("housing wish", "Somewhere quiet"),
    values.HousingWish.PETS: P_("housing wish", "Room for an animal"),
    values.HousingWish.EASY_ACCESS: P_("housing wish", "Ground floor or lift"),
    values.HousingWish.YOUNG_LOW_RENT: P_("housing wish", "Young, low rent"),
    values.HousingWish.NOT_NOW: P_("housing wish", "Not right now"),
}
_HOUSING_LIST = {
    values.HousingList.FINDING: P_("housing list", "Finding a home"),
    values.HousingList.MOVING_IN: P_("housing list", "Moving in"),
    values.HousingList.HOME: P_("housing list", "From house to home"),
    values.HousingList.KEEPING: P_("housing list", "Keeping the home"),
    values.HousingList.NEW_HOME: P_("housing list", "A new home"),
}
_HOUSING_ITEM = {
    values.HousingItem.SIGNED_UP: P_("housing item", "On the list"),
    values.HousingItem.ALLOCATION: P_("housing item", "Municipal allocation"),
    values.HousingItem.PRIVATE_SEARCH: P_("housing item", "Privately rented homes"),
    values.HousingItem.OFFER: P_("housing item", "Offer"),
    values.HousingItem.LEASE: P_("housing item", "Lease"),
    values.HousingItem.DEPOSIT_LOAN: P_("housing item", "Deposit loan"),
    values.HousingItem.ONE_OFF_PAYMENT: P_("housing item", "One-off payment, e.g. for the move"),
    values.HousingItem.INSURANCE: P_("housing item", "Contents insurance"),
    values.HousingItem.ADDRESS_CHANGE: P_("housing item", "Change of address"),
    values.HousingItem.MOVE_IN: P_("housing item", "Move-in"),
    values.HousingItem.FIRST_THING: P_("housing item", "The first thing that makes it a home"),
    values.HousingItem.FURNITURE: P_("housing item", "Things for everyday life"),
    values.HousingItem.NEIGHBOURS: P_("housing item", "Say hello to the neighbours"),
    values.HousingItem.AREA: P_("housing item", "Get to know the area"),
    values.HousingItem.LEARN_HOME: P_("housing item", "Get used to living in a fixed home"),
    values.HousingItem.ARREARS: P_("housing item", "Rent that is owed"),
    values.HousingItem.COMPLAINT: P_("housing item", "Complaint"),
    values.HousingItem.EVICTION_NOTICE: P_("housing item", "Notice of eviction"),
    values.HousingItem.BENEFITS: P_("housing item", "Job centre or benefits"),
    values.HousingItem.NEW_HOME: P_("housing item", "A new home"),
    values.HousingItem.OTHER: P_("housing item", "Something else"),
}
_HOME_PARTY = {
    values.HomeParty.NEIGHBOUR: P_("home party", "Neighbour"),
    values.HomeParty.LANDLORD: P_("home party", "Landlord or housing association"),
    values.HomeParty.CARETAKER: P_("home party", "Tenant support caretaker"),
    values.HomeParty.OTHER: P_("home party", "Somebody else"),
}
_HOME_MATTER = {
    values.HomeMatter.NEIGHBOURS: P_("home matter", "Being neighbours"),
    values.HomeMatter.CONFLICT: P_("home matter", "A conflict"),
    values.HomeMatter.HOUSE_RULES: P_("home matter", "House rules"),
    values.HomeMatter.BELONGING: P_("home matter", "Belonging in the area"),
    values.HomeMatter.RENT: P_("home matter", "Rent"),
    values.HomeMatter.OTHER: P_("home matter", "Something else"),
}
_ENOUGH = {
    values.Enough.TOO_MUCH: P_("enough", "Too much"),
    values.Enough.TOO_LITTLE: P_("enough", "Too little"),
    values.Enough.ABOUT_RIGHT: P_("enough", "About right"),
}
_MANAGES_ALONE = {
    values.ManagesAlone.WHOLLY: P_("manages alone", "Wholly"),
    values.ManagesAlone.PARTLY: P_("manages alone", "In part"),
    values.ManagesAlone.NOT_YET: P_("manages alone", "Not yet"),
}
_REPLACEMENT = {
    values.Replacement.ORDINARY_85: P_("replacement", "Ordinary housing support (§ 85)"),
    values.Replacement.OTHER_METHOD: P_("replacement", "Another support method"),
    values.Replacement.CONTACT_PERSON_99: P_("replacement", "Support and contact person (§ 99)"),
    values.Replacement.HEALTH: P_("replacement", "Treatment or health care"),
    values.Replacement.ACTIVITY: P_("replacement", "Activity or drop-in offer"),
    values.Replacement.NETWORK: P_("replacement", "Own network"),
    values.Replacement.OTHER: P_("replacement", "Something else"),
}
_CHANGE_REASON = {
    values.ChangeReason.WISH: P_("change reason", "The citizen's wish"),
    values.ChangeReason.METHOD_ENDS: P_("change reason", "The method ends"),
    values.ChangeReason.WORKER_LEAVES: P_("change reason", "The worker goes on to something else"),
    values.ChangeReason.OTHER: P_("change reason", "Something else"),
}
_PLAN_TYPE = {
    values.PlanType.SECTION_141: P_("plan", "Action plan (§ 141)"),
    values.PlanType.ONE_PLAN: P_("plan", "One plan"),
    values.PlanType.HOLISTIC: P_("plan", "Holistic plan"),
}
_OTHER_PLAN = {
    values.OtherPlan.TREATMENT: P_("other plan", "Treatment plan"),
    values.OtherPlan.STAY: P_("other plan", "Plan for the stay"),
    values.OtherPlan.JOB: P_("other plan", "Job plan"),
    values.OtherPlan.OTHER: P_("other plan", "Another plan"),
}
_CIRCLE = {
    values.Circle.PRIVATE: P_("circle", "Family and friends"),
    values.Circle.CHOSEN: P_("circle", "Chosen by oneself"),
    values.Circle.PROFESSIONAL: P_("circle", "Professional"),
}
_CLOSENESS = {
    values.Closeness.NEAR: P_("closeness", "Close"),
    values.Closeness.MIDDLE: P_("closeness", "In between"),
    values.Closeness.FAR: P_("closeness", "Further away"),
}
_MEETING = {
    values.Meeting.COORDINATION: P_("meeting", "Coordination meeting"),
    values.Meeting.WITH_SHELTER: P_("meeting", "First meeting with the shelter"),
    values.Meeting.OPEN_DIALOGUE: P_("meeting", "Open dialogue"),
    values.Meeting.RELATIONAL: P_("meeting", "Relational coordination"),
    values.Meeting.COOPERATION_MODEL: P_("meeting", "Cooperation model (young people)"),
    values.Meeting.OTHER: P_("meeting", "Another meeting"),
}
_EXPORTED = {
    values.Exported.CONTACTS: P_("exported", "Notes"),
    values.Exported.PLAN: P_("exported", "The plan"),
    values.Exported.OWN_PAGE: P_("exported", "The citizen's own page"),
    values.Exported.DAY: P_("exported", "The day's notes"),
    values.Exported.ASSESSMENT: P_("exported", "Resources and needs"),
}
TABLES = (
    _ASSESSED,
    _USES_OFFERS,
    _VISITATION,
    _HARM_AREA,
    _HARM_TAG,
    _CHIME,
    _HOME_TYPE,
    _HOUSING_WISH,
    _HOUSING_LIST,
    _HOUSING_ITEM,
    _HOME_PARTY,
    _HOME_MATTER,
    _ENOUGH,
    _MANAGES_ALONE,
    _REPLACEMENT,
    _CHANGE_REASON,
    _PLAN_TYPE,
    _OTHER_PLAN,
    _CIRCLE,
    _CLOSENESS,
    _MEETING,
    _EXPORTED,
)
