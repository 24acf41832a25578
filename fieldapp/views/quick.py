"""Flet looks for controls in what a control was given, not in all it could be given: half the time of opening a page.

Flet 1.0.5 walks each of the sixty to eighty fields of a new control; all but a handful hold nothing but their default,
and it knows which (`Prop` keeps only the others). Any other Flet is left as it is.
"""

import dataclasses
import weakref
from collections.abc import Iterator
from functools import cache
from typing import Any

import flet as ft
from flet.controls.object_patch import DiffBuilder, ObjectPatchException

FLET = "1.0.5"
_all_fields = DiffBuilder._configure_dataclass


def quicken() -> None:
    """From here on, for every session of this process."""
    if ft.__version__ == FLET:
        DiffBuilder._configure_dataclass = _configure  # type: ignore[method-assign]


def _configure(
    self: DiffBuilder, item: Any, parent: Any, frozen: bool, configure_setattr_only: bool = False
) -> Iterator[Any]:
    """As Flet's own, step by step, but for which fields it goes down into."""
    if isinstance(item, (list, dict)):
        for each in item.values() if isinstance(item, dict) else item:
            yield from self._configure_dataclass(each, parent, frozen)
        return
    kind: type[object] = type(item)
    names = _names(kind)  # type: ignore[arg-type]  # mypy reads the hash of its instances
    if names is None:
        if dataclasses.is_dataclass(item):
            yield from _all_fields(self, item, parent, frozen, configure_setattr_only)
        return
    if parent is None:
        held = getattr(item, "_parent", None)
        parent = held() if held else None
    if parent:
        if parent is item:
            raise ObjectPatchException(f"Parent is the same as item: {item}")
        item._parent = weakref.ref(parent)
    if hasattr(item, "_frozen"):
        frozen = item._frozen
    elif frozen:
        item._frozen = frozen
    if getattr(kind, "__flet_control_cls__", None) is None:
        kind.__flet_control_cls__ = self.control_cls  # type: ignore[attr-defined]
    is_control = self.control_cls and isinstance(item, self.control_cls)
    if is_control:
        if not configure_setattr_only:
            item.build()
            item._before_update_safe()
            object.__setattr__(item, "_initialized", True)
        yield item
    if not configure_setattr_only:
        given = item._values.keys() | item._structural_fields
        for name in sorted(given & names.keys(), key=names.__getitem__):
            inside = getattr(item, name)
            if _may_hold(type(inside)):  # type: ignore[arg-type]  # as above
                yield from self._configure_dataclass(inside, item if is_control else parent, frozen)
    if not frozen:
        item._dirty.clear()


@cache
def _names(kind: type) -> dict[str, int] | None:
    """What is walked of it, each with its place in Flet's order; None of what does not keep apart what was set."""
    if "_prop_defaults" not in vars(kind):
        return None
    walked = (each.name for each in dataclasses.fields(kind) if not each.metadata.get("skip", False))
    return {name: place for place, name in enumerate(walked)}


@cache
def _may_hold(kind: type) -> bool:
    return issubclass(kind, (list, dict)) or dataclasses.is_dataclass(kind)
