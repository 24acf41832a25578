"""The pages speak Danish, and English to whoever asks for it."""

from collections.abc import Callable

from tests.server.console.visitors import Visitor


def test_there_is_english(leader: Visitor) -> None:
    assert 'lang="da"' in leader.get("/").text
    english = leader.follow(leader.post("/language", {"language": "en", "at": "/people"}))
    assert 'lang="en"' in english.text and "Teams and workers" in english.text
    assert leader.post("/language", {"language": "xx", "at": "/"}).status_code == 303
    assert 'lang="en"' in leader.get("/people").text


def test_the_browsers_own_language_is_spoken(visitor: Callable[[], Visitor]) -> None:
    said = {wish: visitor().get("/sign-in", headers={"Accept-Language": wish}).text for wish in ("en-GB,da;q=.5", "de")}
    assert 'lang="en"' in said["en-GB,da;q=.5"] and 'lang="da"' in said["de"]
