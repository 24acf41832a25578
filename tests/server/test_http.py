"""Over HTTP the server says what it says in process, and no more."""

import gzip
import inspect
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends
from sqlalchemy import Engine, text
from sqlmodel import Session

from fieldapp import bodies, wire
from fieldapp.errors import (
    CodeRefused,
    DeviceRevoked,
    LoginAgain,
    ProtocolFault,
    ServerTrouble,
    SyncError,
    VersionMismatch,
)
from fieldapp.server import app as http
from fieldapp.server import database, guard
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from fieldapp.sync.http import HttpServer
from tests.examples import an_id
from tests.server.http import listening
from tests.server.people import Clock, Phone, a_phone, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


@pytest.fixture
def address(server: InProcessServer) -> Iterator[str]:
    with listening(create_app(server)) as address:
        yield address


@pytest.fixture
def there(address: str) -> Iterator[HttpServer]:
    with HttpServer(address) as there:
        yield there


@pytest.fixture
async def client(server: InProcessServer) -> Any:
    transport = httpx.ASGITransport(create_app(server))
    async with httpx.AsyncClient(transport=transport, base_url="http://server") as client:
        yield client


def test_two_workers_share_a_citizen_over_http(there: HttpServer, office: Office, clock: Clock) -> None:
    phones = [a_phone(there, office, clock, office.add_worker(name)) for name in ("Freja Opfundet", "Åse Opdigtet")]
    citizen = phones[0].meet(known_as="Ægir Opfundet")
    office.assign(citizen, worker=phones[1].enrolled.worker)
    contact = an_add("contact", citizen, MET | {"own_words": "Opdigtede ord: æøå 🌱"})
    assert phones[1].send_one(contact) == "ok"
    assert phones[0].catch_up()[contact.id].fields["own_words"] == "Opdigtede ord: æøå 🌱"
    theirs = [{id: row for id, row in phone.catch_up().items() if row.row != "notice"} for phone in phones]
    assert theirs[0] == theirs[1]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (LoginAgain("token"), 401),
        (DeviceRevoked("lost"), 403),
        (CodeRefused("used"), 410),
        (CodeRefused("expired"), 410),
        (CodeRefused("wrong"), 422),
        (VersionMismatch("server_old"), 409),
        (ProtocolFault("malformed"), 400),
        (ProtocolFault("too_large"), 413),
        (ServerTrouble("rewound", 600), 503),
    ],
)
async def test_every_error_has_its_status_and_says_its_kind(
    server: InProcessServer, error: SyncError, status: int
) -> None:
    class Failing(InProcessServer):
        def challenge(self, device: str) -> wire.Challenge:
            raise error

    app = create_app(Failing(server.engine))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server") as client:
        answer = await client.post("/sync/v1/challenge", json={"device": an_id()})
    assert answer.status_code == status
    assert answer.json() == {"kind": error.kind, "why": error.why}
    assert answer.headers.get("retry-after") == ("600" if status == 503 else None)


async def test_a_malformed_question_is_refused_without_being_quoted(client: httpx.AsyncClient) -> None:
    for path in ("enrol", "challenge", "token"):
        answer = await client.post(f"/sync/v1/{path}", json={"code": ["Åse Opfundet"], "device": "Åse Opfundet"})
        assert (answer.status_code, answer.json()) == (400, {"kind": "protocol_fault", "why": "malformed"})


async def test_an_exchange_needs_a_token(client: httpx.AsyncClient, freja: Phone) -> None:
    body = bodies.encode_request(freja.request())
    for headers in ({}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer "}, {"Authorization": "Bearer no"}):
        answer = await client.post("/sync/v1/exchange", content=body, headers=headers)
        assert (answer.status_code, answer.json()["kind"]) == (401, "login_again")


async def test_a_body_that_was_cut_changes_nothing(client: httpx.AsyncClient, freja: Phone, engine: Engine) -> None:
    citizen = freja.meet()
    body = bodies.encode_request(freja.request(an_add("contact", citizen, MET)))
    whole = gzip.decompress(body).splitlines(keepends=True)
    for cut in (body[:-20], gzip.compress(b"".join(whole[:-1])), gzip.compress(b"".join(whole[:1]))):
        headers = {"Authorization": f"Bearer {freja.token}"}
        answer = await client.post("/sync/v1/exchange", content=cut, headers=headers)
        assert (answer.status_code, answer.json()["why"]) == (400, "cut")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM record WHERE kind = 'contact'")).scalar() == 0


@pytest.mark.parametrize("body", [b"x" * (guard.MAX_BODY + 1), gzip.compress(b" " * (wire.MAX_REQUEST + 1))])
async def test_a_body_that_is_or_grows_too_large_is_not_read(
    client: httpx.AsyncClient, freja: Phone, body: bytes
) -> None:
    headers = {"Authorization": f"Bearer {freja.log_in()}"}
    answer = await client.post("/sync/v1/exchange", content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"kind": "protocol_fault", "why": "too_large"})


@pytest.mark.parametrize("path", ["enrol", "challenge", "token", "digest"])
@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (b"[" * 100_000, 400, "malformed"),
        (b'{"device": "\\ud800"}', 400, "malformed"),
        (b'{"device": "\xff"}', 400, "malformed"),
        (b'{"device": ' + b"9" * 5_000 + b"}", 400, "malformed"),
        (b'{"device": "' + b"x" * guard.MAX_QUESTION + b'"}', 413, "too_large"),
        (b"", 400, "malformed"),
    ],
)
async def test_a_small_question_that_is_none_is_refused_like_any_other(
    client: httpx.AsyncClient, path: str, body: bytes, status: int, why: str
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer x"}
    answer = await client.post(f"/sync/v1/{path}", content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (status, {"kind": "protocol_fault", "why": why})


async def test_what_is_nowhere_is_not_found_and_no_word_of_ours(client: httpx.AsyncClient) -> None:
    """Else a device would take a proxy's wrong turn for a fault of its own."""
    assert "kind" not in (await client.post("/sync/v2/exchange")).json()
    assert (await client.get("/sync/v1/exchange")).status_code == 405


async def test_how_a_body_is_packed_is_seen_and_not_believed(client: httpx.AsyncClient, freja: Phone) -> None:
    freja.log_in()
    for said in ("gzip", "identity", "br"):
        headers = {"Authorization": f"Bearer {freja.token}", "Content-Encoding": said}
        body = bodies.encode_request(freja.request())
        answer = await client.post("/sync/v1/exchange", content=body, headers=headers)
        assert answer.status_code == 200
        answer = await client.post("/sync/v1/exchange", content=gzip.decompress(body), headers=headers)
        assert (answer.status_code, answer.json()["why"]) == (400, "malformed")


def test_an_answer_is_never_whole_in_memory_as_rows(there: HttpServer, server: InProcessServer, freja: Phone) -> None:
    citizen = freja.meet()
    words = "Opdigtet: æøå " * 1_000
    for _ in range(6):
        freja.send(*(an_add("contact", citizen, MET | {"own_words": words}) for _ in range(40)))
    freja.catch_up()
    text = gzip.decompress(bodies.encode_request(freja.request(since=0)))
    http._answer(server, freja.token, text)
    tracemalloc.start()
    body = http._answer(server, freja.token, text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    answer = bodies.decode_answer(body)
    size = sum(len(row.model_dump_json().encode()) for row in answer.rows)
    assert size > 500_000 and answer.more
    assert peak < 5 * size  # its rows as Python holds them, packed and unpacked, are ten times as much


def test_the_rows_of_one_answer_are_of_one_moment(server: InProcessServer, freja: Phone, karim: Phone) -> None:
    citizen = freja.meet()
    freja.send(*(an_add("contact", citizen, MET) for _ in range(120)))
    freja.catch_up()
    with server.answering(freja.token, freja.request(since=0)) as feed:
        rows = iter(feed)
        first = next(rows)
        freja.server.exchange(freja.token, freja.request(an_add("contact", citizen, MET)))
        seqs = [first.seq, *(row.seq for row in rows)]
    assert seqs == sorted(seqs) and seqs[-1] <= feed.head.upto


async def test_health_says_ok_and_trouble_when_the_database_is_gone(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).json() == {"status": "ok"}
    gone = create_app(InProcessServer(database.connect("postgresql://nobody@/nothing?host=/nowhere")))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(gone), base_url="http://server") as client:
        answer = await client.get("/health")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.json() == {"kind": "server_trouble", "why": "database"}


async def test_what_nobody_foresaw_is_told_and_logged_without_its_words(
    server: InProcessServer, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(InProcessServer):
        def challenge(self, device: str) -> wire.Challenge:
            raise KeyError("Åse Opfundet")

    app = create_app(Broken(server.engine))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server") as client:
        answer = await client.post("/sync/v1/challenge", json={"device": an_id()})
    assert (answer.status_code, answer.json()["kind"]) == (503, "server_trouble")
    assert "KeyError" in caplog.text and "Opfundet" not in caplog.text


class TestCommitBeforeAnswering:
    """The database may refuse at the very end; only then is it known whether to say yes."""

    @pytest.fixture
    def refuses_at_the_end(self, engine: Engine) -> Callable[[str], None]:
        def refuse(table: str) -> None:
            with engine.begin() as connection:
                connection.execute(
                    text(
                        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                        "$$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$"
                    )
                )
                connection.execute(
                    text(
                        f"CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
                        "FOR EACH ROW EXECUTE FUNCTION refuse()"
                    )
                )

        return refuse

    @pytest.mark.parametrize(("scope", "status"), [("function", 503), (None, 200)])
    async def test_a_session_dependency_commits_first_and_fastapis_default_would_not(
        self,
        server: InProcessServer,
        refuses_at_the_end: Callable[[str], None],
        scope: Any,
        status: int,
    ) -> None:
        refuses_at_the_end("team")

        def add_team(session: Annotated[Session, Depends(http.session, scope=scope)]) -> dict[str, bool]:
            session.execute(text("INSERT INTO team VALUES (gen_random_uuid(), 'Opfundet')"))
            return {"saved": True}

        app = create_app(server)
        app.post("/team")(add_team)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server") as client:
            answer = await client.post("/team")
        assert answer.status_code == status

    def test_every_dependency_that_holds_something_open_closes_it_before_the_answer(
        self, server: InProcessServer
    ) -> None:
        app = create_app(server)
        held = [d for route in app.routes if hasattr(route, "dependant") for d in _all(route.dependant) if _holds(d)]
        assert held and all(d.scope == "function" for d in held)

    def test_an_exchange_the_database_refuses_at_the_end_is_not_acknowledged(
        self, there: HttpServer, freja: Phone, refuses_at_the_end: Callable[[str], None]
    ) -> None:
        citizen = freja.meet()
        refuses_at_the_end("record")
        contact = an_add("contact", citizen, MET)
        with pytest.raises(ServerTrouble):
            there.exchange(freja.token, freja.request(contact))


def _all(dependant: Any) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner
        yield from _all(inner)


def _holds(dependant: Any) -> bool:
    return inspect.isgeneratorfunction(dependant.call) or inspect.isasyncgenfunction(dependant.call)
