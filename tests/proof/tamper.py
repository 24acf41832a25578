"""What somebody with the files and without the secret can do to a vault: make it refuse, or bring back a whole older
state, which the mark outside it tells - never change what it says. `python -m tests.proof.tamper`.

A case passes when the app answers as it must: refuses, by the right error and with nothing changed, or, where bytes
were only put behind the last commit, shows exactly the newest state.
"""

import random
import sys
import tempfile
from pathlib import Path

from fieldapp.errors import TooManyTries, VaultError, WrongSecret
from fieldapp.store.vault import open_vault
from tests.proof import quick, scene
from tests.proof.scene import DEVICE, SECRET, Scene
from tests.proof.tamper_cases import Case, cases


def fault(of: Scene, case: Case, folder: Path) -> str | None:
    """What is wrong with the app's answer to a case."""
    scene.put(folder, case.files)
    answer = _app(of, case, folder)
    if answer != "as it must":
        return f"{case.name}: {answer}"
    left = scene.copied(folder)
    if case.wanted and any(left.get(name) != content for name, content in case.files.items() if name != "tries"):
        return f"{case.name}: refused, and changed"
    return None


def _app(of: Scene, case: Case, folder: Path) -> str:
    mark = of.mark if case.marked else None
    try:
        opened = open_vault(folder, SECRET, case.device, mark=mark, now=lambda: 1e9, disk=quick.DISK)
        try:
            found = scene.rows(opened)
        finally:
            opened.close(compact=False)
    except VaultError as error:
        return "as it must" if isinstance(error, case.wanted) else f"{type(error).__name__}"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is no answer
        return f"no answer, but {type(error).__name__}"
    if not case.wanted and found == of.rows:
        return "as it must"
    return "opened, as if nothing had been done" if found == of.rows else "opened, with something else in it"


def guesses(folder: Path) -> str | None:
    """Somebody with the phone in hand: the sixth wrong secret has to wait, though the app is killed at every other."""
    for number in range(6):
        try:
            if number % 2:
                with quick.killed_while_stretching():
                    open_vault(folder, "gæt", DEVICE, now=lambda: 1e9, disk=quick.DISK).close()
            open_vault(folder, f"gæt nummer {number}", DEVICE, now=lambda: 1e9, disk=quick.DISK).close()
        except TooManyTries:
            return None if number == 5 else f"guesses: {number} were free"
        except (WrongSecret, quick.Killed):
            pass
    return "guesses: nobody waits"


def main(share: int = 1) -> tuple[int, list[str]]:
    """How many cases there were, and what was wrong."""
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        of = scene.make(Path(place, "made"))
        every = list(cases(of, random.Random(1), share))
        folder = Path(place, "tampered")
        found = [wrong for case in every if (wrong := fault(of, case, folder))]
        scene.put(folder, of.files)
        if wrong := guesses(folder):
            found.append(wrong)
    return len(every) + 1, found


if __name__ == "__main__":
    count, wrongs = main()
    print(*wrongs, sep="\n", end="\n" if wrongs else "")
    print(f"tamper {count - len(wrongs)}/{count} refused")
    sys.exit(bool(wrongs))
