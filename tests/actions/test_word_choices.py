"""The team's own words: added, replaced, switched off, taken back; shared with the team and nobody else."""

from pathlib import Path

import pytest

from fieldapp.actions import contacts, word_choices
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from fieldapp.domain.words_to_avoid import OWN, find
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from fieldapp.store.database import Store
from fieldapp.store.vault import open_with_key
from tests.desks import FREJA, TEAM, Clock
from tests.fresh import KEY


def better(desk: Desk, text: str) -> list[str]:
    return [each.avoided.better for each in find(text, word_choices.read(desk))]


def test_without_choices_it_is_the_apps_list(desk: Desk) -> None:
    assert word_choices.read(desk) == OWN
    assert len(word_choices.listed(desk)) == len(OWN)


def test_a_team_adds_a_word_and_the_record_is_the_teams(desk: Desk) -> None:
    word_choices.choose(desk, "stamgæst*", "en, vi kender")
    assert better(desk, "En stamgæst kom.") == ["en, vi kender"]
    with desk.store.reading() as session:
        assert [(o.kind, o.scope) for o in outbox.waiting(session)] == [("word_choice", team_scope(TEAM))]


def test_a_suggestion_is_replaced_and_replaced_again_by_one_record(desk: Desk) -> None:
    word_choices.choose(desk, "genganger*", "en, der er her igen")
    word_choices.choose(desk, "Genganger*", "et kendt ansigt")
    assert better(desk, "gengangeren") == ["et kendt ansigt"]
    line = next(each for each in word_choices.listed(desk) if each.avoid == "genganger*")
    assert (line.better, line.ours, line.off) == ("et kendt ansigt", True, False)


def test_one_is_switched_off_and_on_again(desk: Desk) -> None:
    own = next(each for each in word_choices.listed(desk) if each.avoid == "rykker")
    saved = word_choices.choose(desk, own.avoid, own.better, off=True)
    assert better(desk, "Vi rykker videre.") == []
    contacts.undo(desk, saved)
    assert better(desk, "Vi rykker videre.") == ["rækker ud"]
    word_choices.choose(desk, own.avoid, own.better, off=True)
    word_choices.choose(desk, own.avoid, own.better)
    assert better(desk, "Vi rykker videre.") == ["rækker ud"]


@pytest.mark.parametrize("avoid", ["", "  ", "*"])
def test_nothing_is_no_word(desk: Desk, avoid: str) -> None:
    with pytest.raises(RecordError, match="missing"):
        word_choices.choose(desk, avoid, "noget")


def test_whoever_is_in_no_team_has_the_list_and_can_not_choose(tmp_path: Path) -> None:
    store = Store(open_with_key(tmp_path / "alone", KEY), FREJA)
    desk = Desk(store, FREJA, "Freja Sivmose", Clock())
    assert word_choices.read(desk) == OWN and not word_choices.can_choose(desk)
    with pytest.raises(RecordError, match="no_team"):
        word_choices.choose(desk, "stamgæst", "")
    store.close()
