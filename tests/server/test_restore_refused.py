"""A restore that cannot be, one without a register, and one that is killed: never half of it."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from fieldapp.server import backup, database, dump, replay, restore
from fieldapp.server.dump import BackupError
from fieldapp.server.register import Register, RegisterError
from tests.server.copies import back_up, clock, put_back
from tests.server.copies import citizen as citizen
from tests.server.copies import file as file
from tests.server.copies import freja as freja
from tests.server.copies import karim as karim
from tests.server.dying import run_and_die
from tests.server.keeping import everything
from tests.sync.parts import Device, Killed, World


class TestRefusals:
    """And the database is as it was."""

    @pytest.fixture(autouse=True)
    def unchanged(self, world: World, citizen: str, file: Path) -> Iterator[None]:
        back_up(world, file)
        before = everything(world.engine)
        yield
        assert everything(world.engine) == before

    def test_a_file_that_was_changed_or_cut(self, world: World, file: Path) -> None:
        whole = file.read_bytes()
        for bad in (whole[:-1], whole[:100] + b"x" + whole[101:], b""):
            file.write_bytes(bad)
            with pytest.raises(BackupError, match="damaged"):
                put_back(world, file)

    def test_a_file_without_its_digest_was_never_finished(self, world: World, file: Path) -> None:
        backup.digest_file(file).unlink()
        with pytest.raises(BackupError, match="damaged"):
            put_back(world, file)

    def test_no_file(self, world: World, file: Path) -> None:
        with pytest.raises(BackupError, match="no_file"):
            put_back(world, file.with_name("sunday"))

    @pytest.mark.parametrize("content", [b"opdigtet", b""])
    def test_something_that_is_no_backup(
        self, world: World, file: Path, content: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        file.write_bytes(content)
        backup.digest_file(file).write_text(f"{backup.digest_of(file)}  monday\n")
        with pytest.raises(BackupError, match="failed"):
            put_back(world, file)

    def test_a_register_that_is_missing_cut_or_changed(self, world: World, file: Path) -> None:
        register = world.register.path.read_bytes()
        for bad, why in ((None, "missing"), (b"", "cut"), (register[:-20] + b"\n", "changed")):
            world.register.path.unlink(missing_ok=True)
            if bad is not None:
                world.register.path.write_bytes(bad)
            with pytest.raises(RegisterError, match=why):
                put_back(world, file)
        world.register.path.write_bytes(register)

    def test_an_older_copy_of_the_register(self, world: World, file: Path) -> None:
        lines = world.register.path.read_bytes()
        first = lines.splitlines(keepends=True)[0]
        with world.engine.begin() as tx:
            tx.execute(text("UPDATE register SET entries = 2, chain = 'x'"))
        with pytest.raises(RegisterError, match="cut"):
            put_back(world, file)
        with world.engine.begin() as tx:
            tx.execute(
                text("UPDATE register SET entries = 1, chain = :chain"),
                {"chain": Register(world.register.path).read()[0].mark.chain},
            )
        assert first == lines

    def test_while_somebody_works_on_it(self, world: World, file: Path) -> None:
        with database.working(world.engine) as may:
            assert may
            with pytest.raises(BackupError, match="running"):
                put_back(world, file)

    def test_nobody_begins_while_it_is_restored(self, world: World) -> None:
        with database.working(world.engine, alone=True), database.working(world.engine) as may:
            assert not may
        with database.working(world.engine) as may:
            assert may

    def test_a_dump_that_breaks_off_is_not_committed(
        self, world: World, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In the middle of the rows: psql would take the end of its input for the end of the table."""
        pass_on = dump._pass_on

        def half(script: Any, psql: Any, version: int) -> None:
            whole = script.read()
            psql.write(whole[: whole.index(b"COPY public.record ") + 400])
            raise Killed

        monkeypatch.setattr(dump, "_pass_on", half)
        with pytest.raises(Killed):
            put_back(world, file)
        monkeypatch.setattr(dump, "_pass_on", pass_on)

    def test_what_cannot_be_done_is_told_without_a_word_of_what_is_in_it(
        self, world: World, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        wrong = "UPDATE record SET fields = to_jsonb(('Åse ' || id)::int);"
        monkeypatch.setattr(restore, "NEW_TIMELINE", wrong)
        with pytest.raises(BackupError, match="failed"):
            put_back(world, file)
        assert "psql ended with 3" in caplog.text and "22P02" in caplog.text and "Åse" not in caplog.text


class TestTheRegisterIsLost:
    def test_a_new_one_is_made_of_what_the_backup_knows(
        self, world: World, freja: Device, citizen: str, file: Path
    ) -> None:
        other = freja.meet("Ida Opfundet")
        freja.sync()
        world.erase_citizen(citizen)
        back_up(world, file)
        world.erase_citizen(other)
        world.register.path.unlink()
        put_back(world, file, register_lost=True)
        left = everything(world.engine)
        assert "Ida" in left and "Åse" not in left  # what was erased after it is back: that is what losing it costs
        replay.follow(world.engine, world.register, world.now())
        put_back(world, file)
        assert citizen in {line.entry.id for line in world.register.read()}

    def test_not_while_there_is_one(self, world: World, citizen: str, file: Path) -> None:
        back_up(world, file)
        with pytest.raises(RegisterError, match="exists"):
            put_back(world, file, register_lost=True)

    def test_a_backup_from_before_it_was_lost_follows_the_new_one_from_its_beginning(
        self, world: World, freja: Device, citizen: str, file: Path
    ) -> None:
        back_up(world, file)
        world.erase_citizen(citizen)
        world.register.path.unlink()
        replay.start_anew(world.engine, world.register, world.now())
        put_back(world, file)
        assert "Åse" not in everything(world.engine)


class TestKilled:
    @pytest.mark.parametrize("step", ["check", "begin", "loading", "loaded", "registered"])
    def test_at_any_step_it_is_the_old_database_or_one_that_does_not_open(
        self, world: World, freja: Device, karim: Device, citizen: str, file: Path, step: str
    ) -> None:
        back_up(world, file)
        freja.note(citizen, "Opdigtet: efter kopien")
        freja.sync()
        other = karim.meet("Ida Opfundet")
        karim.sync()
        world.erase_citizen(other)
        before = clock(world).epoch
        world.engine.dispose()
        assert run_and_die(world, step, "admin", "restore", str(file), "--yes") == -signal.SIGKILL

        if step in ("check", "begin", "loading"):
            assert clock(world).epoch == before
            replay.follow(world.engine, world.register, world.now())
            assert "efter kopien" in everything(world.engine)
        elif step == "loaded":
            with pytest.raises(RegisterError, match="other_epoch"):
                replay.follow(world.engine, world.register, world.now())
        else:
            replay.follow(world.engine, world.register, world.now())
            assert clock(world).epoch != before
        world.engine.dispose()
        put_back(world, file)
        assert "Ida" not in everything(world.engine)
        world.converged(freja, karim)
        assert "efter kopien" in everything(world.engine)
