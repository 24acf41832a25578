"""What the figures were made on, so that nobody takes a computer for a phone."""

import importlib
import os
import platform
from pathlib import Path

import apsw
import cryptography


def described(folder: Path) -> str:
    """System, processors, file system, how busy it is, and the versions that matter."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {_file_system(folder)}, load {load()}"
    versions = f"Python {platform.python_version()}, SQLite {apsw.sqlite_lib_version()}"
    return f"{system}; {versions}, {_sqlcipher()}, cryptography {cryptography.__version__}. Not a phone."


def load() -> str:
    """How many processes wanted a processor in the last minute: more than there are, and the figures are theirs too."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _file_system(folder: Path) -> str:
    """On one in memory a sync costs nothing: then the commits say little."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "file system unknown"
    place = folder.resolve()
    rows = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    found = [(len(at), kind) for at, kind in rows if place.is_relative_to(at)]
    return max(found)[1]


def _sqlcipher() -> str:
    try:
        driver = importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        return "SQLCipher is left out: no driver here"
    connection = driver.connect(":memory:")
    version = connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()
    return f"SQLCipher {version} on SQLite {driver.sqlite_version}"
