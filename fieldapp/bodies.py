"""An exchange as it lies on the wire: requests and answers to and from gzipped lines.

Whatever is not as it should be is a ProtocolFault(`cut` | `too_large` | `malformed`), which quotes nothing of it.
"""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from fieldapp.domain.fields import is_id
from fieldapp.errors import ProtocolFault
from fieldapp.packing import Lines, Packer, inflate
from fieldapp.wire import (
    MAX_ANSWER,
    MAX_LINE,
    MAX_OPERATIONS,
    MAX_REQUEST,
    Ack,
    ExchangeAnswer,
    ExchangeRequest,
    Operation,
    Row,
)


def encode_request(request: ExchangeRequest) -> bytes:
    """The request as a gzipped NDJSON body."""
    packer = Packer()
    packer.add(request.model_dump_json(by_alias=True))
    for operation in request.operations:
        packer.add(operation.model_dump_json(by_alias=True, exclude_defaults=True))
    return packer.end()


def decode_request(body: bytes) -> ExchangeRequest:
    return read_request(inflate([body], MAX_REQUEST))


def read_request(text: Iterable[bytes]) -> ExchangeRequest:
    """From what was inflated."""
    lines = Lines(text, longest=MAX_LINE)
    each = iter(lines)
    head = next(each)
    operations: list[Operation] = []
    unreadable: list[str] = []
    for number, line in enumerate(each):
        if number == MAX_OPERATIONS:
            raise ProtocolFault("too_large")
        try:
            operations.append(Operation.model_validate(line))
        except ValidationError:
            unreadable.append(_named(line))
    try:
        return ExchangeRequest.model_validate(head | {"operations": operations, "unreadable": unreadable})
    except ValidationError:
        raise ProtocolFault("malformed") from None


def _named(line: dict[str, Any]) -> str:
    """The id of an operation that is none: it is refused by itself. One without an id takes the request with it."""
    if is_id(op := line.get("op")):
        return str(op)
    raise ProtocolFault("malformed") from None


def encode_answer(answer: ExchangeAnswer) -> bytes:
    packer = begin_answer(answer)
    for row in answer.rows:
        packer.add(as_line(row))
    return end_answer(packer, answer.more, answer.left)


def begin_answer(answer: ExchangeAnswer) -> Packer:
    """All but the rows, for a server that reads these one by one, and what it knows only after them."""
    packer = Packer()
    packer.add(answer.model_dump_json(exclude_defaults=True, exclude={"more", "left"}))
    for ack in answer.acks:
        packer.add(as_line(ack))
    return packer


def end_answer(packer: Packer, more: bool, left: int) -> bytes:
    return packer.end(**({"more": True, "left": left} if more else {}))


def as_line(line: Ack | Row) -> str:
    return line.model_dump_json(exclude_defaults=True)


def decode_answer(body: bytes) -> ExchangeAnswer:
    return read_answer(inflate([body], MAX_ANSWER))


def read_answer(text: Iterable[bytes]) -> ExchangeAnswer:
    lines = Lines(text)
    each = iter(lines)
    try:
        head, acks, rows = next(each), [], []
        for line in each:
            if "ack" in line:
                acks.append(Ack.model_validate(line))
            elif "row" in line:
                rows.append(Row.model_validate(line))
        said = {name: lines.last[name] for name in ("more", "left") if name in lines.last}
        return ExchangeAnswer.model_validate(head | said | {"acks": acks, "rows": rows})
    except ValidationError:
        raise ProtocolFault("malformed") from None
