"""Which texts fit right now, filled in with first names; always Danish, whatever the app speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldapp.domain import thread, workdays
from fieldapp.domain.facts import Facts, PlannedStep
from fieldapp.domain.texts_to_citizens import choice, fill, placeholders
from fieldapp.domain.values import ContactMode, Outcome, Way
from fieldapp.texts import citizen_day, citizen_texts

AT_A_TIME = 3
#: Fit any day; the one about a long silence only after one.
_ANY_DAY = ("s1", "s2", "s3", "s7", "s9")
_AFTER_SILENCE = "s4"
_LONG = 21
_NOTES = ("n1", "n2", "n3")
_LATELY = timedelta(days=2)
_HOME_LATELY = timedelta(days=7)
_NUMBER_LINE = "________"
"""Room to write a number by hand, when nobody has entered the worker's."""


@dataclass(frozen=True)
class TextChoice:
    """A text ready to send: its id (s1 ...), and the words with the names filled in."""

    template: str
    text: str


def texts(known: Facts, today: date, citizen: str, worker: str) -> tuple[TextChoice, ...]:
    """Three, the last one sent not among them: what just happened decides the first, the others take turns.

    `citizen` and `worker` are first names; "" for a citizen whose name nobody knows.
    """
    values = _values(known, today, citizen, worker)
    sent = [attempt for attempt in known.attempts if attempt.way == Way.TEXT]
    last = sent[-1].template if sent else None
    moment = [id for id in _of_the_moment(known, today) if id != last and _can_fill(id, values)][:1]
    pool = (*_ANY_DAY, _AFTER_SILENCE) if thread.days_since(known, today) >= _LONG else _ANY_DAY
    others = choice(pool, last, len(sent), AT_A_TIME - len(moment))
    return tuple(TextChoice(id, _filled(id, values)) for id in (*moment, *others))


def notes(known: Facts, today: date, citizen: str, worker: str, number: str) -> tuple[TextChoice, ...]:
    """For a note at the door, to copy by hand."""
    values = _values(known, today, citizen, worker) | {"nummer": number or _NUMBER_LINE, "kaffe": "kaffe"}
    return tuple(TextChoice(id, _filled(id, values)) for id in _NOTES)


def voicemail(citizen: str, worker: str) -> str:
    return _filled("voicemail", {"navn": citizen, "medarbejder": worker})


def _of_the_moment(known: Facts, today: date) -> list[str]:
    step, acts = _appointment(known, today), thread.acts(known, today)
    last = acts[-1] if acts else None
    lately = last is not None and today - last.at.date() <= _LATELY
    found = {
        "s6": step is not None and step.at is not None and step.on - today <= _LATELY,
        "s5": lately and getattr(last, "mode", None) == ContactMode.NOT_MET,
        "s14": known.home_again_on is not None and timedelta() <= today - known.home_again_on <= _HOME_LATELY,
        "s10": lately and step is not None and _met(last),
    }
    return [id for id, fits in found.items() if fits]


def _met(act: object) -> bool:
    return getattr(act, "mode", None) == ContactMode.MET or getattr(act, "outcome", None) == Outcome.MET


def _appointment(known: Facts, today: date) -> PlannedStep | None:
    return next((step for step in known.steps if step.agreed and step.on >= today), None)


def _values(known: Facts, today: date, citizen: str, worker: str) -> dict[str, str]:
    step = _appointment(known, today)
    day = step.on if step else workdays.next_workday(today)
    values = {"navn": citizen, "medarbejder": worker, "hvornår": citizen_day(day, today)}
    if step and step.at:
        values["tid"] = f"{step.at.hour}.{step.at.minute:02}"
    return values


def _can_fill(id: str, values: Mapping[str, str]) -> bool:
    return placeholders(citizen_texts()[id]) <= values.keys()


def _filled(id: str, values: Mapping[str, str]) -> str:
    """Without a name it says *Hej.* or *Hej, det er ...*."""
    template = citizen_texts()[id]
    return fill(template if values["navn"] else template.replace(" {navn}", ""), values)
