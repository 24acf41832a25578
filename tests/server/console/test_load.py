"""What the console asks of the server it stands on: no page holds two connections, and strangers wait their turn."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlmodel import Session, col, delete

from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.app import ROUTES
from fieldapp.server.console.rules import RULES
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import ConsoleSession
from fieldapp.settings import DEFAULTS
from tests.server.console.visitors import HOST, Visitor
from tests.server.http import listening
from tests.server.people import Clock

PAGES = [path for method, path, *_rest in ROUTES if method == "GET" and "leader" in RULES[method, path]]
PAGES = [path for path in PAGES if "{" not in path and "nobody" not in RULES["GET", path]]


@pytest.fixture
def narrow(engine: Engine) -> Iterator[Engine]:
    """The same database over one connection."""
    narrow = create_engine(engine.url, pool_size=1, max_overflow=0, pool_timeout=1)
    yield narrow
    narrow.dispose()


def test_each_page_is_made_over_one_connection(narrow: Engine, clock: Clock, office: Office, birgit: str) -> None:
    """Two at once each: as many leaders as there are connections would all wait for one that nobody gives back."""
    with listening(create_app(InProcessServer(narrow, clock), ConsoleSettings(f"http://{HOST}"))) as address:
        leader = Visitor(address)
        with leader.client:
            leader.sign_in(office, birgit)
            for path in [*PAGES, *(f"/assignments?of={of}" for of in ("nobody", "asked", "ended"))]:
                assert leader.get(path).status_code == 200, path


def test_who_tries_the_way_in_often_waits(engine: Engine, clock: Clock, office: Office, birgit: str) -> None:
    server = InProcessServer(engine, clock, replace(DEFAULTS, way_in_burst=3, way_in_rate=0.001))
    key = office.login_link(birgit)
    with listening(create_app(server, ConsoleSettings(f"http://{HOST}"))) as address:
        one = Visitor(address)
        with one.client:
            one.get(f"/in/{key}")
            assert [one.post("/in/opfundet").status_code for _ in range(4)] == [422, 422, 422, 429]
            waits = one.post(f"/in/{key}")
            assert waits.status_code == 429 and "Prøv igen om lidt" in waits.text
            assert 0 < int(waits.headers["retry-after"]) <= 1_000
            for path in ("/oidc", "/oidc/back"):
                assert one.get(path).status_code == 429, path
            assert one.get("/sign-in").status_code == 200, "to look costs nothing"


def test_signed_out_in_another_window_meanwhile_is_no_fault(leader: Visitor, engine: Engine, clock: Clock) -> None:
    def sign_out(*_: object) -> None:
        with Session(engine) as session:
            session.execute(delete(ConsoleSession).where(col(ConsoleSession.hash) != ""))
            session.commit()

    clock.advance(minutes=2)  # so that it is written down that somebody is still here
    event.listen(Session, "before_flush", sign_out, once=True)
    assert leader.get("/people").status_code == 303
