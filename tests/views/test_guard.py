"""What a handler raises becomes a sentence; nothing of a person ever does."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import flet as ft
import pytest

from fieldapp import errors
from fieldapp.texts import use_language
from fieldapp.views import guard
from fieldapp.views.guard import guarded, shielded
from fieldapp.views.sentences import sentence
from tests.fake_client import FakeClient

CPR = "010203-1234"


def all_of(error: type[errors.VedholdError]) -> Iterator[type[errors.VedholdError]]:
    yield error
    for each in error.__subclasses__():
        yield from all_of(each)


def made(error: type[errors.VedholdError]) -> errors.VedholdError:
    if issubclass(error, errors.TooManyTries):
        return error(90)
    if issubclass(error, errors.LeaseOver):
        return error(21)
    if issubclass(error, errors.RecordError):
        return error("missing")
    return error()


KINDS = sorted(
    {each for each in all_of(errors.VedholdError) if each.__module__ == errors.__name__}, key=lambda e: e.kind
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_error_has_a_whole_sentence_in_both_languages(kind: type[errors.VedholdError], language: str) -> None:
    use_language(language)
    words = sentence(made(kind))
    assert words[-1] in ".?" and words[0].isupper() and "{" not in words


def test_only_the_root_of_the_tree_falls_back_to_the_unknown_sentence() -> None:
    unknown = sentence(errors.VedholdError())
    assert "Fejlkode unknown" in unknown
    others = [kind for kind in KINDS if kind is not errors.VedholdError and "Fejlkode" in sentence(made(kind))]
    assert others == []


def test_the_wait_after_too_many_tries_is_said_in_the_unit_that_fits() -> None:
    assert "om 30 sekunder" in sentence(errors.TooManyTries(30))
    assert "om 1 minut." in sentence(errors.TooManyTries(60))
    assert "om 2 minutter" in sentence(errors.TooManyTries(61))


def test_an_older_copy_says_from_when_it_is_when_that_is_known() -> None:
    last = datetime(2020, 5, 14, 12, tzinfo=UTC)
    assert "lager, fra den 14. maj 2020." in sentence(errors.VaultOlder(last))
    assert "lager. Noget nyere" in sentence(errors.VaultOlder(None))


@pytest.mark.parametrize("why", ["wrong", "used", "expired"])
def test_a_refused_code_says_which_refusal_it_is(why: str) -> None:
    said = {sentence(errors.CodeRefused(each)) for each in ("wrong", "used", "expired")}
    assert len(said) == 3 and sentence(errors.CodeRefused(why)) in said


def a_page(raises: Exception) -> object:
    async def later() -> None:
        raise raises

    def now() -> None:
        raise raises

    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("nu", on_click=guarded(now)), ft.TextButton("siden", on_click=guarded(later)))

    return main


@pytest.mark.parametrize("button", ["nu", "siden"])
async def test_an_error_of_ours_is_said_in_its_own_words(button: str) -> None:
    async with FakeClient(a_page(errors.DiskFull())) as app:
        await app.tap(button)
        assert "Telefonen er fuld" in app.all_text()


@pytest.mark.parametrize("button", ["nu", "siden"])
async def test_an_unexpected_error_shows_and_logs_a_code_and_never_its_content(
    button: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = KeyError(CPR)
    with caplog.at_level(logging.DEBUG, logger="fieldapp"):
        async with FakeClient(a_page(error)) as app:
            await app.tap(button)
            assert f"Fejlkode {guard.code_of(error)}" in app.all_text()
            assert CPR not in app.all_text()
    assert guard.code_of(error) in caplog.text and "test_guard.py" in caplog.text
    assert CPR not in caplog.text


def test_a_code_names_the_place_and_is_the_same_each_time() -> None:
    def fails() -> guard.Call:
        raise ValueError(CPR)

    codes = set()
    for _turn in range(3):
        try:
            fails()
        except ValueError as error:
            codes.add(guard.code_of(error))
    assert len(codes) == 1 and len(codes.pop()) == 4


async def test_a_page_that_cannot_be_drawn_shows_a_sentence() -> None:
    @ft.component
    @shielded
    def Broken() -> ft.Control:
        raise errors.VaultDamaged

    async with FakeClient(lambda page: page.render(Broken)) as app:
        assert "gået i stykker" in app.all_text()


async def test_a_handler_may_take_the_event_or_nothing_and_defaults_are_not_the_event() -> None:
    seen: list[object] = []

    def with_event(event: ft.Event[ft.TextButton]) -> None:
        seen.append(event.name)

    def with_default(value: str = "mine") -> None:
        seen.append(value)

    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("a", on_click=guarded(with_event)), ft.TextButton("b", on_click=guarded(with_default)))

    async with FakeClient(main) as app:
        await app.tap("a")
        await app.tap("b")
    assert seen == ["click", "mine"]
