"""That an older copy was opened knowingly stands in the log once, without a word of what is in it."""

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.server.tables import Audit
from fieldapp.wire import Older
from tests.examples import an_id
from tests.server.people import Phone, a_birth


def entries(engine: Engine) -> list[Audit]:
    with Session(engine) as session:
        return list(session.exec(select(Audit).where(Audit.do == "older")))


def test_it_is_told_once_by_its_id_and_says_who_and_how_far(freja: Phone, engine: Engine) -> None:
    told = Older(id=an_id(), commits=7)
    for _again in range(3):
        freja.exchange(older=told)
    [entry] = entries(engine)
    assert (entry.op_id, entry.device, entry.record) == (told.id, freja.enrolled.device, freja.enrolled.device)
    assert (entry.worker, entry.why, entry.result, entry.settled) == (freja.enrolled.worker, "7_commits", "ok", True)
    assert (entry.scope, entry.kind, entry.seq) == (None, None, None)
    freja.exchange(older=Older(id=an_id(), commits=7))
    assert len(entries(engine)) == 2, "another time is another entry"


def test_it_is_kept_beside_what_the_exchange_does_and_also_when_that_is_a_reset(freja: Phone, engine: Engine) -> None:
    birth = a_birth()
    [ack] = freja.exchange(birth, older=Older(id=an_id())).acks
    assert ack.result == "ok"
    assert freja.exchange(epoch="another", older=Older(id=an_id())).reset == "epoch"
    assert [entry.why for entry in entries(engine)] == ["0_commits"] * 2


def test_an_id_that_is_an_operations_changes_nothing_of_it(freja: Phone, karim: Phone, engine: Engine) -> None:
    birth = a_birth()
    freja.send(birth)
    karim.exchange(older=Older(id=birth.op, commits=1))
    assert entries(engine) == []
    assert freja.send_one(birth) == "ok"


@pytest.mark.parametrize("wrong", [{"id": "x" * 36}, {"id": an_id(), "commits": -1}, {"id": an_id(), "commits": 2**60}])
def test_what_is_malformed_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Older.model_validate(wrong)
