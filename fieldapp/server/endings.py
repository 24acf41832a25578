"""What a leader is to know of how support ends: the authority's decision, the citizen's own wish, a no to the support.

The worker only ticks that the leader was told (review.md 1.2; J8). A decision and a no are nobody's but theirs who made
them: the leader sees that they came, and stops nothing here.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, or_, select

from fieldapp.domain.access import scope_id
from fieldapp.domain.facts import read_day
from fieldapp.domain.values import ClosingGround
from fieldapp.domain.values_day import Answer
from fieldapp.server import handover, same
from fieldapp.server.leading import Sight
from fieldapp.server.tables import Audit, Record, Worker

#: So long it stands there; nobody has to tick it off.
LATELY = timedelta(weeks=4)
#: The grounds that are another's will than the app can weigh.
GROUNDS = (ClosingGround.AUTHORITY_DECISION, ClosingGround.OWN_WISH)
_KINDS = ("closing", "support_answer", "reopening")


@dataclass(frozen=True)
class Ending:
    """`ground` None: a no to the support, which goes on. `told`: its writer says that the leader knows."""

    citizen: str
    ground: ClosingGround | None
    on: date
    by: str
    told: bool
    ask_again_on: date | None = None


def lately(session: Session, sight: Sight) -> list[Ending]:
    """Of the citizens seen, what was written or came in the last weeks and still holds, the newest first.

    Came: a phone may have been without a network for longer than that.
    """
    since = sight.at - LATELY
    came = select(Audit.no).where(Audit.record == Record.id, Audit.received_at >= since).exists()
    wanted = select(Record).where(
        col(Record.kind).in_(_KINDS),
        col(Record.void).is_(None),
        ~col(Record.deleted),
        or_(col(Record.at) >= since, came),
    )
    of = same.read(session)
    theirs: dict[str, list[Record]] = defaultdict(list)
    for record in session.exec(wanted.order_by(col(Record.at), col(Record.id))):
        theirs[of.kept(scope_id(record.scope))].append(record)
    found = []
    for citizen in sight.citizens(session, theirs):
        told = _telling(theirs[citizen], is_closed=handover.closed(session, of.all_of(citizen), sight.at))
        found += [_ending(session, citizen, told)] if told else []
    return sorted(found, key=lambda one: (one.on, one.citizen), reverse=True)


def _telling(records: list[Record], *, is_closed: bool) -> Record | None:
    """The record that the leader is to know of: the closing that counts, or a no that nothing has followed."""
    if is_closed:
        last = next((each for each in reversed(records) if each.kind == "closing"), None)
        return last if last is not None and last.fields.get("ground") in GROUNDS else None
    last = next((each for each in reversed(records) if each.kind != "closing"), None)
    return last if last is not None and last.fields.get("answer") == Answer.NO_THANKS else None


def _ending(session: Session, citizen: str, record: Record) -> Ending:
    said, writer = record.fields, session.get(Worker, record.author) if record.author else None
    again = said.get("ask_again_on")
    return Ending(
        citizen=citizen,
        ground=ClosingGround(said["ground"]) if record.kind == "closing" else None,
        on=read_day(said["on" if record.kind == "closing" else "said_on"]),
        by=writer.name if writer else "",
        told=said.get("leader_told") is True,
        ask_again_on=read_day(again) if again else None,
    )
