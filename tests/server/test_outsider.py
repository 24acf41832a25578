"""Who is not let in gets nothing, whatever they send: over every route, so that a new one needs a rule here."""

import gzip
import inspect
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from starlette.routing import Mount

from fieldapp import bodies
from fieldapp.domain.access import ALL, Role, may_write, team_scope, worker_scope
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.sampling import Judgement, Week
from fieldapp.errors import LoginAgain, RecordError
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.why import Why
from fieldapp.server.exchange import InProcessServer
from fieldapp.settings import DEFAULTS
from fieldapp.wire import TokenRequest, token_message
from tests.examples import an_id
from tests.server.keeping import everything
from tests.server.people import Clock, Phone, an_add, public_pem, sign

#: Who may ask, and a body that is right in every other way. `nobody`: without a token, for they are the way in.
RULES: dict[tuple[str, str], tuple[str, Callable[[Phone], Any]]] = {
    **{("GET", path): ("nobody", lambda phone: None) for path in ("/health", "/health/live", "/health/ready")},
    ("POST", "/sync/v1/enrol"): ("nobody", lambda phone: {"code": "ABCD2345", "public_key": public_pem(phone.key)}),
    ("POST", "/sync/v1/challenge"): ("nobody", lambda phone: {"device": phone.enrolled.device}),
    ("POST", "/sync/v1/token"): (
        "nobody",
        lambda phone: {"device": phone.enrolled.device, "nonce": "x", "signature": sign(phone.key, b"x")},
    ),
    ("POST", "/sync/v1/wiped"): (
        "nobody",
        lambda phone: {"device": phone.enrolled.device, "nonce": "x", "signature": sign(phone.key, b"x")},
    ),
    ("POST", "/sync/v1/exchange"): ("device", lambda phone: bodies.encode_request(phone.request())),
    ("POST", "/sync/v1/digest"): (
        "device",
        lambda phone: {"epoch": phone.enrolled.epoch, "upto": 0, "scopes": {ALL: [0, "0" * 16]}},
    ),
    ("POST", "/sync/v1/deposit"): ("device", lambda phone: {"code": "ab" * 16}),
    ("POST", "/sync/v1/recover"): ("device", lambda phone: {"ask": an_id()}),
}
ASKED = [route for route, (who, _) in RULES.items() if who == "device"]


@pytest.fixture
def server(engine: Engine, clock: Clock) -> InProcessServer:
    """One that keeps codes, and lets a phone ask as often as a test does."""
    patient = replace(DEFAULTS, exchange_burst=1_000_000)
    return InProcessServer(engine, clock, patient, recovery_key=bytes(32))


@pytest.fixture
async def client(server: InProcessServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(server)), base_url="http://server") as client:
        yield client


async def ask(client: httpx.AsyncClient, route: tuple[str, str], phone: Phone, **headers: str) -> httpx.Response:
    method, path = route
    body = RULES[route][1](phone)
    sent = {"content": body} if isinstance(body, bytes) else {"json": body}
    return await client.request(method, path, headers=headers, **({} if body is None else sent))


def test_every_route_has_a_rule_and_every_rule_a_route(server: InProcessServer) -> None:
    app = create_app(server)
    routes = {(method, r.path) for r in app.routes if isinstance(r, APIRoute) for method in r.methods}
    others = [r for r in app.routes if not isinstance(r, APIRoute | Mount)]  # what is mounted has a table of its own
    assert routes == set(RULES) and others == []


class TestWithoutAToken:
    @pytest.mark.parametrize("route", ASKED)
    async def test_no_token_is_no_way_in(
        self, client: httpx.AsyncClient, freja: Phone, engine: Engine, route: tuple[str, str]
    ) -> None:
        token = freja.log_in()
        before = everything(engine)
        wrong: list[dict[str, str]] = [
            {},
            {"Authorization": ""},
            {"Authorization": "Bearer"},
            {"Authorization": "Bearer "},
            {"Authorization": token},
            {"Authorization": f"Basic {token}"},
            {"Authorization": f"Bearer {token[:-1]}"},
            {"Authorization": f"Bearer {token} {token}"},
            {"Authorization": f"Bearer {secrets.token_urlsafe(32)}"},
            {"Authorization": f"Bearer {freja.enrolled.device}"},
            {"Authorization": "Bearer ' OR 1=1 --"},
            {"Cookie": f"token={token}"},
        ]
        for headers in wrong:
            answer = await ask(client, route, freja, **headers)
            assert (answer.status_code, answer.json()) == (401, {"kind": "login_again", "why": "token"}), headers
        assert everything(engine) == before

    @pytest.mark.parametrize("route", ASKED)
    async def test_one_that_has_ended_is_none(
        self, client: httpx.AsyncClient, freja: Phone, engine: Engine, clock: Clock, route: tuple[str, str]
    ) -> None:
        token = freja.log_in()
        clock.advance(minutes=15)
        before = everything(engine)
        answer = await ask(client, route, freja, Authorization=f"Bearer {token}")
        assert (answer.status_code, answer.json()["kind"]) == (401, "login_again")
        assert everything(engine) == before

    @pytest.mark.parametrize("route", ASKED)
    async def test_one_of_a_phone_or_a_worker_that_is_out_gets_nothing(
        self, client: httpx.AsyncClient, freja: Phone, karim: Phone, office: Office, route: tuple[str, str]
    ) -> None:
        tokens = [freja.log_in(), karim.log_in()]
        office.revoke(freja.enrolled.device, lost=True)
        office.disable(karim.enrolled.worker)
        for token in tokens:
            answer = await ask(client, route, freja, Authorization=f"Bearer {token}")
            assert answer.status_code in (401, 403)
            assert set(answer.json()) <= {"kind", "why", "order"}

    @pytest.mark.parametrize("route", ASKED)
    async def test_with_its_own_it_is_answered(
        self, client: httpx.AsyncClient, freja: Phone, route: tuple[str, str]
    ) -> None:
        """So that the refusals above are of the token, and of nothing else."""
        answer = await ask(client, route, freja, Authorization=f"Bearer {freja.log_in()}")
        assert answer.status_code not in (400, 401, 403, 422)

    async def test_what_needs_none_gives_nothing_away(
        self, client: httpx.AsyncClient, freja: Phone, stranger: Phone
    ) -> None:
        """To somebody who knows a device's id and has no key of it."""
        freja.meet(known_as="Åse Opfundet")
        said = ""
        for route in set(RULES) - set(ASKED):
            said += (await ask(client, route, freja)).text
        for secret in ("Åse", "Freja", freja.enrolled.worker, freja.enrolled.epoch):
            assert secret not in said


class TestNonces:
    def signed(self, phone: Phone, by: Phone, nonce: str) -> TokenRequest:
        device = phone.enrolled.device
        message = token_message(phone.enrolled.server, device, nonce)
        return TokenRequest(device=device, nonce=nonce, signature=sign(by.key, message))

    def nonce(self, phone: Phone) -> str:
        return phone.server.challenge(phone.enrolled.device).nonce

    def test_one_is_good_once(self, freja: Phone) -> None:
        said = self.signed(freja, freja, self.nonce(freja))
        assert freja.server.token(said).token
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(said)

    def test_and_used_up_by_a_signature_that_is_wrong(self, freja: Phone, stranger: Phone) -> None:
        nonce = self.nonce(freja)
        with pytest.raises(LoginAgain, match="signature"):
            freja.server.token(self.signed(freja, stranger, nonce))
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(self.signed(freja, freja, nonce))

    def test_only_for_the_phone_that_asked_and_for_a_minute(self, freja: Phone, karim: Phone, clock: Clock) -> None:
        nonce, late = self.nonce(karim), self.nonce(freja)
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(self.signed(freja, freja, nonce))
        clock.advance(seconds=60)
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(self.signed(freja, freja, late))


class TestAWorkerWhoWouldBeMore:
    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_no_phone_writes_what_only_the_server_does(self, office: Office, new_phone: Any, kind: str) -> None:
        """Of every kind and every role; an administrator's phone writes nothing at all."""
        for role in ("worker", "leader", "administrator"):
            phone = new_phone(office.add_worker("Opfundet", role=role))
            citizen = an_id()
            scope = {"citizen": f"citizen:{citizen}", "team": team_scope(an_id()), "all": ALL}
            where = scope.get(KINDS[kind].scope, worker_scope(phone.enrolled.worker))
            said = phone.send_one(an_add(kind, citizen, {}, scope=where))
            if not may_write(kind, where, role):  # type: ignore[arg-type]
                assert said.startswith("refused"), (role, said)

    def test_the_kinds_that_the_server_alone_writes_are_these(self) -> None:
        """Read here and not from the code above: whoever gives one away has to say so here."""
        alone = {kind.name for kind in KINDS.values() if kind.written_by != "worker"}
        assert alone >= {"assignment", "conflict", "quarantined", "notice", "colleague"}
        assert not any(may_write(kind, ALL, "administrator") for kind in KINDS)

    #: What an administrator may answer for, who sees nothing about a citizen.
    OF_THE_OFFICE = {"erase_record", "erase_citizen", "import_workers"}  # noqa: RUF012

    @pytest.mark.parametrize("role", ["worker", "administrator"])
    def test_what_only_a_leader_may_is_refused_to_others_in_the_office(
        self, office: Office, freja: Phone, engine: Engine, tmp_path: Any, role: Role
    ) -> None:
        """Every act that is done in somebody's name: by name, so that a new one has to be put here."""
        week, worker = Week(2026, 40), office.add_worker("Karim Opfundet", role=role)
        citizen, other = freja.meet(), freja.meet()
        at_desk = Office(office.engine, office.clock, by=worker)
        acts: dict[str, Callable[[], Any]] = {
            "erase_record": lambda: office.erase_record(citizen, worker, "request"),  # type: ignore[arg-type]
            "erase_citizen": lambda: office.erase_citizen(citizen, worker, "request"),  # type: ignore[arg-type]
            "extract": lambda: office.extract(citizen, worker, tmp_path / "x", Why.INSIGHT),
            "sample": lambda: office.sample(worker, week),
            "judge": lambda: office.judge(worker, week, an_id(), Judgement.FINE),
            "import_citizens": lambda: office.import_citizens(b"", worker, do_it=True),
            "import_workers": lambda: office.import_workers(b"", worker, do_it=True),
            "approve_recovery": lambda: office.approve_recovery(freja.enrolled.worker, "Ny telefon", worker),
            "say_same": lambda: at_desk.say_same(other, citizen),
            "say_two": lambda: at_desk.say_two(other, citizen),
        }
        #: A worker decides on what is for their own citizens, as on the phone.
        own = {"accept", "reject"}
        named = {
            name
            for name, method in inspect.getmembers(Office, inspect.isfunction)
            if {"by", "leader"} & set(inspect.signature(method).parameters) and not name.startswith("_")
        }
        assert named | {"say_same", "say_two"} == set(acts) | own
        before = everything(engine)
        for name in sorted(set(acts) - (self.OF_THE_OFFICE if role == "administrator" else set())):
            with pytest.raises(
                RecordError, match="not_of_the_office" if name in self.OF_THE_OFFICE else "not_a_leader"
            ):
                acts[name]()
            assert everything(engine) == before, name
        if role == "administrator":
            with pytest.raises(RecordError, match="not_a_leader"):  # nor by sitting there, without being named
                at_desk.approve_recovery(freja.enrolled.worker, "Ny telefon")


SQL = (
    "'; DROP TABLE record; --",
    "' OR '1'='1",
    '"; DELETE FROM worker; --',
    "1); UPDATE worker SET role = 'administrator'; --",
    "$$; SELECT pg_sleep(9); $$",
    "\\'; TRUNCATE audit; --",
    "%(seq)s %s :seq {0}",
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a body: of values, and of the keys they stand under."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    yield path


def put(value: Any, path: tuple[Any, ...], there: Any) -> Any:
    if not path:
        return there
    copy = json.loads(json.dumps(value))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = there
    return copy


class TestSql:
    @pytest.mark.parametrize("route", [route for route in RULES if route[0] == "POST" and "exchange" not in route[1]])
    async def test_in_any_field_of_a_question_it_is_nothing_but_text(
        self, client: httpx.AsyncClient, freja: Phone, engine: Engine, route: tuple[str, str]
    ) -> None:
        body = RULES[route][1](freja)
        headers = {"Authorization": f"Bearer {freja.log_in()}"}
        before = everything(engine)
        for path in leaves(body):
            for words in SQL:
                for said in (put(body, path, words), put(body, path, {words: words}), put(body, path, [words])):
                    answer = await client.request(*route, json=said, headers=headers)
                    assert answer.status_code < 500 and "SQL" not in answer.text.upper(), (path, said)
        for words in SQL:
            answer = await client.request(*route, json=body | {words: words}, params={words: words}, headers=headers)
            assert answer.status_code < 500
        now = everything(engine)
        if route[1] in ("/sync/v1/deposit", "/sync/v1/challenge"):  # a body with more in it than it needs is taken
            now, before = self.without(now, before)
        assert now == before

    def without(self, now: str, before: str) -> tuple[str, str]:
        """But for what these two are there to keep: a nonce, and the sealed code."""
        kept = set(before.splitlines())
        added = [line for line in now.splitlines() if line not in kept]
        assert all(len(line) < 400 and "DROP" not in line for line in added)
        return "\n".join(line for line in now.splitlines() if line in kept), before

    @pytest.mark.parametrize("kind", sorted(name for name, kind in KINDS.items() if kind.ready))
    async def test_in_any_field_of_an_operation_it_is_refused_or_kept_as_text(
        self, client: httpx.AsyncClient, freja: Phone, engine: Engine, kind: str
    ) -> None:
        citizen = freja.meet()
        token = freja.log_in()
        tables = self.tables(engine)
        operations = []
        for words in SQL:
            for field in KINDS[kind].fields:
                for value in (words, [words], {words: words}):
                    operations.append(an_add(kind, citizen, {field.name: value, "own_words": words}))
            operations.append(an_add("contact", citizen, {"mode": words, "occurred_at": words}))
        for begin in range(0, len(operations), 100):
            request = freja.request(*operations[begin : begin + 100])
            answer = await client.post(
                "/sync/v1/exchange",
                content=bodies.encode_request(request),
                headers={"Authorization": f"Bearer {token}"},
            )
            assert answer.status_code == 200
        assert self.tables(engine) == tables

    async def test_in_any_place_of_an_exchange(
        self, client: httpx.AsyncClient, freja: Phone, engine: Engine, clock: Clock
    ) -> None:
        citizen = freja.meet()
        request = freja.request(an_add("contact", citizen, {"mode": "met", "occurred_at": clock().isoformat()}))
        head = json.loads(request.model_dump_json(by_alias=True))
        line = json.loads(request.operations[0].model_dump_json(by_alias=True))
        headers = {"Authorization": f"Bearer {freja.log_in()}"}
        tables = self.tables(engine)
        for words in SQL:
            bad = [[put(head, path, words), line] for path in leaves(head) if path]
            bad += [[head, put(line, path, words)] for path in leaves(line) if path]
            bad += [[head | {"behind": {words: 1}}, line], [head, line | {"base": {words: 1}, "do": "change"}]]
            for lines in bad:
                text = "\n".join([*map(json.dumps, lines), json.dumps({"n": 1}), ""])
                answer = await client.post("/sync/v1/exchange", content=gzip.compress(text.encode()), headers=headers)
                assert answer.status_code in (200, 400, 409), lines
        assert self.tables(engine) == tables

    def tables(self, engine: Engine) -> dict[str, Any]:
        """What there is in the database, and all of the rows no exchange of this worker's has business with."""
        with engine.connect() as connection:
            columns = connection.exec_driver_sql(
                "SELECT table_name, column_name, data_type FROM information_schema.columns"
                " WHERE table_schema = 'public' ORDER BY 1, 2"
            ).all()
            fixed = {
                table: sorted(connection.exec_driver_sql(f"SELECT t::text FROM {table} t").scalars())
                for table in ("worker", "team", "membership", "identity", "code", "token", "seal", "assignment")
            }
            return fixed | {"columns": columns}
