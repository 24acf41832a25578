"""What the cast tells of a citizen, as records: who they are, where they are in the course, what was said and done."""

import json
from datetime import date, time, timedelta

from fieldapp.domain.methods import PHASE_MONTHS, months_after
from fieldapp.domain.names import label
from fieldapp.domain.texts_to_citizens import fill
from fieldapp.practice import around, at_home, elsewhere, leaving
from fieldapp.practice.moments import danish
from fieldapp.practice.pen import Pen
from fieldapp.practice.roles import Goal, Tried
from fieldapp.texts import citizen_texts

EARLY = time(8, 30)
"""A citizen's own record is made before the day's other records: they all hang on it."""

_PHASES = ("transition", "try_out", "handover")
_GREETINGS = ("s1", "s2", "s4", "s9")


def write(pen: Pen) -> None:
    _who_it_is(pen)
    _course(pen)
    _where(pen)
    at_home.situations(pen)
    at_home.write(pen)
    _standing(pen)
    elsewhere.around(pen)
    around.write(pen)
    leaving.write(pen)
    _wishes(pen)
    _what_was_said(pen)
    _what_happened(pen)
    for goal in pen.citizen.goals:
        _goal(pen, goal)
    _next_step(pen)


def citizen_id(pen: Pen) -> str:
    """The id of the citizen's own record, which is the first."""
    return next(record.id for record in pen.records if record.kind == "citizen")


def _known_from(pen: Pen) -> date:
    return pen.ago(pen.citizen.known_from_days_ago)


def _who_it_is(pen: Pen) -> None:
    citizen = pen.citizen
    pen.write_at(
        "citizen",
        danish(_known_from(pen), EARLY),
        pen.workers[citizen.responsible],
        known_as=citizen.known_as,
        label=label(citizen.label, _known_from(pen)) if citizen.label else None,
        name_asked=citizen.name_asked,
        full_name=citizen.full_name,
        phone=citizen.phone,
        phone_works=citizen.phone_works if citizen.phone else None,
        protected_address=citizen.protected_address or None,
        situation=at_home.first(pen),
        known_places=", ".join(citizen.known_places) or None,
        language=citizen.language,
        needs_interpreter=citizen.needs_interpreter or None,
        made_aware_by=citizen.made_aware_by,
    )


def _course(pen: Pen) -> None:
    citizen, begun = pen.citizen, _known_from(pen)
    if citizen.method:
        pen.write("method", begun, citizen.responsible, method=citizen.method, from_on=begun)
    if citizen.phase:
        for phase, from_on in _phases(pen):
            together = phase != "contact_period" or None
            pen.write("phase", from_on, citizen.responsible, phase=phase, from_on=from_on, with_citizen=together)
    if citizen.known_from_days_ago > 60:
        pen.write("intensity", begun, citizen.responsible, level=3, from_on=begun)
    away = citizen.away.since_days_ago + 5 if citizen.away else 0
    chosen = pen.ago(min(max(30, away), citizen.known_from_days_ago))
    pen.write("intensity", chosen, citizen.responsible, level=citizen.intensity, from_on=chosen)


def _phases(pen: Pen) -> list[tuple[str, date]]:
    """The phases until now, counted back from the day the present one ends."""
    phase = pen.citizen.phase
    found: list[tuple[str, date]] = []
    if phase and phase.ends_in_days is not None:
        names = _PHASES[: _PHASES.index(phase.name) + 1]
        first = _began(pen.today + timedelta(days=phase.ends_in_days), PHASE_MONTHS * len(names))
        found = [(name, months_after(first, PHASE_MONTHS * place)) for place, name in enumerate(names)]
    begun = _known_from(pen)
    return [("contact_period", begun), *found] if not found or begun < found[0][1] else found


def _began(ends: date, months: int) -> date:
    """The day that `ends` lies so many months after, or as near as months of unlike length allow."""
    near = months_after(ends, -months)
    days = (near + timedelta(days=days) for days in (0, -1, 1, -2, 2, -3, 3))
    return min(days, key=lambda day: abs(months_after(day, months) - ends))


def _where(pen: Pen) -> None:
    citizen, home, away = pen.citizen, pen.citizen.home, pen.citizen.away
    if home:
        moved = None if home.moved_in_days_ago is None else pen.ago(home.moved_in_days_ago)
        lost = None if home.lost_days_ago is None else pen.ago(home.lost_days_ago)
        told = min(day for day in (moved, lost, pen.ago(min(20, citizen.known_from_days_ago))) if day)
        pen.write("housing_period", told, citizen.responsible, move_in_on=moved, lost_on=lost, in_use=home.in_use)
    if away:
        since = pen.ago(away.since_days_ago)
        home_on = None if away.home_in_days is None else pen.ahead(away.home_in_days)
        where = away.place_text
        absence = pen.write(
            "absence", since, citizen.responsible, place=away.place, place_text=where, since_on=since, home_on=home_on
        )
        elsewhere.tasks(pen, away, absence, home_on)
    elsewhere.consents(pen, absence if away else None)


def _standing(pen: Pen) -> None:
    citizen, pause, back = pen.citizen, pen.citizen.pause, pen.citizen.came_back
    if pause:
        since, review = pen.ago(pause.since_days_ago), pen.ahead(pause.review_in_days)
        pen.write("pause", since, citizen.responsible, from_on=since, reason=pause.reason, review_on=review)
    if back:
        closed, opened = pen.ago(back.closed_days_ago), pen.ago(back.reopened_days_ago)
        pen.write("closing", closed, citizen.responsible, on=closed, ground=back.closed_ground,
                  own_words="Nu kan jeg godt selv.")  # fmt: skip
        pen.write("reopening", opened, citizen.responsible, on=opened)


def _wishes(pen: Pen) -> None:
    citizen, peace = pen.citizen, pen.citizen.peace
    if not citizen.wishes:
        return
    said = pen.ago(peace.said_days_ago if peace else min(20, citizen.known_from_days_ago))
    pen.write(
        "respect",
        said,
        citizen.responsible,
        wishes=citizen.wishes,
        said_on=said,
        peace_until=pen.today + timedelta(days=peace.until_in_days) if peace else None,
        own_words=peace.own_words if peace else None,
    )


def _what_was_said(pen: Pen) -> None:
    citizen = pen.citizen
    day = pen.ago(citizen.known_from_days_ago * 2 // 3)
    if citizen.wish:
        pen.write("own_words", day, citizen.responsible, aspect="wish", text=citizen.wish, said_on=day)
    if citizen.strength:
        pen.write("strength", day, citizen.responsible, text=citizen.strength, noted_on=day)


def _what_happened(pen: Pen) -> None:
    for met in pen.citizen.contacts:
        pen.write(
            "contact",
            pen.ago(met.days_ago),
            met.by,
            mode=met.mode,
            place=met.place,
            place_text=met.place_text,
            own_words=met.own_words,
            professional_view=met.professional_view,
            act_dimensions=met.act_dimensions,
        )
    texts = [tried for tried in pen.citizen.attempts if tried.way == "text"]
    for tried in pen.citizen.attempts:
        template = _GREETINGS[texts.index(tried) % len(_GREETINGS)] if tried in texts else None
        _tried(pen, tried, template)


def _tried(pen: Pen, tried: Tried, template: str | None) -> None:
    names = {"navn": pen.citizen.known_as or "", "medarbejder": tried.by.capitalize()}
    text = fill(citizen_texts()[template], names) if template else None
    day, place = pen.ago(tried.days_ago), tried.place_text
    pen.write(
        "attempt", day, tried.by, way=tried.way, outcome=tried.outcome, place_text=place, template=template, text=text
    )


def _goal(pen: Pen, goal: Goal) -> None:
    by, written = pen.citizen.responsible, pen.ago(min(12, pen.citizen.known_from_days_ago))
    known = pen.write(
        "goal",
        written,
        by,
        dimension=goal.dimension,
        title=goal.title,
        decided_by=goal.decided_by,
        outcome=goal.outcome,
    )
    at = pen.moment(pen.ago(1)) if goal.other_step else pen.records[-1].at + timedelta(minutes=5)
    due = pen.ahead(goal.in_days)
    step = pen.write_at("step", at, pen.workers[by], goal=known, text=goal.step, by=goal.step_by, due_on=due)
    for days, text in goal.progress:
        day = pen.ago(days)
        pen.write("progress", day, by, noted_on=day, text=text, dimension=goal.dimension, goal=known)
    if goal.other_step:
        other, text = goal.other_step
        pen.write_at(
            "conflict",
            pen.moment(pen.ago(1)) + timedelta(hours=3),
            None,
            about_kind="step",
            about=step,
            field="text",
            stored=json.dumps(goal.step, ensure_ascii=False),
            kept=json.dumps(text, ensure_ascii=False),
            stored_by=pen.workers[by],
            kept_by=pen.workers[other],
        )


def _next_step(pen: Pen) -> None:
    step = pen.citizen.next_step
    said = min((met.days_ago for met in pen.citizen.contacts), default=1)
    pen.write(
        "next_step",
        pen.ago(max(1, said)),
        pen.citizen.responsible,
        on=pen.ahead(step.in_days),
        at=step.at,
        text=step.text,
        agreed=step.agreed,
        worker=pen.workers[step.by],
    )
