"""A worker's app may be killed at any moment (store.md 3)."""

import subprocess
import sys

import pytest


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_fifteen_kills_lose_nothing():
    ended = subprocess.run(
        [sys.executable, "-m", "tests.proof.kills", "15", "1"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "kills 15 lost 0" in ended.stdout
