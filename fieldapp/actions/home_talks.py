"""Talking with neighbours, landlord and caretaker: never without the citizen's yes to it (000 §3.1; G15, G16)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

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
#: it was given as *somebody else*, and still holds for whom it names.
_ABOUT = frozenset({ConsentAbout.HOUSING, ConsentAbout.OTHER, None})
#: How somebody writes whom a yes is about; their own name names nobody here.
_NAMES: Mapping[HomeParty, tuple[str, ...]] = MappingProxyType(
    {
        HomeParty.NEIGHBOUR: ("nabo", "genbo", "opgang", "neighbour"),
        HomeParty.LANDLORD: ("udlejer", "boligorg", "boligfor", "boligsel", "landlord", "housing ass"),
        HomeParty.CARETAKER: ("vicevært", "caretaker"),
    }
)


@dataclass(frozen=True)
class Talk:
    on: date
    party: str
    about: str | None
    text: str | None
    to: str | None  # who the yes was about


@dataclass(frozen=True)
class Talks:
    """`yes`: what the citizen has said yes to that holds today and may cover a neighbour or a landlord.

    `first_with`: with whom one talked first by a yes; it is about them and nobody else.
    """

    talks: tuple[Talk, ...]
    yes: tuple[Consent, ...]
    first_with: Mapping[str, str]

    def about(self, party: str | None) -> tuple[Consent, ...]:
        """Those of `yes` that are about this party; none before one is chosen."""
        return tuple(each for each in self.yes if party and _covers(each, party, self.first_with.get(each.id)))


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
    told = tuple(Talk(row.on, row.party, row.about, row.text, to.get(row.consent or "")) for row in found)
    return Talks(told, yes, _first_with(found))


def holding(session: Session, citizen: str, today: date) -> tuple[Consent, ...]:
    said = consents.of_citizen(session, citizen)
    return tuple(
        each
        for each in said
        if each.about in _ABOUT and each.given_on <= today and rules.state(each, said, today) is State.HOLDS
    )


def may_save(form: TalkForm, talks: Talks) -> bool:
    """Whether there is a yes to talking with them: one that holds, or one the citizen gave just now."""
    return form.how in set(ConsentHow) or form.consent in {each.id for each in talks.about(form.party)}


def _covers(yes: Consent, party: str, first_with: str | None) -> bool:
    """A yes about the landlord is none about the neighbour, and one about a doctor none about either (G16).

    Whom it names decides. A name alone (*Lejerbo*) is enough of a yes about the home, and binds it to those one talks
    with first.
    """
    named = {one.value for one, stems in _NAMES.items() if any(stem in yes.to.casefold() for stem in stems)}
    if named:
        return party in named
    return party == first_with if first_with is not None else yes.about == ConsentAbout.HOUSING


def _first_with(talks: Iterable[NeighbourContactRow]) -> Mapping[str, str]:
    oldest = sorted(talks, key=lambda row: (row.added_at, row.id), reverse=True)
    return {row.consent: row.party for row in oldest if row.consent}


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
    first = _first_with(rows.of_citizen(work.session, NeighbourContactRow, citizen))
    yes = holding(work.session, citizen, work.today)
    held = {each.id: each for each in yes if _covers(each, form.party or "", first.get(each.id))}
    if form.consent in held:
        return held[form.consent]
    if form.how not in set(ConsentHow):
        raise RecordError("no_consent")
    to = form.who.strip() or word(HomeParty, form.party)
    given = ConsentForm(about=ConsentAbout.HOUSING.value, to=to, answer=ConsentAnswer.YES.value, how=form.how)
    id = consents.keep(work, citizen, given)
    work.session.flush()
    return next(each for each in consents.of_citizen(work.session, citizen) if each.id == id)
