"""Invented citizens for tests of the worker's screens, and what one looks for behind them."""

from datetime import timedelta
from typing import Any

from fieldapp.actions import timeline
from fieldapp.actions.desk import Desk
from fieldapp.actions.timeline import Moment
from tests.desks import FREJA, KARIM, an_assignment, arrive, seed
from tests.examples import an_id
from tests.gates import Door

GOAL, STEP = an_id(), an_id()
ICM = ("method", {"method": "icm", "from_on": "2026-08-01"})
REGULAR = ("intensity", {"level": 3, "from_on": "2026-08-01"})


def agreed(desk: Desk, name: str = "Bent", **more: Any) -> str:
    """A visit agreed for today at 10.30."""
    step = {"on": desk.today(), "at": "10:30", "text": "Hjemmebesøg", "agreed": True, "worker": FREJA}
    return seed(desk, name, met=(1,), more=(("next_step", step),), **more)


def due(desk: Desk, name: str = "Åse", days: int = 19, **more: Any) -> str:
    """Somebody the rhythm says to reach out to today."""
    known = (ICM, REGULAR, *more.pop("more", ()))
    return seed(desk, name, known=200, met=(days,), more=known, **more)


def in_full(desk: Desk) -> str:
    """Bent: CTI in the second phase, just moved in, with wishes, strengths, a goal, a deputy."""
    today = desk.today()

    def ago(days: int) -> str:
        return (today - timedelta(days=days)).isoformat()

    citizen = seed(
        desk,
        "Bent",
        known=130,
        met=(4, 1),
        situation="own_home",
        known_places="Biblioteket",
        more=(
            ("method", {"method": "cti", "from_on": ago(62)}),
            ("phase", {"phase": "try_out", "from_on": ago(62)}),
            ("housing_period", {"move_in_on": ago(6), "in_use": True}),
            ("intensity", {"level": 5, "from_on": ago(6)}),
            ("own_words", {"aspect": "hope", "text": "At sove en hel nat.", "said_on": ago(12)}),
            ("own_words", {"aspect": "wish", "text": "Et bord, hvor jeg selv bestemmer.", "said_on": ago(40)}),
            ("strength", {"text": "Kan reparere næsten alt", "noted_on": ago(30)}),
            ("respect", {"wishes": ["text_only"], "said_on": ago(20)}),
            ("goal", {"id": GOAL, "dimension": "housing", "title": "En stol mere til bordet", "decided_by": "citizen"}),
            ("step", {"id": STEP, "goal": GOAL, "text": "Kigge i genbrugsen", "by": "together"}),
            ("progress", {"goal": GOAL, "text": "Sov i sengen hele natten.", "noted_on": ago(2)}),
        ),
    )
    arrive(desk, an_assignment(citizen, KARIM, desk.now() - timedelta(days=3), role="deputy"))
    return citizen


def moments(door: Door, citizen: str) -> tuple[Moment, ...]:
    """What is in the store, newest first, the sensitive words too."""
    assert door.desk is not None
    return timeline.timeline(door.desk, citizen, sensitive=True)


def attempts(door: Door, citizen: str) -> list[tuple[str, str | None]]:
    """Way and outcome of what was saved today, newest first."""
    today = [each for each in moments(door, citizen) if each.kind == "attempt" and not each.corrected]
    return [(each.word, each.outcome) for each in today]
