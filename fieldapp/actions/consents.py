"""Consent to talk with others: what the citizen has said, and taken back (J1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, citizen_of, writing
from fieldapp.domain import consent as rules
from fieldapp.domain.consent import Consent, State
from fieldapp.domain.methods import months_after
from fieldapp.domain.values_day import ConsentAnswer, ConsentHow
from fieldapp.errors import RecordError
from fieldapp.store.tables import ConsentRow, ConsentWithdrawalRow


@dataclass(frozen=True)
class Registered:
    """One answer in the register, and how it stands today."""

    consent: Consent
    state: State


@dataclass
class ConsentForm:
    """`until` None: as long as is suggested; `forever` says that it has no end."""

    about: str | None = None
    to: str = ""
    purpose: str = ""
    answer: str = ConsentAnswer.YES.value
    how: str | None = None
    given_on: date | None = None
    until: date | None = None
    forever: bool = False


def draft_key(citizen: str, about: str | None = None) -> str:
    return f"consent:{citizen}:{about or ''}"


def of_citizen(session: Session, citizen: str) -> tuple[Consent, ...]:
    """Every answer, oldest first."""
    taken = reversed(rows.of_citizen(session, ConsentWithdrawalRow, citizen))
    withdrawn = {row.consent: row for row in taken}  # the first to say so, when two did
    given = sorted(rows.of_citizen(session, ConsentRow, citizen), key=lambda row: (row.given_on, row.added_at, row.id))
    return tuple(_consent(row, withdrawn.get(row.id)) for row in given)


def register(desk: Desk, citizen: str) -> tuple[Registered, ...]:
    """What holds first, then the newest first."""
    today = desk.today()
    with desk.store.reading() as session:
        every = of_citizen(session, citizen)
    stands = [Registered(each, rules.state(each, every, today)) for each in reversed(every)]
    return tuple(sorted(stands, key=lambda each: each.state is not State.HOLDS))


def suggested_until(today: date) -> date:
    """Six months, so that it is asked about again while the citizen remembers what it was."""
    return months_after(today, rules.SUGGESTED_MONTHS) - timedelta(days=1)


def give(desk: Desk, citizen: str, form: ConsentForm, *, draft: str | None = None) -> Saved:
    """Note a yes or a no. Raises RecordError("missing", "to") when nobody is named."""
    if not form.to.strip():
        raise RecordError("missing", "to")
    with writing(desk) as work:
        id = keep(work, citizen, form)
        if draft is not None:
            work.no_draft(draft, drafts.values_of(form))
        return work.saved(id, citizen)


def keep(work: Writing, citizen: str, form: ConsentForm) -> str:
    yes = form.answer == ConsentAnswer.YES
    given_on = min(form.given_on or work.today, work.today)
    until = None if form.forever or not yes else form.until or suggested_until(given_on)
    row = ConsentRow(
        given_on=given_on,
        answer=form.answer,
        to=form.to.strip(),
        about=form.about,
        purpose=form.purpose.strip() or None,
        how=(form.how or ConsentHow.ORALLY.value) if yes else form.how,
        until=until,
    )
    return work.add(citizen, row)


def withdraw(desk: Desk, consent: str, own_words: str = "") -> Saved:
    """Take a yes back: it holds no longer from this moment, and stays readable. Once is enough."""
    with writing(desk) as work:
        given = work.get(ConsentRow, consent)
        citizen = citizen_of(given)
        before = [row for row in rows.of_citizen(work.session, ConsentWithdrawalRow, citizen) if row.consent == consent]
        if before:
            return work.saved(before[0].id, citizen)
        row = ConsentWithdrawalRow(on=work.today, consent=consent, own_words=own_words.strip() or None)
        return work.saved(work.add(citizen, row), citizen)


def _consent(row: ConsentRow, withdrawn: ConsentWithdrawalRow | None) -> Consent:
    return Consent(
        id=row.id,
        answer=row.answer,
        to=row.to,
        given_on=row.given_on,
        about=row.about,
        purpose=row.purpose,
        how=row.how,
        until=row.until,
        withdrawn_on=withdrawn.on if withdrawn else None,
        given_at=row.added_at,
        withdrawn_at=withdrawn.added_at if withdrawn else None,
    )
