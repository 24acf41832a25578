"""The register: written before it is done, followed at each start, and refused when it is not whole or not ours."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from fieldapp.domain.erasure import Ground
from fieldapp.errors import ServerTrouble
from fieldapp.server import database, registering
from fieldapp.server.administration import Office
from fieldapp.server.register import PIECE, Entry, Mark, Register, RegisterError, epoch_of
from fieldapp.server.tables import Membership, Record, RegisterMark
from fieldapp.sync import session as login
from tests.examples import NOW, an_id
from tests.server.keeping import everything
from tests.sync.parts import Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = Register(tmp_path / "alone")
    register.start([Entry("epoch", "opfundet", NOW, {"number": 1})])
    return register


def an_entry(number: int = 1, **told: Any) -> Entry:
    return Entry("code", an_id(), NOW + timedelta(seconds=number), told)


class TestTheFile:
    def test_what_is_added_is_read_in_its_order(self, register: Register) -> None:
        entries = [an_entry(number, word="æøå") for number in range(5)]
        for entry in entries:
            register.add([entry])
        lines = register.read()
        assert [line.entry for line in lines[1:]] == entries
        assert [line.mark.entries for line in lines] == [1, 2, 3, 4, 5, 6]
        assert epoch_of(lines).id == "opfundet"

    def test_only_its_owner_reads_it(self, register: Register) -> None:
        assert register.path.stat().st_mode & 0o777 == 0o600
        assert [path.name for path in register.path.parent.iterdir()] == ["alone"]

    def test_it_is_never_begun_over_another(self, register: Register) -> None:
        before = register.path.read_bytes()
        with pytest.raises(RegisterError, match="exists"):
            register.start([an_entry()])
        assert register.path.read_bytes() == before

    @pytest.mark.parametrize("long", [10, 3 * PIECE])
    def test_the_last_line_is_found_however_long_it_is(self, register: Register, long: int) -> None:
        for number in range(3):
            register.add([an_entry(number, word="x" * long)])
        assert len(register.read()) == 4

    def test_what_a_power_cut_left_half_is_cut_off_with_the_next(self, register: Register) -> None:
        register.add([an_entry(1)])
        whole = register.path.read_bytes()
        register.add([an_entry(2)])
        for length in range(len(whole), len(register.path.read_bytes()) - 1, 7):
            register.path.write_bytes(register.path.read_bytes()[:length] + b"")
            assert len(register.read()) == 2
            register.add([an_entry(3)])
            assert len(register.read()) == 3

    def test_a_line_that_was_changed_is_noticed(self, register: Register) -> None:
        for number in range(3):
            register.add([an_entry(number, state="lost")])
        lines = register.path.read_text().splitlines(keepends=True)
        other = lines[2].replace("lost", "lust")
        number = lines[2].replace('"no":3', '"no":4')
        for forged in (
            [*lines[:2], other, lines[3]],
            [*lines[:2], number, lines[3]],
            [*lines[:2], lines[3]],
            [lines[0], lines[2], lines[1], lines[3]],
            [*lines[:2], "{}\n", lines[3]],
            [*lines[:2], "opdigtet\n", lines[3]],
            [*lines[:2], "[1]\n", lines[3]],
        ):
            register.path.write_text("".join(forged))
            with pytest.raises(RegisterError, match="changed"):
                register.read()

    def test_an_empty_one_is_cut_and_none_is_missing(self, register: Register) -> None:
        register.path.write_text("")
        with pytest.raises(RegisterError, match="cut"):
            register.read()
        with pytest.raises(RegisterError, match="cut"):
            register.add([an_entry()])
        register.path.unlink()
        with pytest.raises(RegisterError, match="missing"):
            register.read()
        with pytest.raises(ServerTrouble, match="register"):
            register.add([an_entry()])

    def test_one_that_is_shorter_or_another_than_what_is_known_is_not_written_to(self, register: Register) -> None:
        known = register.read()[-1].mark
        before = register.path.read_bytes()
        for mark, why in ((Mark(2, "x"), "cut"), (Mark(1, "x"), "changed")):
            with pytest.raises(RegisterError, match=why):
                register.add([an_entry()], mark)
        assert register.path.read_bytes() == before
        register.add([an_entry()], known)

    def test_what_does_not_reach_the_disk_is_not_in_it(
        self, register: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = register.path.read_bytes()

        def broken(_: int) -> None:
            raise OSError

        monkeypatch.setattr(os, "fsync", broken)
        with pytest.raises(ServerTrouble, match="register"):
            register.add([an_entry()])
        assert register.path.read_bytes() == before

    def test_it_waits_for_the_disk(self, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
        synced: list[int] = []
        monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
        register.add([an_entry()])
        assert synced == [register.path.stat().st_size]

    def test_several_processes_write_one_after_the_other(self, register: Register) -> None:
        program = (
            "import sys; from datetime import datetime, UTC; from pathlib import Path\n"
            "from fieldapp.server.register import Register, Entry\n"
            "register = Register(Path(sys.argv[1]))\n"
            "for n in range(50): register.add([Entry('code', f'{sys.argv[2]}-{n}', datetime.now(UTC))])\n"
        )
        running = [
            subprocess.Popen([sys.executable, "-c", program, str(register.path), str(number)]) for number in range(3)
        ]
        assert [process.wait(120) for process in running] == [0, 0, 0]
        assert len({line.entry.id for line in register.read()}) == 151


class TestWhatIsSaid:
    """Before the commit, by whoever commits."""

    def test_all_that_must_stay_so_is_in_it(self, world: World, freja: Device) -> None:
        citizen = freja.meet()
        contact = freja.note(citizen)
        freja.sync()
        said = len(world.register.read())
        share = world.share(citizen)
        world.office.end_assignment(share)
        code = world.office.make_code(freja.worker)
        key, enrolled = login.enrol(world.server, code, "Prøvetelefon")
        world.office.revoke(enrolled.device, lost=True)
        world.office.disable(freja.worker)
        world.office.erase_record(contact, world.leader, Ground.REQUEST)
        world.office.erase_citizen(citizen, world.leader, Ground.DECISION)
        entries = [line.entry for line in world.register.read()[said:]]
        assert [entry.what for entry in entries] == [
            *("assignment", "code", "device", "worker", "device", "membership", "assignment", "erased", "erased"),
        ]
        [own] = [one.id for one in world.office.assignments() if one.worker == freja.worker]
        with Session(world.engine) as session:
            membership = session.exec(select(Membership.id).where(Membership.worker == freja.worker)).one()
        assert [entry.id for entry in entries if entry.what != "code"] == [
            *(share, enrolled.device, freja.worker, freja.enrolled.device, membership, own, contact, citizen),
        ]
        assert (entries[2].told, entries[4].told) == ({"state": "lost"}, {"state": "retired"})
        assert key

    def test_nothing_that_anybody_wrote_is_in_it(self, world: World, freja: Device) -> None:
        citizen = freja.meet("Åse Opfundet")
        freja.aim(citizen, "Opdigtet: min egen dør")
        freja.sync()
        world.erase_citizen(citizen)
        text = world.register.path.read_text()
        assert citizen in text
        for word in ("Åse", "Opdigtet", "dør", "Opfundet", json.dumps("Åse")[1:-1]):
            assert word not in text

    def test_what_the_register_does_not_take_does_not_happen(
        self, world: World, freja: Device, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        citizen = freja.meet()
        freja.sync()
        world.register.path.chmod(0o600)
        before = everything(world.engine)

        def full(entries: Iterable[Entry], known: Mark) -> Any:
            raise ServerTrouble("register")

        monkeypatch.setattr(world.register, "add", full)
        with pytest.raises(ServerTrouble, match="register"):
            world.office.erase_citizen(citizen, world.leader, Ground.REQUEST)
        assert everything(world.engine) == before

    def test_what_the_database_refuses_is_not_in_it(self, world: World) -> None:
        lines = len(world.register.read())
        with pytest.raises(Exception, match="without a number"), database.writing(world.engine, world.register) as tx:
            registering.note(tx, "code", an_id(), world.now())
            tx.add(Record(id=an_id(), kind="goal", scope="all", at=NOW, fields={}, base={}, by={}, devices={}))
            tx.commit()
        assert len(world.register.read()) == lines

    def test_whoever_forgets_it_where_there_is_one_is_stopped(self, world: World, freja: Device) -> None:
        citizen = freja.meet()
        freja.sync()
        before = everything(world.engine)
        with pytest.raises(ServerTrouble, match="register"):
            Office(world.engine, world.now).erase_citizen(citizen, world.leader, Ground.REQUEST)
        assert everything(world.engine) == before

    def test_without_one_at_all_everything_still_works(self, office: Office) -> None:
        office.disable(office.add_worker("Freja Opfundet"))

    def test_a_cut_one_is_noticed_at_the_next_word(self, world: World, freja: Device) -> None:
        citizen = freja.meet()
        freja.sync()
        world.office.end_assignment(world.share(citizen))
        cut(world.register, 1)
        with pytest.raises(RegisterError, match="cut"):
            world.office.erase_citizen(citizen, world.leader, Ground.REQUEST)
        assert not world.records()[citizen].deleted

    def test_many_at_once_are_all_followed(self, world: World, freja: Device) -> None:
        citizens = [freja.meet(f"Opfundet {number}") for number in range(12)]
        freja.sync()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(world.erase_citizen, citizens))
        lines = world.register.read()
        assert {line.entry.id for line in lines if line.entry.what == "erased"} == set(citizens)
        with Session(world.engine) as session:
            assert session.get_one(RegisterMark, 1).chain == lines[-1].mark.chain


def cut(register: Register, lines: int) -> None:
    """The last ones are gone, as when an older copy of the file is put in its place."""
    register.path.write_bytes(b"".join(register.path.read_bytes().splitlines(keepends=True)[:-lines]))
