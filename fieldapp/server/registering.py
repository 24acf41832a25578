"""What a transaction says in the register: written there, and on the disk, before the transaction is committed."""

from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from fieldapp.errors import ServerTrouble
from fieldapp.server.register import EMPTY, Entry, Mark, Register, What
from fieldapp.server.tables import RegisterMark

#: Where a session keeps its register, and what is to be written there before it commits.
REGISTER, NOTED = "register", "noted"


def note(session: Session, what: What, id: str, at: datetime, **told: Any) -> None:
    """Say in the register that this is so, before the session's transaction is committed."""
    session.info.setdefault(NOTED, []).append(Entry(what, id, at, told))


@event.listens_for(Session, "before_commit")
def _write_first(session: Session) -> None:
    """Whoever commits: what the transaction noted is in the register first, and the register is locked until then."""
    entries = session.info.get(NOTED)
    if not entries or session.in_nested_transaction():
        return
    session.flush()  # what the database refuses is not to be written there
    mark = session.get(RegisterMark, 1, with_for_update=True, populate_existing=True)
    register: Register | None = session.info.get(REGISTER)
    if register is not None:
        before, after = register.add(entries, Mark(mark.entries, mark.chain) if mark else EMPTY)
        if mark is not None and mark.entries == before.entries:  # else something before was written and never done:
            mark.entries, mark.chain = after  # the next start follows from there
    elif mark is not None:
        raise ServerTrouble("register")  # there is one, and whoever opened this session has forgotten it
    session.info[NOTED] = []
