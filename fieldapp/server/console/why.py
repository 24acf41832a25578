"""Why a leader looks at a citizen: words for the log, and what they are called."""

from enum import StrEnum

from fieldapp.words import P_


class Why(StrEnum):
    """Why a leader looks, as the log keeps it: a word, never a sentence about somebody."""

    SHARING = "sharing"
    LATE_WORK = "late_work"
    TWICE = "twice"
    INSIGHT = "insight"
    CONCERN = "concern"
    SAMPLE = "sample"
    SUPERVISION = "supervision"


#: Of them, why everything there is about a citizen may be had out.
EXTRACT = (Why.INSIGHT, Why.CONCERN)

WHY = {
    Why.SHARING: P_("look", "Who is to support whom"),
    Why.LATE_WORK: P_("look", "To decide on work that came too late"),
    Why.TWICE: P_("look", "Whether two are the same person"),
    Why.INSIGHT: P_("look", "The citizen has asked for insight, a correction or erasure"),
    Why.CONCERN: P_("look", "A worry or a complaint"),
    Why.SAMPLE: P_("look", "To see whether a page was opened rightly"),
    Why.SUPERVISION: P_("look", "Supervision together with the worker"),
}
