"""Keeping what is typed: in memory at each key, in the encrypted store 0.3 s after the last one (architecture 13).

A form that was just written waits until 2 s have passed since then: a slow typist does not write once a letter, and
whatever ends the app, at most the last 2 s of typing are lost. Leaving a field, hiding and locking write at once.

A screen opens its form once and hands `changed` and `left` to its fields, `changed` to its chips:

    kept = ft.use_memo(lambda: screen.drafts.open(f"contact:{citizen}", ContactForm), [citizen])
    Field(kept.form, "own_words", _("The citizen's words"), changed=kept.changed, left=kept.left)
    kept.restored_at            when the text is from an earlier time: say so
    kept.done()                 after saving, or when the person deletes the draft
"""

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from fieldapp.actions import drafts
from fieldapp.actions.desk import Desk
from fieldapp.settings import DEFAULTS, Settings
from fieldapp.views.guard import attempt

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

F = TypeVar("F", bound="DataclassInstance")


class Handle(Protocol):
    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[], None]], Handle]


@dataclass
class Kept(Generic[F]):
    """A form whose text is kept. `form` is written to directly; `changed` is called after each change."""

    key: str
    form: F
    restored_at: datetime | None
    changed: Callable[[], None]
    left: Callable[[], None]
    done: Callable[[], None]


class Drafts:
    """The forms being filled in on one open desk. `later` and `now` are the loop's; tests pass their own."""

    def __init__(
        self,
        desk: Desk,
        later: Later,
        now: Callable[[], float],
        settings: Settings = DEFAULTS,
        unwritten: Mapping[str, "DataclassInstance"] | None = None,
    ) -> None:
        """`unwritten`: what the disk refused before the lock."""
        self._desk = desk
        self._later = later
        self._now = now
        self._settings = settings
        self._forms: dict[str, DataclassInstance] = dict(unwritten or {})
        #: key: when the first change since the last writing was made
        self._unwritten: dict[str, float] = dict.fromkeys(self._forms, now())
        #: key: when it was last written
        self._written: dict[str, float] = {}
        self._timers: dict[str, Handle] = {}
        self._writing = threading.Lock()
        self._tasks: set[asyncio.Task[bool]] = set()

    def open(self, key: str, form_type: type[F]) -> Kept[F]:
        """The form as it was left, or a new one."""
        form, restored_at = self._left(key, form_type)

        def changed() -> None:
            self._forms[key] = form
            self._changed(key)

        return Kept(key, form, restored_at, changed, lambda: self._field_left(key), lambda: self._done(key))

    def _left(self, key: str, form_type: type[F]) -> tuple[F, datetime | None]:
        form = self._forms.get(key)
        if key in self._unwritten and isinstance(form, form_type):  # newer than what is in the store
            return form, self._desk.now()
        draft = drafts.read(self._desk, key)
        return drafts.restored(form_type, draft.values if draft else {}), draft.saved_at if draft else None

    @property
    def unwritten(self) -> dict[str, "DataclassInstance"]:
        return {key: self._forms[key] for key in self._unwritten}

    def flush(self) -> None:
        """Write everything now, in this thread: before a lock, when hidden, at a change of route."""
        for key in list(self._unwritten):
            self._write(key)

    def _changed(self, key: str) -> None:
        now, longest = self._now(), self._settings.draft_at_latest
        at_latest = self._unwritten.setdefault(key, now) + longest
        again = self._written.get(key, -inf) + longest  # never after `at_latest`: what is unwritten came later
        if timer := self._timers.pop(key, None):
            timer.cancel()
        due = max(min(now + self._settings.draft_after, at_latest), again)
        self._timers[key] = self._later(max(0.0, due - now), lambda: self._write_soon(key))

    def _field_left(self, key: str) -> None:
        if key in self._unwritten:
            self._write_soon(key)

    def _write_soon(self, key: str) -> None:
        task = asyncio.ensure_future(attempt(lambda: asyncio.to_thread(self._write, key)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _write(self, key: str) -> None:
        # The form is read inside the lock, so that whoever writes last writes the newest text.
        with self._writing:
            if self._unwritten.pop(key, None) is None:
                return
            kept, self._written[key] = False, self._now()
            try:
                drafts.keep(self._desk, key, drafts.values_of(self._forms[key]))
                kept = True
            finally:
                if not kept:
                    self._written.pop(key)
                    self._unwritten.setdefault(key, self._now())  # tried again at the next key, route or lock

    def _done(self, key: str) -> None:
        with self._writing:  # a write under way must not bring it back
            self._unwritten.pop(key, None)
            self._forms.pop(key, None)
            self._written.pop(key, None)
            if timer := self._timers.pop(key, None):
                timer.cancel()
            drafts.discard(self._desk, key)
