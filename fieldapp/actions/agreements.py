"""*Administrationsaftale*: fixed costs paid first, by the citizen's own wish and with their yes about money (G14)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import consents, drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain import consent as rules
from fieldapp.domain.consent import Consent
from fieldapp.domain.values_day import ConsentAbout
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import AdministrationAgreementRow


@dataclass(frozen=True)
class Agreement:
    id: str
    from_on: date
    what: str | None
    contact: str | None
    phone: str | None
    ended_on: date | None


@dataclass(frozen=True)
class Agreements:
    """`now`: the one that stands. `yes` None: it must be asked again, or ended."""

    now: Agreement | None
    earlier: tuple[Agreement, ...]
    yes: Consent | None


@dataclass
class AgreementForm:
    what: str = ""
    contact: str = ""
    phone: str = ""
    from_on: date | None = None


def draft_key(citizen: str) -> str:
    return f"agreement:{citizen}"


def read(desk: Desk, citizen: str) -> Agreements:
    today = desk.today()
    with desk.store.reading() as session:
        found = [_agreement(row) for row in rows.of_citizen(session, AdministrationAgreementRow, citizen)]
        yes = _yes(session, citizen, today)
    found.sort(key=lambda each: (each.from_on, each.id), reverse=True)
    over = tuple(each for each in found if each.ended_on is not None)
    return Agreements(next((each for each in found if each.ended_on is None), None), over, yes)


def keep(desk: Desk, citizen: str, form: AgreementForm) -> Saved:
    """Raises RecordError("no_consent") without a yes about money that holds today."""
    with writing(desk) as work:
        yes = _yes(work.session, citizen, work.today)
        if yes is None:
            raise RecordError("no_consent")
        row = AdministrationAgreementRow(
            from_on=form.from_on or work.today,
            consent=yes.id,
            what=form.what.strip() or None,
            contact=form.contact.strip() or None,
            phone=form.phone.strip() or None,
        )
        id = work.add(citizen, row)
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def end(desk: Desk, agreement: str) -> Saved:
    """As the citizen wishes, at any time."""
    with writing(desk) as work:
        row = work.get(AdministrationAgreementRow, agreement)
        work.change(row, ended_on=work.today)
        return work.saved(agreement, citizen_of(row))


def _yes(session: Session, citizen: str, today: date) -> Consent | None:
    return rules.in_force(consents.of_citizen(session, citizen), ConsentAbout.MONEY, today)


def _agreement(row: AdministrationAgreementRow) -> Agreement:
    return Agreement(row.id, row.from_on, row.what, row.contact, row.phone, row.ended_on)
