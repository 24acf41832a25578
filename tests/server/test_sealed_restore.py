"""A log that was put back from a backup goes on as one chain, and what went with the restore is no fault."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldapp.server import backup, proving, restore, sealing
from fieldapp.server.sealing import Sealer
from tests.sync.parts import Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def sealer(world: World) -> Sealer:
    return sealing.sealer(bytes(range(32)), world.register)


def a_minute(world: World, freja: Device, sealer: Sealer) -> None:
    freja.meet("Åse Opfundet")
    freja.sync()
    world.clock.advance(minutes=1)
    assert sealing.seal(world.engine, sealer, world.now())


def put_back(world: World, tmp_path: Path, freja: Device, sealer: Sealer) -> None:
    """As it was at a backup that was taken in the middle of a minute, with three more minutes after it."""
    a_minute(world, freja, sealer)
    freja.meet("Ida Opfundet")
    freja.sync()
    backup.back_up(world.engine, tmp_path / "copy", world.now)
    for _ in range(3):
        a_minute(world, freja, sealer)
    world.clock.advance(minutes=1)
    restore.restore(world.engine, tmp_path / "copy", world.register, world.now())


def test_what_was_sealed_after_the_backup_is_told_as_lost_and_not_as_cut_off(
    world: World, tmp_path: Path, freja: Device, sealer: Sealer
) -> None:
    put_back(world, tmp_path, freja, sealer)
    proof = proving.prove(world.engine, sealer)
    assert proof.faults == () and proof.restored and proof.end_known and proof.unsealed


def test_and_it_goes_on_from_there(world: World, tmp_path: Path, freja: Device, sealer: Sealer) -> None:
    put_back(world, tmp_path, freja, sealer)
    for _ in range(2):
        a_minute(world, freja, sealer)
    proof = proving.prove(world.engine, sealer)
    assert proof.faults == () and not proof.restored and proof.unsealed == 0


def test_a_cut_end_is_found_after_it_too(world: World, tmp_path: Path, freja: Device, sealer: Sealer) -> None:
    put_back(world, tmp_path, freja, sealer)
    for _ in range(2):
        a_minute(world, freja, sealer)
    with world.engine.begin() as tx:
        tx.execute(text("DELETE FROM audit WHERE no > (SELECT last FROM seal WHERE book = 'audit' AND no = 2)"))
        tx.execute(text("DELETE FROM seal WHERE book = 'audit' AND no > 2"))
    [fault] = proving.prove(world.engine, sealer).faults
    assert (fault.what, fault.at) == ("end_removed", world.now())


def test_what_was_changed_in_the_backups_own_minutes_is_found(
    world: World, tmp_path: Path, freja: Device, sealer: Sealer
) -> None:
    put_back(world, tmp_path, freja, sealer)
    with world.engine.begin() as tx:
        tx.execute(text("UPDATE audit SET worker = gen_random_uuid() WHERE no = 1"))
    a_minute(world, freja, sealer)
    [fault] = proving.prove(world.engine, sealer).faults
    assert fault.what == "row_changed" and world.now() - fault.at > timedelta(minutes=3)  # type: ignore[operator]
