"""Who the device is to the server: enrolled once, and a token whenever one is needed."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from fieldapp.errors import CodeRefused, LoginAgain, ProtocolFault
from fieldapp.store.database import Store
from fieldapp.store.vault import open_with_key
from fieldapp.sync import session
from fieldapp.wire import Challenge, Enrolled, SyncServer, Token, TokenRequest
from tests.examples import an_id
from tests.fresh import KEY
from tests.sync.parts import Clock, Device, Way, World


def test_a_code_enrols_one_device_and_its_key_logs_it_in(world: World) -> None:
    worker = world.worker("Freja Opfundet", world.team)
    code = world.office.make_code(worker)
    key, enrolled = session.enrol(world.server, code, "Prøvetelefon")
    assert (enrolled.worker, enrolled.worker_name) == (worker, "Freja Opfundet")
    device = Device(world.folder / "device-0", worker, Way(world.server), world.clock, enrolled, key)
    world.devices.append(device)
    device.sync()
    assert device.state().complete
    with pytest.raises(CodeRefused) as refused:
        session.enrol(world.server, code, "En anden telefon")
    assert refused.value.why == "used"


def test_the_enrolment_is_in_the_vault(world: World, freja: Device) -> None:
    freja.start_again()
    assert session.enrolment(freja.store) == (freja.enrolled, "https://vedhold.example")


def test_a_new_vault_belongs_to_nobody(world: World) -> None:
    vault = open_with_key(world.folder / "new", KEY)
    assert session.enrolment(Store(vault, "")) is None
    vault.close()


def test_the_key_is_kept_by_the_caller_and_not_in_the_vault(freja: Device) -> None:
    assert freja.key.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert "key" not in {name for name in vars(freja.state()) if name != "server_key"}


def test_a_second_enrolment_keeps_the_epoch_of_the_rows(freja: Device) -> None:
    """Else a server put back meanwhile would not be recognized, and would not be offered again what it lost."""
    session.keep_enrolment(freja.store, freja.enrolled.model_copy(update={"epoch": "later"}), "https://b.example")
    assert freja.state().epoch == freja.enrolled.epoch
    assert freja.state().address == "https://b.example"


def test_a_key_that_is_no_device_key_is_a_fault() -> None:
    other = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ProtocolFault):
        session.public_key(other)


class Gate:
    """A server that counts the logins; its tokens last 900 seconds."""

    def __init__(self, server: str) -> None:
        self.server, self.given = server, 0

    def challenge(self, device: str) -> Challenge:
        return Challenge(nonce="n", server=self.server)

    def token(self, request: TokenRequest) -> Token:
        self.given += 1
        return Token(token=f"token-{self.given}", seconds=900)

    enrol = exchange = None


@pytest.fixture
def enrolled() -> Enrolled:
    return Enrolled(device=an_id(), worker=an_id(), worker_name="x", server=an_id(), server_key="", epoch="e")


def a_login(gate: object, enrolled: Enrolled, clock: Clock) -> session.Login:
    server: SyncServer = gate  # type: ignore[assignment]
    return session.Login(server, enrolled, session.new_device_key(), clock)


def test_a_token_is_kept_until_shortly_before_it_ends(enrolled: Enrolled) -> None:
    clock, gate = Clock(), Gate(enrolled.server)
    login = a_login(gate, enrolled, clock)
    assert [login.call(str) for _ in range(3)] == ["token-1"] * 3
    clock.advance(seconds=869)
    assert login.call(str) == "token-1"
    clock.advance(seconds=1)
    assert login.call(str) == "token-2"


def test_a_token_the_server_no_longer_knows_is_renewed_once(enrolled: Enrolled) -> None:
    gate = Gate(enrolled.server)
    login, refused = a_login(gate, enrolled, Clock()), ["token-1"]

    def ask(token: str) -> str:
        if token in refused:
            raise LoginAgain
        return token

    assert login.call(ask) == "token-2"
    refused += ["token-2", "token-3"]
    with pytest.raises(LoginAgain):
        login.call(ask)
    assert gate.given == 3


def test_a_challenge_for_another_server_is_not_signed(enrolled: Enrolled) -> None:
    gate = Gate(an_id())
    with pytest.raises(ProtocolFault) as refused:
        a_login(gate, enrolled, Clock()).token()
    assert refused.value.why == "other_server"
    assert gate.given == 0
