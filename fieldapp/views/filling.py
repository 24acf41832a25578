"""A form being filled in on a screen: chips write to it and draw again, fields write to it and do not; saved once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import flet as ft

from fieldapp.views.drafts import Kept
from fieldapp.views.state import use_screen

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

F = TypeVar("F", bound="DataclassInstance")
T = TypeVar("T")


@dataclass
class Filling(Generic[F]):
    kept: Kept[F]
    draw: Callable[[], None]
    _saved: Any

    @property
    def form(self) -> F:
        return self.kept.form

    @property
    def restored_at(self) -> datetime | None:
        return self.kept.restored_at

    def changed(self) -> None:
        """For fields: keep the draft, draw nothing."""
        self.kept.changed()

    def left(self) -> None:
        """For fields: whoever leaves one has it written now."""
        self.kept.left()

    def put(self, **values: object) -> None:
        """For chips: write, keep the draft, draw again."""
        for attr, value in values.items():
            setattr(self.kept.form, attr, value)
        self.kept.changed()
        self.draw()

    async def save(self, keep: Callable[[], T], then: Callable[[T], object]) -> None:
        """`keep` in a thread, once however often *Gem* is tapped; `then` with its answer. If it fails, all stays."""
        if self._saved.current:
            return
        self._saved.current = True
        try:
            answer = await asyncio.to_thread(keep)
        except BaseException:  # also when cancelled: the worker must be able to press Gem again
            self.again()
            raise
        self.kept.done()
        then(answer)

    def again(self) -> None:
        """It can be saved once more: it failed, or was undone on the same page."""
        self._saved.current = False


def use_form(key: str, form_type: type[F]) -> Filling[F]:
    """The form under this key as it was left, or a new one."""
    screen = use_screen()
    kept = ft.use_memo(lambda: screen.drafts.open(key, form_type), [key])
    _times, draw = ft.use_state(0)
    return Filling(kept, lambda: draw(lambda times: times + 1), ft.use_ref(False))
