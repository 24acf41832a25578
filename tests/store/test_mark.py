"""An older copy of a vault opens only knowingly: the mark kept outside it tells (store.md, amendment 2)."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import VaultOlder, WrongSecret
from fieldapp.store import sync_state
from fieldapp.store.database import Store
from fieldapp.store.mark import Mark
from fieldapp.store.vault import open_vault
from tests.examples import NOW
from tests.store import vaults
from tests.store.vaults import DEVICE, PIN, WORKER, add, erase_something, files, names, opened_names

marks = st.builds(
    Mark, st.sampled_from(["a" * 32, "b" * 32]), st.integers(0, 9), st.sampled_from([bytes(16), b"x" * 16])
)


@given(marks)
def test_a_mark_is_kept_as_bytes(mark: Mark):
    assert Mark.from_bytes(mark.to_bytes()) == mark


@pytest.mark.parametrize("kept", [None, b"", b"x", b"a b c", b"a 1 zz", b"\xff 1 00", b"a 1 00 2"])
def test_what_is_no_mark_is_none(kept: bytes | None):
    assert Mark.from_bytes(kept) is None


@given(marks, marks)
def test_only_the_same_history_or_a_later_one_is_not_before(mine: Mark, kept: Mark):
    later = mine.vault == kept.vault and (mine.seq > kept.seq or mine == kept)
    assert mine.before(kept) is not later


def test_a_vault_opens_by_its_own_mark_and_by_an_earlier_one(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    earlier = opened.mark
    add(opened, "Bo")
    mark = opened.mark
    opened.close()
    assert opened.mark == mark, "also when it is closed"
    for kept in (mark, earlier, None):
        again = open_vault(made, PIN, DEVICE, mark=kept)
        assert not again.older
        again.close()


@pytest.fixture
def older(made: Path) -> Mark:
    """The mark of a vault whose log was then replaced by an older one."""
    before = files(made)["vault-1.log"]
    opened = open_vault(made, PIN, DEVICE)
    add(opened, "Bo")
    opened.close()
    (made / "vault-1.log").write_bytes(before)
    return opened.mark


def test_an_older_copy_is_refused_and_left_as_it_is(made: Path, older: Mark):
    before = files(made)
    with pytest.raises(VaultOlder) as refused:
        open_vault(made, PIN, DEVICE, mark=older)
    assert refused.value.last_exchange is None
    assert files(made) == before


def test_an_older_copy_opens_knowingly_and_goes_on_with_a_mark_of_its_own(made: Path, older: Mark):
    opened = open_vault(made, PIN, DEVICE, mark=older, accept_older=True)
    assert opened.older
    assert names(opened) == ["Åse"]
    mark = opened.mark
    opened.close()
    again = open_vault(made, PIN, DEVICE, mark=mark)
    assert not again.older
    add(again, "Cilla")
    again.close()
    assert again.mark.seq == older.seq
    with pytest.raises(VaultOlder):
        open_vault(made, PIN, DEVICE, mark=older)  # another history of the same length


def test_it_says_when_the_copy_last_talked_with_the_server(folder: Path):
    vaults.make(folder)
    opened = open_vault(folder, PIN, DEVICE)
    with Store(opened, WORKER).transaction() as session:
        sync_state.get(session).last_exchange_at = NOW
    opened.close()
    ahead = opened.mark._replace(seq=opened.mark.seq + 1)
    with pytest.raises(VaultOlder) as refused:
        open_vault(folder, PIN, DEVICE, mark=ahead)
    assert refused.value.last_exchange == NOW


def test_a_whole_older_folder_and_another_vault_are_told_too(made: Path, tmp_path: Path):
    shutil.copytree(made, tmp_path / "copy")
    opened = open_vault(made, PIN, DEVICE)
    erase_something(opened)
    opened.close()
    assert opened.mark.seq > 1
    assert opened_names(made) == ["Åse"]
    open_vault(made, PIN, DEVICE, mark=opened.mark).close()
    with pytest.raises(VaultOlder):
        open_vault(tmp_path / "copy", PIN, DEVICE, mark=opened.mark)
    other = tmp_path / "other"
    vaults.make(other)
    with pytest.raises(VaultOlder):
        open_vault(other, PIN, DEVICE, mark=opened.mark)


def test_a_wrong_secret_is_told_before_anything_else(made: Path, older: Mark):
    """Nobody learns from a locked vault that it is an old one."""
    with pytest.raises(WrongSecret):
        open_vault(made, "000000", DEVICE, mark=older)
