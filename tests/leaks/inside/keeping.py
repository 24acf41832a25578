"""Whatever a process would log goes into a file of its own in the folder of the run, wherever else it goes."""

import logging
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

#: The variable of the environment that names the folder.
FOLDER = "VEDHOLD_TEST_LOGS"
_PLAIN = frozenset(vars(logging.makeLogRecord({})))


def keep(text: str) -> None:
    """Also in a process that was forked off: the file is of the process that writes."""
    folder = os.environ.get(FOLDER)
    if folder and os.path.isdir(folder):  # noqa: PTH112 - it is the run that is over, not the process
        with open(os.path.join(folder, str(os.getpid())), "a", encoding="utf-8", errors="replace") as file:  # noqa: PTH118, PTH123
            file.write(text + "\n")


def keep_file(path: Path) -> None:
    """Such as the log of a database."""
    keep(path.read_text(errors="replace"))


def begin() -> None:
    if hasattr(logging.Logger.handle, "kept"):
        return
    handle = logging.Logger.handle

    def kept(self: logging.Logger, record: logging.LogRecord) -> None:
        keep(as_text(record))
        handle(self, record)

    kept.kept = True  # type: ignore[attr-defined]
    logging.Logger.handle = kept  # type: ignore[method-assign]
    _follow(sys, "excepthook", lambda kind, error, trace: error)
    _follow(threading, "excepthook", lambda told: told.exc_value)
    _follow(sys, "unraisablehook", lambda told: told.exc_value)


def as_text(record: logging.LogRecord) -> str:
    """The message, what was given along, and the exception, on one line each."""
    told = [f"{record.name}: {record.getMessage()}"]
    told += [f"{record.name}: {name}={value!r}" for name, value in vars(record).items() if name not in _PLAIN]
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    return "\n".join([*told, *said(error)])


def said(error: BaseException | None) -> list[str]:
    """What it says, and those it came from. Not its lines of code: a test's own say names."""
    lines: list[str] = []
    while error is not None:
        lines += traceback.format_exception_only(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def _follow(place: Any, name: str, error_of: Any) -> None:
    before = getattr(place, name)

    def hook(*told: Any) -> None:
        keep("\n".join(said(error_of(*told))))
        before(*told)

    setattr(place, name, hook)
