"""Every call the store makes of its disk, failing in turn: what was refused is not there, and nothing else is lost."""

import errno
import random
from pathlib import Path

import pytest

from fieldapp.errors import NotSaved
from fieldapp.store.database import Store
from tests.proof import history
from tests.proof.disks import FaultyDisk

pytestmark = pytest.mark.proof
TRANSACTIONS = 8


def run(folder: Path, disk: FaultyDisk) -> int:
    """Write them all, trying again what was not saved; how often something was not."""
    store, number, refused = opened(folder, disk), 0, 0
    try:
        while number < TRANSACTIONS:
            try:
                if number == 4 and store.vault.generation == 1:
                    history.ask_for_compaction(store)
                    store.close()
                    store = opened(folder, disk)
                history.write(store, number + 1, random.Random(number))
                number += 1
            except NotSaved:
                refused += 1
                assert refused < 10
                assert history.fault(store, number) is None
                assert history.count(store) == number, "what was refused is not there"
    finally:
        store.close()
    return refused


def opened(folder: Path, disk: FaultyDisk) -> Store:
    """What opening shows is synced first; a disk that cannot is told, and tried again."""
    try:
        return history.opened(folder, disk)
    except NotSaved:
        return history.opened(folder, disk)


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> int:
    folder = tmp_path_factory.mktemp("faults")
    begun(folder)
    disk = FaultyDisk()
    assert run(folder, disk) == 0
    return len(disk.seen)


def begun(folder: Path) -> None:
    store = history.opened(folder)
    history.begin(store)
    store.close()


@pytest.mark.parametrize(
    ("error", "written", "step"), [(errno.EIO, 0, 1), (errno.ENOSPC, 0, 2), (errno.ENOSPC, 700, 2)]
)
def test_no_failing_call_loses_or_doubles_anything(tmp_path: Path, calls: int, error: int, written: int, step: int):
    assert calls > 20
    refused = 0
    for number in range(0, calls, step):
        folder = tmp_path / str(number)
        folder.mkdir()
        begun(folder)
        refused += run(folder, FaultyDisk(number=number, error=error, written=written))
        store = history.opened(folder)
        assert history.fault(store, TRANSACTIONS) is None
        assert history.count(store) == TRANSACTIONS
        store.close()
    assert refused >= TRANSACTIONS / step
