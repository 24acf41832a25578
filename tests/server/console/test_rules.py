"""Who may do what: every route of the console by the table, so that one that does not stand there fails."""

import re
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.server.administration import Office
from fieldapp.server.console import rules
from fieldapp.server.console.app import ROUTES
from fieldapp.server.console.rules import ANYBODY, RULES
from fieldapp.server.tables import Worker
from tests.examples import an_id
from tests.server.console.visitors import COOKIE, HOST, Visitor
from tests.server.people import Clock

New = Callable[[], Visitor]
SHOWN = [(method, path) for method, path, *_rest in ROUTES]
ASKED = [(method, path) for method, path in SHOWN if RULES.get((method, path)) != ANYBODY]


def filled(path: str) -> str:
    return re.sub(r"\{\w+\}", an_id(), path)


def ask(one: Visitor, method: str, path: str) -> httpx.Response:
    return one.get(filled(path)) if method == "GET" else one.post(filled(path))


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert len(SHOWN) == len(set(SHOWN))
    assert set(SHOWN) == set(RULES)


def test_what_is_open_to_everybody_is_the_way_in_and_nothing_else() -> None:
    assert {path for (_method, path), who in RULES.items() if "nobody" in who} == {
        "/style.css",
        "/font.ttf",
        "/sign-in",
        "/in/{key}",
        "/oidc",
        "/oidc/back",
        "/language",
        "/sign-out",
    }


def test_a_worker_may_do_nothing_but_leave() -> None:
    assert all(who == ANYBODY for who in RULES.values() if "worker" in who)


def test_nobody_gets_nothing(visitor: New) -> None:
    one = visitor()
    for method, path in ASKED:
        one.get("/sign-in")
        answer = ask(one, method, path)
        if method == "GET":
            assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in"), path
        else:
            assert answer.status_code == 403, path


@pytest.mark.parametrize("role", ["worker", "leader", "administrator"])
def test_each_role_gets_its_own_pages_and_no_others(
    role: str, leader: Visitor, office: Office, birgit: str, engine: Engine
) -> None:
    """The role is the one that stands in the database now, not the one somebody came in with."""
    with Session(engine) as session:
        session.get_one(Worker, birgit).role = role
        session.commit()
    for method, path in ASKED:
        allowed = role in RULES[method, path]
        leader.get("/sign-in", follow_redirects=True)
        answer = ask(leader, method, path)
        assert (answer.status_code == 403) is not allowed, (role, method, path, answer.status_code)
        assert allowed or "Det er ikke din side" in answer.text


def test_a_session_that_is_over_or_made_up_is_nobodys(
    leader: Visitor, visitor: New, office: Office, clock: Clock
) -> None:
    made_up = visitor()
    made_up.client.cookies.set(COOKIE, "A" * 43)
    clock.advance(seconds=office.settings.console_idle)
    for one in (made_up, leader):
        for method, path in ASKED:
            one.get("/sign-in")
            assert ask(one, method, path).status_code == (303 if method == "GET" else 403), path


def test_a_route_without_a_rule_lets_nobody_in(leader: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RULES", {key: who for key, who in RULES.items() if key != ("GET", "/")})
    assert leader.get("/").status_code == 403


@pytest.mark.parametrize("host", ["andre.test", f"{HOST}:81", "", "konsol.test.andre.test"])
def test_another_host_is_not_ours(leader: Visitor, host: str) -> None:
    assert leader.get("/", headers={"Host": host}).status_code in (400, 421)
