"""A log of three commits, and what is read from it again."""

from pathlib import Path

import pytest

from fieldapp.store.log import Log, create
from fieldapp.store.log_format import PAGE
from tests.fresh import KEY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault-1.log"


def page(fill: int) -> bytes:
    return bytes([fill]) * PAGE


def content(log: Log) -> list[bytes]:
    return [log.read(number) for number in range(log.size)]


def three_commits(path: Path) -> tuple[list[list[bytes]], list[int]]:
    """A log of three commits after its first: what it held after each, and where each ends."""
    create(path, KEY)
    log = Log(path, KEY)
    held, ends = [content(log)], [path.stat().st_size]
    for fill, numbers in ((1, (0, 1, 2)), (2, (1,)), (3, (0, 3))):
        for number in numbers:
            log.write(number, page(fill))
        log.commit()
        held.append(content(log))
        ends.append(path.stat().st_size)
    log.close()
    return held, ends


def reopened(path: Path, key: bytes = KEY) -> list[bytes]:
    log = Log(path, key)
    try:
        return content(log)
    finally:
        log.close()
