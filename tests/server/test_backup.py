"""A backup holds all, a restore brings all of it back on a new timeline, and what dies halfway harms nothing."""

import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from fieldapp.errors import DeviceRevoked
from fieldapp.server import backup, database, dump, files, replay, restore
from fieldapp.server.dump import BackupError
from fieldapp.server.register import epoch_of
from fieldapp.wire import EPOCH_STEP
from tests.server.copies import back_up, clock, put_back
from tests.server.copies import citizen as citizen
from tests.server.copies import file as file
from tests.server.copies import freja as freja
from tests.server.copies import karim as karim
from tests.server.dying import run_and_die
from tests.server.keeping import everything
from tests.sync.parts import Device, World


class TestABackup:
    def test_it_is_whole_and_nobody_elses(self, world: World, citizen: str, file: Path) -> None:
        back_up(world, file)
        backup.verify(file)
        assert sorted(path.name for path in file.parent.iterdir()) == ["monday", "monday.sha256"]
        for path in file.parent.iterdir():
            assert path.stat().st_mode & 0o777 == 0o600
        checked = subprocess.run(["sha256sum", "-c", "monday.sha256"], cwd=file.parent, capture_output=True)
        assert checked.returncode == 0

    def test_it_is_written_over_nothing(self, world: World, citizen: str, file: Path) -> None:
        file.write_text("opdigtet")
        with pytest.raises(BackupError, match="exists"):
            back_up(world, file)
        assert file.read_text() == "opdigtet"
        assert clock(world).durable == 0

    def test_nor_over_one_that_came_meanwhile(
        self, world: World, citizen: str, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = dump.dump

        def slow(engine: Engine, into: Any) -> None:
            real(engine, into)
            file.write_text("opdigtet")

        monkeypatch.setattr(dump, "dump", slow)
        with pytest.raises(BackupError, match="exists"):
            back_up(world, file)
        assert file.read_text() == "opdigtet"
        assert clock(world).durable == 0

    def test_durable_is_the_number_it_began_at(
        self, world: World, freja: Device, citizen: str, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is written while it runs may not be in it."""
        before, real = clock(world).seq, dump.dump

        def busy(engine: Engine, into: Any) -> None:
            freja.note(citizen)
            freja.sync()
            world.clock.advance(minutes=5)
            real(engine, into)

        monkeypatch.setattr(dump, "dump", busy)
        back_up(world, file)
        after = clock(world)
        assert (after.durable, after.backed_up_at) == (before, world.now())
        assert after.seq > before

    def test_a_phone_keeps_what_is_not_durable_and_forgets_what_is(
        self, world: World, freja: Device, citizen: str, file: Path
    ) -> None:
        freja.sync()
        kept = len(freja.outbox("kept"))
        freja.sync()
        assert len(freja.outbox("kept")) == kept > 0
        back_up(world, file)
        later = freja.note(citizen)
        freja.sync()
        assert [row.record for row in freja.outbox("kept")] == [later]

    def test_without_room_it_is_told_and_nothing_is_left(
        self, world: World, citizen: str, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(handle: int) -> None:
            raise OSError

        monkeypatch.setattr(files.os, "fsync", full)
        with pytest.raises(BackupError, match="not_written"):
            back_up(world, file)
        assert (list(file.parent.iterdir()), clock(world).durable) == ([], 0)

    def test_a_dump_that_fails_is_no_backup(
        self, world: World, citizen: str, file: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        gone = database.connect(world.engine.url)
        with gone.connect():
            pass
        gone.url = gone.url.set(database="ingen")  # type: ignore[misc]
        with pytest.raises(BackupError, match="failed"), file.open("wb") as into:
            dump.dump(gone, into)
        gone.dispose()
        assert "pg_dump ended" in caplog.text

    @pytest.mark.parametrize("step", ["dump", "checksum", "name", "durable"])
    def test_killed_at_any_step_nothing_is_durable_and_it_is_done_again(
        self, world: World, citizen: str, file: Path, step: str
    ) -> None:
        assert run_and_die(world, step, "admin", "backup", str(file)) == -signal.SIGKILL
        assert clock(world).durable == 0
        if step == "durable":
            backup.verify(file)
            file = file.with_name("tuesday")
        else:
            assert not file.exists()
        back_up(world, file)
        backup.verify(file)
        assert not [path for path in file.parent.iterdir() if path.suffix == ".part"]
        assert clock(world).durable > 0

    def test_it_is_overdue_when_there_is_none_or_it_is_old(self, world: World, citizen: str, file: Path) -> None:
        settings = world.office.settings
        assert backup.overdue(clock(world), world.now(), settings)
        back_up(world, file)
        assert not backup.overdue(clock(world), world.now(), settings)
        world.clock.advance(hours=49)
        assert backup.overdue(clock(world), world.now(), settings)


class TestARestore:
    def test_all_comes_back_on_a_new_timeline(self, world: World, freja: Device, citizen: str, file: Path) -> None:
        before, was = world.records(), clock(world)
        back_up(world, file)
        freja.edit("citizen", citizen, known_as="Opdigtet: efter kopien")
        freja.sync()
        put_back(world, file)
        now = clock(world)
        assert {id: r.model_dump() for id, r in world.records().items()} == {
            id: r.model_dump() for id, r in before.items()
        }
        assert now.epoch != was.epoch
        assert (now.epoch_no, now.seq, now.durable) == (2, 2 * EPOCH_STEP, was.seq)
        assert epoch_of(world.register.read()).id == now.epoch
        replay.follow(world.engine, world.register, world.now())

    def test_phones_offer_again_what_it_has_not_and_nothing_acknowledged_is_missing(
        self, world: World, freja: Device, karim: Device, citizen: str, file: Path
    ) -> None:
        back_up(world, file)
        goal = freja.aim(citizen, "Opdigtet: efter kopien")
        contact = karim.note(citizen, "Opdigtet: også efter")
        born = karim.meet("Ida Opfundet")
        karim.note(born, "Opdigtet: om Ida")
        freja.edit("citizen", citizen, phone="00000001")
        world.converged(freja, karim)
        acknowledged = {id: told.fields for id, told in world.records().items() if told.kind != "assignment"}
        put_back(world, file)
        assert not {goal, contact, born} & world.records().keys()
        world.converged(freja, karim)
        for id, fields in acknowledged.items():
            assert world.records()[id].fields == fields
        assert citizen_of(world, born, karim)

    def test_without_what_phones_keep_it_would_be_missing(
        self, world: World, freja: Device, citizen: str, file: Path
    ) -> None:
        """The planted fault: durable moves although the backup does not have it."""
        back_up(world, file)
        contact = freja.note(citizen)
        freja.sync()
        with world.engine.begin() as tx:
            tx.execute(text("UPDATE sync_clock SET durable = seq"))
        freja.sync()
        put_back(world, file)
        freja.sync()
        assert contact not in world.records()

    def test_what_was_erased_since_is_still_gone_on_server_and_phones(
        self, world: World, freja: Device, karim: Device, citizen: str, file: Path
    ) -> None:
        other = freja.meet("Ida Opfundet")
        goal = freja.aim(other, "Opdigtet: hemmeligt mål")
        freja.sync()
        back_up(world, file)
        world.erase_citizen(citizen)
        world.erase(goal)
        put_back(world, file)
        left = everything(world.engine)
        assert "Åse" not in left and "før kopien" not in left and "hemmeligt" not in left and "Ida" in left
        world.converged(freja, karim)
        for device in (freja, karim):
            assert device.get("citizen", citizen) is None and device.get("goal", goal) is None

    def test_a_lost_phone_stays_out_and_an_old_token_is_worth_nothing(
        self, world: World, freja: Device, citizen: str, file: Path
    ) -> None:
        freja.sync()
        back_up(world, file)
        world.office.revoke(freja.enrolled.device, lost=True)
        put_back(world, file)
        freja.fails(DeviceRevoked)
        with world.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM token")).scalar() == 0

    def test_each_has_numbers_of_its_own_also_from_the_same_backup(
        self, world: World, freja: Device, citizen: str, file: Path
    ) -> None:
        back_up(world, file)
        numbers, epochs = set[int](), set[str]()
        for _ in range(3):
            put_back(world, file)
            numbers.add(clock(world).seq)
            epochs.add(clock(world).epoch)
        assert sorted(numbers) == [2 * EPOCH_STEP, 3 * EPOCH_STEP, 4 * EPOCH_STEP]
        assert len(epochs) == 3

    def test_into_an_empty_database_elsewhere(
        self, world: World, freja: Device, citizen: str, file: Path, postgres: Engine
    ) -> None:
        """The machine is lost; backup and register were somewhere else."""
        back_up(world, file)
        with postgres.connect() as connection:
            connection.execute(text("CREATE DATABASE elsewhere"))
        elsewhere = database.connect(postgres.url.set(database="elsewhere"))
        try:
            assert restore.present(elsewhere) is None
            restore.restore(elsewhere, file, world.register, world.now())
            assert "Åse" in everything(elsewhere)
        finally:
            elsewhere.dispose()
            with postgres.connect() as connection:
                connection.execute(text("DROP DATABASE elsewhere WITH (FORCE)"))

    def test_it_says_what_would_be_replaced(self, world: World, citizen: str) -> None:
        found = restore.present(world.engine)
        assert found and (found.workers, found.citizens, found.epoch_no) == (3, 1, 1)

    def test_tables_that_came_after_the_backup_are_gone_and_made_anew(
        self, world: World, citizen: str, file: Path
    ) -> None:
        back_up(world, file)
        with world.engine.begin() as tx:
            tx.execute(text("CREATE TABLE later (word text)"))
        put_back(world, file)
        with world.engine.connect() as connection:
            assert connection.execute(text("SELECT to_regclass('later')")).scalar() is None


def citizen_of(world: World, citizen: str, device: Device) -> bool:
    return f"citizen:{citizen}" in world.view(device.worker)
