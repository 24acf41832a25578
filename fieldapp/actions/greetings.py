"""Which texts fit right now, filled in with first names; always Danish, whatever the app speaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from fieldapp.actions.templates import TeamText
from fieldapp.domain import thread, workdays
from fieldapp.domain.facts import Facts, PlannedStep
from fieldapp.domain.texts_to_citizens import LONGEST, choice, fill, placeholders, without_the_name
from fieldapp.domain.values import ContactMode, Outcome, Way
from fieldapp.texts import citizen_date, citizen_day, citizen_texts

AT_A_TIME = 3
#: Fit any day; the one about a long silence only after one.
_ANY_DAY = ("s1", "s2", "s3", "s7", "s9")
_AFTER_SILENCE = "s4"
_LONG = 21
NOTHING: Mapping[str, str] = MappingProxyType({})
LEAVE = "s13"
#: For a moment only the worker knows of: a birthday (with a yes), a new colleague, a holiday, a goodbye.
_ON_WISH = ("s12", LEAVE, "s16", "s11")
_UNSURE = "s15"
"""Asks whoever has that number for the citizen by name: only before anybody has talked with them."""
_NOTES = ("n1", "n2", "n3")
_LATELY = timedelta(days=2)
_HOME_LATELY = timedelta(days=7)
_NUMBER_LINE = "________"
"""Room to write a number by hand, when nobody has entered the worker's."""


@dataclass(frozen=True)
class TextChoice:
    """A text ready to send: its code (s1 ..., or a team's own), and the words with the names filled in.

    `nameless` is the same without the citizen's name, for a phone that others answer too.
    """

    template: str
    text: str
    nameless: str = ""
    about: str | None = None


class _Templates:
    """The app's texts and the team's own, by code; a team's text can stand in the place of one of the app's."""

    def __init__(self, way: Way, ours: Sequence[TeamText], values: Mapping[str, str]) -> None:
        own = [each for each in ours if each.way == way and not each.problems]
        self._texts = citizen_texts() | {each.code: each.text for each in own}
        self._about = {each.code: each.about for each in own}
        self._instead = {each.replaces: each.code for each in own if each.replaces}
        self._values = values
        self.added = tuple(each.code for each in own if each.replaces not in citizen_texts())

    def standing(self, codes: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._instead.get(code, code) for code in codes)

    def can_fill(self, code: str) -> bool:
        return placeholders(self._texts[code]) <= self._values.keys()

    def filled(self, code: str, longest: int | None = LONGEST) -> TextChoice:
        """Without a name it says *Hej.* or *Hej, det er ...*; so too where the name would not fit."""
        template = self._texts[code]
        nameless = fill(without_the_name(template), self._values)
        named = fill(template, self._values) if self._values["navn"] else nameless
        text = nameless if longest is not None and len(named) > longest else named
        return TextChoice(code, text, nameless, self._about.get(code))


def texts(
    known: Facts,
    today: date,
    citizen: str,
    worker: str,
    ours: Sequence[TeamText] = (),
    off: Mapping[str, str] = NOTHING,
) -> tuple[TextChoice, ...]:
    """Three, the last one sent not among them: what just happened decides the first, the others take turns.

    `citizen` and `worker` are first names; "" for a citizen whose name nobody knows. `off`: what the text about the
    worker's leave says, when it is time for it; it comes first.
    """
    templates = _Templates(Way.TEXT, ours, _values(known, today, citizen, worker))
    sent = [attempt for attempt in known.attempts if attempt.way == Way.TEXT]
    last = sent[-1].template if sent else None
    now = templates.standing(_of_the_moment(known, today))
    moment = [code for code in now if code != last and templates.can_fill(code)][:1]
    usual = (*_ANY_DAY, _AFTER_SILENCE) if thread.days_since(known, today) >= _LONG else _ANY_DAY
    pool = [code for code in (*templates.standing(usual), *templates.added) if templates.can_fill(code)]
    leave = _leave(ours, {**_values(known, today, citizen, worker), **off}) if off else ()
    moment = moment[: 0 if leave else 1]
    others = choice(
        [code for code in pool if code not in moment], last, len(sent), AT_A_TIME - len(moment) - len(leave)
    )
    return (*leave, *(templates.filled(code) for code in (*moment, *others)))


def _leave(ours: Sequence[TeamText], values: Mapping[str, str]) -> tuple[TextChoice, ...]:
    """Until when the worker is off, and whom to write to meanwhile: only when both are known."""
    templates = _Templates(Way.TEXT, ours, values)
    return tuple(templates.filled(code) for code in templates.standing((LEAVE,)) if templates.can_fill(code))


def others(
    known: Facts, today: date, citizen: str, worker: str, offered: Sequence[TextChoice], ours: Sequence[TeamText] = ()
) -> tuple[TextChoice, ...]:
    """Every other text that fits; what only the worker knows is left standing as `{kollega}`, to be written in."""
    templates = _Templates(Way.TEXT, ours, _values(known, today, citizen, worker))
    sent = [attempt.template for attempt in known.attempts if attempt.way == Way.TEXT]
    here = {choice.template for choice in offered} | set(sent[-1:])
    usual = templates.standing((*_ANY_DAY, _AFTER_SILENCE, *_of_the_moment(known, today)))
    ready = [code for code in dict.fromkeys((*usual, *templates.added)) if templates.can_fill(code)]
    on_wish = list(templates.standing(_ON_WISH))
    # Not to a protected address: it tells whoever answers that somebody looks for this person (review.md 2.3).
    if citizen and not known.protected_address and thread.last_contact_on(known, today) is None:
        on_wish.append(_UNSURE)
    return tuple(templates.filled(code) for code in (*ready, *on_wish) if code not in here)


def notes(
    known: Facts, today: date, citizen: str, worker: str, number: str, ours: Sequence[TeamText] = ()
) -> tuple[TextChoice, ...]:
    """For a note at the door, to copy by hand or print."""
    values = _values(known, today, citizen, worker) | {"nummer": number or _NUMBER_LINE, "kaffe": "kaffe"}
    if values["hvornår"] == citizen_day(today, today):  # one is at the door now: *igen* is another day
        values["hvornår"] = citizen_day(workdays.next_workday(today), today)
    templates = _Templates(Way.NOTE, ours, values)
    codes = [code for code in (*templates.standing(_NOTES), *templates.added) if templates.can_fill(code)]
    return tuple(templates.filled(code, longest=None) for code in codes)


def voicemail(citizen: str, worker: str) -> str:
    template = citizen_texts()["voicemail"]
    return fill(template if citizen else without_the_name(template), {"navn": citizen, "medarbejder": worker})


def _of_the_moment(known: Facts, today: date) -> list[str]:
    step, acts = _appointment(known, today), thread.acts(known, today)
    last = acts[-1] if acts else None
    lately = last is not None and today - last.at.date() <= _LATELY
    found = {
        "s6": step is not None and step.at is not None and step.on - today <= _LATELY,
        "s5": lately and getattr(last, "mode", None) == ContactMode.NOT_MET,
        "s8": _wants_peace(known, today),
        "s14": known.home_again_on is not None and timedelta() <= today - known.home_again_on <= _HOME_LATELY,
        "s10": lately and step is not None and _met(last),
    }
    return [id for id, fits in found.items() if fits]


def _wants_peace(known: Facts, today: date) -> bool:
    """Said lately: one text to say that they get it."""
    said, until = known.peace_said_at, known.peace_until
    return until is not None and until >= today and said is not None and today - said.date() <= _LATELY


def _met(act: object) -> bool:
    return getattr(act, "mode", None) == ContactMode.MET or getattr(act, "outcome", None) == Outcome.MET


def _appointment(known: Facts, today: date) -> PlannedStep | None:
    return next((step for step in known.steps if step.agreed and step.on >= today), None)


def _values(known: Facts, today: date, citizen: str, worker: str) -> dict[str, str]:
    step = _appointment(known, today)
    day = step.on if step else workdays.next_workday(today)
    values = {"navn": citizen, "medarbejder": worker, "hvornår": citizen_day(day, today)}
    if known.peace_until is not None and known.peace_until >= today:
        values["dato"] = citizen_date(workdays.next_workday(known.peace_until))
    if step and step.at:
        values["tid"] = f"{step.at.hour}.{step.at.minute:02}"
    return values
