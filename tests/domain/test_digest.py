"""Two ends that hold the same rows say the same, and nobody else does."""

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.digest import Digest, row_mark
from tests.examples import an_id

rows = st.dictionaries(st.uuids().map(str), st.integers(1, 2**53 - 1), max_size=12)


def digest(held: dict[str, int], order: list[str] | None = None) -> tuple[int, str]:
    found = Digest()
    for id in order or held:
        found.add(id, held[id])
    return found.told()


@given(rows, st.randoms())
def test_the_order_of_the_rows_is_nothing_to_it(held: dict[str, int], draw: object) -> None:
    order = list(held)
    draw.shuffle(order)  # type: ignore[attr-defined]
    assert digest(held, order) == digest(held)


@given(rows, rows)
def test_equal_digests_are_equal_rows(one: dict[str, int], other: dict[str, int]) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_a_row_counts_by_its_id_and_its_number() -> None:
    id = an_id()
    assert len({row_mark(id, 1), row_mark(id, 2), row_mark(an_id(), 1)}) == 3
    assert digest({}) == (0, "0" * 16)


def test_it_is_what_devices_out_there_say() -> None:
    assert Digest(1, row_mark("01990000-0000-7000-8000-000000000001", 2**40 + 7)).told() == (1, "37ae9da3c3715f04")
