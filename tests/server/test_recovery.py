"""A code for a forgotten PIN is kept sealed, and given once, to the phone it is from, when a leader said yes."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp.errors import DeviceRevoked, LoginAgain, RecordError, RecoveryRefused, ServerTrouble
from fieldapp.server import files, recovery
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.files import KeyFileError
from fieldapp.server.tables import Audit, Recovery, RecoveryApproval
from fieldapp.sync.http import HttpServer
from fieldapp.wire import RecoveryAsk, RecoveryCode, SyncServer
from tests.examples import an_id
from tests.server.http import listening
from tests.server.people import Clock, Phone, a_known_phone

KEY = bytes(range(32))
CODE, OTHER = RecoveryCode(code="ab" * 16), RecoveryCode(code="cd" * 16)
REASON = "opfundet: glemt efter ferien"


@pytest.fixture
def server(engine: Engine, clock: Clock) -> InProcessServer:
    return InProcessServer(engine, clock, recovery_key=KEY)


@pytest.fixture(params=["in process", "over http"])
def there(request: pytest.FixtureRequest, server: InProcessServer) -> Iterator[SyncServer]:
    """The same server, both ways."""
    if request.param == "in process":
        yield server
        return
    with listening(create_app(server)) as address, HttpServer(address) as there:
        yield there


def deposited(phone: Phone, there: SyncServer | None = None, code: RecoveryCode = CODE) -> Phone:
    """A phone whose code is kept, over this way."""
    phone = replace(phone, server=there or phone.server)
    phone.server.deposit(phone.log_in(), code)
    return phone


def ask(phone: Phone, ask: str | None = None) -> str:
    return phone.server.recover(phone.log_in(), RecoveryAsk(ask=ask or an_id())).code


def refused(phone: Phone, by: str | None = None) -> str | None:
    with pytest.raises(RecoveryRefused) as caught:
        ask(phone, by)
    return caught.value.why


class TestAsking:
    def test_never_without_a_leader(self, freja: Phone, there: SyncServer) -> None:
        assert refused(deposited(freja, there)) == "not_yet"

    def test_once_after_a_yes(self, freja: Phone, there: SyncServer, office: Office) -> None:
        phone = deposited(freja, there)
        office.approve_recovery(freja.enrolled.worker, REASON)
        assert ask(phone) == CODE.code
        assert refused(phone) == "not_yet", "used up"

    def test_again_when_the_answer_was_lost_but_only_then(
        self, freja: Phone, there: SyncServer, office: Office
    ) -> None:
        phone, by = deposited(freja, there), an_id()
        office.approve_recovery(freja.enrolled.worker, REASON)
        assert [ask(phone, by) for _lost in range(3)] == [CODE.code] * 3
        assert refused(phone) == "not_yet"

    def test_what_served_serves_no_more_when_a_new_code_is_kept(self, freja: Phone, office: Office) -> None:
        phone, by = deposited(freja), an_id()
        office.approve_recovery(freja.enrolled.worker, REASON)
        ask(phone, by)
        deposited(phone, code=OTHER)
        assert refused(phone, by) == "not_yet"
        office.approve_recovery(freja.enrolled.worker, REASON)
        assert ask(phone) == OTHER.code

    def test_a_yes_is_good_for_a_day(self, freja: Phone, office: Office, clock: Clock) -> None:
        phone, by = deposited(freja), an_id()
        office.approve_recovery(freja.enrolled.worker, REASON)
        clock.advance(hours=23, minutes=59)
        assert ask(phone, by) == CODE.code
        office.approve_recovery(freja.enrolled.worker, REASON)
        clock.advance(minutes=1)
        assert ask(phone) == CODE.code, "the second yes is young"
        clock.advance(hours=24)
        assert refused(phone, by) == "not_yet", "also for an answer that was lost"

    def test_a_yes_is_for_one_worker(self, freja: Phone, karim: Phone, office: Office) -> None:
        phones = deposited(freja), deposited(karim, code=OTHER)
        office.approve_recovery(karim.enrolled.worker, REASON)
        assert refused(phones[0]) == "not_yet"
        assert ask(phones[1]) == OTHER.code

    def test_another_phone_of_the_worker_gets_its_own_code_or_none(
        self, freja: Phone, server: InProcessServer, clock: Clock, office: Office
    ) -> None:
        deposited(freja)
        second = a_known_phone(server, clock, freja.enrolled.worker)
        office.approve_recovery(freja.enrolled.worker, REASON)
        assert refused(second) == "nothing"
        deposited(second, code=OTHER)
        assert ask(second) == OTHER.code
        assert refused(freja) == "not_yet", "one yes, one phone"

    def test_somebody_elses_asking_is_not_repeated_for_them(self, freja: Phone, karim: Phone, office: Office) -> None:
        phones, by = (deposited(freja), deposited(karim, code=OTHER)), an_id()
        office.approve_recovery(freja.enrolled.worker, REASON)
        ask(phones[0], by)
        assert refused(phones[1], by) == "not_yet"

    def test_the_leader_who_says_yes_is_kept_and_is_not_the_worker(
        self, freja: Phone, office: Office, engine: Engine
    ) -> None:
        leader = office.add_worker("Aksel Opfundet", role="leader")
        office.approve_recovery(freja.enrolled.worker, REASON, by=leader)
        with Session(engine) as session:
            assert session.exec(select(RecoveryApproval.by)).one() == leader
            said = session.exec(select(Audit).where(Audit.do == "approve_recovery")).one()
            assert (said.worker, said.result) == (leader, "ok") and REASON not in str(said)
        for nobody in (freja.enrolled.worker, office.add_worker("Karim Opfundet")):
            with pytest.raises(RecordError, match="not_a_leader"):
                office.approve_recovery(freja.enrolled.worker, REASON, by=nobody)
        with pytest.raises(RecordError, match="not_a_leader"):
            office.approve_recovery(leader, REASON, by=leader)

    def test_the_worker_is_told_who_said_yes_on_all_their_phones_and_nobody_else_is(
        self, freja: Phone, karim: Phone, office: Office, server: InProcessServer, clock: Clock
    ) -> None:
        second = a_known_phone(server, clock, freja.enrolled.worker)
        leader = office.add_worker("Birgit Opfundet", role="leader")
        office.approve_recovery(freja.enrolled.worker, REASON, by=leader)
        for phone in (freja, second):
            [told] = [row for row in phone.catch_up().values() if row.row == "notice"]
            assert told.fields == {
                "what": "recovered",
                "from_at": clock().isoformat(),
                "worker": leader,
                "name": "Birgit Opfundet",
            }
        assert [row for row in karim.catch_up().values() if row.row == "notice"] == []

    @pytest.mark.parametrize("state", ["retired", "lost"])
    def test_a_revoked_phone_gets_nothing(self, freja: Phone, office: Office, engine: Engine, state: str) -> None:
        phone = deposited(freja)
        office.approve_recovery(freja.enrolled.worker, REASON)
        with engine.begin() as connection:
            connection.execute(text("UPDATE device SET state = :state"), {"state": state})
        for call in (lambda: phone.server.recover(phone.token, RecoveryAsk(ask=an_id())) for _twice in range(2)):
            with pytest.raises(DeviceRevoked, match=state):
                call()
        with pytest.raises(DeviceRevoked, match=state):
            phone.server.deposit(phone.token, OTHER)

    def test_without_a_token_nothing(self, freja: Phone, there: SyncServer) -> None:
        deposited(freja, there)
        with pytest.raises(LoginAgain):
            there.recover("no", RecoveryAsk(ask=an_id()))
        with pytest.raises(LoginAgain):
            there.deposit("no", OTHER)


class TestKeeping:
    def test_it_is_sealed_for_its_device_under_a_key_that_is_not_in_the_database(
        self, freja: Phone, karim: Phone, engine: Engine
    ) -> None:
        deposited(freja)
        with Session(engine) as session:
            sealed = session.get_one(Recovery, freja.enrolled.device).sealed
        assert CODE.code not in sealed and bytes.fromhex(CODE.code) not in base64.b64decode(sealed)
        assert recovery._opened(KEY, freja.enrolled.device, sealed) == CODE.code
        changed = sealed[:30] + ("A" if sealed[30] != "A" else "B") + sealed[31:]
        device = freja.enrolled.device
        for wrong in ((bytes(32), device, sealed), (KEY, karim.enrolled.device, sealed), (KEY, device, changed)):
            with pytest.raises(ServerTrouble, match="recovery_key"):
                recovery._opened(*wrong)

    def test_a_row_moved_to_another_device_opens_for_nobody(
        self, freja: Phone, karim: Phone, office: Office, engine: Engine
    ) -> None:
        deposited(freja)
        with engine.begin() as connection:
            connection.execute(text("UPDATE recovery SET device = :to"), {"to": karim.enrolled.device})
        office.approve_recovery(karim.enrolled.worker, REASON)
        with pytest.raises(ServerTrouble):
            ask(karim)

    def test_kept_again_after_a_lost_answer_it_is_there_once(self, freja: Phone, engine: Engine) -> None:
        for code in (CODE, CODE, OTHER):
            deposited(freja, code=code)
        with Session(engine) as session:
            assert len(session.exec(select(Recovery)).all()) == 1

    def test_a_server_without_the_key_refuses_and_nothing_else_breaks(
        self, freja: Phone, engine: Engine, clock: Clock
    ) -> None:
        without = InProcessServer(engine, clock)
        phone = replace(freja, server=without)
        phone.meet()
        with pytest.raises(ServerTrouble, match="no_recovery_key"):
            without.deposit(phone.token, CODE)
        assert refused(phone) == "nothing"
        deposited(replace(phone, server=freja.server))
        with pytest.raises(ServerTrouble, match="no_recovery_key"):
            ask(phone)
        phone.catch_up()

    @pytest.mark.parametrize("code", ["", "ab", "AB" * 16, "zz" * 16, "ab" * 17])
    def test_what_is_no_code_is_refused(self, code: str) -> None:
        with pytest.raises(ValidationError):
            RecoveryCode(code=code)

    def test_a_code_does_not_show_itself(self) -> None:
        assert CODE.code not in repr(CODE) and CODE.code not in str(CODE)


class TestTheLog:
    def test_a_yes_stands_there_with_its_reason_for_ever(self, freja: Phone, office: Office, engine: Engine) -> None:
        phone = deposited(freja)
        office.approve_recovery(freja.enrolled.worker, f"  {REASON} ")
        ask(phone)
        with Session(engine) as session:
            yes = session.exec(select(RecoveryApproval)).one()
            entry = session.exec(select(Audit).where(Audit.do == "recover")).one()
        assert (yes.worker, yes.reason, yes.device) == (freja.enrolled.worker, REASON, freja.enrolled.device)
        assert (entry.op_id, entry.worker, entry.device) == (yes.id, yes.worker, yes.device)
        assert CODE.code not in str(entry.model_dump()) and REASON not in str(entry.model_dump())

    def test_there_is_no_yes_without_a_reason_or_for_nobody(self, freja: Phone, office: Office) -> None:
        with pytest.raises(RecordError, match="missing"):
            office.approve_recovery(freja.enrolled.worker, "  ")
        with pytest.raises(RecordError, match="unknown_worker"):
            office.approve_recovery(an_id(), REASON)


class TestTheKey:
    def test_it_is_made_once_for_this_user_alone(self, tmp_path: Path) -> None:
        file = tmp_path / recovery.KEY_FILE
        key = files.key_in(file, make=True)
        assert len(key) == 32 and files.key_in(file, make=True) == files.key_in(file) == key
        assert file.stat().st_mode & 0o777 == 0o600
        assert files.key_in(tmp_path / "another", make=True) != key

    @pytest.mark.parametrize(("content", "why"), [(None, "missing"), ("", "malformed"), ("zz" * 32, "malformed")])
    def test_a_file_that_holds_none_is_refused(self, tmp_path: Path, content: str | None, why: str) -> None:
        if content is not None:
            (tmp_path / "key").write_text(content)
        with pytest.raises(KeyFileError, match=why):
            files.key_in(tmp_path / "key")


async def test_a_malformed_code_is_refused_without_being_quoted(server: InProcessServer, freja: Phone) -> None:
    transport = httpx.ASGITransport(create_app(server))
    headers = {"Authorization": f"Bearer {freja.log_in()}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://server", headers=headers) as client:
        for path in ("deposit", "recover"):
            answer = await client.post(f"/sync/v1/{path}", json={"code": "Åse Opfundet", "ask": "Åse Opfundet"})
            assert (answer.status_code, answer.json()) == (400, {"kind": "protocol_fault", "why": "malformed"})
