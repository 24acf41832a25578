"""What the cast says that no kind of record can hold yet, by citizen: each issue takes its part from here.

All invented.
"""

from collections.abc import Mapping
from typing import Any

LATER: Mapping[str, Mapping[str, Any]] = {
    "sanne": {"urgent_today": True},
    "poulerik": {
        "act_focus_now": ("trust", "everyday_life", "ongoing_judgement"),
        "asks_role": {"role": "psychiatrist", "text": "Se på dosis sammen med Poul-Erik", "days_ago": 1},
    },
    "anker": {"harm_reduction": ("physical", "social"), "review_due_in_days": 0},
    "mads": {
        "housing": {"moves_in_days": 30},
    },
    "elvis": {"age_guess": "i 50'erne", "thanks_owed": True},
    "henvendelse_boligselskab": {"thanks_owed": True},
    "carsten": {
        "assessment": {
            "housing": {"resources": "Har søgt bolig selv", "needs": "Hjælp til indskud"},
            "physical_health": {"resources": "Går lange ture", "needs": "Ryggen efter nætter i bilen"},
        }
    },
}
