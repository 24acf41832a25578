"""What travels arrives whole, or not at all."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp import bodies, wire
from fieldapp.domain.fields import Kind, Type
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import ProtocolFault
from tests import examples as eg


def a_request(operations: int = 3) -> wire.ExchangeRequest:
    return wire.ExchangeRequest(
        rid=eg.an_id(),
        epoch="e1",
        since=7,
        view="a" * 16,
        behind={"citizen:x": 0},
        now=eg.NOW,
        older=wire.Older(id=eg.an_id(), commits=3),
        operations=[eg.an_operation(fields={"own_words": "Så stille. Æøå"}) for _ in range(operations)],
    )


def an_answer() -> wire.ExchangeAnswer:
    row = wire.Row(row="contact", id=eg.an_id(), scope="all", seq=9, fields={"own_words": "Ja"}, at=eg.NOW, offset=60)
    gone = wire.Row(row="contact", id=eg.an_id(), scope="all", seq=10, deleted=True)
    acks = [wire.Ack(ack=eg.an_id(), result="ok", seq=8), wire.Ack(ack=eg.an_id(), result="refused", why="missing")]
    return wire.ExchangeAnswer(rid=eg.an_id(), epoch="e1", now=eg.NOW, upto=10, acks=acks, rows=[row, gone], more=True)


def fault(body: bytes, read: object = bodies.decode_request) -> str | None:
    with pytest.raises(ProtocolFault) as caught:
        read(body)  # type: ignore[operator]
    return caught.value.why


def test_a_request_and_an_answer_come_back_as_they_were() -> None:
    request, answer = a_request(), an_answer()
    assert bodies.decode_request(bodies.encode_request(request)) == request
    assert bodies.decode_answer(bodies.encode_answer(answer)) == answer


@settings(max_examples=60)
@given(st.data())
def test_a_body_cut_at_any_line_is_refused_whole(data: st.DataObject) -> None:
    lines = gzip.decompress(bodies.encode_request(a_request())).splitlines(keepends=True)
    kept = data.draw(st.integers(0, len(lines) - 1))
    assert fault(gzip.compress(b"".join(lines[:kept]))) == "cut"


def test_a_body_cut_at_any_byte_is_refused_whole() -> None:
    body = bodies.encode_answer(an_answer())
    for length in range(len(body)):
        assert fault(body[:length], bodies.decode_answer) in {"cut", "malformed"}


def test_a_small_body_cannot_hold_a_very_large_one() -> None:
    bomb = gzip.compress(b"0" * (wire.MAX_REQUEST * 40))
    assert len(bomb) < wire.MAX_REQUEST / 10
    assert fault(bomb) == "too_large"


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.ready], ids=lambda kind: kind.name)
def test_the_longest_operation_of_every_kind_fits_into_a_line(kind: Kind) -> None:
    fields = {field.name: "🌱" * (field.limit if field.type is Type.TEXT else 60) for field in kind.fields}
    base = dict.fromkeys(fields, 2**53 - 1)
    request = a_request(0).model_copy(update={"operations": [eg.an_operation("change", fields=fields, base=base)]})
    assert bodies.decode_request(bodies.encode_request(request)) == request


def test_so_does_the_head_of_a_device_that_is_behind_in_a_thousand_scopes() -> None:
    behind = {f"citizen:{eg.an_id()}": 2**53 - 1 for _ in range(1_000)}
    request = a_request().model_copy(update={"behind": behind})
    assert bodies.decode_request(bodies.encode_request(request)) == request


def test_a_line_that_no_operation_needs_is_too_large() -> None:
    assert fault(packed(HEAD | {"mood": "x" * wire.MAX_LINE}, {"n": 0})) == "too_large"


def test_more_operations_than_allowed_are_refused() -> None:
    assert fault(bodies.encode_request(a_request(wire.MAX_OPERATIONS + 1))) == "too_large"


def packed(*lines: object) -> bytes:
    return gzip.compress("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines).encode(), mtime=0)


HEAD = {"rid": eg.an_id(), "now": "2026-11-25T09:00:00Z"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not gzip",
        packed("[" * 100_000),
        packed([], {"n": 0}),
        packed({"n": 0}, {"n": 0}),
        packed(HEAD | {"since": -1}, {"n": 0}),
        packed(HEAD | {"since": 10**400}, {"n": 0}),
        packed(HEAD | {"now": "2026-11-25T09:00:00"}, {"n": 0}),
        packed(HEAD, {"op": "1"}, {"n": 1}),
        packed(HEAD, eg.an_operation().model_dump(mode="json") | {"op": "x" * 36}, {"n": 1}),
        packed(HEAD, {"n": True}),
        packed(HEAD, {"n": 0.0}),
        packed(HEAD, {"n": 0}) + b"and more",
        packed(HEAD, {"n": 0}) * 2,
        packed('{"rid": "\\ud800' + "x" * 35 + '", "now": "2026-11-25T09:00:00Z"}', {"n": 0}),
        packed('{"since": ' + "9" * 5_000 + "}", {"n": 0}),
    ],
)
def test_what_is_not_a_request_is_refused_without_a_word_of_it(body: bytes) -> None:
    with pytest.raises(ProtocolFault) as caught:
        bodies.decode_request(body)
    assert caught.value.why in {"malformed", "cut", "too_large"}
    assert caught.value.__cause__ is None


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_noise_is_never_more_than_a_protocol_fault(noise: bytes) -> None:
    for body in (noise, gzip.compress(noise)):
        for read in (bodies.decode_request, bodies.decode_answer):
            with pytest.raises(ProtocolFault):
                read(body)


@pytest.mark.parametrize(
    "wrong", [{"id": "x" * 36}, {"do": "erase"}, {"at": "yesterday"}, {"fields": [1]}, {"fields": {"\ud800": 1}}]
)
def test_a_line_that_is_no_operation_is_named_and_takes_no_other_with_it(wrong: dict[str, object]) -> None:
    good, bad = eg.an_operation(), eg.an_operation()
    body = packed(HEAD, bad.model_dump(mode="json") | wrong, good.model_dump(mode="json"), {"n": 2})
    request = bodies.decode_request(body)
    assert (request.operations, request.unreadable) == ([good], [bad.op])


def test_what_is_still_to_come_is_told_in_the_last_line() -> None:
    answer = an_answer().model_copy(update={"left": 7})
    lines = gzip.decompress(bodies.encode_answer(answer)).splitlines()
    assert "more" not in json.loads(lines[0])
    assert json.loads(lines[-1]) == {"n": 4, "more": True, "left": 7}
    assert bodies.decode_answer(bodies.encode_answer(answer)) == answer


def test_an_operation_says_only_what_is_not_as_usual() -> None:
    birth = eg.an_operation(fields={"known_as": "Åse", "phone": None}).model_copy(update={"schema_": 3})
    line = gzip.decompress(bodies.encode_request(a_request(0).model_copy(update={"operations": [birth]}))).splitlines()
    assert json.loads(line[1]) == {**birth.model_dump(mode="json", exclude={"schema_", "base"}), "schema": 3}


def test_a_newer_end_may_say_more() -> None:
    body = packed(HEAD | {"mood": "calm"}, eg.an_operation().model_dump(mode="json") | {"colour": "green"}, {"n": 1})
    assert len(bodies.decode_request(body).operations) == 1


def test_the_view_hash_does_not_depend_on_order() -> None:
    assert wire.view_hash(["all", "citizen:1"]) == wire.view_hash(["citizen:1", "all"])
    assert wire.view_hash(["all"]) != wire.view_hash(["all", "citizen:1"])
    assert len(wire.view_hash([])) == 16


def test_one_changed_record_is_a_small_request() -> None:
    """sync.md 6: (c) at most 1.2 KB for a changed record, both ways."""
    request = wire.ExchangeRequest(rid=eg.an_id(), now=datetime.now(UTC), operations=[eg.an_operation()])
    assert len(bodies.encode_request(request)) < 600
