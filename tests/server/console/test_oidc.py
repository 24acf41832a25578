"""The municipality's own sign-in, against a small issuer over real HTTP that tells every lie there is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.settings import ConsoleSettings, ConsoleSettingsError, SignIn, checked_address, sign_in_of
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import ConsoleSignIn
from tests.server.console import issuer as issuers
from tests.server.console.issuer import TestIssuer
from tests.server.console.visitors import COOKIE, HOST, Visitor
from tests.server.http import listening
from tests.server.people import Clock

New = Callable[[], Visitor]
LOGIN = "birgit@by.test"
NO_TRUST = "som vi ikke kan stole på"


@pytest.fixture
def issuer(clock: Clock) -> Iterator[TestIssuer]:
    with issuers.running(clock) as issuer:
        yield issuer


@pytest.fixture
def address(server: InProcessServer, issuer: TestIssuer) -> Iterator[str]:
    with listening(create_app(server, ConsoleSettings(f"http://{HOST}", issuer.sign_in))) as address:
        yield address


@pytest.fixture
def known(office: Office, birgit: str) -> str:
    office.set_login(birgit, LOGIN)
    return birgit


def left(one: Visitor, issuer: TestIssuer, login: str = LOGIN) -> dict[str, str]:
    """Away to the issuer, and signed in there; what the browser brings back."""
    away = one.get("/oidc")
    assert away.status_code == 303, away.text
    return issuer.ask(away.headers["location"], login)


def back(one: Visitor, said: dict[str, str]) -> httpx.Response:
    return one.get("/oidc/back", params=said)


def test_somebody_known_comes_in_under_a_new_cookie(visitor: New, issuer: TestIssuer, known: str) -> None:
    one = visitor()
    assert "Log ind med kommunens login" in one.get("/sign-in").text
    before = one.cookie
    answer = back(one, left(one, issuer))
    assert answer.headers["location"] == "/console/" and one.cookie != before
    assert "Birgit Opfundet" in one.get("/").text


def test_the_question_says_all_that_it_must_and_nothing_secret(visitor: New, issuer: TestIssuer, known: str) -> None:
    first, second = visitor(), visitor()
    left(first, issuer)
    asked = issuer.asked
    assert asked["redirect_uri"] == f"http://{HOST}/console/oidc/back"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert "openid" in asked["scope"] and "client_secret" not in asked and "code_verifier" not in asked
    left(second, issuer)
    assert not {asked[name] for name in ("state", "nonce", "code_challenge")} & set(issuer.asked.values())


@pytest.mark.parametrize("login", ["else@by.test", "BIRGIT@by.test", "birgit@by.test ", "' OR 1=1 --", "x" * 5000])
def test_whom_we_do_not_know_is_told_so(visitor: New, issuer: TestIssuer, known: str, login: str) -> None:
    one = visitor()
    answer = back(one, left(one, issuer, login))
    assert answer.status_code == 422 and "Ingen her har det navn" in answer.text
    assert one.get("/").status_code == 303


def test_a_worker_and_whoever_has_stopped_stay_outside(
    visitor: New, issuer: TestIssuer, office: Office, known: str, team: str
) -> None:
    office.set_login(office.add_worker("Freja Opfundet", team=team), "freja@by.test")
    one = visitor()
    assert "Dit arbejde ligger i appen" in back(one, left(one, issuer, "freja@by.test")).text
    office.disable(known)
    assert "Ingen her har det navn" in back(one, left(one, issuer)).text
    assert one.get("/").status_code == 303


def test_a_state_of_nobody_of_another_browser_or_twice_is_refused(visitor: New, issuer: TestIssuer, known: str) -> None:
    """The second: an attacker starts, and lets the victim come back with the attacker's state."""
    one, other = visitor(), visitor()
    one.get("/sign-in"), other.get("/sign-in")
    said = left(one, issuer)
    for state in ("", "x" * 43):
        assert NO_TRUST in back(one, said | {"state": state}).text
    assert NO_TRUST in back(other, said).text
    assert NO_TRUST in back(one, said).text  # used up by the other
    again = left(one, issuer)
    assert back(one, again).status_code == 303
    assert NO_TRUST in back(one, again).text


def test_too_long_away_and_a_no_are_sentences(visitor: New, issuer: TestIssuer, known: str, clock: Clock) -> None:
    one = visitor()
    said = left(one, issuer)
    assert "lukkede dig ikke ind" in back(one, {"error": "access_denied", "state": said["state"]}).text
    said = left(one, issuer)
    clock.advance(minutes=10)
    assert "Det tog for lang tid" in back(one, said).text


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://andre.test"},
    "another audience": {"aud": "en anden"},
    "among several, another's": {"aud": ["vedhold", "en anden"], "azp": "en anden"},
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "expired": {"exp": 1_000_000_000},
    "no end": {"exp": None},
    "not yet": {"nbf": 9_000_000_000},
    "issued later": {"iat": 9_000_000_000},
    "no subject": {"sub": None},
    "no name": {"email": None},
    "a name that is none": {"email": ["birgit@by.test"]},
    "an access token that is not the one": {"at_hash": "x"},
}


@pytest.mark.parametrize("claims", LIES.values(), ids=LIES)
def test_a_lie_in_the_token_lets_nobody_in(
    visitor: New, issuer: TestIssuer, known: str, claims: dict[str, Any]
) -> None:
    one, issuer.claims = visitor(), claims
    answer = back(one, left(one, issuer))
    assert answer.status_code == 422 and NO_TRUST in answer.text
    assert one.get("/").status_code == 303


def test_another_key_and_another_way_to_sign_let_nobody_in(visitor: New, issuer: TestIssuer, known: str) -> None:
    one = visitor()
    issuer.signs = RSAKey.generate_key(2048, {"kid": "1"})
    assert NO_TRUST in back(one, left(one, issuer)).text
    issuer.signs, issuer.headers = None, {"alg": "RS512"}
    assert NO_TRUST in back(one, left(one, issuer)).text
    issuer.headers = {"kid": "2"}
    assert NO_TRUST in back(one, left(one, issuer)).text
    issuer.headers = {}
    assert back(one, left(one, issuer)).status_code == 303


def test_a_wrong_code_and_another_issuers_papers_are_refused(visitor: New, issuer: TestIssuer, known: str) -> None:
    one = visitor()
    assert NO_TRUST in back(one, left(one, issuer) | {"code": "en anden"}).text
    issuer.says_it_is = "https://andre.test"
    refused = one.get("/oidc")
    assert refused.status_code == 422 and NO_TRUST in refused.text


def test_an_issuer_that_does_not_answer_is_a_sentence(
    server: InProcessServer, issuer: TestIssuer, visitor: New
) -> None:
    issuer.status = 503
    assert "svarer ikke" in visitor().get("/oidc").text
    nobody = SignIn("http://127.0.0.1:9", "vedhold", "x")
    with listening(create_app(server, ConsoleSettings(f"http://{HOST}", nobody))) as address:
        one = Visitor(address)
        assert "svarer ikke" in one.get("/oidc").text
        one.client.close()


def test_without_settings_there_is_no_such_way(server: InProcessServer) -> None:
    with listening(create_app(server, ConsoleSettings(f"http://{HOST}"))) as address:
        one = Visitor(address)
        assert "kommunens login" not in one.get("/sign-in").text
        assert one.get("/oidc").headers["location"] == "/console/sign-in"
        assert NO_TRUST in back(one, {"state": "x", "code": "x"}).text
        one.client.close()


def test_nothing_of_a_way_in_is_kept_in_clear(visitor: New, issuer: TestIssuer, known: str, engine: Engine) -> None:
    one = visitor()
    one.get("/sign-in")
    said = left(one, issuer)
    with Session(engine) as session:
        [kept] = session.exec(select(ConsoleSignIn)).all()
    assert said["state"] not in str(kept) and one.client.cookies[COOKIE] not in str(kept)


FILES = {
    "nothing": "",
    "no toml": "issuer =",
    "http": 'issuer = "http://by.test"\nclient = "a"\nsecret = "b"',
    "no secret": 'issuer = "https://by.test"\nclient = "a"\nsecret = ""',
    "another word": 'issuer = "https://by.test"\nclient = "a"\nsecret = "b"\nname = "c"',
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_file_on_the_sign_in_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "login.toml"
    with pytest.raises(ConsoleSettingsError):
        sign_in_of(file)
    file.write_text(text)
    with pytest.raises(ConsoleSettingsError):
        sign_in_of(file)
    file.write_text('issuer = "https://by.test"\nclient = "a"\nsecret = "b"\nclaim = "email"')
    assert sign_in_of(file) == SignIn("https://by.test", "a", "b", "email")


@pytest.mark.parametrize("text", ["", "by.test", "ftp://by.test", "https://", "https://by.test/a", "https://x@by.test"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ConsoleSettingsError):
        checked_address(text)
    assert urlsplit(checked_address("https://by.test:8443/")).netloc == "by.test:8443"


@pytest.mark.parametrize(
    ("written", "browsers_say"),
    [
        ("https://Vedhold.BY.test", "https://vedhold.by.test"),
        ("https://by.test:443/", "https://by.test"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_held_against_what_a_browser_says(written: str, browsers_say: str) -> None:
    """Otherwise every page is refused as another host's."""
    assert checked_address(written) == browsers_say
