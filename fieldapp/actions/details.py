"""*Oplysninger*: what is learnt of a person bit by bit; each can be added or changed, none is ever needed (I-7)."""

from dataclasses import dataclass

from fieldapp.actions import drafts, facts, same, situations
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import cpr, names
from fieldapp.domain.values import Situation
from fieldapp.errors import RecordError
from fieldapp.store.tables import AccessRow, CitizenRow

FIELDS = ("full_name", "cpr", "address", "language")


@dataclass(frozen=True)
class Details:
    """`cpr` is masked: the four digits go only to whoever asks for them, which is written down."""

    id: str
    name: str
    known_as: str | None
    full_name: str | None
    phone_ends: str | None
    phone_works: bool
    cpr: str
    address: str | None
    protected_address: bool
    language: str | None
    needs_interpreter: bool
    situation: str | None


@dataclass
class DetailForm:
    text: str = ""
    needs_interpreter: bool = False
    protected_address: bool = False
    begun: bool = False


def draft_key(citizen: str, field: str) -> str:
    return f"detail:{field}:{citizen}"


def read(desk: Desk, citizen: str) -> Details | None:
    """None when the citizen is not (any more) on this device."""
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        known = facts.read_one(session, citizen, desk.today())
    if row is None:
        return None
    return Details(
        id=row.id,
        name=names.shown(row.known_as, row.label),
        known_as=row.known_as,
        full_name=row.full_name,
        phone_ends=names.digits(row.phone)[-2:] or None,
        phone_works=row.phone_works is not False,
        cpr=names.masked_cpr(row.cpr),
        address=row.address,
        protected_address=bool(row.protected_address),
        language=row.language,
        needs_interpreter=bool(row.needs_interpreter),
        situation=known.situation if known else row.situation,
    )


def keep(desk: Desk, citizen: str, field: str, form: DetailForm) -> Saved:
    """One of `FIELDS`; an empty one takes it off. Raises RecordError("malformed", "cpr"): the draft then stays."""
    if field not in FIELDS:
        raise RecordError("malformed", "field")
    text = form.text.strip() or None
    if field == "cpr" and text is not None and (text := cpr.written(text)) is None:
        raise RecordError("malformed", "cpr")
    with writing(desk) as work:
        row = _row(work, citizen)
        more = {
            "address": {"protected_address": form.protected_address},
            "language": {"needs_interpreter": form.needs_interpreter},
        }.get(field, {})
        work.change(row, **{field: text}, **more)
        work.no_draft(draft_key(citizen, field), _without_number(field, form))
        return work.saved(row.id, row.id)


def set_situation(desk: Desk, citizen: str, situation: str | None) -> Saved:
    """Where the person sleeps from today, in the dated history; nothing else follows from it (H12, G1).

    None: nobody knows any more.
    """
    with writing(desk) as work:
        row = _row(work, citizen)
        return work.saved(situations.situate(work, row.id, situation or Situation.UNKNOWN), row.id)


def whole_cpr(desk: Desk, citizen: str) -> str | None:
    """All of the number, and a record that this worker has seen it, each time."""
    with writing(desk) as work:
        row = same.head(work.session, citizen)
        if row is None or not row.cpr:
            return None
        work.add(row.id, AccessRow(opened_at=work.now))
        return row.cpr


def _row(work: Writing, citizen: str) -> CitizenRow:
    return work.get(CitizenRow, same.read(work.session).kept(citizen))


def _without_number(field: str, form: DetailForm) -> dict[str, object]:
    """*Fortryd* brings back what was typed, but for the number."""
    return drafts.values_of(DetailForm() if field == "cpr" else form)
