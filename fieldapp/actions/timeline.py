"""What has happened with a citizen, newest first: contacts, attempts, own words, what was decided and talked about."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, TypeVar

from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from fieldapp.actions import consents, people, rows, same
from fieldapp.actions.desk import Desk
from fieldapp.actions.rows import local
from fieldapp.store import outbox
from fieldapp.store.tables import (
    AttemptRow,
    ClosingRow,
    ConcernRow,
    ContactRow,
    IntensityRow,
    OwnWordsRow,
    PauseRow,
    PhaseRow,
    ProgressRow,
    ReopeningRow,
    Synced,
)
from fieldapp.store.tables_life import NeighbourContactRow, ReviewRow

Row = TypeVar("Row", bound=Synced)


@dataclass(frozen=True)
class Moment:
    """One bead on the thread and one entry on the timeline.

    `kind`: contact | attempt | progress | own_words | concern | intensity | closing | reopening | pause | phase |
    review | neighbour_contact; of the last one `yes` is whom the citizen's yes was about, and `content` the matter.
    Of a `sensitive` one a list says neither the words, the professional view nor the progress. `corrected`: a later
    one stands in its place, and this is the first version.
    """

    id: str
    kind: str
    at: datetime
    by: str | None  # a name
    word: str  # mode or way
    outcome: str | None = None
    place: str | None = None
    own_words: str | None = None
    professional_view: str | None = None
    progress: str | None = None
    text: str | None = None
    sensitive: bool = False
    dimensions: tuple[str, ...] = ()
    corrects: str | None = None
    state: str = "there"  # here | there | needs_you
    with_whom: str | None = None
    content: tuple[str, ...] = ()
    corrected: bool = False
    written_on: date | None = None  # when a correction was added
    act_dimensions: tuple[str, ...] = ()
    focus_areas: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    reflections: tuple[str, ...] = ()
    supervision: bool = False
    to_case_system: bool = False
    yes: str | None = None


def timeline(desk: Desk, citizen: str, limit: int = 100, *, sensitive: bool = False) -> tuple[Moment, ...]:
    """Newest first. With `sensitive` the hidden words are there too: for one citizen's page, on the worker's wish."""
    with desk.store.reading() as session:
        names = people.workers(session, desk)
        lies_in = same.scopes(session, citizen)
        states = {id: state for scope in lies_in for id, state in outbox.states(session, scope).items()}
        contacts = _newest(session, ContactRow, col(ContactRow.occurred_at), lies_in, limit)
        attempts = _newest(session, AttemptRow, col(AttemptRow.occurred_at), lies_in, limit)
        progress = _newest(session, ProgressRow, col(ProgressRow.noted_on), lies_in, limit)
        worried = _newest(session, ConcernRow, col(ConcernRow.occurred_at), lies_in, limit)
        said = _newest(session, OwnWordsRow, col(OwnWordsRow.said_on), lies_in, limit)
        turned = _newest(session, IntensityRow, col(IntensityRow.from_on), lies_in, limit)
        told = {(row.author, row.occurred_at.date(), row.progress) for row in contacts}
        corrected = {row.corrects for row in contacts} | {row.corrects for row in attempts}
        moments = [
            *(contact_moment(row, names, sensitive=sensitive) for row in contacts),
            *(attempt_moment(row, names) for row in attempts),
            *(_progress(row, names) for row in progress if (row.author, row.noted_on, row.text) not in told),
            *(_own_words(row, names) for row in said),
            *(_concern(row, names) for row in worried),
            *(_intensity(row, names) for row in turned),
            *_the_course(session, citizen, names, desk.today()),
            *_at_home(session, citizen, names),
        ]
    seen = (replace(m, state=_state(states.get(m.id)), corrected=m.id in corrected) for m in moments)
    return tuple(sorted(seen, key=lambda m: (m.at, m.id), reverse=True)[:limit])


def one(desk: Desk, contact: str) -> Moment | None:
    """One contact with all that was written, also when it is sensitive: after the worker's tap."""
    with desk.store.reading() as session:
        row = session.get(ContactRow, contact)
        if row is None or row.void_reason is not None:
            return None
        states = outbox.states(session, row.scope)
        moment = contact_moment(row, people.workers(session, desk), sensitive=True)
        return replace(moment, state=_state(states.get(row.id)))


def contact_moment(row: ContactRow, names: dict[str, str], *, sensitive: bool) -> Moment:
    moment = Moment(
        id=row.id,
        kind=row.kind,
        at=row.occurred_at,
        by=names.get(row.author),
        word=row.mode,
        place=row.place_text or row.place,
        own_words=row.own_words,
        professional_view=row.professional_view,
        progress=row.progress,
        sensitive=bool(row.sensitive),
        dimensions=tuple(row.dimensions),
        corrects=row.corrects,
        with_whom=row.with_whom,
        content=tuple(row.content),
        written_on=local(row).date(),
        act_dimensions=tuple(row.act_dimensions),
        focus_areas=tuple(row.focus_areas),
        tools=tuple(row.tools),
        reflections=tuple(row.reflections),
        supervision=bool(row.supervision),
        to_case_system=bool(row.to_case_system),
    )
    if moment.sensitive and not sensitive:
        return replace(moment, own_words=None, professional_view=None, progress=None, with_whom=None)
    return moment


def _newest(session: Session, table: type[Row], day: Mapped[Any], scopes: list[str], limit: int) -> list[Row]:
    wanted = select(table).where(col(table.scope).in_(scopes), col(table.void_reason).is_(None))
    return list(session.exec(wanted.order_by(day.desc(), col(table.id).desc()).limit(limit)))


def attempt_moment(row: AttemptRow, names: dict[str, str]) -> Moment:
    return Moment(
        id=row.id,
        kind=row.kind,
        at=row.occurred_at,
        by=names.get(row.author),
        word=row.way,
        outcome=row.outcome,
        place=row.place_text,
        text=row.text,
        corrects=row.corrects,
    )


def _progress(row: ProgressRow, names: dict[str, str]) -> Moment:
    about = (row.dimension,) if row.dimension else ()
    at = _at(row, row.noted_on)
    return Moment(row.id, row.kind, at, names.get(row.author), "progress", progress=row.text, dimensions=about)


def _own_words(row: OwnWordsRow, names: dict[str, str]) -> Moment:
    return Moment(row.id, row.kind, _at(row, row.said_on), names.get(row.author), row.aspect, own_words=row.text)


def _concern(row: ConcernRow, names: dict[str, str]) -> Moment:
    """`content` is what was done."""
    by = names.get(row.author)
    return Moment(row.id, row.kind, row.occurred_at, by, "concern", text=row.text, content=tuple(row.did))


def _intensity(row: IntensityRow, names: dict[str, str]) -> Moment:
    return Moment(row.id, row.kind, _at(row, row.from_on), names.get(row.author), str(row.level), text=row.reason)


def _the_course(session: Session, citizen: str, names: dict[str, str], today: date) -> list[Moment]:
    """Ended, resumed, put on pause: whoever comes back finds it in their history (K10). And each phase that has begun
    (C2), and each time it was looked at together (K2)."""
    closed = [
        (row, row.on, row.ground, row.own_words, row.open_door) for row in rows.of_citizen(session, ClosingRow, citizen)
    ]
    opened = [(row, row.on, row.kind, None, None) for row in rows.of_citizen(session, ReopeningRow, citizen)]
    paused = [(row, row.from_on, row.kind, None, None) for row in rows.of_citizen(session, PauseRow, citizen)]
    phases = [(row, row.from_on, row.phase, row.own_view, None) for row in rows.of_citizen(session, PhaseRow, citizen)]
    looked = [(row, row.on, row.kind, row.own_view, None) for row in rows.of_citizen(session, ReviewRow, citizen)]
    begun = (each for each in phases if each[1] <= today)
    return [
        Moment(row.id, row.kind, _at(row, on), names.get(row.author), what, own_words=said, text=door)
        for row, on, what, said, door in (*closed, *opened, *paused, *begun, *looked)
    ]


def _at_home(session: Session, citizen: str, names: dict[str, str]) -> list[Moment]:
    """Talks with neighbours, landlord and caretaker (G15, G16), and the yes they rest on."""
    yes = {each.id: each.to for each in consents.of_citizen(session, citizen)}
    return [
        Moment(
            id=row.id,
            kind=row.kind,
            at=_at(row, row.on),
            by=names.get(row.author),
            word=row.party,
            professional_view=row.text,
            content=(row.about,) if row.about else (),
            yes=yes.get(row.consent or ""),
        )
        for row in rows.of_citizen(session, NeighbourContactRow, citizen)
    ]


def _at(row: Synced, on: date) -> datetime:
    """When it was written, if that was the same day; else noon of its day."""
    written = local(row)
    return written if written.date() == on else datetime.combine(on, time(12), written.tzinfo)


def _state(unsent: str | None) -> str:
    return {None: "there", "refused": "needs_you"}.get(unsent, "here")
