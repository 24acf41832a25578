"""What a screen works with, and what changes around it. Flet's observables live here and nowhere else.

A screen is a component that draws one page; how to write one:

    @ft.component
    @shielded                                     # guard.py: a failed reading becomes a sentence
    def Reach() -> ft.Control:
        screen = use_screen()
        citizen = ft.use_route_params()["citizen"]
        out = use_reading(attempts.read, citizen)        # read again when something was saved or arrived
        ...
        return page([...], act_bar(..., back=screen.back, hide=screen.hide))

    def save() -> None:
        saved = attempts.save(screen.desk, citizen, "bell", "nobody_opened")
        screen.saved(_("Saved. ..."), undo=lambda: contacts.undo(screen.desk, saved))
        screen.back()

A short write may run right in the handler; anything long goes through `await asyncio.to_thread(...)`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

import flet as ft

from fieldapp.actions.desk import Desk
from fieldapp.actions.sending import Sending
from fieldapp.actions.settings import OwnSettings
from fieldapp.domain.invitation import Invitation
from fieldapp.texts import _
from fieldapp.views import notices, paths
from fieldapp.views.drafts import Drafts
from fieldapp.views.gate import Gate
from fieldapp.views.guard import Call, attempt, guarded

T = TypeVar("T")


@ft.observable
@dataclass
class Around:
    """What the frame is drawn from."""

    state: Literal["new", "enrolled", "locked", "open"] = "new"
    covered: bool = False
    """*Skjul nu* was pressed: a clock is shown until somebody taps it."""
    together: str = ""
    """The citizen whose own page is all there is until the worker's code: *Sammen*. Stands through a lock."""
    fetching: bool = False
    """The first citizens are on their way."""
    text_scale: float = 1.0
    wide: bool = False
    tall: bool = True
    language: str = "da"
    invited: Invitation | None = None
    """The leader's link opened the app, which is not in use yet."""


@ft.observable
@dataclass
class Rows:
    """`version` grows when something was saved here or arrived: whoever has read reads again."""

    version: int = 0


@ft.observable
@dataclass
class SendingNow:
    """On its own, so that the sync line can change without drawing anything else."""

    value: Sending


@dataclass(eq=False)
class Screen:
    """`go` and the others may be handed to parts as they are: `hide=screen.hide`."""

    gate: Gate
    page: ft.Page
    around: Around
    rows: Rows
    sending: SendingNow
    drafts: Drafts
    desk: Desk
    hide: Call
    """*Skjul nu*: the cover at once, the key dropped."""
    lock: Call
    """The key dropped, and the code asked for."""
    leave: Callable[[], None]
    """Call right before opening sms, phone or share: the key is then kept longer."""
    set_own: Callable[[OwnSettings], None]
    hand_over: Callable[[str], None]
    """*Vis sammen*: from here on there is only this citizen's own page."""
    take_back: Callable[[str], None]
    """The worker's code was right: to the page with this name inside the citizen's."""
    _just_saved: bool = field(default=False, init=False)
    _read: dict[object, Any] = field(default_factory=dict, init=False, repr=False)
    _read_at: tuple[int, datetime] | None = field(default=None, init=False)

    @property
    def here(self) -> str:
        return self.page.route or "/"

    def go(self, route: str) -> None:
        """What was said here would lie over the next page's acts; only what was saved just now goes along."""
        if not self._just_saved:
            notices.hide_all(self.page)
        self.drafts.flush()
        self.page.navigate(route)

    def back(self) -> None:
        self.go(paths.parent(self.here))

    def home(self) -> None:
        """The list this page was opened from."""
        self.go(paths.home(self.here))

    def citizen(self, of: str, then: str = "") -> None:
        """To a citizen's page, or straight to a page inside it: note, reach ..."""
        self.go(paths.citizen(of, then, under=self.here))

    def shows(self, page: str) -> bool:
        """Whether this page (a citizen's id, paths.LAW) stands beside the list: the row is then drawn as chosen."""
        return self.around.wide and page in self.here.split("/")

    def open(self, page: str) -> None:
        """To a page that belongs to no citizen: paths.NEW, paths.SYNC, paths.SETTINGS."""
        self.go(paths.inside(page, under=self.here))

    def read(self, read: Callable[..., T], *args: object) -> T:
        """`read(desk, *args)`, once for all pages that lie over each other: until something is written, or a minute has
        gone by."""
        found: tuple[T] | None = self.known(read, *args)
        if found is None:
            found = (read(self.desk, *args),)
            self._read[read, args] = found[0]
        return found[0]

    async def read_apart(self, read: Callable[..., T], *args: object) -> T:
        """As `read`, in a thread. What was written meanwhile may be missing in it: then nobody else is given it."""
        now = self._as_of()
        found = await asyncio.to_thread(read, self.desk, *args)
        if now == self._as_of() == self._read_at:
            self._read[read, args] = found
        return found

    def known(self, read: Callable[..., T], *args: object) -> tuple[T] | None:
        """What `read` found, while it still holds."""
        now = self._as_of()
        if self._read_at != now:
            self._read, self._read_at = {}, now
        return (self._read[read, args],) if (read, args) in self._read else None

    def _as_of(self) -> tuple[int, datetime]:
        return self.desk.written, self.desk.now().replace(second=0, microsecond=0)

    def changed(self) -> None:
        """Something was saved: every screen reads again, and it is sent when there is a connection."""
        self.rows.version += 1
        self.gate.wrote()

    def saved(self, words: str, undo: Call | None = None, change: Call | None = None) -> None:
        """`changed`, and the bar that says what was saved and what comes next, 8 s, with *Fortryd* and *Ret*."""
        if self.gate.desk is not self.desk:  # locked meanwhile: nothing of anybody on the cover
            return
        self.changed()
        if self.around.together:  # what was begun before the phone was handed over says nothing there
            return
        self._just_saved = True
        asyncio.get_running_loop().call_soon(lambda: setattr(self, "_just_saved", False))
        more = (_("Change"), guarded(change)) if change else None
        if undo is None:
            notices.show(words, ft.Icons.CHECK, more=more)
            return

        def undone() -> None:
            undo()
            self.changed()
            notices.show(_("Undone."), ft.Icons.UNDO, seconds=3)

        notices.show(words, ft.Icons.CHECK, _("Undo"), guarded(undone), more=more)


SCREEN: "ft.ContextProvider[Screen | None]" = ft.create_context(None)


def use_screen() -> Screen:
    """For components under the router: there the desk is open."""
    screen = ft.use_context(SCREEN)
    assert screen is not None, "a screen is drawn only while the desk is open"
    return screen


def use_reading(read: Callable[..., T], *args: object) -> T:
    """`read(desk, *args)`, kept until something was saved or arrived, or the arguments change."""
    screen = use_screen()
    rows, _set = ft.use_state(screen.rows)
    return ft.use_memo(lambda: screen.read(read, *args), [rows.version, *args])


def use_long_reading(read: Callable[..., T], *args: object) -> T | None:
    """As `use_reading`, in a thread, for what reads many citizens: None at first, then always the latest answer.

    What was read and still holds is there at once: whoever comes back to a list sees it in the first frame.
    """
    screen = use_screen()
    rows, _set = ft.use_state(screen.rows)
    found = ft.use_memo(lambda: screen.known(read, *args), [rows.version, *args])
    answer, set_answer = ft.use_state(found[0] if found else None)

    async def load() -> None:
        async def fetch() -> None:
            latest = await screen.read_apart(read, *args)
            set_answer(lambda _before: latest)

        if found is None and screen.gate.desk is screen.desk:  # else it was locked meanwhile
            await attempt(fetch)

    ft.use_effect(load, [rows.version, *args])
    return found[0] if found else answer
