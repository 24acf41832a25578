"""A disk that fails under the app: what was acknowledged stays, and the rest is said."""

import errno
from collections.abc import Callable

import pytest

from fieldapp import errors
from fieldapp.actions import contacts, drafts
from fieldapp.actions.contacts import ContactForm
from fieldapp.server.administration import Office
from fieldapp.views import sync_words
from fieldapp.views.sentences import sentence
from tests.devices import (
    OWN_WORDS,
    SECRET,
    Device,
    note_something,
    opened,
    own_words_of,
    rested,
)
from tests.examples import NOW
from tests.proof.disks import FaultyDisk, FullDisk


def full(disk: FaultyDisk) -> None:
    disk.calls, disk.error = ("write",), errno.ENOSPC


def short(disk: FaultyDisk) -> None:
    """Some of it was written when there was no room for more."""
    disk.calls, disk.error, disk.written = ("write",), errno.ENOSPC, 1000


def unsynced(disk: FaultyDisk) -> None:
    disk.calls, disk.error = ("sync",), errno.EIO


def broken(disk: FaultyDisk) -> None:
    """Nor can it be cut off again."""
    disk.calls, disk.error, disk.written = ("write", "sync", "cut"), errno.EIO, 1000


class TestADiskThatFails:
    @pytest.mark.parametrize("fault", [full, short, unsynced, broken], ids=lambda fault: fault.__name__)
    async def test_the_text_is_still_there_and_saves_when_the_disk_is_well_again(
        self, device: Device, office: Office, worker: str, fault: Callable[[FaultyDisk], None]
    ) -> None:
        device.disk = disk = FaultyDisk()
        app = await opened(device, office, worker)
        await rested(app)
        assert app.desk is not None
        citizen = note_something(app, "Det første opfundne")
        drafts.keep(app.desk, f"contact:{citizen}", {"own_words": OWN_WORDS})
        fault(disk)
        disk.number, disk.lasting, disk.seen[:] = 0, True, []
        for _try in range(2):
            with pytest.raises(errors.NotSaved) as caught:
                contacts.note(app.desk, citizen, ContactForm(own_words=OWN_WORDS))
            assert "eksten står stadig her" in sentence(caught.value)
            assert isinstance(caught.value, errors.DiskFull) is (disk.error == errno.ENOSPC)
        disk.number = -1
        kept = drafts.read(app.desk, f"contact:{citizen}")
        assert kept is not None and kept.values["own_words"] == OWN_WORDS
        assert own_words_of(app, citizen) == ["Det første opfundne"], "what was refused is not half there"
        contacts.note(app.desk, citizen, ContactForm(own_words=OWN_WORDS))
        assert sorted(filter(None, own_words_of(app, citizen))) == ["Det første opfundne", OWN_WORDS]
        app.lock()
        await app.unlock(SECRET)
        assert len(own_words_of(app, citizen)) == 2

    async def test_locked_while_it_is_full_nothing_that_was_saved_is_lost(
        self, device: Device, office: Office, worker: str
    ) -> None:
        device.disk = disk = FullDisk()
        app = await opened(device, office, worker)
        await rested(app)
        citizen = note_something(app)
        disk.room = 0
        app.lock()
        await app.closed()
        await app.unlock(SECRET)
        assert own_words_of(app, citizen) == [OWN_WORDS]

    async def test_a_phone_that_fills_up_in_an_exchange_says_so_and_goes_on_when_there_is_room(
        self, device: Device, office: Office, worker: str
    ) -> None:
        device.disk = disk = FullDisk()
        app = await opened(device, office, worker)
        await rested(app)
        note_something(app)
        disk.room = 0
        await app.sync_now()
        told = app.sending
        assert (told.state, told.waiting, told.why) == ("waiting", 2, "disk_full")
        assert sync_words.line(told, NOW).startswith("Telefonen er fuld,")
        assert "når der er net" not in sync_words.whole_story(told, NOW)
        disk.room = 10**9
        await app.sync_now()
        assert (app.sending.state, app.sending.why) == ("there", None)
