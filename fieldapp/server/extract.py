"""All that is stored about one citizen, for the citizen (GDPR article 15): who wrote what, and who opened it when.

Two files in a new folder: one to read, one for machines. They name no other citizen by themselves; what somebody wrote
may, so a human reads them before they are handed over.
"""

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.erasure import BELONGING, owners
from fieldapp.domain.fields import is_id
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError, VedholdError
from fieldapp.server import audit, database, extract_words, files, same
from fieldapp.server.tables import Assignment, Audit, Quarantine, Record, ServerTable, Team, Worker
from fieldapp.server.tables_log import SampleMark

TEXT, DATA = "extract.txt", "extract.json"


class ExtractError(VedholdError):
    """`why` is exists | not_written."""

    kind = "extract"


@dataclass(frozen=True)
class Extract:
    """`names` are of the workers and teams that occur in it; everything else is as it is stored."""

    citizen: str
    made_at: datetime
    made_by: str
    names: Mapping[str, str]
    records: list[dict[str, Any]]
    waiting: list[dict[str, Any]]
    assignments: list[dict[str, Any]]
    log: list[dict[str, Any]]
    judgements: list[dict[str, Any]]


def extract(engine: Engine, citizen: str, by: Worker, target: Path, why: str, now: datetime) -> None:
    """Write it to the new folder `target`, for its owner alone. The audit tells that it was made, by whom and why.

    Raises RecordError(unknown_citizen), ExtractError.
    """
    if target.exists():
        raise ExtractError("exists")
    with database.trouble_told(), database.writing(engine, None) as session:
        found = gather(session, citizen, by.name, now)
        scope = citizen_scope(citizen)
        session.add(audit.act(session, "extract", by.id, now, citizen, kind="citizen", scope=scope, why=why))
        session.commit()  # before anybody has it: it is better told and not made than made and not told
    try:
        _write(found, target)
    except OSError:
        raise ExtractError("not_written") from None


def gather(session: Session, citizen: str, made_by: str, now: datetime) -> Extract:
    """Of all that are the same person as this citizen."""
    known = session.get(Record, citizen) if is_id(citizen) else None
    if known is None or known.kind != "citizen" or known.deleted:
        raise RecordError("unknown_citizen")
    person = same.read(session).all_of(citizen)
    scopes = [citizen_scope(each) for each in person]
    theirs = select(Record).where(col(Record.scope).in_(scopes)).order_by(col(Record.at), col(Record.id))
    records = [_plain(r) for r in (*session.exec(theirs), *_elsewhere(session, set(person)))]
    waiting = select(Quarantine).where(col(Quarantine.scope).in_(scopes)).order_by(col(Quarantine.received_at))
    assignments = select(Assignment).where(col(Assignment.citizen).in_(person)).order_by(col(Assignment.from_at))
    log = select(Audit).where(col(Audit.scope).in_(scopes)).order_by(col(Audit.no))
    judgements = select(SampleMark).where(col(SampleMark.citizen).in_(person)).order_by(col(SampleMark.at))
    parts = {
        "records": records,
        "waiting": [_plain(one) for one in session.exec(waiting)],
        "assignments": [_plain(one) for one in session.exec(assignments)],
        "log": [_plain(one) for one in session.exec(log)],
        "judgements": [_plain(one) for one in session.exec(judgements)],
    }
    return Extract(citizen, now, made_by, _names(session, json.dumps(parts)), **parts)


def _elsewhere(session: Session, person: set[str]) -> Iterable[Record]:
    """What is only there because of the citizen, and lies in a worker's scope or a team's."""
    kinds = [kind for kind in BELONGING if KINDS[kind].scope != "citizen"]
    found = session.exec(select(Record).where(col(Record.kind).in_(kinds))) if kinds else ()
    return (record for record in found if not person.isdisjoint(owners(record.kind, record.fields)))


def _plain(row: ServerTable) -> dict[str, Any]:
    return row.model_dump(mode="json")


def _names(session: Session, occurring: str) -> dict[str, str]:
    people = (*session.exec(select(Worker)), *session.exec(select(Team)))
    return {one.id: one.name for one in people if one.id in occurring}


def _write(found: Extract, target: Path) -> None:
    """The folder appears when both files are in it."""
    told = asdict(found) | {"made_at": found.made_at.isoformat()}
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as name:
        half = Path(name) / "whole"
        half.mkdir(mode=0o700)
        for file, text in ((TEXT, extract_words.text(found)), (DATA, json.dumps(told, ensure_ascii=False, indent=1))):
            with files.whole(half / file) as into:
                into.write(text.encode())
        half.rename(target)
    files.to_disk(target.parent)
