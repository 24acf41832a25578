"""What a citizen was offered, and what they say of it: a wish, never a requirement, and no count of a no (T8)."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.errors import RecordError
from fieldapp.store.tables import OfferRow


@dataclass(frozen=True)
class Offer:
    id: str
    on: date
    what: str
    went_along: bool
    verdict: str | None
    own_words: str | None


@dataclass
class OfferForm:
    """`offer`: one that stands already, to be told more of."""

    what: str = ""
    went_along: bool = False
    verdict: str | None = None
    own_words: str = ""
    offer: str | None = None


def draft_key(citizen: str, offer: str | None = None) -> str:
    return f"offer:{citizen}:{offer}" if offer else f"offer:{citizen}"


def read(desk: Desk, citizen: str) -> tuple[Offer, ...]:
    """Newest first."""
    with desk.store.reading() as session:
        found = [_offer(row) for row in rows.of_citizen(session, OfferRow, citizen)]
    return tuple(sorted(found, key=lambda offer: (offer.on, offer.id), reverse=True))


def form_of(desk: Desk, offer: str) -> OfferForm:
    with desk.store.reading() as session:
        row = session.get(OfferRow, offer)
        if row is None or row.void_reason is not None:
            raise RecordError("gone")
        return OfferForm(row.what, bool(row.went_along), row.verdict, row.own_words or "", row.id)


def keep(desk: Desk, citizen: str, form: OfferForm) -> Saved:
    """A new one dated today, or what is known now of one that stands. Raises RecordError("missing", "what")."""
    if not (what := form.what.strip()):
        raise RecordError("missing", "what")
    said = OfferRow(
        on=desk.today(),
        what=what,
        went_along=form.went_along or None,
        verdict=form.verdict,
        own_words=form.own_words.strip() or None,
    )
    with writing(desk) as work:
        work.no_draft(draft_key(citizen, form.offer), drafts.values_of(form))
        if form.offer is None:
            return work.saved(work.add(citizen, said), citizen)
        row = work.get(OfferRow, form.offer)
        work.change(row, what=what, went_along=said.went_along, verdict=said.verdict, own_words=said.own_words)
        return work.saved(row.id, citizen_of(row))


def _offer(row: OfferRow) -> Offer:
    return Offer(row.id, row.on, row.what, bool(row.went_along), row.verdict, row.own_words)
