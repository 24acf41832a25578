"""One citizen's home: what stands, what there is to do, what is wished, and what was, in order of time (F8)."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import facts, home_losses, home_rows, home_tasks, home_wishes, same, situations, visitations
from fieldapp.actions.desk import Desk
from fieldapp.actions.home_losses import Reflection
from fieldapp.actions.home_tasks import Tasks
from fieldapp.actions.home_wishes import WaitPlan, Wish
from fieldapp.domain import homes as rules
from fieldapp.domain import names
from fieldapp.domain.homes import Home, Situated


@dataclass(frozen=True)
class HomePage:
    """`has`, `in_use` and `lost` are the three facts that never touch the support (G2); `in_use` None: nobody said.

    `homes` are those lived in, oldest first; `situations` newest first. `lost` is the home that was lost and that no
    other has followed. `without_since` is for this page alone: no list shows it, and nobody is ranked by it (A1).
    """

    citizen: str
    name: str
    has: bool
    in_use: bool | None
    lost: Home | None
    now: Home | None
    ahead: Home | None
    homes: tuple[Home, ...]
    situation: str | None
    situations: tuple[Situated, ...]
    without_since: date | None
    waits_for: str | None
    lists: tuple[Tasks, ...]
    wishes: tuple[Wish, ...]
    plan: WaitPlan | None
    reflections: tuple[Reflection, ...]
    stands: str | None  # the authority's decision
    undecided: int | None  # days since the first contact without one


def read(desk: Desk, citizen: str) -> HomePage | None:
    """None when the citizen is not (any more) on this device."""
    today = desk.today()
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        known = facts.read_one(session, citizen, today)
        if row is None or known is None:
            return None
        citizen = row.id
        homes = home_rows.homes(session, citizen)
        history = situations.history(session, row)
        now, ahead = rules.current(homes, today), rules.ahead(homes, today)
        lost, has = _lost(homes, known.lost_home_on), rules.has_home(homes, history, today)
        waits, said = ahead or now, visitations.of_citizen(session, citizen)
        return HomePage(
            citizen=citizen,
            name=names.shown(row.known_as, row.label),
            has=has,
            in_use=now.in_use if now else None,
            lost=lost,
            now=now,
            ahead=ahead,
            homes=rules.lived_in(homes, today),
            situation=known.situation,
            situations=tuple(reversed(history)),
            without_since=rules.without_since(homes, history, known.known_since, today),
            waits_for=waits.waits_for if waits else None,
            lists=home_tasks.read(session, citizen, homes, has, lost is not None, today),
            wishes=home_wishes.wishes(session, citizen),
            plan=home_wishes.plan(session, citizen),
            reflections=home_losses.of_home(session, citizen, lost.id) if lost else (),
            stands=said[0].stands if said else None,
            undecided=visitations.waited(said, known, today),
        )


def _lost(homes: tuple[Home, ...], on: date | None) -> Home | None:
    """The one that the rules count as lost."""
    found = [home for home in homes if on is not None and home.lost_on == on]
    return found[-1] if found else None
