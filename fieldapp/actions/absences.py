"""Elsewhere right now (F7): where the citizen is, who may be told, and coming home. The support goes on (000 §2.5)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import absence_tasks, consents, drafts, facts, professionals, rows, same
from fieldapp.actions.absence_tasks import TheTasks
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.professionals import Professional
from fieldapp.actions.writing import Writing, citizen_of, writing
from fieldapp.domain import consent as consent_rules
from fieldapp.domain import names
from fieldapp.domain.absence import ABOUT, SECTORS
from fieldapp.domain.consent import Consent, State
from fieldapp.domain.facts import NextStep, Standing
from fieldapp.domain.next_step import next_step
from fieldapp.domain.standing import standing
from fieldapp.domain.values import AbsencePlace
from fieldapp.domain.values_day import ConsentAbout, ConsentAnswer, ConsentHow
from fieldapp.errors import RecordError
from fieldapp.store.tables import AbsenceRow, InformStepRow, IntensityRow
from fieldapp.words import word

#: What can be answered to "Har {navn} sagt ja til, at du giver dem besked?"; not asked yet is no record.
ORALLY, IN_WRITING, NO, NOT_ASKED = "orally", "in_writing", "no", "not_asked"
ANSWERS = (ORALLY, IN_WRITING, NO, NOT_ASKED)


@dataclass
class AwayForm:
    """Everything may stay empty but the place."""

    place: str | None = None
    place_text: str = ""
    since_on: date | None = None
    home_on: date | None = None
    answer: str | None = None
    level: int | None = None


@dataclass
class InformForm:
    to: str = ""
    phone: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Told:
    """Somebody there was told."""

    on: date
    to: str | None
    phone: str | None


@dataclass(frozen=True)
class Away:
    """Where the citizen is now. `may_tell` is the yes that holds; without it `answer` says what was answered last."""

    id: str
    place: str
    place_text: str | None
    since_on: date
    home_on: date | None
    may_tell: Consent | None
    answer: Consent | None
    answer_state: State | None
    told: tuple[Told, ...]
    tasks: TheTasks
    there: tuple[Professional, ...]  # whom we know there

    @property
    def about(self) -> str | None:
        about = ABOUT.get(self.place)
        return about.value if about else None


@dataclass(frozen=True)
class AwayPage:
    """`away` None: the citizen is not elsewhere. `level` is the intensity chosen last."""

    citizen: str
    name: str
    standing: Standing
    away: Away | None
    level: int | None
    next_step: NextStep | None
    home_in_use: bool | None = None


def draft_key(citizen: str) -> str:
    return f"away:{citizen}"


def inform_key(absence: str) -> str:
    return f"inform:{absence}"


def read(desk: Desk, citizen: str) -> AwayPage | None:
    """None when the citizen is not (any more) on this device."""
    today = desk.today()
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        known = facts.read_one(session, citizen, today)
        if row is None or known is None:
            return None
        absence = _now(session, citizen, today)
        return AwayPage(
            citizen=citizen,
            name=names.shown(row.known_as, row.label),
            standing=standing(known, today),
            away=_away(session, absence, absence_tasks.read(session, absence, known), today) if absence else None,
            level=known.intensity,
            next_step=next_step(known, today),
            home_in_use=known.home_in_use,
        )


def go(desk: Desk, citizen: str, form: AwayForm) -> Saved:
    """Note that the citizen is elsewhere; what was answered about telling them goes along. The support is untouched."""
    place = _place(form.place)
    with writing(desk) as work:
        since = min(form.since_on or work.today, work.today)
        row = AbsenceRow(place=place, place_text=form.place_text.strip() or None, since_on=since, home_on=form.home_on)
        id = work.add(citizen, row)
        _keep_answer(work, citizen, row, form.answer)
        if form.level is not None:
            work.add(citizen, IntensityRow(level=form.level, from_on=work.today))
        absence_tasks.plan(work, citizen, row)
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def change(desk: Desk, absence: str, *, place: str, place_text: str, since_on: date) -> Saved:
    """Another place, or since another day."""
    with writing(desk) as work:
        row = work.get(AbsenceRow, absence)
        since = min(since_on, work.today)
        work.change(row, place=_place(place), place_text=place_text.strip() or None, since_on=since)
        absence_tasks.plan(work, citizen_of(row), row)
        return work.saved(absence, citizen_of(row))


def expect_home(desk: Desk, absence: str, on: date | None) -> Saved:
    """The day the citizen is expected home, or that nobody knows it; what is to be done before follows it (I4)."""
    with writing(desk) as work:
        row = work.get(AbsenceRow, absence)
        work.change(row, home_on=on)
        absence_tasks.plan(work, citizen_of(row), row)
        return work.saved(absence, citizen_of(row))


def is_back(desk: Desk, absence: str) -> Saved:
    """*Er kommet hjem*: of every absence that is open, should two have noted it."""
    with writing(desk) as work:
        citizen = citizen_of(work.get(AbsenceRow, absence))
        for row in rows.of_citizen(work.session, AbsenceRow, citizen):
            if row.back_on is None:
                work.change(row, back_on=max(row.since_on, work.today))
        return work.saved(absence, citizen)


def answer(desk: Desk, absence: str, said: str) -> Saved:
    """What the citizen says to our telling those who are there: one of `ANSWERS`."""
    with writing(desk) as work:
        row = work.get(AbsenceRow, absence)
        _keep_answer(work, citizen_of(row), row, said)
        return work.saved(absence, citizen_of(row))


def choose_intensity(desk: Desk, citizen: str, level: int) -> Saved:
    """Being elsewhere turns the support up or down; it never ends it (I1, I9)."""
    with writing(desk) as work:
        return work.saved(work.add(citizen, IntensityRow(level=level, from_on=work.today)), citizen)


def inform(desk: Desk, absence: str, form: InformForm) -> Saved:
    """*Giv besked*. Raises RecordError("no_consent") without a yes that holds today (I-6)."""
    with writing(desk) as work:
        row = work.get(AbsenceRow, absence)
        citizen = citizen_of(row)
        yes = _yes(consents.of_citizen(work.session, citizen), row.place, work.today)
        if yes is None:
            raise RecordError("no_consent")
        told = InformStepRow(
            informed_on=max(yes.given_on, min(form.on or work.today, work.today)),
            absence=absence,
            consent=yes.id,
            to=form.to.strip() or None,
            phone=form.phone.strip() or None,
        )
        id = work.add(citizen, told)
        work.no_draft(inform_key(absence), drafts.values_of(form))
        return work.saved(id, citizen)


def _place(place: str | None) -> str:
    if place not in set(AbsencePlace):
        raise RecordError("missing" if not place else "malformed", "place")
    return str(place)


def _keep_answer(work: Writing, citizen: str, absence: AbsenceRow, said: str | None) -> None:
    """A place nobody knows can be told nothing, so nothing is asked about it."""
    about = ABOUT.get(absence.place)
    if about is None or said not in (ORALLY, IN_WRITING, NO):
        return
    yes = said != NO
    form = ConsentForm(
        about=about.value,
        to=absence.place_text or word(ConsentAbout, about),
        answer=(ConsentAnswer.YES if yes else ConsentAnswer.NO).value,
        how=ConsentHow(said).value if yes else None,
    )
    consents.keep(work, citizen, form)


def _yes(said: tuple[Consent, ...], place: str, today: date) -> Consent | None:
    about = ABOUT.get(place)
    return consent_rules.in_force(said, about, today) if about else None


def _now(session: Session, citizen: str, today: date) -> AbsenceRow | None:
    """The same one as the rules see (domain/gather)."""
    found = [
        row
        for row in rows.of_citizen(session, AbsenceRow, citizen)
        if row.since_on <= today and (row.back_on is None or row.back_on > today)
    ]
    return max(sorted(found, key=lambda row: (row.added_at, row.id)), key=lambda row: row.since_on, default=None)


def _away(session: Session, row: AbsenceRow, tasks: TheTasks, today: date) -> Away:
    citizen = citizen_of(row)
    said = consents.of_citizen(session, citizen)
    about = ABOUT.get(row.place)
    last = consent_rules.last_answer(said, about, today) if about else None
    told = [each for each in rows.of_citizen(session, InformStepRow, citizen) if each.absence == row.id]
    return Away(
        id=row.id,
        place=row.place,
        place_text=row.place_text,
        since_on=row.since_on,
        home_on=row.home_on,
        may_tell=_yes(said, row.place, today),
        answer=last,
        answer_state=consent_rules.state(last, said, today) if last else None,
        told=tuple(Told(each.informed_on, each.to, each.phone) for each in told),
        tasks=tasks,
        there=tuple(
            each
            for each in professionals.of_citizen(session, citizen)
            if each.ended_on is None and each.sector in SECTORS.get(row.place, ())
        ),
    )
