"""Two thousand phones at one server: how much it bears, how long one waits, and a morning on which all wake at once.

The phones are ready-made requests on open connections: three in ten carry one to three operations. The generator
shares the machine's two cores with the server and the database, so its own core-seconds are told beside.
"""

import http.client
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle

from sqlmodel import Session
from uuid6 import uuid7

from fieldapp.bodies import encode_request
from fieldapp.domain import access
from fieldapp.domain.values import AssignmentRole
from fieldapp.server import enrolment, identity
from fieldapp.server.assignments import entrust
from fieldapp.server.records import commit_changes, server_record
from fieldapp.server.tables import AccessToken, Assignment, Device, Worker
from fieldapp.wire import ExchangeRequest, Operation, view_hash
from tests.benchmarks.sync import api, municipality
from tests.benchmarks.table import Measure
from tests.sync.parts import World

PHONES, CITIZENS_EACH = 2_000, 2
WITH_WORK, MOST_WORK = 0.3, 3
CONNECTIONS = 12
HEADERS = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}


@dataclass
class Phone:
    token: str
    worker: str
    citizens: list[str]
    since: int = 0
    epoch: str = ""

    @property
    def view(self) -> set[str]:
        return {access.ALL, access.worker_scope(self.worker), *map(access.citizen_scope, self.citizens)}

    def body(self, world: World, draw: random.Random) -> bytes:
        """A request of this phone, as it goes on the wire."""
        now = world.clock()
        work = draw.randint(1, MOST_WORK) if draw.random() < WITH_WORK else 0
        operations = [
            Operation(
                op=str(uuid7()),
                do="add",
                kind="contact",
                id=str(uuid7()),
                scope=access.citizen_scope(draw.choice(self.citizens)),
                fields={"occurred_at": now.isoformat(), "mode": "met", "own_words": f"Opdigtet {draw.getrandbits(64)}"},
                at=now,
            )
            for _ in range(work)
        ]
        request = ExchangeRequest(
            rid=str(uuid7()),
            epoch=self.epoch,
            since=self.since,
            view=view_hash(self.view),
            now=now,
            operations=operations,
        )
        return encode_request(request)


@dataclass
class Heard:
    """What the phones heard: seconds for each answer, and statuses."""

    took: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    without_retry_after: int = 0
    seconds: float = 0.0
    generator: float = 0.0

    def note(self, took: float, status: int, retry_after: str | None) -> None:
        self.took.append(took)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status in (429, 503) and not retry_after:
            self.without_retry_after += 1

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.took, n=20)[-1]

    @property
    def bad(self) -> int:
        """Answers that no phone should get."""
        return sum(count for status, count in self.statuses.items() if status not in (200, 429, 503)) + (
            self.without_retry_after
        )


def enrol(world: World) -> list[Phone]:
    """So many workers with a phone, a token and citizens each, written in bulk."""
    now, phones = world.clock(), []
    for start in range(0, PHONES, 250):
        workers = [
            Worker(id=str(uuid7()), name="Opfundet medarbejder", role="worker")
            for _ in range(start, min(start + 250, PHONES))
        ]
        with Session(world.engine, autoflush=False, expire_on_commit=False) as tx:
            tx.add_all(workers)
            tx.flush()
            for worker in workers:
                phones.append(_phone(tx, worker, now))
            tx.flush()
            for phone in phones[start:]:
                for citizen in phone.citizens:
                    scope = access.citizen_scope(citizen)
                    tx.add(server_record(citizen, "citizen", scope, {"known_as": "Opfundet"}, now))
                    id, role = str(uuid7()), AssignmentRole.RESPONSIBLE
                    mine = Assignment(id=id, citizen=citizen, worker=phone.worker, role=role, from_at=now)
                    entrust(tx, mine, "Opfundet medarbejder", now)
            commit_changes(tx)
    with Session(world.engine) as tx:
        clock = identity.clock(tx)
        for phone in phones:
            phone.epoch, phone.since = clock.epoch, clock.seq
    return phones


def _phone(tx: Session, worker: Worker, now: datetime) -> Phone:
    device, token = str(uuid7()), str(uuid7())
    tx.add(Device(id=device, worker=worker.id, name="", public_key="", enrolled_at=now, last_seen=now))
    tx.flush()
    tx.add(AccessToken(hash=enrolment._hash(token), device=device, expires_at=now + timedelta(days=1)))
    return Phone(token, worker.id, [str(uuid7()) for _ in range(CITIZENS_EACH)])


class Line:
    """One open connection of the generator."""

    def __init__(self, addresses: Iterator[str]) -> None:
        self._connection = http.client.HTTPConnection(next(addresses).removeprefix("http://"), timeout=60)

    def ask(self, phone: Phone, body: bytes) -> tuple[int, str | None]:
        headers = HEADERS | {"Authorization": f"Bearer {phone.token}"}
        self._connection.request("POST", "/sync/v1/exchange", body, headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Retry-After")

    def close(self) -> None:
        self._connection.close()


def drive(
    world: World, phones: Sequence[Phone], addresses: Sequence[str], count: int, at: Callable[[int], float] | None
) -> Heard:
    """`count` exchanges; the n-th begins `at(n)` seconds, or as soon as a connection is free."""
    draw = random.Random(7)
    ready = [(phone, phone.body(world, draw)) for phone, _ in zip(cycle(phones), range(count), strict=False)]
    heard, numbers, lock = Heard(), iter(range(count)), threading.Lock()
    turns = cycle(addresses)
    lines = [Line(turns) for _ in range(CONNECTIONS)]
    used, started = time.process_time(), time.perf_counter()

    def work(line: Line) -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            begins = started + at(number) if at else time.perf_counter()
            time.sleep(max(0.0, begins - time.perf_counter()))
            status, retry_after = line.ask(*ready[number])
            with lock:  # from when it should have begun: who had to queue here has waited too
                heard.note(time.perf_counter() - begins, status, retry_after)

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        list(threads.map(work, lines))
    heard.seconds, heard.generator = time.perf_counter() - started, time.process_time() - used
    for line in lines:
        line.close()
    return heard


def measure(exchanges: int = 1_500, seconds: int = 20) -> list[Measure]:
    found = []
    with municipality() as (world, url):
        phones = enrol(world)
        with api(world, url) as addresses:
            drive(world, phones, addresses, 100, None)  # everything is loaded and every plan is made
            full = drive(world, phones, addresses, exchanges, None)
            steady = drive(world, phones, addresses, 60 * seconds, lambda n: n / 60)
            morning = drive(world, phones, addresses, PHONES, lambda n: n * 60 / PHONES)
        with api(world, url, processes=2) as addresses:
            drive(world, phones, addresses, 100, None)
            double = drive(world, phones, addresses, exchanges, None)
    found += [
        Measure("exchanges a second, one process", "/s", exchanges / full.seconds, 120, more=True),
        Measure("its generator", "core-s", full.generator),
        Measure("exchanges a second, two processes", "/s", exchanges / double.seconds),
        Measure("its generator", "core-s", double.generator),
        Measure("p95 at 60 a second", "ms", steady.p95 * 1000, 150, (min(steady.took) * 1000, max(steady.took) * 1000)),
        Measure("2,000 phones in a minute: answers that are no 200, 429 or 503 with Retry-After", "", morning.bad, 0),
        Measure("2,000 phones in a minute: seconds until the last has its answer", "s", morning.seconds),
    ]
    found += [Measure("wrong answers in all the others", "", full.bad + steady.bad + double.bad, 0)]
    return found
