"""Why a course cannot end yet, as sentences that say what opens it (microcopy `close.blocked`)."""

from fieldapp.domain.closing import Blocked, Lack
from fieldapp.texts import _
from fieldapp.views.days import long_date

LONG_SILENCE = 21
"""Days: from here on somebody may think of silence as a ground."""


def why(blocked: Blocked, name: str) -> str:
    if blocked.on is not None and blocked.lack in (Lack.LATE, Lack.ASK_AGAIN, Lack.MOVES, Lack.PRISON):
        return _with_a_day(blocked, long_date(blocked.on), name)
    match blocked.lack:
        case Lack.REPLACEMENT | Lack.BEGUN | Lack.LATE:
            return _("You cannot end it yet. The new support must have begun first.")
        case Lack.OWN_WORDS:
            return _("It is {name}'s own judgement. Write it in {name}'s own words.", name=name)
        case Lack.NO_THANKS | Lack.ASK_AGAIN:
            return _("Note first what {name} says to the support. A no one day ends nothing.", name=name)
        case Lack.PRISON:
            return _("It is not noted that {name} is in prison.", name=name)
        case Lack.MOVE:
            return _("Note first where {name} moves, and who takes over there.", name=name)
        case Lack.AGREED | Lack.MOVES:
            return _("The other municipality has not taken over yet. Support goes on until you have agreed it.")
        case Lack.LEADER:
            return _("Talk with your leader first, and note that you have.")
    return _("Choose why the course ends.")


def _with_a_day(blocked: Blocked, day: str, name: str) -> str:
    if blocked.lack is Lack.LATE:
        return _("The new support starts {date}. You can end it from that day.", date=day)
    if blocked.lack is Lack.PRISON:
        return _("The stay in prison that is noted was before the support was resumed {date}.", date=day)
    if blocked.lack is Lack.MOVES:
        return _("The other municipality takes over {date}. You can end it from that day.", date=day)
    return _(
        "You agreed to ask {name} again {date}. Support goes on until then, or until you have talked with your leader.",
        name=name,
        date=day,
    )


def silence(name: str) -> str:
    return _(
        "Not having heard from {name} for a long time is no reason to end. Turn down, or reach out another way.",
        name=name,
    )
