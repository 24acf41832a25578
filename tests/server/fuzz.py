"""Requests that are almost right, and bytes that are not: `python -m tests.server.fuzz --number 20000 --seed 1`.

Against the real server on a real port. A request is written by the grammar of an exchange and then changed in one
place; or its bytes are changed, before or after packing. Nothing may be answered with a 5xx, hang, or stay in memory;
an error says its kind and quotes nothing.
"""

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine

from fieldapp import bodies, wire
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.fields import CODE
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import ProtocolFault
from fieldapp.server import database, embedded
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from tests.examples import an_id
from tests.server.http import UNPACED, listening
from tests.server.people import Clock, Phone, a_birth, a_change, a_known_phone, a_void, an_add
from tests.server.weird import QUOTED, WEIRD

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}
GOAL = {"dimension": "housing", "title": "Opdigtet"}
#: Seconds; a request that takes longer hangs.
LONGEST = 20.0


@dataclass
class Body:
    """What is sent. `text` is packed at the end, unless `packed` says otherwise."""

    lines: list[Any]
    headers: dict[str, str]
    text: bytes | None = None
    packed: bytes | None = None

    def bytes(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return gzip.compress(self.text if self.text is not None else written(self.lines), compresslevel=1, mtime=0)


def written(lines: list[Any]) -> bytes:
    return "\n".join([*(json.dumps(line) for line in lines), ""]).encode()


class Fuzz:
    def __init__(self, phone: Phone, citizen: str, goal: str, seed: int) -> None:
        self.draw = random.Random(seed)
        self.phone = phone
        self.citizen, self.goal = citizen, goal
        self.upto = phone.since

    # ---- what is right

    def valid(self) -> Body:
        operations = [self.operation() for _ in range(self.draw.choice((0, 1, 1, 2, 5)))]
        request = self.phone.request(
            *operations,
            since=self.draw.choice((self.upto, self.upto, self.upto - 3, 0)),
            rows=self.draw.randint(1, 5),
            behind=self.draw.choice(({}, {citizen_scope(self.citizen): 0})),
        )
        lines = [json.loads(line) for line in gzip.decompress(bodies.encode_request(request)).splitlines()]
        return Body(lines, {"Authorization": f"Bearer {self.phone.token}", "Content-Encoding": "gzip"})

    def operation(self) -> wire.Operation:
        citizen, words = self.citizen, f"{QUOTED} {self.draw.random()}"
        made: tuple[Callable[[], wire.Operation], ...] = (
            lambda: an_add("contact", citizen, MET | {"own_words": words}),
            lambda: an_add("step", citizen, {"goal": self.goal, "text": words}),
            lambda: a_change(citizen, citizen, {"full_name": words}, {"full_name": self.draw.randrange(9)}),
            lambda: a_change(self.goal, citizen, {"title": words}, kind="goal"),
            lambda: a_void(an_id(), citizen),
            lambda: an_add("contact", an_id(), MET),
            lambda: an_add(self.draw.choice(sorted(KINDS)), citizen, GOAL | MET),
        )
        return self.draw.choice(made)()

    # ---- and what is wrong with it

    def by_grammar(self) -> Body:
        body = self.valid()
        self.draw.choice(MUTATIONS)(self, body)
        return body

    def by_bytes(self) -> Body:
        body = self.valid()
        if self.draw.random() < 0.5:
            body.text = self.noise(written(body.lines))
        else:
            body.packed = self.noise(body.bytes())
        return body

    def noise(self, text: bytes) -> bytes:
        changed = bytearray(text)
        for _ in range(self.draw.choice((1, 1, 2, 8, 64))):
            at, length = self.draw.randrange(len(changed) + 1), self.draw.choice((1, 1, 2, 7, 100))
            here = changed[at : at + length]
            there: tuple[bytes, ...] = (
                b"",
                self.draw.randbytes(length),
                bytes(here * 3),
                bytes(here[::-1]),
                bytes(byte ^ (1 << self.draw.randrange(8)) for byte in here),
                self.draw.choice((b"\x00", b"\xff\xfe", b'"', b"{", b"]" * 9, b"\\ud800", b"\n", b"1e999", b"-")),
            )
            changed[at : at + length] = self.draw.choice(there)
        return bytes(changed)

    def head(self, body: Body) -> None:
        body.lines[0][self.draw.choice([*sorted(wire.ExchangeRequest.model_fields), "schema"])] = self.weird()

    def left_out(self, body: Body) -> None:
        line = self.draw.choice(body.lines)
        if line:
            del line[self.draw.choice(sorted(line))]

    def line(self, body: Body) -> None:
        line = self.draw.choice(body.lines)
        line[self.draw.choice([*sorted(line), "fields", "base", "at", "schema", "op", "unheard_of"])] = self.weird()

    def value(self, body: Body) -> None:
        """Of a field: the most of what travels."""
        operations = [line for line in body.lines if line.get("fields")]
        for line in operations[:1]:
            line["fields"][self.draw.choice([*sorted(line["fields"]), "unheard_of", "\x00", "corrects"])] = self.weird()

    def base(self, body: Body) -> None:
        for line in body.lines[1:-1]:
            line["base"] = {self.draw.choice(["title", "full_name", "\x00", "\ud800"]): self.weird()}

    def behind(self, body: Body) -> None:
        body.lines[0]["behind"] = {self.draw.choice([citizen_scope(self.citizen), "\x00", "all"]): self.weird()}

    def count(self, body: Body) -> None:
        wrong = self.draw.choice((-1, 99, "0", None, 1.0, True, [], 10**30, self.weird()))
        body.lines[-1] = self.draw.choice(
            ({}, {"n": wrong}, {"n": len(body.lines) - 2, "m": 1}, {"N": 0}, body.lines[0])
        )

    def order(self, body: Body) -> None:
        self.draw.shuffle(body.lines)

    def no_line(self, body: Body) -> None:
        body.lines[self.draw.randrange(len(body.lines))] = self.weird()

    def cut(self, body: Body) -> None:
        text = written(body.lines)
        body.text = text[: self.draw.randrange(len(text))]

    def cut_packed(self, body: Body) -> None:
        packed = body.bytes()
        body.packed = packed[: self.draw.randrange(len(packed))]

    def doubled_key(self, body: Body) -> None:
        text = written(body.lines)
        body.text = text.replace(b'"rid":', b'"rid": "x", "rid":', 1).replace(b'{"op":', b'{"op": 1, "op":')

    def many(self, body: Body) -> None:
        line = {"op": an_id(), "do": "void", "kind": "x", "id": an_id(), "scope": "all", "at": "2026-11-25T09:00:00Z"}
        body.lines[1:] = [line] * self.draw.choice((499, 500, 501, 2_000)) + [{"n": 500}]

    def giant(self, body: Body) -> None:
        size = self.draw.choice((100_000, 990_000, 1_000_001, 5_000_000))
        filler = self.draw.choice((b"x", b" ", b"\\u0000", b"[", b'{"a":', b"9", b"\n", b"[],"))
        body.text = b'{"rid": "' + filler * (size // len(filler)) + b'"}\n{"n": 0}\n'
        if self.draw.random() < 0.5:
            body.text = filler * (size // len(filler))

    def bomb(self, body: Body) -> None:
        body.packed = BOMBS[self.draw.randrange(len(BOMBS))]

    def deep(self, body: Body) -> None:
        depth = self.draw.choice((500, 990, 5_000, 300_000))
        open, close = self.draw.choice((("[", "]"), ('{"a":', "}")))
        nest = open * depth + (close * depth if self.draw.random() < 0.5 else "")
        body.text = written(body.lines[:1]) + f'{{"op": "{an_id()}", "fields": {{"x": {nest}}}}}\n{{"n": 1}}\n'.encode()

    def number(self, body: Body) -> None:
        huge = self.draw.choice(("9" * 5_000, "1e999", "-1e999", "NaN", "Infinity", "0" * 99, "1" + "0" * 4_299))
        name = self.draw.choice(("since", "rows", "v", "now", "upto"))
        body.text = written([body.lines[0] | {name: "HERE"}, *body.lines[1:]]).replace(b'"HERE"', huge.encode())

    def letters(self, body: Body) -> None:
        text = written(body.lines)
        wrong = self.draw.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x00", b"\\ud800", b"\\u0000"))
        at = self.draw.choice((0, text.find(b'"', 1), self.draw.randrange(len(text))))
        body.text = text[:at] + wrong + text[at:]

    def lie(self, body: Body) -> None:
        """About how it is packed."""
        said = self.draw.choice(("identity", "br", "deflate", "gzip, gzip", "", "x" * 5_000))
        body.headers["Content-Encoding"] = said
        body.packed = self.draw.choice((body.bytes(), written(body.lines), b"", gzip.compress(body.bytes())))

    def members(self, body: Body) -> None:
        packed = body.bytes()
        body.packed = self.draw.choice(
            (packed * 2, packed + b"\x00" * 9, gzip.compress(b"") + packed, packed + BOMBS[0])
        )

    def who(self, body: Body) -> None:
        said = ("", "Bearer", "Bearer x", "Basic eDp4", "bearer \xff\xfe", "Bearer " + "x" * 9_000)
        body.headers["Authorization"] = self.draw.choice(said)

    def kind(self, body: Body) -> None:
        body.headers["Content-Type"] = self.draw.choice(("text/html", "application/json", "", "multipart/form-data"))

    def weird(self) -> Any:
        return self.draw.choice(WEIRD)


MUTATIONS: tuple[Callable[[Fuzz, Body], None], ...] = (
    Fuzz.head,
    Fuzz.head,
    Fuzz.left_out,
    Fuzz.line,
    Fuzz.line,
    Fuzz.value,
    Fuzz.value,
    Fuzz.value,
    Fuzz.base,
    Fuzz.behind,
    Fuzz.count,
    Fuzz.order,
    Fuzz.no_line,
    Fuzz.cut,
    Fuzz.cut_packed,
    Fuzz.doubled_key,
    Fuzz.many,
    Fuzz.giant,
    Fuzz.bomb,
    Fuzz.deep,
    Fuzz.number,
    Fuzz.letters,
    Fuzz.lie,
    Fuzz.members,
    Fuzz.who,
    Fuzz.kind,
)
BOMBS = (
    gzip.compress(b"0" * 50_000_000, mtime=0),
    gzip.compress(b"[" * 20_000_000, mtime=0),
    gzip.compress(gzip.compress(b"\x00" * 50_000_000, mtime=0), mtime=0),
    gzip.compress(b"\n" * 30_000_000, mtime=0),
)


@dataclass
class Found:
    """`rewound` is the one 5xx that a question may earn: of a device that has seen what this server has not given."""

    number: int = 0
    bad: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)


def judge(found: Found, body: Body, answer: httpx.Response) -> None:
    found.number += 1
    if answer.status_code == 200:
        try:
            bodies.read_answer([gzip.decompress(answer.content)] if answer.content[:1] == b"\x1f" else [answer.content])
            found.said["200"] += 1
        except ProtocolFault as fault:
            found.bad.append(f"an answer that is none: {fault}")
        return
    try:
        told = answer.json()
        kind, why = told["kind"], told["why"]
    except (ValueError, KeyError, TypeError):
        found.bad.append(f"{answer.status_code} without a word of ours")
        return
    found.said[f"{answer.status_code} {kind} {why}"] += 1
    if answer.status_code >= 500 and why != "rewound":
        found.bad.append(f"{answer.status_code} {kind} {why}")
    if QUOTED in answer.text or not (CODE.fullmatch(kind) and (why is None or CODE.fullmatch(why))):
        found.bad.append(f"{answer.status_code} quotes what it was told")


def run(fuzz: Fuzz, address: str, number: int, make: Callable[[Fuzz], Body]) -> Found:
    found = Found()
    with httpx.Client(base_url=address, timeout=LONGEST) as client:
        for _ in range(number):
            body = make(fuzz)
            headers = {name: value.encode("latin-1") for name, value in body.headers.items()}
            try:
                for _ in range(fuzz.draw.choice((1, 1, 1, 2))):  # an answer may be lost, and what was asked comes again
                    judge(found, body, client.post("/sync/v1/exchange", content=body.bytes(), headers=headers))
            except httpx.TimeoutException:
                found.bad.append("it hangs")
            except httpx.HTTPError as error:
                found.bad.append(f"no answer: {type(error).__name__}")
    return found


@contextmanager
def fuzzing(engine: Engine, seed: int) -> Iterator[tuple[Fuzz, str]]:
    """A worker with a citizen and a goal, on a server that sets no pace."""
    clock = Clock()
    server = InProcessServer(engine, clock, replace(UNPACED, token=10**6))
    phone = a_known_phone(server, clock, Office(engine, clock).add_worker("Freja Opfundet"))
    citizen = a_birth()
    goal = an_add("goal", citizen.id, GOAL)
    phone.send(citizen, goal)
    phone.catch_up()
    with listening(create_app(server)) as address:
        yield Fuzz(phone, citizen.id, goal.id, seed), address


def resident() -> int:
    """Bytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--by", choices=("grammar", "bytes"), help="one of the two alone")
    told = asked.parse_args()
    bad: list[str] = []
    total = 0
    with (
        tempfile.TemporaryDirectory(prefix="vedhold-test-") as folder,
        embedded.running(Path(folder), durable=False) as url,
    ):
        engine = database.connect(url)
        database.prepare(engine)
        with fuzzing(engine, told.seed) as (fuzz, address):
            for name, make in (("grammar", Fuzz.by_grammar), ("bytes", Fuzz.by_bytes)):
                if told.by not in (None, name):
                    continue
                started, memory, said = time.monotonic(), [], Counter[str]()
                number = 0
                for _ in range(2):
                    found = run(fuzz, address, told.number // 2, make)
                    memory.append(resident() if sys.platform == "linux" else 1)
                    bad, said, number = bad + found.bad, said + found.said, number + found.number
                if memory[1] > memory[0] * 1.1:
                    bad.append(f"{name}: memory grew from {memory[0]} to {memory[1]}")
                print(*(f"  {count:6} {words}" for words, count in said.most_common()), sep="\n")
                total, seconds = total + number, time.monotonic() - started
                print(f"{name}: {number} in {seconds:.0f} s, memory", *(m >> 20 for m in memory), "MB", flush=True)
        engine.dispose()
    print(*sorted(set(bad)), sep="\n")
    print(f"fuzz {total} bad {len(bad)}")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
