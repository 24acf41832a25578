"""Talking with neighbours, landlord and caretaker: never without the citizen's yes to it (000 §3.1; G15, G16)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import consents, drafts, rows
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import consent as rules
from fieldapp.domain.consent import Consent, State
from fieldapp.domain.values_day import ConsentAbout, ConsentAnswer, ConsentHow
from fieldapp.domain.values_life import HomeMatter, HomeParty
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import NeighbourContactRow
from fieldapp.words import word

#: A yes about the hospital, the network or the money is none about the neighbours; before there was a word for the home
#: it was given as *somebody else*, and still holds.
_ABOUT = frozenset({ConsentAbout.HOUSING, ConsentAbout.OTHER, None})


@dataclass(frozen=True)
class Talk:
    on: date
    party: str
    about: str | None
    text: str | None
    to: str | None  # who the yes was about


@dataclass(frozen=True)
class Talks:
    """`yes`: what the citizen has said yes to that holds today and may cover a neighbour or a landlord."""

    talks: tuple[Talk, ...]
    yes: tuple[Consent, ...]


@dataclass
class TalkForm:
    """`consent` is the yes one relies on; or the citizen said it today, `how`, about `who`."""

    party: str | None = None
    about: str | None = None
    text: str = ""
    on: date | None = None
    consent: str | None = None
    how: str | None = None
    who: str = ""


def draft_key(citizen: str) -> str:
    return f"home_talk:{citizen}"


def read(desk: Desk, citizen: str) -> Talks:
    """Newest first."""
    with desk.store.reading() as session:
        found = rows.of_citizen(session, NeighbourContactRow, citizen)
        said = consents.of_citizen(session, citizen)
        yes = holding(session, citizen, desk.today())
    found.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
    to = {each.id: each.to for each in said}
    return Talks(tuple(Talk(row.on, row.party, row.about, row.text, to.get(row.consent or "")) for row in found), yes)


def holding(session: Session, citizen: str, today: date) -> tuple[Consent, ...]:
    said = consents.of_citizen(session, citizen)
    return tuple(
        each
        for each in said
        if each.about in _ABOUT and each.given_on <= today and rules.state(each, said, today) is State.HOLDS
    )


def may_save(form: TalkForm, yes: tuple[Consent, ...]) -> bool:
    """Whether there is a yes: one that holds, or one the citizen gave just now."""
    return form.how in set(ConsentHow) or form.consent in {each.id for each in yes}


def keep(desk: Desk, citizen: str, form: TalkForm) -> Saved:
    """Raises RecordError("missing", "party"), and RecordError("no_consent") without a yes that holds today."""
    if form.party not in set(HomeParty):
        raise RecordError("missing" if not form.party else "malformed", "party")
    if form.about is not None and form.about not in set(HomeMatter):
        raise RecordError("malformed", "about")
    with writing(desk) as work:
        yes = _yes(work, citizen, form)
        row = NeighbourContactRow(
            on=max(yes.given_on, min(form.on or work.today, work.today)),
            party=form.party,
            about=form.about,
            text=form.text.strip() or None,
            consent=yes.id,
        )
        id = work.add(citizen, row)
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def _yes(work: Writing, citizen: str, form: TalkForm) -> Consent:
    held = {each.id: each for each in holding(work.session, citizen, work.today)}
    if form.consent in held:
        return held[form.consent]
    if form.how not in set(ConsentHow):
        raise RecordError("no_consent")
    to = form.who.strip() or word(HomeParty, form.party)
    given = ConsentForm(about=ConsentAbout.HOUSING.value, to=to, answer=ConsentAnswer.YES.value, how=form.how)
    id = consents.keep(work, citizen, given)
    work.session.flush()
    return next(each for each in consents.of_citizen(work.session, citizen) if each.id == id)
