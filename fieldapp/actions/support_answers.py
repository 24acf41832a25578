"""What the citizen says to the support: a yes is noted when said, a no is respected, neither ends anything."""

from dataclasses import dataclass
from datetime import date, timedelta

from fieldapp.actions import drafts, next_steps, rows, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.names import shown
from fieldapp.domain.values_day import Answer
from fieldapp.errors import RecordError
from fieldapp.store.tables import NextStepRow, SupportAnswerRow

ASK_AGAIN = timedelta(days=14)  # review.md 1.3, J8
FARTHEST = timedelta(days=30)
"""The rhythm's day would come before a later one: nobody is left alone longer by a plan (next_step.py)."""


@dataclass(frozen=True)
class SupportAnswer:
    answer: str
    said_on: date
    own_words: str | None = None
    ask_again_on: date | None = None


@dataclass(frozen=True)
class Said:
    """`answers` newest first."""

    name: str
    answers: tuple[SupportAnswer, ...]


def yes_key(citizen: str) -> str:
    return f"support:{citizen}"


def stop_key(citizen: str) -> str:
    return f"stop:{citizen}"


def read(desk: Desk, citizen: str) -> Said | None:
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        given = rows.of_citizen(session, SupportAnswerRow, citizen)
    if row is None:
        return None
    given.sort(key=lambda each: (each.said_on, each.added_at, each.id), reverse=True)
    answers = (SupportAnswer(each.answer, each.said_on, each.own_words, each.ask_again_on) for each in given)
    return Said(shown(row.known_as, row.label), tuple(answers))


def yes(desk: Desk, citizen: str, own_words: str = "") -> Saved:
    """*Ja, jeg vil gerne*, today (C17). Nothing waits for it."""
    with writing(desk) as work:
        row = SupportAnswerRow(said_on=work.today, answer=Answer.YES.value, own_words=own_words.strip() or None)
        id = work.add(citizen, row)
        work.no_draft(yes_key(citizen), _form(own_words))
        return work.saved(id, citizen)


def no_thanks(
    desk: Desk,
    citizen: str,
    own_words: str = "",
    *,
    ask_again_on: date | None = None,
    leader_told: bool = False,
    step: str = "",
) -> Saved:
    """The citizen's words, and the day to ask again, which becomes the next step; the support goes on (J8).

    `step` is what that step is called. Raises RecordError("malformed", "ask_again_on") for a day gone by.
    """
    with writing(desk) as work:
        on = ask_again_on or work.today + ASK_AGAIN
        if on <= work.today:
            raise RecordError("malformed", "ask_again_on")
        row = SupportAnswerRow(
            said_on=work.today,
            answer=Answer.NO_THANKS.value,
            own_words=own_words.strip() or None,
            ask_again_on=on,
            leader_told=leader_told,
        )
        id = work.add(citizen, row)
        next_steps.move(work, citizen, on)
        for planned in next_steps.open_steps(work.session, citizen):
            if planned.on == on and not planned.agreed and step.strip():
                if planned.text and planned.text != step.strip():  # what was written down is still to be done
                    work.add(citizen, NextStepRow(on=on, text=planned.text, worker=work.desk.worker))
                work.change(planned, text=step.strip())
        work.no_draft(stop_key(citizen), _form(own_words, ask_again_on, leader_told))
        return work.saved(id, citizen)


def _form(own_words: str, ask_again_on: date | None = None, leader_told: bool = False) -> dict[str, object]:
    """What was filled in, as a draft has it."""
    return drafts.as_json({"own_words": own_words, "ask_again_on": ask_again_on, "leader_told": leader_told})
