"""That an older copy of the vault was opened knowingly: kept in it until the server has been told."""

from sqlmodel import Session, select
from uuid6 import uuid7

from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.database import Store
from fieldapp.wire import Older

_NAME = "older"
_VALUE = select(SettingRow.value).where(SettingRow.name == _NAME)


def remember(store: Store, commits: int) -> None:
    """`commits`: how far it stood behind; 0 when that cannot be told. What has not been told yet is told first."""
    with store.transaction() as session:
        if session.get(SettingRow, _NAME) is None:
            told = Older(id=str(uuid7()), commits=commits)
            session.add(SettingRow(name=_NAME, value=told.model_dump()))


def to_tell(session: Session) -> Older | None:
    value = session.exec(_VALUE).first()
    return None if value is None else Older.model_validate(value)


def was_told(store: Store, older: Older) -> None:
    with store.transaction() as session:
        row = session.get(SettingRow, _NAME)
        if row is not None and to_tell(session) == older:
            session.delete(row)
