"""A phone out of use is told by an order that only its server can sign, gets no rows, and says when it is done."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.errors import DeviceRevoked, LoginAgain
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Audit
from fieldapp.server.tables import Device as DeviceRow
from fieldapp.sync import orders
from fieldapp.sync.http import HttpServer
from fieldapp.wire import DigestRequest, Token, TokenRequest, token_message, wiped_message
from tests.server.http import listening
from tests.server.people import Clock, Phone, an_add, sign

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


@pytest.fixture(params=["in process", "over http"])
def there(request: pytest.FixtureRequest, server: InProcessServer) -> Iterator[InProcessServer | HttpServer]:
    if request.param == "in process":
        yield server
        return
    with listening(create_app(server)) as address, HttpServer(address) as http:
        yield http


def asked(phone: Phone) -> tuple[Token | DeviceRevoked, str]:
    """What the phone gets for its signed nonce, and the nonce."""
    nonce = phone.server.challenge(phone.enrolled.device).nonce
    message = token_message(phone.enrolled.server, phone.enrolled.device, nonce)
    request = TokenRequest(device=phone.enrolled.device, nonce=nonce, signature=sign(phone.key, message))
    try:
        return phone.server.token(request), nonce
    except DeviceRevoked as revoked:
        return revoked, nonce


def done(phone: Phone, by: Phone | None = None) -> None:
    nonce = phone.server.challenge(phone.enrolled.device).nonce
    signature = sign((by or phone).key, wiped_message(phone.enrolled.server, phone.enrolled.device, nonce))
    phone.server.wiped(TokenRequest(device=phone.enrolled.device, nonce=nonce, signature=signature))


def of(engine: Engine, phone: Phone) -> DeviceRow:
    with Session(engine) as session:
        return session.get_one(DeviceRow, phone.enrolled.device)


def told(engine: Engine, phone: Phone) -> list[tuple[str, str | None]]:
    with Session(engine) as session:
        found = session.exec(select(Audit).where(Audit.record == phone.enrolled.device).order_by(Audit.no))
        return [(one.do, one.why) for one in found if one.do in ("wipe", "wiped")]


class TestLost:
    def test_its_answer_is_an_order_that_its_server_signed_for_it_and_for_now(
        self, freja: Phone, karim: Phone, office: Office, there: InProcessServer
    ) -> None:
        freja.server = there
        office.revoke(freja.enrolled.device, lost=True)
        revoked, nonce = asked(freja)
        assert isinstance(revoked, DeviceRevoked) and revoked.order is not None
        said = (freja.enrolled.server_key, freja.enrolled.server, freja.enrolled.device, nonce, "lost", revoked.order)
        assert orders.checked(*said) == "lost"
        for place, other in enumerate((karim.enrolled.server_key[:-40], "x", karim.enrolled.device, "n", "retired")):
            assert orders.checked(*said[:place], other, *said[place + 1 :]) is None

    def test_it_is_let_in_for_nothing_and_the_log_has_it_once(
        self, freja: Phone, office: Office, engine: Engine, clock: Clock
    ) -> None:
        freja.meet()
        office.revoke(freja.enrolled.device, lost=True)
        first = clock.now
        for _ in range(3):
            asked(freja)
            clock.advance(minutes=1)
        with pytest.raises(LoginAgain):
            freja.exchange()
        assert told(engine, freja) == [("wipe", "lost")]
        assert (of(engine, freja).ordered_at, of(engine, freja).wiped_at) == (first, None)

    def test_it_stays_lost_whatever_is_said_of_it_later(self, freja: Phone, office: Office, engine: Engine) -> None:
        office.revoke(freja.enrolled.device, lost=True)
        office.revoke(freja.enrolled.device, lost=False)
        office.disable(freja.enrolled.worker)
        assert of(engine, freja).state == "lost"


class TestRetired:
    def test_it_sends_and_gets_no_row(self, freja: Phone, karim: Phone, office: Office, there: InProcessServer) -> None:
        citizen = freja.meet()
        freja.catch_up()
        office.assign(citizen, worker=karim.enrolled.worker)
        karim.catch_up()
        assert karim.send_one(an_add("contact", citizen, MET)) == "ok"
        freja.server = there
        office.revoke(freja.enrolled.device, lost=False)
        freja.log_in()
        before = dict(freja.rows)
        mine = an_add("contact", citizen, MET)
        assert freja.send_one(mine) == "ok"
        assert freja.catch_up() == before, "what a colleague wrote does not come any more"
        assert mine.id in karim.catch_up()

    def test_its_token_is_an_order_and_good_for_nothing_but_to_send(
        self, freja: Phone, office: Office, there: InProcessServer
    ) -> None:
        freja.server = there
        office.revoke(freja.enrolled.device, lost=False)
        answer, nonce = asked(freja)
        assert isinstance(answer, Token) and answer.retire is not None
        said = (freja.enrolled.server_key, freja.enrolled.server, freja.enrolled.device, nonce)
        assert orders.checked(*said, "retired", answer.retire) == "retired"
        with pytest.raises(DeviceRevoked, match="retired"):
            freja.server.digest(answer.token, DigestRequest(epoch=freja.enrolled.epoch, upto=0, scopes={}))

    def test_a_worker_who_has_stopped_has_no_phone_in_use(self, freja: Phone, office: Office, engine: Engine) -> None:
        office.disable(freja.enrolled.worker)
        answer, _ = asked(freja)
        assert isinstance(answer, Token) and answer.retire is not None


class TestDone:
    @pytest.mark.parametrize("lost", [True, False])
    def test_it_says_so_once_and_the_log_has_it(
        self, freja: Phone, office: Office, engine: Engine, clock: Clock, there: InProcessServer, lost: bool
    ) -> None:
        freja.server = there
        office.revoke(freja.enrolled.device, lost=lost)
        asked(freja)
        done(freja)
        clock.advance(hours=1)
        done(freja)
        assert of(engine, freja).wiped_at is not None and of(engine, freja).wiped_at < clock.now
        assert [do for do, _ in told(engine, freja)] == ["wipe", "wiped"]

    def test_from_one_in_use_or_from_somebody_else_it_means_nothing(
        self, freja: Phone, karim: Phone, office: Office, engine: Engine
    ) -> None:
        done(freja)
        assert of(engine, freja).wiped_at is None and told(engine, freja) == []
        office.revoke(freja.enrolled.device, lost=True)
        with pytest.raises(LoginAgain, match="signature"):
            done(freja, by=karim)
        with pytest.raises(LoginAgain, match="signature"):  # what is signed to get in does not say that all is gone
            nonce = freja.server.challenge(freja.enrolled.device).nonce
            signature = sign(freja.key, token_message(freja.enrolled.server, freja.enrolled.device, nonce))
            freja.server.wiped(TokenRequest(device=freja.enrolled.device, nonce=nonce, signature=signature))
        assert of(engine, freja).wiped_at is None
