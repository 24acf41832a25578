"""What the office does reaches the phones, and never says something that is not so."""

import pytest
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from fieldapp.errors import RecordError, ServerTrouble
from fieldapp.server import database, identity
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Assignment, Record, Worker
from tests.examples import an_id
from tests.server.people import Clock, Phone


def test_an_assignment_is_a_row_and_a_record_of_the_same_id(
    freja: Phone, karim: Phone, office: Office, engine: Engine
) -> None:
    citizen = freja.meet()
    id = office.assign(citizen, worker=karim.enrolled.worker)
    office.end_assignment(id)
    with Session(engine) as session:
        row, record = session.get_one(Assignment, id), session.get_one(Record, id)
    assert record.kind == "assignment" and row.to_at is not None
    assert record.fields == {
        "worker": karim.enrolled.worker,
        "name": "Karim Opfundet",
        "role": "responsible",
        "from_at": row.from_at.isoformat(),
        "to_at": row.to_at.isoformat(),
    }
    assert freja.catch_up()[id].fields["to_at"] == row.to_at.isoformat()


def test_a_worker_who_joins_a_team_becomes_a_colleague_there(freja: Phone, office: Office, team: str) -> None:
    new = office.add_worker("Birgit Opfundet", role="leader", job="Leder", phone="00 00 00 05")
    office.join(new, team)
    told = [row.fields for row in freja.catch_up().values() if row.fields.get("worker") == new]
    assert told == [{"worker": new, "name": "Birgit Opfundet", "job": "Leder", "phone": "00 00 00 05"}]


def test_what_does_not_exist_is_told_apart(freja: Phone, office: Office, team: str) -> None:
    citizen, worker = freja.meet(), freja.enrolled.worker
    for unknown in (an_id(), "abc", "Åse"):
        with pytest.raises(RecordError, match="unknown_citizen"):
            office.assign(unknown, worker=worker)
        with pytest.raises(RecordError, match="unknown_worker"):
            office.assign(citizen, worker=unknown)
        with pytest.raises(RecordError, match="unknown_team"):
            office.assign(citizen, team=unknown)
        with pytest.raises(RecordError, match="unknown_team"):
            office.add_worker("Opfundet", team=unknown)
        with pytest.raises(RecordError, match="unknown_worker"):
            office.make_code(unknown)
        with pytest.raises(RecordError, match="unknown_assignment"):
            office.end_assignment(unknown)
    for both in ({}, {"worker": worker, "team": team}):
        with pytest.raises(RecordError, match="worker_or_team"):
            office.assign(citizen, **both)


def test_what_was_refused_changed_nothing(office: Office) -> None:
    with pytest.raises(RecordError):
        office.add_worker("Opfundet", team=an_id())
    assert office.workers() == []


def test_everybody_is_listed_by_name(office: Office, freja: Phone, karim: Phone, team: str) -> None:
    citizen = freja.meet()
    assert [worker.name for worker in office.workers()] == ["Freja Opfundet", "Karim Opfundet"]
    assert [team.name for team in office.teams()] == ["Opfundet team"]
    assert [one.citizen for one in office.assignments()] == [citizen]


def test_a_role_that_is_none_is_refused_by_the_database(office: Office, engine: Engine) -> None:
    with Session(engine) as session, pytest.raises(IntegrityError):
        session.add(Worker(id=an_id(), name="Opfundet", role="king"))
        session.commit()


class TestDatabase:
    def test_preparing_it_again_changes_nothing(self, engine: Engine, freja: Phone) -> None:
        citizen = freja.meet()
        with Session(engine) as session:
            before = identity.server_id(session), identity.public_key(session), identity.clock(session).seq
        database.prepare(engine)
        with Session(engine) as session:
            assert (identity.server_id(session), identity.public_key(session), identity.clock(session).seq) == before
        assert citizen in freja.catch_up()

    def test_one_that_is_gone_is_trouble_and_not_a_crash(
        self, freja: Phone, office: Office, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        freja.log_in()
        gone = database.connect("postgresql://nobody@/nothing?host=/nowhere")
        there, freja.server = freja.server, InProcessServer(gone, clock)
        for ask in (freja.exchange, lambda: freja.server.challenge(an_id()), lambda: Office(gone).add_team("Opfundet")):
            with pytest.raises(ServerTrouble) as trouble:
                ask()
            assert (trouble.value.why, trouble.value.retry_after) == ("database", database.RETRY_AFTER)
        freja.server = there
        freja.exchange()
        assert "no answer" in caplog.text

    def test_more_at_once_than_there_are_connections_for_is_told_as_busy(self, database_url: URL) -> None:
        narrow = create_engine(database_url, pool_size=1, max_overflow=0, pool_timeout=0.01)
        with narrow.connect(), pytest.raises(ServerTrouble, match="busy"):
            Office(narrow).add_team("Opfundet team")
        narrow.dispose()

    def test_trouble_quotes_nothing_that_was_written(
        self, freja: Phone, engine: Engine, caplog: pytest.LogCaptureFixture
    ) -> None:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE worker ADD CHECK (name <> 'Åse Opfundet')"))
        with pytest.raises(ServerTrouble) as trouble:
            Office(engine).add_worker("Åse Opfundet")
        assert trouble.value.__suppress_context__
        assert "23514" in caplog.text and "Opfundet" not in caplog.text

    def test_a_deadlock_is_tried_again_and_then_told(self, freja: Phone, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("CREATE SEQUENCE tries"))
            connection.execute(
                text(
                    "CREATE FUNCTION jam() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    "IF nextval('tries') < 3 THEN RAISE EXCEPTION 'jam' USING ERRCODE = '40P01'; END IF; "
                    "RETURN NULL; END $$"
                )
            )
            connection.execute(
                text("CREATE TRIGGER jam AFTER INSERT ON record FOR EACH STATEMENT EXECUTE FUNCTION jam()")
            )
        citizen = freja.meet()
        assert citizen in freja.catch_up()
        with engine.begin() as connection:
            assert connection.execute(text("SELECT last_value FROM tries")).scalar() >= 3
            connection.execute(text("SELECT setval('tries', 1)"))
            connection.execute(text("ALTER SEQUENCE tries INCREMENT -1 MINVALUE -99"))
        with pytest.raises(ServerTrouble, match="busy"):
            freja.meet()
