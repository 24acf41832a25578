"""Only the phone that a leader's code was used on, and only while it is trusted, gets in."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp.errors import CodeRefused, DeviceRevoked, LoginAgain, ProtocolFault
from fieldapp.server import enrolment
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import AccessToken, Code, Device, Nonce
from fieldapp.settings import DEFAULTS
from fieldapp.wire import EnrolRequest, TokenRequest, token_message
from tests.examples import an_id
from tests.server.people import Clock, Phone, an_add, public_pem, sign

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


@pytest.fixture
def worker(office: Office) -> str:
    return office.add_worker("Åse Opfundet")


@pytest.fixture
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def request_with(key: ec.EllipticCurvePrivateKey) -> Callable[[str], EnrolRequest]:
    return lambda code: EnrolRequest(code=code, public_key=public_pem(key), name="Åses telefon\x00\x1b")


class TestCode:
    def test_it_is_eight_letters_that_cannot_be_taken_for_each_other(self, office: Office, worker: str) -> None:
        code = office.make_code(worker)
        assert len(code) == 8 and set(code) <= set(enrolment.LETTERS)
        assert len(set(enrolment.LETTERS)) == 32 and not set("01IO") & set(enrolment.LETTERS)

    def test_it_enrols_a_phone_once(
        self, server: InProcessServer, office: Office, worker: str, request_with: Callable[[str], EnrolRequest]
    ) -> None:
        code = office.make_code(worker)
        enrolled = server.enrol(request_with(code))
        assert (enrolled.worker, enrolled.worker_name, enrolled.role) == (worker, "Åse Opfundet", "worker")
        load_pem_public_key(enrolled.server_key.encode())
        with Session(office.engine) as session:
            device = session.exec(select(Device)).one()
        assert (device.id, device.worker, device.name, device.state) == (
            enrolled.device,
            worker,
            "Åses telefon",
            "active",
        )
        with pytest.raises(CodeRefused, match="used"):
            server.enrol(request_with(code))

    def test_it_may_be_written_as_people_write(
        self, server: InProcessServer, office: Office, worker: str, request_with: Callable[[str], EnrolRequest]
    ) -> None:
        code = office.make_code(worker).lower()
        assert server.enrol(request_with(f" {code[:4]}-{code[4:]} ")).worker == worker

    def test_after_a_quarter_of_an_hour_it_is_over(
        self,
        server: InProcessServer,
        office: Office,
        worker: str,
        clock: Clock,
        request_with: Callable[[str], EnrolRequest],
    ) -> None:
        code = office.make_code(worker)
        clock.advance(minutes=15)
        with pytest.raises(CodeRefused, match="expired"):
            server.enrol(request_with(code))

    def test_after_five_wrong_tries_the_right_one_is_refused_too(
        self, server: InProcessServer, office: Office, worker: str, request_with: Callable[[str], EnrolRequest]
    ) -> None:
        code = office.make_code(worker)
        for letter in [letter for letter in enrolment.LETTERS if letter != code[-1]][:5]:
            with pytest.raises(CodeRefused, match="wrong"):
                server.enrol(request_with(code[:-1] + letter))
        with pytest.raises(CodeRefused, match="expired"):
            server.enrol(request_with(code))

    @pytest.mark.parametrize("code", ["", "ABC", "22222222", "ÆØÅÆØÅÆØ", "\x00\ud800ABCDEF", "0O1I0O1I"])
    def test_a_wrong_one_is_refused(
        self, server: InProcessServer, office: Office, worker: str, key: ec.EllipticCurvePrivateKey, code: str
    ) -> None:
        office.make_code(worker)
        with pytest.raises(CodeRefused, match="wrong"):
            server.enrol(EnrolRequest.model_construct(code=code, public_key=public_pem(key), name=""))

    def test_only_a_hash_is_kept_and_not_for_long(self, office: Office, worker: str, clock: Clock) -> None:
        code = office.make_code(worker)
        with Session(office.engine) as session:
            entry = session.exec(select(Code)).one()
        assert code not in str(entry.model_dump()) and code[3:] not in str(entry.model_dump())
        clock.advance(days=2)
        office.make_code(worker)
        with Session(office.engine) as session:
            assert len(session.exec(select(Code)).all()) == 1


class TestKey:
    @pytest.mark.parametrize("pem", ["", "Åse", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"])
    def test_what_is_no_key_is_refused_and_the_code_still_works(
        self,
        server: InProcessServer,
        office: Office,
        worker: str,
        pem: str,
        request_with: Callable[[str], EnrolRequest],
    ) -> None:
        code = office.make_code(worker)
        with pytest.raises(ProtocolFault, match="bad_key"):
            server.enrol(EnrolRequest(code=code, public_key=pem))
        assert server.enrol(request_with(code)).worker == worker

    def test_another_kind_of_key_is_refused(self) -> None:
        others = ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 1024)
        for other in others:
            pem = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            with pytest.raises(ProtocolFault, match="bad_key"):
                enrolment.checked_key(pem.decode())


class TestToken:
    def ask(self, phone: Phone, **more: str) -> TokenRequest:
        """A good request for a token, or one with something else in it."""
        nonce = phone.server.challenge(phone.enrolled.device).nonce
        message = token_message(phone.enrolled.server, phone.enrolled.device, nonce)
        said = {"device": phone.enrolled.device, "nonce": nonce, "signature": sign(phone.key, message)}
        return TokenRequest.model_construct(**(said | more))

    def test_a_signed_challenge_gives_one(self, freja: Phone) -> None:
        token = freja.server.token(self.ask(freja))
        assert token.seconds == 900
        freja.token = token.token
        freja.exchange()

    def test_a_nonce_serves_once_and_not_after_a_wrong_signature_either(self, freja: Phone) -> None:
        request = self.ask(freja)
        freja.server.token(request)
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(request)
        good = self.ask(freja)
        with pytest.raises(LoginAgain, match="signature"):
            freja.server.token(good.model_copy(update={"signature": "AAAA"}))
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(good)

    def test_a_nonce_lives_for_a_minute(self, freja: Phone, clock: Clock) -> None:
        request = self.ask(freja)
        clock.advance(seconds=60)
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(request)

    def test_a_nonce_belongs_to_its_device(self, freja: Phone, karim: Phone) -> None:
        nonce = karim.server.challenge(karim.enrolled.device).nonce
        message = token_message(freja.enrolled.server, freja.enrolled.device, nonce)
        with pytest.raises(LoginAgain, match="nonce"):
            freja.server.token(self.ask(freja, nonce=nonce, signature=sign(freja.key, message)))

    @pytest.mark.parametrize("signature", ["", "Åse", "AAAA", "!" * 90])
    def test_a_signature_that_is_none_is_refused(self, freja: Phone, signature: str) -> None:
        with pytest.raises(LoginAgain, match="signature"):
            freja.server.token(self.ask(freja, signature=signature))

    def test_another_phones_signature_is_refused(self, freja: Phone, karim: Phone) -> None:
        request = self.ask(freja)
        message = token_message(freja.enrolled.server, freja.enrolled.device, request.nonce)
        with pytest.raises(LoginAgain, match="signature"):
            freja.server.token(request.model_copy(update={"signature": sign(karim.key, message)}))

    def test_a_device_that_is_none_gets_a_nonce_that_is_good_for_nothing(self, freja: Phone) -> None:
        stranger = replace(freja, enrolled=freja.enrolled.model_copy(update={"device": an_id()}))
        real, unknown = (phone.server.challenge(phone.enrolled.device) for phone in (freja, stranger))
        assert len(real.nonce) == len(unknown.nonce) and real.server == unknown.server
        for device in (an_id(), "not-an-id", "x" * 36):
            with pytest.raises(LoginAgain, match="nonce"):
                freja.server.token(self.ask(freja, device=device))
        assert freja.server.challenge("x" * 36).nonce

    def test_a_token_lives_for_a_quarter_of_an_hour(self, freja: Phone, clock: Clock) -> None:
        freja.log_in()
        clock.advance(seconds=899)
        freja.exchange()
        clock.advance(seconds=1)
        with pytest.raises(LoginAgain, match="token"):
            freja.exchange()
        freja.log_in()
        freja.exchange()

    def test_only_hashes_are_kept_and_old_ones_go(self, freja: Phone, clock: Clock, engine: Engine) -> None:
        nonce, token = freja.server.challenge(freja.enrolled.device).nonce, freja.log_in()
        with Session(engine) as session:
            kept = str(session.exec(select(Nonce)).all()) + str(session.exec(select(AccessToken)).all())
        assert nonce not in kept and token not in kept
        clock.advance(hours=1)
        freja.log_in()
        with Session(engine) as session:
            assert len(session.exec(select(Nonce)).all()) == 0
            assert len(session.exec(select(AccessToken)).all()) == 1


class TestRevoked:
    def test_a_device_is_stopped_at_once_though_its_token_lives(self, freja: Phone, engine: Engine) -> None:
        citizen = freja.meet()
        with engine.begin() as connection:
            connection.execute(text("UPDATE device SET state = 'lost'"))
        contact = an_add("contact", citizen, MET)
        with pytest.raises(DeviceRevoked, match="lost"):
            freja.exchange(contact)
        with pytest.raises(DeviceRevoked, match="lost"):
            freja.log_in()
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM record WHERE kind = 'contact'")).scalar() == 0

    def test_one_who_cannot_sign_is_not_even_told(self, freja: Phone, karim: Phone, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE device SET state = 'lost'"))
        forged = replace(freja, key=karim.key)
        with pytest.raises(LoginAgain, match="signature"):
            forged.log_in()


def test_a_worker_has_a_device_for_each_phone_and_its_own_ids(
    server: InProcessServer, office: Office, worker: str, request_with: Callable[[str], EnrolRequest]
) -> None:
    first, second = (server.enrol(request_with(office.make_code(worker))) for _ in range(2))
    assert first.device != second.device and first.server == second.server
    assert first.lease_days == DEFAULTS.lease_lock_days
