"""What the cast tells of those who are elsewhere: who said yes to what, who was told, what there is to do."""

from datetime import date, time, timedelta

from fieldapp.domain import absence as absences
from fieldapp.domain.values_day import TASKS
from fieldapp.practice.moments import danish
from fieldapp.practice.pen import Pen
from fieldapp.practice.roles import Away


def tasks(pen: Pen, away: Away, absence: str, home_on: date | None) -> None:
    """What is to be ready before the citizen comes home, and what of the home is seen to already."""
    since = pen.ago(away.since_days_ago)
    at, by = pen.records[-1].at + timedelta(minutes=5), pen.workers[pen.citizen.responsible]
    for of in absences.dated(away.place) if home_on else ():
        for item in TASKS[of]:
            due = absences.due_on(of, item, home_on, since) if home_on else None
            pen.write_at("absence_task", at, by, absence=absence, list=of.value, item=item.value, due_on=due)
    for code in away.done:
        pen.write_at("absence_task", at, by, absence=absence, list="keep_home", item=code, done_on=since)


def consents(pen: Pen, absence: str | None) -> None:
    citizen, away = pen.citizen, pen.citizen.away
    for each in citizen.consents:
        given, by = pen.ago(each.given_days_ago), pen.workers[citizen.responsible]
        until = None if each.valid_in_days is None else pen.today + timedelta(days=each.valid_in_days)
        yes = pen.write_at(
            "consent",
            danish(given, time(14, 50)),
            by,
            given_on=given,
            answer="yes",
            to=each.to,
            about=each.about,
            purpose=each.purpose,
            how=each.how,
            until=until,
        )
        if away and absence and each.about == away.place and away.informed_days_ago is not None:
            told, who = pen.ago(away.informed_days_ago), next(iter(citizen.professionals), None)
            pen.write_at(
                "inform_step",
                danish(told, time(15, 10)),
                by,
                informed_on=told,
                absence=absence,
                consent=yes,
                to=who.name if who else None,
                phone=who.phone if who else None,
            )


def around(pen: Pen) -> None:
    """The professionals, noted a little while after the citizen became known."""
    day = pen.ago(min(20, pen.citizen.known_from_days_ago))
    for each in pen.citizen.professionals:
        pen.write_at(
            "professional",
            danish(day, time(14, 30)),
            pen.workers[pen.citizen.responsible],
            name=each.name,
            job=each.job,
            sector=each.sector,
            phone=each.phone,
            note=each.note,
        )
