"""How a device comes to its end: it wipes itself, the keys first, and the server that ordered it is told.

Whatever cuts it off, the next start goes on where it was.
"""

from collections.abc import Awaitable, Callable

from fieldapp.contact import Contact
from fieldapp.keys import Keys
from fieldapp.outside import Gone, Outside


class Leaving:
    """One at a time: the caller sees to that. `shut` closes what is open, `changed` tells the screens."""

    def __init__(
        self,
        outside: Outside,
        keys: Keys,
        contact: Contact,
        shut: Callable[[], Awaitable[None]],
        changed: Callable[[], None],
    ) -> None:
        self._outside = outside
        self._keys = keys
        self._contact = contact
        self._shut = shut
        self._changed = changed

    async def wipe(self, why: Gone | None) -> None:
        await self._outside.begin_wiping(why)
        await self._shut()
        await self.go_on()
        await self.tell()

    async def go_on(self) -> None:
        """Once begun, nothing is left but to tell a server that ordered it."""
        if self._outside.wiping:
            await self._keys.wipe()
            if not self._outside.must_confirm:
                await self._outside.end_wiping()
            self._changed()

    async def tell(self, *, last_chance: bool = False) -> None:
        """Without a network at another start, unless it is another device from here on."""
        if self._outside.must_confirm:
            told = self._outside.known is None or await self._contact.confirm_wiped()  # None: cut off after it was
            if told or last_chance:
                await self._outside.end_wiping()

    async def obey(self, *, is_open: bool) -> bool:
        """Whether all of it went: ordered by the server, or not heard for long by one that has everything of it."""
        why: Gone | None = self._contact.order
        if why is None and not is_open and self._contact.verdict == "erase":
            why = "lease"
        there = self._keys.has_vault or self._outside.enrolment is not None
        if not there or why is None or (why != "lost" and not self._keys.is_settled):
            return False
        await self.wipe(why)
        return True
