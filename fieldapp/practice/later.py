"""What the cast says that no kind of record can hold yet, by citizen: each issue takes its part from here.

All invented.
"""

from collections.abc import Mapping
from typing import Any

LATER: Mapping[str, Mapping[str, Any]] = {
    "bent": {
        "housing": {
            "todo_done": ("on_list", "offer", "lease", "deposit_loan", "address_change"),
            "todo_open": ("moving_grant", "home_insurance", "first_homely_thing"),
        }
    },
    "signe": {"housing": {"kind": "youth_home", "low_rent": True}},
    "joergen": {
        "method_signals": {
            "needs_more_than_cti": True,
            "nine_months_not_enough": False,
            "hard_to_step_down": True,
            "shift_of_person_unsuitable": False,
        }
    },
    "kaare": {
        "housing": {
            "wait_plan": {
                "how": "Anvist almen bolig, 1 værelse",
                "when_in_days": 17,
                "meanwhile": "Bliver på boformen",
            },
            "todo_done": ("on_list", "allocation", "offer"),
            "todo_open": ("lease", "deposit_loan", "moving_grant", "home_insurance"),
        }
    },
    "sanne": {
        "housing": {"arrears": True, "eviction_notice_in_days": 9},
        "urgent_today": True,
    },
    "yrsa": {
        "housing": {
            "wait_plan": {
                "how": "Ny ansøgning til boliganvisningen",
                "when_in_days": None,
                "meanwhile": "Sover hos en veninde, højst to uger",
            },
            "team_questions": {"support_met_need": None, "right_home": None},
        }
    },
    "poulerik": {
        "act_focus_now": ("trust", "everyday_life", "ongoing_judgement"),
        "asks_role": {"role": "psychiatrist", "text": "Se på dosis sammen med Poul-Erik", "days_ago": 1},
    },
    "kim": {
        "housing": {
            "wait_plan": {
                "how": "Skæv bolig efter eget ønske",
                "when_in_days": 60,
                "meanwhile": "Gaden, Loftet når det fryser",
            }
        }
    },
    "leyla": {
        "housing": {
            "todo_done": ("allocation", "offer", "lease", "deposit_loan"),
            "todo_open": ("moving_grant", "home_insurance", "address_change", "first_homely_thing"),
        }
    },
    "anker": {
        "housing": {"kind": "alternative_dwelling", "chosen_by_citizen": True},
        "harm_reduction": ("physical", "social"),
        "review_due_in_days": 0,
    },
    "mads": {
        "housing": {"moves_in_days": 30},
    },
    "elvis": {"age_guess": "i 50'erne", "thanks_owed": True},
    "ida": {"visitation": {"state": "asked", "since_days_ago": 5}},
    "henvendelse_boligselskab": {"thanks_owed": True},
    "carsten": {
        "housing": {
            "wait_plan": {
                "how": "Boliganvisning og egen opskrivning",
                "when_in_days": None,
                "meanwhile": "Bilen, Fyret når det fryser",
            }
        },
        "visitation": {"state": "in_progress", "since_days_ago": 23},
        "assessment": {
            "housing": {"resources": "Har søgt bolig selv", "needs": "Hjælp til indskud"},
            "physical_health": {"resources": "Går lange ture", "needs": "Ryggen efter nætter i bilen"},
        },
    },
    "mona": {"visitation": {"state": "asked", "since_days_ago": 3}},
}
