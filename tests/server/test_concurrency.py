"""Many phones at once, with real threads: nothing is overwritten unseen, and no reader misses a row."""

import random
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope
from fieldapp.server import records
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.operations import references
from fieldapp.server.records import commit_changes, number, server_record
from fieldapp.server.tables import Record
from fieldapp.wire import Operation
from tests.examples import NOW, an_id
from tests.server.people import Clock, Phone, a_birth, a_change, a_known_phone, an_add
from tests.server.stories import Edit, Place, Story, together

WRITERS, EDITS, BATCH = 8, 1_000, 5
FIELDS = ("title", "professional_view")
GOALS = 10  # with two fields each: 20 fields that all fight over


@pytest.fixture
def phones(server: InProcessServer, office: Office, clock: Clock, team: str) -> list[Phone]:
    return [a_known_phone(server, clock, office.add_worker(f"Opfundet {n}", team=team)) for n in range(WRITERS)]


@pytest.fixture
def citizen(phones: list[Phone], office: Office, team: str) -> str:
    citizen = phones[0].meet()
    office.assign(citizen, team=team)
    return citizen


def write_all_at_once(phones: list[Phone], citizen: str) -> Story:
    """Each writer edits random fields of those all share, in batches, from what its own phone shows."""
    goals = [
        an_add("goal", citizen, {"dimension": "housing"} | dict.fromkeys(FIELDS, "fra først")) for _ in range(GOALS)
    ]
    phones[0].send(*goals)
    places = [(goal.id, name) for goal in goals for name in FIELDS]
    story, start = Story(), threading.Barrier(WRITERS)
    for phone in phones:
        phone.catch_up()

    def write(writer: int) -> None:
        phone, choice = phones[writer], random.Random(writer)
        start.wait()
        for turn in range(EDITS // WRITERS // BATCH):
            batch: list[tuple[Place, Edit, Operation]] = []
            for place in choice.sample(places, BATCH):
                shown = phone.rows[place[0]]
                edit = Edit(writer, f"{writer}-{turn}-{places.index(place)}", shown.fields[place[1]])
                fields = {place[1]: edit.value}
                batch.append((place, edit, a_change(place[0], citizen, fields, shown.base, kind="goal")))
            acks = phone.send(*[operation for _, _, operation in batch])
            for (place, edit, _), ack in zip(batch, acks, strict=True):
                assert ack.result in ("ok", "conflict") and ack.seq
                edit.seq = ack.seq
                story.edits[place].append(edit)

    together(write, range(WRITERS))
    return story


def test_of_a_thousand_edits_by_eight_writers_none_is_silently_overwritten(phones: list[Phone], citizen: str) -> None:
    story = write_all_at_once(phones, citizen)
    assert sum(map(len, story.edits.values())) == EDITS
    assert story.silently_overwritten(phones[0]) == []


class WithoutRowLock(InProcessServer):
    """Rows are read as they stand, and decided on while others decide too."""

    @staticmethod
    def lock(session: Session, operations: Iterable[Operation]) -> dict[str, Record]:
        operations = list(operations)
        ids = {o.id for o in operations} | {target for o in operations for _, target, _ in references(o)}
        return {r.id: r for r in session.exec(select(Record).where(col(Record.id).in_(ids)))}


def test_without_the_row_lock_edits_are_silently_overwritten(phones: list[Phone], citizen: str) -> None:
    for phone in phones:
        phone.server = WithoutRowLock(phones[0].server.engine, phones[0].clock)
    story = write_all_at_once(phones, citizen)
    assert story.silently_overwritten(phones[0])


def write_while_one_reads(phones: list[Phone], citizen: str) -> set[str]:
    """Ids of rows that were written, and that the one who read meanwhile never got."""
    *writers, reader = phones
    for phone in phones:
        phone.catch_up()
    writing, written = threading.Event(), list[str]()
    writing.set()

    def read(_: int) -> None:
        while writing.is_set():
            reader.exchange()

    def write(writer: int) -> None:
        for _ in range(12):
            hope = {"aspect": "hope", "text": "Opdigtet", "said_on": "2026-11-25"}
            notes = [an_add("own_words", citizen, hope) for _ in range(1 + writer % 3)]
            writers[writer].send(*notes)
            written.extend(note.id for note in notes)

    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(read, 0)
        try:
            together(write, range(len(writers)))
        finally:
            writing.clear()
        reading.result()
    return set(written) - set(reader.catch_up())


def test_one_who_reads_while_others_write_misses_nothing(phones: list[Phone], citizen: str) -> None:
    assert write_while_one_reads(phones, citizen) == set()


def test_a_request_delivered_many_times_at_once_happens_once(phones: list[Phone], citizen: str) -> None:
    phone = phones[0]
    born = an_id()
    goal = an_add("goal", citizen, {"dimension": "housing", "title": "Opdigtet"})
    request = phone.request(goal, a_birth(born), a_change(citizen, citizen, {"phone": "00 11"}))
    answers = []
    together(lambda _: answers.append(phone.server.exchange(phone.token, request)), range(4))
    assert all(answer.acks == answers[0].acks for answer in answers)
    assert [ack.result for ack in answers[0].acks] == ["ok", "ok", "ok"]
    rows = phone.catch_up().values()
    assert len([row for row in rows if row.row == "assignment" and row.scope == citizen_scope(born)]) == 1
    assert len({row.seq for row in rows}) == len(rows)


class TestNumbers:
    """Number order is commit order: whoever gets a number later also commits later."""

    @pytest.fixture
    def scope(self) -> str:
        return citizen_scope(an_id())

    def add_one(self, session: Session, scope: str) -> Record:
        record = server_record(an_id(), "own_words", scope, {"text": "Opdigtet"}, NOW)
        session.add(record)
        return record

    def test_a_second_writer_waits_for_the_first_to_commit(self, engine: Engine, scope: str) -> None:
        with Session(engine, autoflush=False) as first, Session(engine, autoflush=False) as second:
            self.add_one(first, scope), self.add_one(second, scope)
            number(first)
            second.execute(text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(OperationalError, match="lock timeout"):
                number(second)

    def test_numbers_from_a_sequence_would_let_a_reader_pass_a_row(self, engine: Engine, scope: str) -> None:
        """The planted fault, and what it costs: the row of the slower writer is never read."""
        with engine.begin() as connection:
            connection.execute(text("CREATE SEQUENCE early START 2000000000000"))
            connection.execute(text("ALTER TABLE record DISABLE TRIGGER USER"))
        seen: list[int] = []
        with Session(engine, autoflush=False) as slow, Session(engine, autoflush=False) as quick:
            for session in (slow, quick):
                self.add_one(session, scope).seq = session.execute(text("SELECT nextval('early')")).scalar_one()
            quick.commit()
            seen += read_after(engine, max(seen, default=0))
            slow.commit()
            seen += read_after(engine, max(seen))
        assert len(seen) == 1

    def test_with_our_numbers_the_same_reader_gets_both(self, engine: Engine, scope: str) -> None:
        seen: list[int] = []
        with Session(engine, autoflush=False) as slow, Session(engine, autoflush=False) as quick:
            self.add_one(slow, scope), self.add_one(quick, scope)
            commit_changes(quick)
            seen += read_after(engine, max(seen, default=0))
            commit_changes(slow)
            seen += read_after(engine, max(seen))
        assert len(seen) == 2

    @pytest.mark.parametrize("seq", [0, 1, 2**40, 2**40 + 1])
    def test_a_writer_who_goes_round_it_is_stopped_by_the_database(self, engine: Engine, scope: str, seq: int) -> None:
        with Session(engine, autoflush=False) as session:
            self.add_one(session, scope).seq = seq
            with pytest.raises(Exception, match="without a number of this transaction"):
                session.commit()

    def test_an_old_number_does_not_serve_for_a_second_write(self, engine: Engine, scope: str) -> None:
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            record = self.add_one(session, scope)
            commit_changes(session)
            record.fields = {"text": "Noget andet"}
            with pytest.raises(Exception, match="without a number of this transaction"):
                session.commit()

    def test_two_writes_in_one_transaction_may_each_take_theirs(self, engine: Engine, scope: str) -> None:
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            first = self.add_one(session, scope)
            number(session)
            session.flush()
            second = self.add_one(session, scope)
            commit_changes(session)
            assert second.seq == first.seq + 1

    def test_a_transaction_that_fails_leaves_no_gap_a_reader_could_fall_into(self, engine: Engine, scope: str) -> None:
        with Session(engine, autoflush=False) as session:
            before = records.take_numbers(session, 3)
        with Session(engine, autoflush=False) as session:
            assert records.take_numbers(session, 1) == before


def read_after(engine: Engine, number: int) -> list[int]:
    with Session(engine) as session:
        return list(session.exec(select(Record.seq).where(Record.seq > number).order_by(col(Record.seq))))
