"""What a list says of somebody may be read over a shoulder: nothing about health, substances or money."""

import re
from collections.abc import Iterator
from datetime import time, timedelta
from itertools import product

import pytest

from fieldapp.domain import dated
from fieldapp.domain.facts import Reason, Why
from fieldapp.domain.values import Dimension
from fieldapp.domain.values_life import HousingItem, Meeting
from fieldapp.texts import language, use_language
from fieldapp.views.reasons import sentence
from tests.examples import TODAY

PRIVATE = re.compile(
    r"rusmid|misbrug|alkohol|stof|psyk|helbred|sundhed|medicin|sygdom|diagnos|hospital|fængsel|behandl|"
    r"økonomi|gæld|indskud|lån|ydelse|restance|engangs|penge|kontanthjælp|betal|huslej|udsæt|klage|boform|herberg",
    re.IGNORECASE,
)
OWN = "Opfundne egne ord"
#: Every code a dated record may hold; a kind that holds none of them is asked with all.
CODES = [None, *Dimension, *HousingItem, *Meeting]


@pytest.fixture(autouse=True)
def danish() -> Iterator[None]:
    before = language()
    use_language("da")
    yield
    use_language(before)


@pytest.mark.parametrize("kind", dated.KINDS)
@pytest.mark.parametrize("code", CODES, ids=str)
@pytest.mark.parametrize("ahead", [-3, 0, 1, 5])
def test_what_waits_for_a_day_says_nothing_private(kind: str, code: str | None, ahead: int) -> None:
    on = TODAY + timedelta(days=ahead)
    said = sentence(Reason(Why.DATED, kind=kind, on=on, word=code, text=OWN), TODAY)
    assert not PRIVATE.search(said) and OWN not in said


@pytest.mark.parametrize(("why", "word"), [*product(Why, [*Dimension, "try_out"])])
def test_no_other_reason_says_it_either(why: Why, word: str) -> None:
    """Only the worker's own words of a step, a colleague's question and a place are said as they stand."""
    full = Reason(why, days=12, count=4, on=TODAY, at=time(10, 30), word=word, text="Kaffe", place="Kilden")
    assert not PRIVATE.search(sentence(full, TODAY))
