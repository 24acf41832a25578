"""Reaching out: texts, calls, a ring at the door, a note left there; every attempt counts as care."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from fieldapp.actions import (
    consents,
    days_off,
    facts,
    greetings,
    next_steps,
    people,
    respect,
    rows,
    same,
    settings,
    templates,
)
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.greetings import TextChoice
from fieldapp.actions.writing import Writing, citizen_of, writing
from fieldapp.domain import names, reach, reasons, respectful, thread
from fieldapp.domain.consent import Consent, in_force
from fieldapp.domain.facts import Attempt, Reason, Standing
from fieldapp.domain.respectful import Caution
from fieldapp.domain.standing import standing
from fieldapp.domain.values import OUTCOMES, REAL_OUTCOMES, ContactMode, Outcome, Support, Way
from fieldapp.domain.values_day import ConsentAbout
from fieldapp.errors import RecordError
from fieldapp.store.tables import AttemptRow, ColleagueRow, ContactRow, NextStepRow

__all__ = ["ReachOut", "TextChoice", "answered", "caution", "confirm", "read", "save", "wait"]

_VISITS = frozenset({Way.BELL, Way.NOTE, Way.KNOWN_PLACE})
#: Who answered the phone, answered on a number that works.
_NUMBER_WORKS = frozenset({Outcome.TALKED, Outcome.LEFT_MESSAGE, Outcome.WANTS_PEACE})
_GOES_ON = Standing(Support.ACTIVE)


@dataclass(frozen=True)
class ReachOut:
    """What the *Ræk ud* page needs. `suggested` is the way the respect settings and the rhythm lead to."""

    citizen: str
    name: str
    phone: str | None
    wishes: tuple[str, ...]
    peace_until: date | None
    suggested: str
    texts: tuple[TextChoice, ...]  # three, the last one sent is not among them
    notes: tuple[TextChoice, ...]
    last_text: str | None
    last_text_on: date | None
    beads: tuple[str, ...]  # "m" met or talked, "a" reached out; oldest first, at most 9
    unconfirmed: str | None  # the attempt that waits for "Blev den sendt?"
    other_texts: tuple[TextChoice, ...] = ()  # `{kollega}` and the like are left for the worker to write
    first_name: str = ""  # for the outside of a card; "" when nobody knows a name
    hours: respect.Hours | None = None  # when the citizen wants to be reached
    network: Consent | None = None  # the yes that opens the way through family and friends
    wrote_on: date | None = None  # when the citizen wrote, while nobody has answered
    answer_late: bool = False  # it is late, and the citizen wrote so lately that an answer is fine
    ways: tuple[str, ...] = ()  # what the citizen's wishes leave, the suggested one first
    phone_works: bool = True
    known_places: str | None = None
    voicemail: str = ""
    count: int = 0  # how often somebody has reached out since they last talked
    nameless: bool = False  # the last text left the name out: others answer that phone too
    last: Reason | None = None  # how long since they talked: DAYS_SINCE or NEW
    standing: Standing = _GOES_ON


def read(desk: Desk, citizen: str) -> ReachOut | None:
    today = desk.today()
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        known = facts.read_one(session, citizen, today)
        number = _own_number(session, desk.worker)
        ours = templates.of_the_team(session, today)
        said = consents.of_citizen(session, citizen)
        off = days_off.to_say(session, desk, known) if known else {}
    if row is None or known is None:
        return None
    called = people.first_name(row.known_as)
    texts = greetings.texts(known, today, called, desk.first_name, ours, off)
    last = _last_text(known.attempts)
    waits, wrote = thread.unconfirmed(known, today), thread.unanswered(known, today)
    return ReachOut(
        citizen=citizen,
        name=names.shown(row.known_as, row.label),
        phone=row.phone,
        wishes=respect.in_order(known.wishes),
        peace_until=known.peace_until,
        suggested=reach.suggested(known, today),
        texts=texts,
        other_texts=greetings.others(known, today, called, desk.first_name, texts, ours),
        notes=greetings.notes(known, today, called, desk.first_name, number, ours),
        last_text=last.text if last else None,
        last_text_on=last.at.date() if last else None,
        beads=reach.beads(known),
        unconfirmed=waits.id if waits else None,
        nameless=bool(called and last and last.template and called not in (last.text or "")),
        first_name=called,
        hours=known.hours,
        network=in_force(said, ConsentAbout.NETWORK, today),
        wrote_on=wrote.at.date() if wrote else None,
        answer_late=respectful.may_answer_late(known, desk.now()),
        ways=tuple(way.value for way in reach.ways(known, today)),
        phone_works=known.phone_works,
        known_places=row.known_places,
        voicemail=greetings.voicemail(called, desk.first_name),
        count=len(thread.tries(known, today)),
        last=reasons.since(known, today),
        standing=standing(known, today),
    )


def save(
    desk: Desk,
    citizen: str,
    way: str,
    outcome: str,
    *,
    text: str = "",
    template: str | None = None,
    place: str = "",
    peace_until: date | None = None,
    own_words: str = "",
    instead: Saved | None = None,
) -> Saved:
    """Save an attempt with its outcome and the next step, in one transaction; `instead` of what was saved just before.

    `wants_peace` also keeps the respect wish until `peace_until` (14 days when no date was said);
    `number_not_working` marks the number. Raises RecordError("malformed", "outcome") for an outcome that this way
    cannot have, and ("no_consent") for the way through the network without the citizen's yes.
    """
    if way not in set(Way) or outcome not in OUTCOMES[Way(way)]:
        raise RecordError("malformed", "outcome")
    with writing(desk) as work:
        if instead is not None:
            work.undo(instead)
        said = text.strip() if outcome == Outcome.WANTS_PEACE else text.strip() or own_words.strip()
        row = AttemptRow(
            occurred_at=work.now,
            way=way,
            outcome=outcome,
            place_text=place.strip() or None,
            text=said or None,
            template=template,
            consent=_consent(work, citizen) if way == Way.NETWORK else None,
        )
        id = work.add(citizen, row)
        if outcome == Outcome.WANTS_PEACE:
            respect.wants_peace(work, citizen, peace_until, own_words)
        _mark_number(work, citizen, way, outcome)
        _finish_steps(work, citizen, way, outcome, work.now)
        return work.saved(id, citizen)


def caution(desk: Desk, citizen: str, way: str) -> Caution | None:
    """What to ask about before this act, as it stands at this moment; None when there is nothing to ask."""
    late = settings.read(desk).late
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, desk.today())
    return respectful.caution(known, way, desk.now(), late=late) if known else None


def answered(desk: Desk, citizen: str) -> Saved:
    """What the citizen wrote is answered, by whatever road. A note being written about them stays a draft."""
    with writing(desk) as work:
        id = work.add(citizen, ContactRow(occurred_at=work.now, mode=ContactMode.WROTE.value))
        next_steps.finish(work, citizen, work.now, lambda step: not next_steps.still_to_come(step, work.now))
        return work.saved(id, citizen)


def wait(desk: Desk, citizen: str, until: date) -> Saved:
    """*Vent til ...*: the step moves there; what was agreed stands beside it."""
    with writing(desk) as work:
        next_steps.move(work, citizen, until)
        return work.saved("", citizen)


def confirm(desk: Desk, attempt: str, sent: bool) -> Saved:
    """Answer "Blev den sendt?": a new record that corrects the first, which stays."""
    with writing(desk) as work:
        first = work.get(AttemptRow, attempt)
        citizen = citizen_of(first)
        answered = next((r for r in rows.of_citizen(work.session, AttemptRow, citizen) if r.corrects == attempt), None)
        if answered is not None:
            return work.saved(answered.id, citizen)
        outcome = Outcome.SENT if sent else Outcome.NOT_SENT
        row = AttemptRow(
            occurred_at=first.occurred_at,
            way=first.way,
            outcome=outcome.value,
            place_text=first.place_text,
            text=first.text,
            template=first.template,
            corrects=attempt,
        )
        id = work.add(citizen, row)
        _finish_steps(work, citizen, first.way, outcome, first.occurred_at)
        return work.saved(id, citizen)


def _consent(work: Writing, citizen: str) -> str:
    found = in_force(consents.of_citizen(work.session, citizen), ConsentAbout.NETWORK, work.today)
    if found is None:
        raise RecordError("no_consent")
    return found.id


def _finish_steps(work: Writing, citizen: str, way: str, outcome: str, happened: datetime) -> None:
    """What was planned for today is done by reaching out; an appointment, by having been there or having talked."""
    if outcome in (Outcome.UNCONFIRMED, Outcome.NOT_SENT):
        return

    def fulfils(step: NextStepRow) -> bool:
        if not step.agreed or way in _VISITS:
            return True
        return outcome in REAL_OUTCOMES and not next_steps.still_to_come(step, happened)

    next_steps.finish(work, citizen, happened, fulfils)


def _mark_number(work: Writing, citizen: str, way: str, outcome: str) -> None:
    registered = same.of_person(work.session, citizen)
    row = next((each for each in registered if each.phone), registered[0] if registered else None)
    if row is None or way != Way.CALL:
        return
    if outcome == Outcome.NUMBER_NOT_WORKING:
        work.change(row, phone_works=False)
    elif outcome in _NUMBER_WORKS and row.phone_works is False:
        work.change(row, phone_works=True)


def _last_text(attempts: tuple[Attempt, ...]) -> Attempt | None:
    return next((attempt for attempt in reversed(attempts) if attempt.way == Way.TEXT and attempt.text), None)


def _own_number(session: Session, worker: str) -> str:
    wanted = select(ColleagueRow).where(ColleagueRow.worker == worker, col(ColleagueRow.void_reason).is_(None))
    return next((row.phone for row in session.exec(wanted) if row.phone), "")
