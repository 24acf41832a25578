"""A small part of the fuzz in every run; thousands by `python -m tests.server.fuzz`."""

import httpx
import pytest
from sqlalchemy import Engine

from tests.server.fuzz import BOMBS, MUTATIONS, Body, Found, Fuzz, fuzzing, judge, run


@pytest.mark.parametrize("make", [Fuzz.by_grammar, Fuzz.by_bytes], ids=["grammar", "bytes"])
def test_nothing_that_is_almost_a_request_harms_the_server(engine: Engine, make: object) -> None:
    with fuzzing(engine, seed=20_261_125) as (fuzz, address):
        found = run(fuzz, address, 150, make)  # type: ignore[arg-type]
    assert found.bad == []
    assert found.number >= 150 and len(found.said) >= 3


@pytest.mark.parametrize("mutation", dict.fromkeys(MUTATIONS), ids=lambda mutation: mutation.__name__)
def test_every_mutation_is_answered_clearly(engine: Engine, mutation: object) -> None:
    def make(fuzz: Fuzz) -> Body:
        body = fuzz.valid()
        mutation(fuzz, body)  # type: ignore[operator]
        return body

    with fuzzing(engine, seed=1) as (fuzz, address):
        assert run(fuzz, address, 6, make).bad == []


def test_what_is_not_changed_is_accepted(engine: Engine) -> None:
    with fuzzing(engine, seed=2) as (fuzz, address):
        found = run(fuzz, address, 20, Fuzz.valid)
    assert set(found.said) == {"200"} and found.bad == []


@pytest.mark.parametrize("bomb", range(len(BOMBS)))
def test_a_bomb_is_too_large_and_nothing_else(engine: Engine, bomb: int) -> None:
    def make(fuzz: Fuzz) -> Body:
        body = fuzz.valid()
        body.packed = BOMBS[bomb]
        return body

    with fuzzing(engine, seed=3) as (fuzz, address):
        found = run(fuzz, address, 1, make)
    assert set(found.said) <= {"413 protocol_fault too_large", "400 protocol_fault malformed"} and found.bad == []


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (500, {"kind": "server_trouble", "why": None}),
        (503, {"kind": "server_trouble", "why": "database"}),
        (400, {"detail": "Opdigtet"}),
        (400, {"kind": "protocol_fault", "why": "Opdigtet Hemmelighed"}),
        (200, {}),
    ],
)
def test_the_judge_sees_what_is_bad(status: int, told: dict[str, object]) -> None:
    found = Found()
    judge(found, Body([], {}), httpx.Response(status, json=told))
    assert found.bad
