"""The server's tables around its log: one row for each exchange, the seals over all rows, a leader's judgements."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Text
from sqlmodel import Field

from fieldapp.server.tables import ID, MOMENT, ServerTable


class Exchanged(ServerTable, table=True):
    """An exchange: whose device asked, and from which number on, so what it was given is all in its view from there.

    `afresh`: of so many scopes it asked from another number, most often the beginning. `operations`: so many came.
    """

    __tablename__ = "exchanged"

    no: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    device: str = Field(sa_type=ID)
    worker: str = Field(sa_type=ID)
    at: datetime = Field(sa_type=MOMENT)
    since: int = Field(sa_type=BigInteger)
    afresh: int
    operations: int


class Seal(ServerTable, table=True):
    """A minute of a book (a table of the log): `count` rows after the seal before it, up to and with number `last`.

    `digest` is of these rows, `previous` is the `mac` of the seal before, and `mac` is of all this, under a key outside
    the database. `epoch_no` is the server's timeline: after a restore the numbers of seals are given once more.
    """

    __tablename__ = "seal"
    __table_args__ = (CheckConstraint("book IN ('audit', 'exchanged')", name="book"),)

    book: str = Field(primary_key=True, sa_type=Text)
    no: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    epoch_no: int
    at: datetime = Field(sa_type=MOMENT)
    last: int = Field(sa_type=BigInteger)
    count: int
    digest: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    mac: str = Field(sa_type=Text)


class SampleMark(ServerTable, table=True):
    """A leader has looked at who opened whom: `access` is the id of that record. The newest mark of it counts.

    `text` is the leader's own. All of it goes when the citizen is erased.
    """

    __tablename__ = "sample_mark"
    __table_args__ = (
        CheckConstraint("judgement IN ('fine', 'ask', 'not_fine')", name="judgement"),
        Index("sample_mark_access", "access"),
    )

    id: str = Field(primary_key=True, sa_type=ID)
    access: str = Field(sa_type=ID)
    citizen: str = Field(index=True, sa_type=ID)
    leader: str = Field(foreign_key="worker.id", sa_type=ID)
    judgement: str = Field(sa_type=Text)
    text: str | None = Field(default=None, sa_type=Text)
    at: datetime = Field(sa_type=MOMENT)
