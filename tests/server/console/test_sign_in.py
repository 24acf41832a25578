"""Signing in by a link that serves once; sessions that end; no cookie of somebody else's making."""

from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.errors import RecordError
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Audit, ConsoleLink, ConsoleSession
from tests.server.console.visitors import COOKIE, HOST, Visitor
from tests.server.http import listening
from tests.server.people import Clock

New = Callable[[], Visitor]


def test_a_link_lets_in_once_and_looking_at_it_uses_nothing_up(visitor: New, office: Office, birgit: str) -> None:
    key = office.login_link(birgit)
    first, second = visitor(), visitor()
    assert second.get(f"/in/{key}").status_code == 200  # a mail program that opens links
    first.get(f"/in/{key}")
    welcome = first.follow(first.post(f"/in/{key}"))
    assert "Birgit Opfundet" in welcome.text
    refused = second.post(f"/in/{key}")
    assert refused.status_code == 422 and "Linket er brugt eller for gammelt" in refused.text
    assert second.get("/").headers["location"] == "/console/sign-in"


def test_a_link_is_good_for_minutes_and_a_guess_for_nothing(
    visitor: New, office: Office, birgit: str, clock: Clock
) -> None:
    key = office.login_link(birgit)
    clock.advance(minutes=office.settings.link_minutes)
    for tried in (key, "x" * 43, "%00", "..%2f..%2fsign-out"):
        one = visitor()
        one.get(f"/in/{tried}")
        assert one.post(f"/in/{tried}").status_code in (404, 422)
        assert one.get("/").status_code == 303


def test_there_is_no_link_for_a_worker_nor_for_whoever_has_stopped(office: Office, birgit: str, team: str) -> None:
    freja = office.add_worker("Freja Opfundet", team=team)
    office.disable(birgit)
    for nobody in (freja, birgit, "nobody"):
        with pytest.raises(RecordError):
            office.login_link(nobody)


def test_neither_link_nor_cookie_stands_in_the_database(leader: Visitor, office: Office, engine: Engine) -> None:
    with Session(engine) as session:
        kept = [str(row) for table in (ConsoleLink, ConsoleSession) for row in session.exec(select(table))]
    assert len(kept) == 2 and all(leader.cookie not in row for row in kept)


def test_who_comes_in_and_goes_is_in_the_log(leader: Visitor, birgit: str, engine: Engine) -> None:
    leader.post("/sign-out")
    with Session(engine) as session:
        told = session.exec(select(Audit).where(Audit.record == birgit).order_by("no")).all()  # type: ignore[arg-type]
    assert [row.do for row in told if row.do in ("login_link", "sign_in", "sign_out")] == [
        "login_link",
        "sign_in",
        "sign_out",
    ]


def test_signed_out_is_out_with_the_old_cookie_too(leader: Visitor, visitor: New) -> None:
    old = leader.cookie
    assert leader.post("/sign-out").status_code == 303
    assert "Du er logget ud" in leader.get("/sign-in?done=signed_out").text
    again = visitor()
    again.client.cookies.set(COOKIE, old)
    assert again.get("/").status_code == 303


def test_a_cookie_put_into_the_browser_before_is_worth_nothing_after(visitor: New, office: Office, birgit: str) -> None:
    """Session fixation: the attacker knows the id that the victim signs in under."""
    attacker, victim = visitor(), visitor()
    attacker.get("/sign-in")
    victim.client.cookies.set(COOKIE, attacker.cookie)
    victim.sign_in(office, birgit)
    cookies = [c.value for c in victim.client.cookies.jar if c.name == COOKIE]
    assert attacker.cookie not in cookies[1:] and attacker.get("/").status_code == 303


def test_signing_in_again_ends_what_was_before(leader: Visitor, visitor: New, office: Office, birgit: str) -> None:
    old = leader.cookie
    leader.sign_in(office, birgit)
    again = visitor()
    again.client.cookies.set(COOKIE, old)
    assert again.get("/").status_code == 303


def test_an_hour_away_and_a_whole_day_both_end_it(leader: Visitor, office: Office, clock: Clock) -> None:
    settings = office.settings
    clock.advance(seconds=settings.console_idle - 1)
    assert leader.get("/").status_code == 200
    clock.advance(seconds=settings.console_idle)
    assert leader.get("/").status_code == 303


def test_being_there_all_the_time_ends_too(leader: Visitor, office: Office, clock: Clock) -> None:
    steps = office.settings.console_session // 1200
    answers = []
    for _step in range(steps):
        clock.advance(seconds=1200)
        answers.append(leader.get("/").status_code)
    assert answers == [200] * (steps - 1) + [303]


def test_whoever_has_stopped_is_out_at_once(leader: Visitor, office: Office, birgit: str) -> None:
    office.disable(birgit)
    assert leader.get("/").status_code == 303


@pytest.mark.parametrize(("scheme", "name"), [("http", COOKIE), ("https", f"__Host-{COOKIE}")])
def test_the_cookie_is_for_this_host_and_no_script(
    server: InProcessServer, office: Office, birgit: str, scheme: str, name: str
) -> None:
    with listening(create_app(server, ConsoleSettings(f"{scheme}://{HOST}"))) as address:
        answer = httpx.get(f"{address}/console/sign-in", headers={"Host": HOST})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{name}=") and "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert ("Secure" in cookie) == (scheme == "https") and "Domain" not in cookie
    assert ("strict-transport-security" in answer.headers) == (scheme == "https")
