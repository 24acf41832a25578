"""Routes: back leads one page up, and to the list one came from."""

import pytest

from fieldapp.views import paths


@pytest.mark.parametrize(("route", "parent"), [
    ("/", "/"),
    ("/citizens", "/"),
    ("/citizen/5", "/"),
    ("/citizens/5", "/citizens"),
    ("/citizen/5/note", "/citizen/5"),
    ("/citizen/5/note/met", "/citizen/5/note"),
    ("/citizen/5/say/wish", "/citizen/5"),
    ("/citizen/5/goals/7", "/citizen/5"),
    ("/citizen/5/goals/7/say/step", "/citizen/5/goals/7"),
    ("/citizen/5/dimension/housing", "/citizen/5"),
    ("/citizen/5/dimension/housing/say/progress", "/citizen/5/dimension/housing"),
    ("/citizen/5/dimension/housing/goals/new", "/citizen/5/dimension/housing"),
    ("/citizens/5/correct/9", "/citizens/5"),
    ("/citizen/5/home/task/finding-offer", "/citizen/5/home"),
    ("/citizen/5/home/period/new", "/citizen/5/home"),
    ("/citizen/5/home/talks/new", "/citizen/5/home/talks"),
    ("/citizen/5/network/consent/network", "/citizen/5/network"),
    ("/citizen/5/ending/move/consent/authority", "/citizen/5/ending/move"),
    ("/more/settings", "/more"),
    ("/sync?x=1", "/"),
])  # fmt: skip
def test_back_leads_to_the_nearest_page(route: str, parent: str) -> None:
    assert paths.parent(route) == parent


@pytest.mark.parametrize(("route", "home"), [
    ("/", "/"), ("/new", "/"), ("/citizen/5/note", "/"), ("/citizens/5", "/citizens"), ("/more/sync", "/more"),
])  # fmt: skip
def test_a_page_lies_under_the_list_it_was_opened_from(route: str, home: str) -> None:
    assert paths.home(route) == home


def test_a_citizen_is_opened_under_the_list_one_stands_in() -> None:
    assert paths.citizen("5") == "/citizen/5"
    assert paths.citizen("5", "note") == "/citizen/5/note"
    assert paths.citizen("5", "reach", under="/citizens/3/note") == "/citizens/5/reach"
    assert paths.inside("new", under="/citizens") == "/citizens/new"
    assert paths.inside("sync") == "/sync"
