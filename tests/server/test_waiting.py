"""How much lies on a phone is what it last said, and when; never a guess of the server's."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.bodies import decode_request, encode_request
from fieldapp.server.tables import Device
from tests.examples import an_id
from tests.server.people import Clock, Phone, a_birth, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def said(engine: Engine, phone: Phone) -> tuple[int | None, bool]:
    """How many wait, and whether it was said now."""
    with Session(engine) as session:
        device = session.get_one(Device, phone.enrolled.device)
        return device.waiting, device.waiting_at == phone.clock()


def test_it_is_kept_with_the_moment_it_was_said(freja: Phone, karim: Phone, engine: Engine, clock: Clock) -> None:
    assert said(engine, freja) == (None, False)
    freja.exchange(waiting=3)
    assert said(engine, freja) == (3, True) and said(engine, karim) == (None, False)
    clock.advance(minutes=10)
    assert said(engine, freja) == (3, False)
    freja.exchange(waiting=0)
    assert said(engine, freja) == (0, True)


def test_an_app_that_does_not_say_is_let_in_and_changes_nothing(freja: Phone, engine: Engine, clock: Clock) -> None:
    freja.exchange(waiting=3)
    clock.advance(minutes=10)
    freja.exchange(a_birth())
    assert said(engine, freja) == (3, False)
    assert decode_request(encode_request(freja.request())).waiting is None


def test_what_came_with_it_waits_on_when_it_found_no_place(freja: Phone, engine: Engine) -> None:
    birth, early = a_birth(), an_add("contact", an_id(), MET)
    refused = an_add("contact", birth.id, MET | {"occurred_at": "i går"})
    acks = freja.exchange(birth, early, refused, waiting=1).acks
    assert [ack.result for ack in acks] == ["ok", "waits", "refused"]
    assert said(engine, freja) == (3, True)


def test_of_another_timeline_nothing_was_taken(freja: Phone, engine: Engine) -> None:
    assert freja.exchange(a_birth(), epoch="another", waiting=1).reset == "epoch"
    assert said(engine, freja) == (2, True)


@pytest.mark.parametrize("waiting", [-1, 2**53, "mange"])
def test_what_is_no_count_is_no_request(freja: Phone, waiting: object) -> None:
    with pytest.raises(ValueError, match="waiting"):
        freja.request(waiting=waiting)
