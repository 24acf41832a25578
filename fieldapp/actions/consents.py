"""Consent to talk with others: what the citizen has said, and taken back."""

from sqlmodel import Session

from fieldapp.actions import rows
from fieldapp.domain.consent import Consent
from fieldapp.store.tables import ConsentRow, ConsentWithdrawalRow


def of_citizen(session: Session, citizen: str) -> tuple[Consent, ...]:
    """Every answer, oldest first."""
    withdrawn = {row.consent: row.on for row in rows.of_citizen(session, ConsentWithdrawalRow, citizen)}
    given = sorted(rows.of_citizen(session, ConsentRow, citizen), key=lambda row: (row.given_on, row.added_at, row.id))
    return tuple(
        Consent(
            id=row.id,
            answer=row.answer,
            to=row.to,
            given_on=row.given_on,
            about=row.about,
            purpose=row.purpose,
            how=row.how,
            until=row.until,
            withdrawn_on=withdrawn.get(row.id),
        )
        for row in given
    )
