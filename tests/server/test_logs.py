"""What the server says of itself: lines of JSON that name nobody, whatever is sent to it."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text

from fieldapp import bodies, errors
from fieldapp.server import database, logs
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from fieldapp.sync.http import HttpServer
from tests.leaks.inside import keeping
from tests.server.http import listening
from tests.server.people import Clock, Phone, a_change, a_phone, a_void, an_add

NAME, NUMBER, PLACE, NOTE = "Ægir Opfundet", "20123456", "Bag den opfundne bro", "Opdigtet: hun sov dårligt i nat"
MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met", "own_words": NOTE}


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that this process logs, by the handler that the server uses: looked at here, so not by the whole run."""
    monkeypatch.delenv(keeping.FOLDER)  # what is named before that handler is named on purpose
    root, ours = logging.getLogger(), logging.getLogger(logs.OURS)
    before, levels, stream = root.handlers[:], (root.level, ours.level), io.StringIO()
    logs.begin(stream)
    root.setLevel(logging.DEBUG)  # whatever a library has to say
    yield stream
    root.handlers[:] = before
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def lines(said: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_real_exchanges_leave_figures_and_no_word_of_anybody(
    said: io.StringIO, engine: Engine, server: InProcessServer, office: Office, clock: Clock, karim: Phone
) -> None:
    with listening(create_app(server)) as address, HttpServer(address) as there:
        worker = office.add_worker("Freja Opfundet", job="Opfunden stilling", phone=NUMBER)
        freja = a_phone(there, office, clock, worker)
        citizen = freja.meet(known_as=NAME, phone=NUMBER, known_places=PLACE)
        note = an_add("contact", citizen, MET)
        freja.send(note, an_add("contact", citizen, {"mode": NOTE}), a_void(note.id, citizen, reason=NOTE))
        freja.send(a_change(citizen, citizen, {"known_as": NAME * 2, "phone": "x" * 100_000}))
        freja.send(an_add("contact", citizen, MET | {"own_words": f"{NOTE}\x00"}))
        freja.catch_up()
        for way in ("sync/v1/exchange", f"sync/v1/{NAME}", f"console/{citizen}?q={NAME}"):
            httpx.post(f"{address}/{way}", content=f"{NAME} {NUMBER}".encode(), headers={"X-Name": NUMBER})
        httpx.post(f"{address}/sync/v1/enrol", json={"code": NAME, "public_key": NOTE})
        for bad in (b"", b"{", json.dumps({"known_as": NAME}).encode()):
            body = bodies.encode_request(freja.request())[:20] + bad
            httpx.post(f"{address}/sync/v1/exchange", content=body, headers={"Authorization": f"Bearer {freja.token}"})
    told = lines(said)
    routes = {line["route"] for line in told if "route" in line}
    assert {"/sync/v1/enrol", "/sync/v1/exchange", "/sync/v1/token", "-"} <= routes
    one = next(line for line in told if line.get("route") == "/sync/v1/exchange")
    assert one["status"] == 200 and one["ms"] > 0 and one["up"] > 0 and one["down"] > 0
    assert_nobody(said, NAME, NUMBER, PLACE, NOTE, "Freja", "Karim", "Åse", "Opfunden", citizen, worker, freja.token)


def assert_nobody(said: io.StringIO, *words: str) -> None:
    """Nothing of these, whole or in part: neither as it is written nor as JSON writes it."""
    everything = said.getvalue()
    for word in words:
        assert word not in everything and json.dumps(word)[1:-1] not in everything, word
    assert not re.search(r"[Oo]pfundet|Opdigtet|127\.0\.0\.1|Bearer", everything)


def test_what_a_failing_database_quotes_stays_with_it(
    said: io.StringIO, engine: Engine, server: InProcessServer, freja: Phone
) -> None:
    citizen = freja.meet(known_as=NAME)
    with engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE record ADD CONSTRAINT opfundet CHECK (fields->>'own_words' <> '{NOTE}')"))
        connection.execute(text("ALTER TABLE audit ADD CONSTRAINT never CHECK (kind <> 'own_words') NOT VALID"))
    with listening(create_app(server)) as address, HttpServer(address) as there:
        freja.server = there
        freja.send(an_add("contact", citizen, MET))
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE sync_clock CASCADE"))
        with pytest.raises(errors.ServerTrouble):
            freja.exchange()
    assert any(line["level"] == "error" and "text" in line for line in lines(said))
    assert_nobody(said, NAME, NOTE)


def test_a_fault_nobody_foresaw_is_its_kind_and_place(
    said: io.StringIO, engine: Engine, clock: Clock, freja: Phone
) -> None:
    class Faulty(InProcessServer):
        def challenge(self, device: str) -> Any:
            raise ValueError(f"{NAME} {NOTE}")

    with (
        listening(create_app(Faulty(engine, clock))) as address,
        HttpServer(address) as there,
        pytest.raises(errors.ServerTrouble, match="fault"),
    ):
        there.challenge(freja.enrolled.device)
    assert any(line.get("text", "").startswith("ValueError in challenge") for line in lines(said))
    assert_nobody(said, NAME, NOTE)


def test_what_libraries_say_is_their_kind_alone(said: io.StringIO) -> None:
    try:
        raise KeyError(NAME)
    except KeyError:
        logging.getLogger("sqlalchemy.engine").exception("INSERT %s", NAME)
    logging.getLogger("asyncio").error(f"Task exception was never retrieved {NAME}")
    logging.getLogger("fieldapp.server.opfundet").warning("%s of %s", 1, 2)
    first, second, third = lines(said)
    assert (first["from"], first["level"], first["error"]) == ("sqlalchemy.engine", "error", "KeyError")
    assert (second["from"], third["text"]) == ("asyncio", "1 of 2")
    assert "text" not in first | second and NAME not in said.getvalue()


class TestHealth:
    def test_alive_and_ready(self, server: InProcessServer) -> None:
        with listening(create_app(server)) as address:
            for way in ("health", "health/live", "health/ready"):
                assert httpx.get(f"{address}/{way}").json() == {"status": "ok"}

    def test_without_its_database_it_is_alive_and_not_ready(self, clock: Clock) -> None:
        nowhere = database.connect("postgresql://nobody@/nothing?host=/nowhere")
        with listening(create_app(InProcessServer(nowhere, clock))) as address:
            assert httpx.get(f"{address}/health/live").status_code == 200
            answer = httpx.get(f"{address}/health/ready")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")

    def test_without_its_register_it_is_not_ready(self, engine: Engine, clock: Clock, tmp_path: Any) -> None:
        from fieldapp.server.register import Register

        server = InProcessServer(engine, clock, register=Register(tmp_path / "gone"))
        with listening(create_app(server)) as address:
            assert httpx.get(f"{address}/health/ready").status_code == 503
