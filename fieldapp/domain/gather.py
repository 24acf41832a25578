"""Records into facts: the one place that reads a citizen's records for the rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from fieldapp.domain import closing, consent, dated
from fieldapp.domain.absence import ABOUT
from fieldapp.domain.consent import Consent
from fieldapp.domain.facts import (
    Absence,
    Attempt,
    Closing,
    Contact,
    Facts,
    Pause,
    PlannedStep,
    Record,
    Reopening,
    Request,
    Thanks,
    Urgent,
    read_day,
)
from fieldapp.domain.values import REAL_CONTACTS, REAL_OUTCOMES, AssignmentRole, GoalOutcome, Outcome, Phase, Respect

PEACE_WITHOUT_A_DATE = timedelta(days=14)  # rhythm.md


def gather(citizen_id: str, records: Iterable[Record], today: date) -> Facts:
    """The facts of one citizen on `today`. Void records and kinds the rules do not know are passed over."""
    kinds: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda r: (r.at, r.id)):
        if not record.void:
            kinds.setdefault(record.kind, []).append(record)

    def of(kind: str) -> list[Record]:
        return kinds.get(kind, [])

    citizen = of("citizen")[-1] if of("citizen") else None
    method, phase, intensity = (_latest(of(kind), "from_on", today) for kind in ("method", "phase", "intensity"))
    responsible = _assigned(of("assignment"), AssignmentRole.RESPONSIBLE, today)
    contacts, attempts = _contacts(of("contact")), _attempts(of("attempt"))
    told = [each for kind in closing.TOLD for each in of(kind)]
    consents = _consents(of("consent"), of("consent_withdrawal"))
    return Facts(
        citizen=citizen_id,
        known_since=_known_since(kinds, today),
        responsible=responsible[-1] if responsible else _author(citizen),
        for_all=not responsible and any(r.fields["role"] != AssignmentRole.DEPUTY for r in of("assignment")),
        method=_get(method, "method"),
        method_from_on=_day(_get(method, "from_on")),
        phase=_get(phase, "phase"),
        phase_from_on=_day(_get(phase, "from_on")),
        first_phase_on=_first_phase_on(of("phase"), today),
        intensity=_get(intensity, "level"),
        intensity_from_on=_day(_get(intensity, "from_on")),
        harder_on=_harder_on(of("goal")),
        contacts=contacts,
        attempts=attempts,
        steps=_steps(of("next_step")),
        phone_works=_get(citizen, "phone_works") is not False,
        has_phone=bool(_get(citizen, "phone")),
        protected_address=bool(_get(citizen, "protected_address")),
        known_places=_get(citizen, "known_places"),
        has_cpr=bool(_get(citizen, "cpr")),
        thanks=_thanks(of("thanks_owed")),
        kept_on=max((_on(r, "on") for r in of("keep_answer")), default=None),
        situation=_situation(citizen, of("housing_situation"), today),
        dated=dated.gather(kinds, closing.began_anew(told)),
        reviewed_on=max((day for r in of("review") if (day := _on(r, "on")) <= today), default=None),
        pauses=_pauses(of("pause")),
        closings=_closings(of("closing"), told),
        reopenings=tuple(Reopening(r.at, _on(r, "on"), r.author) for r in of("reopening") if r.author),
        urgent=_urgent(of("urgent_mark"), (*contacts, *attempts), today),
        requests=_requests(of("colleague_request")),
        covering=frozenset(_assigned(of("assignment"), AssignmentRole.DEPUTY, today, until_further_notice=False)),
        **_wishes(_latest(of("respect"), "said_on", today)),
        **_housing(of("housing_period"), today),
        consent_ends_on=consent.ends_on(consents, today),
        **_absence(of("absence"), consents, today),
    )


def _known_since(kinds: Mapping[str, Sequence[Record]], today: date) -> date:
    """The earliest day anybody wrote about, or wrote."""
    written = [record.at.date() for records in kinds.values() for record in records]
    happened = [_moment(r, "occurred_at").date() for kind in ("contact", "attempt") for r in kinds.get(kind, ())]
    return min((*written, *happened), default=today)


def _contacts(records: Sequence[Record]) -> tuple[Contact, ...]:
    found = (
        Contact(
            at=_moment(r, "occurred_at"),
            mode=r.fields["mode"],
            real=r.fields["mode"] in REAL_CONTACTS,
            by=r.author,
            place=r.fields.get("place_text") or r.fields.get("place"),
        )
        for r in _standing(records)
    )
    return tuple(sorted(found, key=lambda contact: contact.at))


def _attempts(records: Sequence[Record]) -> tuple[Attempt, ...]:
    """Without those that were not sent: nobody reached out."""
    found = (
        Attempt(
            at=_moment(r, "occurred_at"),
            way=r.fields["way"],
            outcome=r.fields["outcome"],
            real=r.fields["outcome"] in REAL_OUTCOMES,
            by=r.author,
            place=r.fields.get("place_text"),
            id=r.id,
            template=r.fields.get("template"),
            text=r.fields.get("text"),
        )
        for r in _standing(records)
        if r.fields["outcome"] != Outcome.NOT_SENT
    )
    return tuple(sorted(found, key=lambda attempt: attempt.at))


def _standing(records: Sequence[Record]) -> list[Record]:
    """Those that no later record corrects."""
    corrected = {r.fields.get("corrects") for r in records}
    return [r for r in records if r.id not in corrected]


def _steps(records: Sequence[Record]) -> tuple[PlannedStep, ...]:
    found = (
        PlannedStep(
            id=r.id,
            on=_on(r, "on"),
            at=_clock(r.fields.get("at")),
            text=r.fields.get("text"),
            agreed=bool(r.fields.get("agreed")),
            worker=r.fields.get("worker"),
            made_at=r.at,
            by=r.fields.get("by"),
        )
        for r in records
        if r.fields.get("done_on") is None
    )
    return tuple(sorted(found, key=lambda step: (step.on, step.at or time.max, step.id)))


def _urgent(marks: Sequence[Record], acts: Iterable[Contact | Attempt], today: date) -> Urgent | None:
    """The latest that nobody has taken off, until somebody has been in contact after it."""
    last = max((act.at for act in acts if act.real), default=None)
    held = [r for r in marks if r.fields.get("done_on") is None and _on(r, "on") <= today]
    mark = max(held, key=lambda r: (r.at, r.id), default=None)
    if mark is None or (last is not None and last > mark.at):
        return None
    return Urgent(mark.id, mark.at, mark.author, mark.fields.get("reason"))


def _requests(records: Sequence[Record]) -> tuple[Request, ...]:
    return tuple(
        Request(r.id, r.at, r.author, r.fields["text"], r.fields.get("worker"), r.fields.get("role"))
        for r in records
        if r.fields.get("done_on") is None
    )


def _thanks(records: Sequence[Record]) -> tuple[Thanks, ...]:
    owed = [Thanks(r.id, _on(r, "on"), r.fields.get("to")) for r in records if r.fields.get("done_on") is None]
    return tuple(sorted(owed, key=lambda each: (each.on, each.id)))


def _pauses(records: Sequence[Record]) -> tuple[Pause, ...]:
    """Those with a reason and a review within the limit: another one is none (I-5)."""
    return tuple(
        Pause(recorded_at=r.at, from_on=_on(r, "from_on"), review_on=_on(r, "review_on"), by=r.author)
        for r in records
        if r.author and closing.pause_lacks(r.fields) is None
    )


def _closings(records: Sequence[Record], told: Sequence[Record]) -> tuple[Closing, ...]:
    """Those whose ground holds: without one the citizen stays on the list (I-4)."""
    return tuple(
        Closing(recorded_at=r.at, on=_on(r, "on"), ground=r.fields["ground"], by=r.author)
        for r in records
        if r.author and closing.lacks(r.fields, told) is None
    )


def _first_phase_on(phases: Sequence[Record], today: date) -> date | None:
    first = _latest([r for r in phases if r.fields["phase"] == Phase.TRANSITION], "from_on", today)
    return _day(_get(first, "from_on"))


def _harder_on(goals: Sequence[Record]) -> date | None:
    hard = [g for g in goals if g.fields.get("outcome") == GoalOutcome.HARDER_NOW and not g.fields.get("ended_on")]
    return max((goal.at.date() for goal in hard), default=None)


def _situation(citizen: Record | None, told: Sequence[Record], today: date) -> str | None:
    """The latest of the history; before there is one, what was said when the person was registered."""
    situation: str | None = _get(_latest(told, "from_on", today) or citizen, "situation")
    return situation


def _wishes(respect: Record | None) -> dict[str, Any]:
    if respect is None:
        return {}
    wishes = frozenset(respect.fields["wishes"])
    until = _day(respect.fields.get("peace_until"))
    if until is None and Respect.PEACE_UNTIL in wishes:
        until = _on(respect, "said_on") + PEACE_WITHOUT_A_DATE
    from_, to = (_clock(respect.fields.get(name)) for name in ("hours_from", "hours_to"))
    hours = (from_, to) if from_ and to else None
    return {"wishes": wishes, "peace_until": until, "peace_said_at": respect.at, "hours": hours}


def _housing(periods: Sequence[Record], today: date) -> dict[str, Any]:
    """The home now or the next one, and when one was lost that no other has followed."""
    left = ("lost_on", "moved_out_on")
    kept = [p for p in periods if not any(_day(p.fields.get(name)) for name in left)]
    moves = [day for p in kept if (day := _day(p.fields.get("move_in_on")))]
    losses = [day for p in periods if (day := _day(p.fields.get("lost_on"))) and day <= today]
    lost = max(losses, default=None)
    if lost and any(lost <= day <= today for day in moves):
        lost = None
    in_use = periods[-1].fields.get("in_use") if periods else None
    return {"move_in_on": max(moves, default=None), "lost_home_on": lost, "home_in_use": in_use}


def _consents(given: Sequence[Record], withdrawn: Sequence[Record]) -> list[Consent]:
    """Oldest first. Two may have written that one was taken back: the first to say so."""
    taken = {r.fields["consent"]: r for r in reversed(withdrawn)}
    found = []
    for r in sorted(given, key=lambda r: (_on(r, "given_on"), r.at, r.id)):
        back = taken.get(r.id)
        found.append(
            Consent(
                id=r.id,
                answer=r.fields["answer"],
                to=r.fields["to"],
                given_on=_on(r, "given_on"),
                about=r.fields.get("about"),
                until=_day(r.fields.get("until")),
                withdrawn_on=_on(back, "on") if back else None,
                given_at=r.at,
                withdrawn_at=back.at if back else None,
            )
        )
    return found


def _absence(records: Sequence[Record], consents: Sequence[Consent], today: date) -> dict[str, Any]:
    begun = [r for r in records if _on(r, "since_on") <= today]
    away = [r for r in begun if (back := _day(r.fields.get("back_on"))) is None or back > today]
    if away:
        latest = max(away, key=lambda r: _on(r, "since_on"))
        since, home = _on(latest, "since_on"), _day(latest.fields.get("home_on"))
        known = max(since, _made_on(latest))
        about = ABOUT.get(latest.fields["place"])
        asked = about is None or consent.last_answer(consents, about, today) is not None
        return {"absence": Absence(latest.fields["place"], since, home, known, asked)}
    return {"home_again_on": max((_on(r, "back_on") for r in begun), default=None)}


def _made_on(record: Record) -> date:
    """The day its id was made, if that was before the last writing: a UUIDv7 begins with milliseconds (RFC 9562)."""
    made = (UUID(record.id).int >> 80) / 1000
    return datetime.fromtimestamp(min(made, record.at.timestamp()), record.at.tzinfo).date()


def _assigned(
    assignments: Sequence[Record], role: AssignmentRole, today: date, *, until_further_notice: bool = True
) -> list[str]:
    """The workers who hold this role today, the latest last; without `until_further_notice` only those with an end."""
    held = []
    for r in assignments:
        ends = r.fields.get("to_at") is not None
        holds = _moment(r, "from_at").date() <= today and (not ends or _moment(r, "to_at").date() >= today)
        if r.fields["role"] == role and r.fields.get("worker") and holds and (ends or until_further_notice):
            held.append((_moment(r, "from_at"), r.fields["worker"]))
    return [worker for _, worker in sorted(held)]


def _latest(records: Sequence[Record], day: str, today: date) -> Record | None:
    """The one in force today: the latest by its own day, then by when it was written."""
    return max((r for r in records if _on(r, day) <= today), key=lambda r: (_on(r, day), r.at), default=None)


def _author(record: Record | None) -> str | None:
    return record.author if record else None


def _get(record: Record | None, name: str) -> Any:
    return record.fields.get(name) if record else None


def _on(record: Record, name: str) -> date:
    """The day in a required field."""
    return read_day(record.fields[name])


def _day(value: date | str | None) -> date | None:
    return None if value is None else read_day(value)


def _clock(value: time | str | None) -> time | None:
    return time.fromisoformat(value) if isinstance(value, str) else value


def _moment(record: Record, name: str) -> datetime:
    value: datetime | str = record.fields[name]
    return datetime.fromisoformat(value) if isinstance(value, str) else value
