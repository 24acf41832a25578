"""What waits for a day beside the next step: a lease to sign, a meeting, a plan to look at again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from fieldapp.domain.facts import Dated, Record
from fieldapp.domain.values import AssignmentRole

#: The fields of each kind: the day it waits for, its code, its text, and what says that it waits no more.
_TO_DO: dict[str, tuple[str, str | None, str | None, tuple[str, ...]]] = {
    "housing_task": ("due_on", "item", "text", ("done_on",)),
    "coordination_meeting": ("on", "form", "with_whom", ("held",)),
    "dimension_handover": ("meeting_on", "dimension", "who", ("held",)),
    "worker_change": ("joint_meeting_on", None, "to", ("held", "not_suitable")),
    "bridging": ("joint_meeting_on", None, "to", ("went_along", "ended_on")),
    "plan_reference": ("review_on", "type", None, ()),
    "other_plan": ("review_on", "type", "what", ("ended_on",)),
}
#: Of these only the latest of each such field (None: of all) is shown anywhere; one below it could not be ticked.
_ONE_EACH: dict[str, str | None] = {"dimension_handover": "dimension", "worker_change": None}
#: Of these only the latest counts: it says when to look again.
_LATEST: dict[str, tuple[str, str]] = {
    "housing_wait_plan": ("on", "follow_up_on"),
    "phase_look": ("on", "look_again_on"),
    "review": ("on", "next_on"),
}
#: These belong to the course they were written in: when one began anew, no page shows them as waiting any more.
_OF_A_COURSE = frozenset({"dimension_handover", "worker_change", "bridging"})
KINDS = (*_TO_DO, *_LATEST)
#: Appointments and deadlines: they bring somebody onto the list. The others are named when nothing else is.
PRESSING = frozenset(
    {
        "housing_task",
        "coordination_meeting",
        "dimension_handover",
        "worker_change",
        "bridging",
        "housing_wait_plan",
    }
)


def gather(kinds: Mapping[str, Sequence[Record]], anew: datetime | None = None) -> tuple[Dated, ...]:
    """Everything that still waits, the earliest first. `kinds`: the standing records of one citizen, oldest first.

    `anew`: when the course began again after one that had ended; its meetings are of the past.
    """
    found = [
        Dated(kind, record.id, day, _text(record, word), _text(record, text))
        for kind, (on, word, text, done) in _TO_DO.items()
        for record in _shown(kind, kinds)
        if (day := _day(record.fields.get(on))) and not any(record.fields.get(name) for name in done)
        if anew is None or not _of_an_ended(record, day, anew)
    ]
    for kind, (made, again) in _LATEST.items():
        latest = max(kinds.get(kind, ()), key=lambda r: (_day(r.fields[made]), r.at, r.id), default=None)
        if latest and not _overtaken(latest, kinds) and (day := _day(latest.fields.get(again))):
            found.append(Dated(kind, latest.id, day, said_on=_day(latest.fields[made])))
    return tuple(sorted(found, key=lambda each: (each.on, each.kind, each.id)))


def waiting(dated: Sequence[Dated], today: date, *, pressing: bool) -> Dated | None:
    """The first that has come to its day: an appointment or deadline, or (not `pressing`) one of the others."""
    return next((each for each in dated if each.on <= today and (each.kind in PRESSING) == pressing), None)


def is_carried_out(by: str | None, asked_at: datetime, given: Iterable[tuple[str, str | None, datetime]]) -> bool:
    """Somebody else than `by` has become responsible since the change was asked for (K12).

    `given`: role, worker and from when, of each assignment.
    """
    return any(
        role == AssignmentRole.RESPONSIBLE and worker != by and from_at > asked_at for role, worker, from_at in given
    )


def _shown(kind: str, kinds: Mapping[str, Sequence[Record]]) -> Iterable[Record]:
    records = kinds.get(kind, ())
    if kind in _ONE_EACH:
        of = _ONE_EACH[kind]
        records = list({record.fields.get(of) if of else None: record for record in records}.values())
    if kind == "worker_change":
        given = [
            (each.fields["role"], each.fields.get("worker"), _moment(each.fields["from_at"]))
            for each in kinds.get("assignment", ())
        ]
        return [each for each in records if not is_carried_out(each.author, each.at, given)]
    return records


def _of_an_ended(record: Record, day: date, anew: datetime) -> bool:
    """Written in a course that has ended; or a meeting of plans that was to be before this one began."""
    if record.kind == "coordination_meeting":
        return day < anew.date()
    return record.kind in _OF_A_COURSE and record.at < anew


def _overtaken(record: Record, kinds: Mapping[str, Sequence[Record]]) -> bool:
    """The phase has been changed since you agreed to look at it again; there is a home since there was only a plan."""
    if record.kind == "housing_wait_plan":
        made = _day(record.fields["on"])
        return any(_lived_in_since(home, made) for home in kinds.get("housing_period", ()))
    return record.kind == "phase_look" and any(phase.at > record.at for phase in kinds.get("phase", ()))


def _lived_in_since(home: Record, made: date | None) -> bool:
    moved_in = _day(home.fields.get("move_in_on"))
    left = home.fields.get("moved_out_on") or home.fields.get("lost_on")
    return moved_in is not None and made is not None and moved_in >= made and not left


def _text(record: Record, name: str | None) -> str | None:
    return record.fields.get(name) if name else None


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
