"""The register at a start, after a restore, and made anew."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.domain.access import citizen_scope, team_scope
from fieldapp.errors import CodeRefused, DeviceRevoked, RecordError, RecoveryRefused
from fieldapp.server import database, enrolment, identity, replay
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.register import Entry, Register, RegisterError
from fieldapp.server.tables import Assignment, Code, Record, RegisterMark, Worker
from fieldapp.sync import session as login
from fieldapp.wire import RecoveryAsk, RecoveryCode
from tests.examples import NOW, an_id
from tests.server.keeping import audited, everything
from tests.sync.parts import Backup, Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = Register(tmp_path / "alone")
    register.start([Entry("epoch", "opfundet", NOW, {"number": 1})])
    return register


def cut(register: Register, lines: int) -> None:
    """The last ones are gone, as when an older copy of the file is put in its place."""
    register.path.write_bytes(b"".join(register.path.read_bytes().splitlines(keepends=True)[:-lines]))


class TestStart:
    def test_a_new_server_gets_a_register(self, engine: Engine, tmp_path: Path) -> None:
        register = Register(tmp_path / "new")
        for _ in range(2):
            replay.follow(engine, register, NOW)
        [line] = register.read()
        with Session(engine) as session:
            assert line.entry == Entry("epoch", identity.clock(session).epoch, NOW, {"number": 1})
            assert session.get_one(RegisterMark, 1).entries == 1

    def test_one_that_was_made_and_not_marked_is_taken(self, engine: Engine, tmp_path: Path) -> None:
        """Killed between the file and the commit of the first start."""
        register = Register(tmp_path / "new")
        with Session(engine) as session:
            register.start(replay.facts(session, NOW))
        replay.follow(engine, register, NOW)

    def refused(self, world: World, why: str) -> None:
        before = everything(world.engine)
        with pytest.raises(RegisterError, match=why):
            replay.follow(world.engine, world.register, world.now())
        assert everything(world.engine) == before

    def test_a_missing_one_is_refused(self, world: World) -> None:
        world.register.path.unlink()
        self.refused(world, "missing")

    def test_a_cut_one_is_refused(self, world: World) -> None:
        world.office.disable(world.worker("Freja Opfundet"))
        cut(world.register, 1)
        self.refused(world, "cut")

    def test_one_cut_in_the_middle_of_a_line_is_refused(self, world: World) -> None:
        world.office.disable(world.worker("Freja Opfundet"))
        world.register.path.write_bytes(world.register.path.read_bytes()[:-5])
        self.refused(world, "cut")

    def test_a_forged_one_is_refused_although_it_fits_itself(self, world: World) -> None:
        world.office.disable(world.worker("Freja Opfundet"))
        entries = [line.entry for line in world.register.read()]
        world.register.path.unlink()
        world.register.start([*entries[:-1], Entry("worker", an_id(), world.now())])
        world.register.read()
        self.refused(world, "changed")

    def test_one_of_another_server_or_time_is_refused(self, world: World) -> None:
        world.register.add([Entry("epoch", "en anden", world.now(), {"number": 2})])
        self.refused(world, "other_epoch")

    def test_a_database_put_back_by_hand_is_refused_or_follows(self, world: World, freja: Device) -> None:
        """Without `restore` it has the same epoch: what was erased since is erased again before anybody sees it."""
        citizen = freja.meet("Åse Opfundet")
        freja.sync()
        with world.engine.begin() as tx:
            tx.exec_driver_sql("CREATE TABLE kept AS SELECT * FROM record")
            tx.exec_driver_sql("CREATE TABLE mark AS SELECT * FROM register")
        world.erase_citizen(citizen)
        with world.engine.begin() as tx:
            tx.exec_driver_sql("SET LOCAL session_replication_role = replica")
            tx.exec_driver_sql("DELETE FROM record; INSERT INTO record SELECT * FROM kept")
            tx.exec_driver_sql("DELETE FROM register; INSERT INTO register SELECT * FROM mark")
            tx.exec_driver_sql("DROP TABLE kept; DROP TABLE mark")
        assert "Åse" in everything(world.engine)
        replay.follow(world.engine, world.register, world.now())
        assert "Åse" not in everything(world.engine)

    def test_what_was_written_and_never_done_is_done_by_the_next_start(self, world: World) -> None:
        """And what came after it is followed as well: a gap is no end."""
        first, second = world.worker("Freja Opfundet"), world.worker("Karim Opfundet")
        world.register.add([Entry("worker", first, world.now())])
        world.office.disable(second)
        with Session(world.engine) as session:
            assert session.get_one(Worker, first).disabled_at is None
        replay.follow(world.engine, world.register, world.now())
        with Session(world.engine) as session:
            assert session.get_one(Worker, first).disabled_at == session.get_one(Worker, second).disabled_at
            assert session.get_one(RegisterMark, 1).chain == world.register.read()[-1].mark.chain


class TestAfterARestore:
    """The backup knows nothing of what happened since; the register does."""

    def test_a_lost_phone_stays_out(self, world: World, freja: Device) -> None:
        freja.sync()
        undo = put_back(world, "device", "token")
        world.office.revoke(freja.enrolled.device, lost=True)
        freja.fails(DeviceRevoked)
        undo()
        freja.fails(DeviceRevoked)
        freja.forget()
        freja.fails(DeviceRevoked)

    def test_a_disabled_worker_stays_out(self, world: World, freja: Device) -> None:
        code = world.office.make_code(freja.worker)
        undo = put_back(world, "worker", "device", "code")
        world.office.disable(freja.worker)
        undo()
        freja.fails(DeviceRevoked)
        with pytest.raises(CodeRefused, match="expired"):
            login.enrol(world.server, code, "Prøvetelefon")
        with pytest.raises(RecordError, match="disabled_worker"):
            world.office.make_code(freja.worker)

    def test_a_used_code_stays_used(self, world: World, freja: Device) -> None:
        code = world.office.make_code(freja.worker)
        undo = put_back(world, "code")
        login.enrol(world.server, code, "Prøvetelefon")
        undo()
        with pytest.raises(CodeRefused, match="used"):
            login.enrol(world.server, code, "Andres telefon")

    def test_a_yes_to_a_forgotten_pin_that_has_served_serves_no_more(self, world: World, freja: Device) -> None:
        server = InProcessServer(world.engine, world.now, register=world.register, recovery_key=bytes(32))
        token = login.Login(server, freja.enrolled, freja.key, freja.clock).token()
        server.deposit(token, RecoveryCode(code="ab" * 16))
        world.office.approve_recovery(freja.worker, "opfundet")
        undo = put_back(world, "recovery_approval")
        mine = RecoveryAsk(ask=an_id())
        server.recover(token, mine)
        undo()
        assert server.recover(token, mine).code  # its answer may have been lost
        with pytest.raises(RecoveryRefused, match="not_yet"):
            server.recover(token, RecoveryAsk(ask=an_id()))

    def test_an_ended_assignment_stays_ended(self, world: World, freja: Device) -> None:
        citizen = freja.meet()
        freja.sync()
        [assignment] = world.office.assignments()
        backup = Backup(world)
        world.office.end_assignment(assignment.id)
        backup.restore()
        assert citizen_scope(citizen) not in world.view(freja.worker)
        with Session(world.engine) as session:
            ended = session.get_one(Assignment, assignment.id).to_at
            assert ended and session.get_one(Record, assignment.id).fields["to_at"] == ended.isoformat()

    def test_who_has_left_a_team_does_not_come_back(self, world: World, freja: Device) -> None:
        undo = put_back(world, "membership")
        world.office.leave(freja.worker, world.team)
        undo()
        assert team_scope(world.team) not in world.view(freja.worker)

    def test_what_was_erased_is_erased_again_and_told_once(self, world: World, freja: Device) -> None:
        citizen, other = freja.meet("Åse Opfundet"), freja.meet("Ida Opfundet")
        goal = freja.aim(other, "Opdigtet: min egen dør")
        freja.sync()
        backup = Backup(world)
        world.erase(goal)
        world.erase_citizen(citizen)
        world.clock.advance(days=1)
        for _ in range(2):
            backup.restore()
            left = everything(world.engine)
            assert "dør" not in left and "Åse" not in left and "Ida" in left
            assert {told.record: told.worker for told in audited(world, "erase")} == {
                goal: world.leader,
                citizen: world.leader,
            }
            assert len(audited(world, "erase")) == 2
        assert world.records()[citizen].at == world.now() - timedelta(days=1)

    def test_what_the_backup_never_knew_is_known_to_be_erased(self, world: World, freja: Device) -> None:
        citizen = freja.meet()
        freja.sync()
        backup = Backup(world)
        goal = freja.aim(citizen)
        freja.sync()
        world.erase(goal)
        backup.restore()
        assert world.records()[goal].deleted
        assert world.records()[goal].scope == citizen_scope(citizen)


def put_back(world: World, *tables: str) -> Callable[[], None]:
    """These tables as they stand now; call it to have them so again, and the server started."""
    with world.engine.begin() as tx:
        for table in tables:
            tx.exec_driver_sql(f"CREATE TABLE was_{table} AS SELECT * FROM {table}")
    backup = Backup(world)

    def undo() -> None:
        with world.engine.begin() as tx:
            tx.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table in tables:
                tx.exec_driver_sql(f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM was_{table}")
        backup.restore()

    return undo


class TestANewOne:
    """The file is lost, and the database whole."""

    def test_it_says_all_that_the_database_knows(self, world: World, freja: Device) -> None:
        citizen, other = freja.meet("Åse Opfundet"), freja.meet("Ida Opfundet")
        goal = freja.aim(other, "Opdigtet: min egen dør")
        freja.sync()
        share = world.share(other)
        undo = put_back(world, "worker", "device", "code")
        code = world.office.make_code(freja.worker)
        with database.writing(world.engine, world.register) as tx:
            enrolment.use_code(tx, code, world.now(), world.office.settings)
            tx.commit()
        world.erase(goal)
        world.clock.advance(seconds=1)
        world.erase_citizen(citizen)
        world.office.end_assignment(share)
        world.office.leave(freja.worker, world.team)
        world.office.disable(freja.worker)
        said = {(line.entry.what, line.entry.id) for line in world.register.read()}
        world.register.path.unlink()
        replay.start_anew(world.engine, world.register, world.now())
        assert {(line.entry.what, line.entry.id) for line in world.register.read()} >= said
        undo()
        left = everything(world.engine)
        assert "dør" not in left and "Åse" not in left and "Ida" in left
        freja.fails(DeviceRevoked)
        with Session(world.engine) as session:
            assert session.get_one(Assignment, share).to_at is not None
            assert session.exec(select(Code)).all() == []

    def test_one_that_is_not_whole_is_put_aside(self, world: World) -> None:
        world.office.disable(world.worker("Freja Opfundet"))
        cut(world.register, 1)
        broken = world.register.path.read_bytes()
        replay.start_anew(world.engine, world.register, world.now())
        replay.follow(world.engine, world.register, world.now())
        aside = world.register.path.with_name(f"register.{world.now():%Y%m%dT%H%M%S}")
        assert aside.read_bytes() == broken

    def test_killed_before_the_commit_it_is_done_again(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as plant:
            plant.setattr(replay, "_put_mark", lambda session, lines: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                replay.start_anew(world.engine, world.register, world.now())
        world.clock.advance(seconds=1)
        replay.start_anew(world.engine, world.register, world.now())
        replay.follow(world.engine, world.register, world.now())
        assert datetime.fromisoformat(json.loads(world.register.path.read_text().splitlines()[0])["at"]) == world.now()
