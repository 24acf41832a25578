"""Taking a guard out of the store, for as long as a proof runs.

A fault is the store's own source with one thing in it swapped. Where that thing is not found the guard has moved, and
the fault must be planted anew.
"""

import contextlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple


class Swap(NamedTuple):
    """In a function, or a class's method by its name, `there` becomes `instead`."""

    where: Any
    there: str
    instead: str

    @contextlib.contextmanager
    def made(self) -> Iterator[None]:
        owner, name = (
            self.where if isinstance(self.where, tuple) else (sys.modules[self.where.__module__], self.where.__name__)
        )
        real = vars(owner)[name]
        function = inspect.unwrap(real)
        source = textwrap.dedent(inspect.getsource(function))
        if source.count(self.there) != 1:
            raise LookupError(f"{name} does not have it once: {self.there}")
        code = compile(source.replace(self.there, self.instead), f"<{name}, swapped>", "exec")
        found: dict[str, Any] = {}
        exec(code, function.__globals__, found)
        users = [(owner, name), *_who_imported(real)]
        for user, called in users:
            setattr(user, called, found[name])
        try:
            yield
        finally:
            for user, called in users:
                setattr(user, called, real)


def _who_imported(function: Any) -> list[tuple[Any, str]]:
    store = [module for name, module in sys.modules.items() if name.startswith("fieldapp.store.")]
    return [(module, called) for module in store for called, what in vars(module).items() if what is function]


class Fault:
    """Caught by this proof of PROOFS, soon with the seed number `first`."""

    def __init__(self, caught_by: str, *swaps: Swap, first: int = 0) -> None:
        self.caught_by, self.first, self._swaps = caught_by, first, swaps

    @contextlib.contextmanager
    def planted(self) -> Iterator[None]:
        """The store has it within this, and nowhere else."""
        with contextlib.ExitStack() as stack:
            for swap in self._swaps:
                stack.enter_context(swap.made())
            yield
