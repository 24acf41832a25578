"""A small part of the questions by schema in every run; thousands by `python -m tests.server.questions`."""

from sqlalchemy import Engine

from tests.server.questions import PATHS, ask_all


def test_every_small_question_is_answered_with_a_word_of_ours(engine: Engine) -> None:
    said, bad = ask_all(engine, 120)
    assert bad == []
    assert {words.split(" ")[0] for words in said} == set(PATHS)
    assert any(" 200 " in words for words in said) and any(" 400 " in words for words in said)
