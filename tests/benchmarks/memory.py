"""The most memory that a process with one store open ever held, and what it held before it opened it."""

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.stores import STORES, leave
from tests.benchmarks.work import add_contact, like, newest


def peak(name: str, folder: Path) -> tuple[int, int]:
    """In bytes: before, and in all, of a process of its own that reads and writes as in the rounds."""
    child = [sys.executable, "-m", "tests.benchmarks.memory", name, str(folder)]
    before, most = subprocess.run(child, check=True, capture_output=True, text=True).stdout.split()
    return int(before), int(most)


def _most() -> int:
    status = Path("/proc/self/status")
    if status.exists():  # rusage would count the process that this one was forked from
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _work(name: str, folder: Path) -> None:
    before = _most()
    store = STORES[name](folder)
    try:
        newest(store)
        like(store)
        for number in range(20):
            add_contact(store, number)
    finally:
        leave(store)
    print(before, _most())


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]))
