"""Lines packed and unpacked in pieces are the lines, however they are cut, and never more than the limit of them."""

import gzip
import itertools
import json
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp import packing
from fieldapp.errors import ProtocolFault
from fieldapp.packing import Inflater, Lines, Packer, inflate

SAID = [{"head": 1}, {"text": "Så stille.\nÆøå 🌱"}, {"fields": {"phone": None}}]


def packed(said: list[dict[str, object]] = SAID, **more: object) -> bytes:
    packer = Packer()
    for line in said:
        packer.add(json.dumps(line, ensure_ascii=False))
    return packer.end(**more)


def cut_up(body: bytes, at: list[int]) -> list[bytes]:
    edges = sorted({0, len(body), *(place % (len(body) + 1) for place in at)})
    return [body[start:end] for start, end in itertools.pairwise(edges)]


def why(body: bytes, limit: int = 10_000) -> str | None:
    with pytest.raises(ProtocolFault) as fault:
        list(Lines(inflate([body], limit)))
    return fault.value.why


@settings(max_examples=100)
@given(st.lists(st.integers(0, 10_000), max_size=20))
def test_however_it_is_cut_on_the_way_the_lines_are_the_lines(at: list[int]) -> None:
    lines = Lines(inflate(cut_up(packed(more=True), at), 10_000))
    assert list(lines) == SAID
    assert lines.last == {"n": 2, "more": True}


@settings(max_examples=50)
@given(st.lists(st.integers(0, 10_000), max_size=20))
def test_the_text_may_be_cut_anywhere_too(at: list[int]) -> None:
    assert list(Lines(cut_up(gzip.decompress(packed()), at))) == SAID


def test_many_lines_are_pressed_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = packed(SAID * 50)
    monkeypatch.setattr(packing, "PIECE", 100)
    in_pieces = packed(SAID * 50)
    assert gzip.decompress(in_pieces) == gzip.decompress(whole)


def test_a_line_is_there_before_the_next_one_has_come() -> None:
    def text() -> object:
        yield b'{"head": 1}\n{"'
        yield b'next": 2}\n'
        raise AssertionError("asked for more than it needs")

    each = iter(Lines(text()))  # type: ignore[arg-type]
    assert next(each) == {"head": 1}


@pytest.mark.parametrize("count", [0, 1, 3, -1, "2", 2.0, True, None])
def test_lines_that_are_not_counted_right_are_cut(count: object) -> None:
    text = "\n".join(json.dumps(line) for line in (*SAID, {"n": count}))
    assert why(gzip.compress(text.encode())) == "cut"


def test_a_bomb_is_left_at_the_limit_and_costs_nothing() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    tracemalloc.start()
    inflater = Inflater(100_000)
    with pytest.raises(ProtocolFault) as fault:
        inflater.feed(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fault.value.why == "too_large"
    assert peak < 300_000


def test_the_limit_is_what_is_inflated_and_to_the_byte() -> None:
    body = packed()
    size = len(gzip.decompress(body))
    assert list(Lines(inflate([body], size))) == SAID
    assert why(body, size - 1) == "too_large"


def test_what_stands_behind_the_end_is_no_part_of_it() -> None:
    assert why(packed() + b"x") == "malformed"
    with pytest.raises(ProtocolFault):
        list(Lines(inflate([packed(), b"x"], 10_000)))
    assert why(packed()[:-4]) == "cut"
    assert why(zlib.compress(b"{}")) == "malformed"
