"""What an exchange costs: over loopback HTTP, with the encrypted store on one side and PostgreSQL on the other.

The server is a process of its own (or two on ports of their own), the database is embedded and waits for its disk.
Connections are kept open, tokens are there already, bytes are counted with their headers.
"""

import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlalchemy import URL

from fieldapp.domain.access import citizen_scope
from fieldapp.server import database, embedded
from fieldapp.store import records
from fieldapp.store.tables import CitizenRow, ContactRow
from fieldapp.sync.http import HttpServer
from tests.benchmarks.table import Measure
from tests.sync.parts import Clock, Device, World

CITIZENS, CONTACTS, PUSHED = 100, 10_000, 1_000
#: So often what is small happens in a run: its first time is told apart, since a vault just unlocked has prepared
#: none of its statements. More would meet the server's limit for one device.
OFTEN = 8
#: An invented note of about 380 bytes as JSON, with a number in it so that no two are alike.
NOTE = (
    "Opdigtet note nummer {n}: vi drak kaffe på bænken ved åen og talte om nøglen, naboen og hunden. "
    "Næste gang vil borgeren gerne se på lejligheden igen."
)


@dataclass
class Traffic:
    """Requests and bytes both ways, headers included."""

    requests: int = 0
    up: int = 0
    down: int = 0


@dataclass
class Counted(httpx.HTTPTransport):
    """The real transport, counting."""

    traffic: Traffic = field(default_factory=Traffic)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        self.traffic.requests += 1
        self.traffic.up += len(request.read()) + _size(request.headers) + len(request.url.raw_path)
        self.traffic.down += _size(response.headers)
        response.stream = _Counting(response.stream, self.traffic)  # type: ignore[arg-type]
        return response


@dataclass
class _Counting(httpx.SyncByteStream):
    inner: httpx.SyncByteStream
    traffic: Traffic

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.inner:
            self.traffic.down += len(piece)
            yield piece

    def close(self) -> None:
        self.inner.close()


def _size(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.raw)


@contextmanager
def api(world: World, url: URL, processes: int = 1) -> Iterator[list[str]]:
    """Addresses of so many server processes on one database."""
    with contextlib.ExitStack() as stack:
        addresses = []
        for _ in range(processes):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            text = url.render_as_string(hide_password=False)
            where = ["--port", str(port), "--database-url", text, "--register", str(world.register.path)]
            command = [sys.executable, "-m", "fieldapp", "server", *where]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            addresses.append(f"http://127.0.0.1:{port}")
        for address in addresses:
            _until_it_answers(address)
        yield addresses


def _until_it_answers(address: str) -> None:
    latest = time.monotonic() + 60
    while True:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/health").is_success:
                return
        if time.monotonic() > latest:
            raise TimeoutError(address)
        time.sleep(0.05)


@contextmanager
def municipality() -> Iterator[tuple[World, URL]]:
    with tempfile.TemporaryDirectory(prefix="vedhold-bench-") as folder:
        Path(folder, "devices").mkdir()
        with embedded.running(Path(folder, "server")) as url:
            engine = database.connect(url)
            database.prepare(engine)
            world = World(engine, Path(folder, "devices"), Clock(datetime.now(UTC)))
            yield world, url
            world.close()
            engine.dispose()


def on_line(world: World, worker: str, address: str) -> tuple[Device, Traffic]:
    """A fresh device with its token, on its way to a server process."""
    http = HttpServer(address)
    transport = Counted()
    http._client._transport = transport
    device = world.device(worker, http)
    device.way = http  # type: ignore[assignment]  # straight: no packing and unpacking beside the real one
    device.forget()
    device.client._login.token()
    transport.traffic.__init__()  # type: ignore[misc]
    return device, transport.traffic


def add_contacts(device: Device, citizens: list[str], count: int, first: int = 0) -> None:
    for start in range(first, first + count, 500):
        with device.store.transaction() as tx:
            for n in range(start, min(start + 500, first + count)):
                note = NOTE.format(n=n)
                scope = citizen_scope(citizens[n % len(citizens)])
                row = ContactRow(scope=scope, occurred_at=device.clock(), mode="met", place="home", own_words=note)
                records.add(tx, row, device.clock())


def measure(runs: int = 5) -> list[Measure]:
    """Pull, push, one changed record, nothing to do: medians of `runs`, each on devices of its own.

    What is small is done `OFTEN` times in each.
    Who pushes is another worker with other citizens, so that each pull is of the same ten thousand. Beside the time
    stands the device's own processor time: others at work on the machine change it less.
    """
    names = ("pull", "push", "one, first", "one", "nothing, first", "nothing")
    seen: dict[str, list[tuple[float, Traffic]]] = {name: [] for name in names}
    used: dict[str, list[float]] = {name: [] for name in seen}

    def timed(name: str, traffic: Traffic, work: Callable[[], object]) -> None:
        traffic.__init__()  # type: ignore[misc]
        started, begun = time.perf_counter(), time.process_time()
        work()
        used[name].append(time.process_time() - begun)
        seen[name].append((time.perf_counter() - started, Traffic(traffic.requests, traffic.up, traffic.down)))

    with municipality() as (world, url), api(world, url) as [address]:
        freja, karim = world.worker("Freja Opfundet"), world.worker("Karim Opfundet")
        writer, _ = on_line(world, freja, address)
        citizens = [writer.add(CitizenRow(known_as=f"Opfundet {n}")) for n in range(CITIZENS)]
        add_contacts(writer, citizens, CONTACTS)
        writer.sync()
        for run in range(runs):
            device, traffic = on_line(world, freja, address)
            device.client.exchange()  # the view: what a first request always gets
            timed("pull", traffic, device.sync)
            assert len(device.rows(["contact"])) >= CONTACTS
            device.close()
            device, traffic = on_line(world, karim, address)
            mine = [device.add(CitizenRow(known_as=f"Opfundet {n}")) for n in range(CITIZENS)]
            device.sync()
            add_contacts(device, mine, PUSHED, first=CONTACTS * (run + 2))
            timed("push", traffic, device.sync)
            assert device.outbox() == []
            for time_of in range(OFTEN + 1):
                device.edit("citizen", mine[run], known_as=f"Opfundet nyt {run}-{time_of}")
                timed("one" if time_of else "one, first", traffic, device.sync)
            for time_of in range(OFTEN + 1):
                timed("nothing" if time_of else "nothing, first", traffic, device.sync)
            device.close()
        floor = list(_floor(world, address))
    return [
        *_measures("pull of 10,000 contacts", seen["pull"], seconds=1.5, down=1_200_000, requests=12),
        *_measures("push of 1,000", seen["push"], seconds=0.4, up=130_000),
        *_measures("one changed record", seen["one"], seconds=0.010, both=1_200, requests=1),
        *_measures("nothing to do", seen["nothing"], seconds=0.005, both=900, requests=1),
        *_measures("one changed record, the first since unlock", seen["one, first"]),
        *_measures("nothing to do, the first since unlock", seen["nothing, first"]),
        *(Measure(f"{name}: device's processor", "ms", statistics.median(used[name]) * 1000) for name in used),
        *floor,
    ]


def _floor(world: World, address: str) -> Iterator[Measure]:
    """What no exchange can be without: a question over HTTP to a handler that does nothing, and a transaction of the
    server that does nothing (four turns to PostgreSQL; an exchange has two transactions)."""

    def transaction() -> None:
        with world.engine.begin() as connection:
            connection.exec_driver_sql("SELECT 1")

    with HttpServer(address) as http:
        for name, work in (
            ("an empty question over HTTP", lambda: http._client.get("/health/live")),
            ("an empty transaction", transaction),
        ):
            took = [_taken(work) * 1000 for _ in range(200)]
            yield Measure(f"floor: {name}", "ms", statistics.median(took), spread=(min(took), max(took)))


def _taken(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _measures(
    name: str,
    seen: list[tuple[float, Traffic]],
    seconds: float | None = None,
    requests: int | None = None,
    up: int | None = None,
    down: int | None = None,
    both: int | None = None,
) -> list[Measure]:
    def median(of: Callable[[Traffic], float]) -> float:
        return statistics.median(of(traffic) for _, traffic in seen)

    took = [taken * 1000 for taken, _ in seen]
    found = [Measure(name, "ms", statistics.median(took), seconds and seconds * 1000, (min(took), max(took)))]
    if requests is not None:
        found.append(Measure(f"{name}: requests", "", median(lambda t: t.requests), requests))
    for word, target, of in (
        ("bytes up", up, lambda t: t.up),
        ("bytes down", down, lambda t: t.down),
        ("bytes in all", both, lambda t: t.up + t.down),
    ):
        if target is not None:
            found.append(Measure(f"{name}: {word}", "B", median(of), target))
    return found
