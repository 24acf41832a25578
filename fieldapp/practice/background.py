"""Ordinary days: contacts and attempts from long before what the cast tells, by each citizen's pattern."""

from collections.abc import Iterator
from datetime import date, timedelta

from fieldapp.domain.values import Content, Dimension, Situation
from fieldapp.domain.workdays import workday_from
from fieldapp.practice.pen import Pen
from fieldapp.practice.sentences import OWN_WORDS, PROFESSIONAL_VIEWS, PROGRESS

_DAYS = {"tight": 3, "regular": 7, "light": 14}
_MODES = ("met",) * 11 + ("talked",) * 4 + ("citizen_called",) * 2 + ("wrote", "citizen_wrote", "citizen_came")
_UNANSWERED = (("text", "sent"), ("call", "no_answer"), ("bell", "nobody_opened"))
_PLACES = {
    Situation.STREET: "street",
    Situation.CAR: "car",
    Situation.SHELTER: "shelter_110",
    Situation.NIGHT_SHELTER: "drop_in",
    Situation.FAMILY_FRIENDS: "cafe",
    Situation.UNKNOWN: "street",
}


def write(pen: Pen) -> None:
    """Everything older than what the cast tells; a citizen who is new has no such days."""
    for day in _days(pen):
        if pen.chance.random() < 0.2:
            _tried(pen, day)
        else:
            _met(pen, day)


def _days(pen: Pen) -> Iterator[date]:
    usual = _DAYS.get(pen.citizen.pattern)
    if usual is None:
        return
    day, until = workday_from(pen.ago(pen.citizen.known_from_days_ago)), _until(pen)
    while day < until:
        yield day
        day = workday_from(day + timedelta(days=max(1, usual + pen.chance.randint(-usual // 3, usual // 3))))


def _until(pen: Pen) -> date:
    """The first day the cast tells of, or the day before somebody was elsewhere or had ended."""
    citizen = pen.citizen
    told = [met.days_ago for met in citizen.contacts] + [tried.days_ago for tried in citizen.attempts]
    if citizen.away:
        told.append(citizen.away.since_days_ago)
    if citizen.came_back:
        told.append(citizen.came_back.closed_days_ago)
    return pen.ago(max(told, default=0) + 1)


def _tried(pen: Pen, day: date) -> None:
    ways = _UNANSWERED[:1] if "text_only" in pen.citizen.wishes or not _has_moved(pen, day) else _UNANSWERED
    way, outcome = pen.chance.choice(ways)
    pen.write("attempt", day, _who(pen), way=way, outcome=outcome)


def _met(pen: Pen, day: date) -> None:
    chance = pen.chance
    mode = chance.choice(_MODES)
    place = _place(pen, day) if mode in ("met", "citizen_came") else "phone"
    by = _who(pen)
    pen.write(
        "contact",
        day,
        by,
        mode=mode,
        place=place,
        dimensions=tuple(sorted(str(d) for d in chance.sample(list(Dimension), chance.randint(0, 2)))),
        content=(str(chance.choice(list(Content))),),
        own_words=chance.choice(OWN_WORDS) if chance.random() < 0.25 else None,
        professional_view=chance.choice(PROFESSIONAL_VIEWS) if chance.random() < 0.2 else None,
    )
    if chance.random() < 0.06:
        pen.write("progress", day, by, noted_on=day, text=chance.choice(PROGRESS))


def _who(pen: Pen) -> str:
    """Mostly the responsible worker, now and then the deputy."""
    return pen.citizen.deputy if pen.chance.random() < 0.08 else pen.citizen.responsible


def _place(pen: Pen, day: date) -> str:
    citizen = pen.citizen
    situation = citizen.situation if _has_moved(pen, day) else citizen.previous_situation or citizen.situation
    usual = _PLACES.get(Situation(situation), "home")
    return pen.chance.choice((usual, usual, usual, "cafe", "drop_in"))


def _has_moved(pen: Pen, day: date) -> bool:
    home = pen.citizen.home
    return home is None or home.moved_in_days_ago is None or day >= pen.ago(home.moved_in_days_ago)
