"""A phone out of use in the console: whether it was told, whether it has wiped itself, and what to do about it."""

from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.server.console import pages
from fieldapp.server.tables import Device
from tests.examples import an_id
from tests.server.console.forms import forms_of
from tests.server.console.visitors import Visitor
from tests.server.people import Clock, Phone
from tests.server.test_revoking import asked, done


def test_a_phone_is_handed_in_and_another_is_lost(leader: Visitor, freja: Phone, karim: Phone, engine: Engine) -> None:
    handed_in, lost = freja.enrolled.device, karim.enrolled.device
    before = leader.get(f"/devices/{handed_in}").text
    assert "sender den det, den har, og så sletter den sig selv" in before and "Alt på den er sendt" not in before
    assert leader.post(f"/devices/{handed_in}/retire", {"form": "retire"}).status_code == 422
    assert "Ude af brug" in leader.follow(leader.post(f"/devices/{handed_in}/retire", {"sure": "yes"})).text
    told = leader.follow(leader.post(f"/devices/{lost}/lost", {"sure": "yes"}))
    assert "meldt tabt" in told.text and "72 timer" in told.text and "beskyttet adresse" in told.text
    assert f'/codes?worker={karim.enrolled.worker}"' in told.text and not device_forms(told.text)
    with Session(engine) as session:
        assert {session.get_one(Device, id).state for id in (handed_in, lost)} == {"retired", "lost"}
    assert leader.get(f"/devices/{an_id()}").status_code == 422


def test_a_phone_says_whether_it_was_told_and_when_it_wiped_itself(leader: Visitor, freja: Phone, clock: Clock) -> None:
    at = f"/devices/{freja.enrolled.device}"
    assert "besked" not in leader.get(at).text
    leader.follow(leader.post(f"{at}/lost", {"sure": "yes"}))
    clock.advance(minutes=1)
    assert "Har ikke fået besked endnu" in leader.get(at).text
    asked(freja)
    for page in (at, "/devices"):
        assert f"Fik besked {pages.moment(clock())} og har ikke slettet sig endnu" in leader.get(page).text
    clock.advance(minutes=1)
    done(freja)
    for page in (at, "/devices"):
        assert f"Slettede sig selv {pages.moment(clock())}" in leader.get(page).text


def test_a_phone_out_of_use_that_is_then_stolen_is_reported_lost(leader: Visitor, freja: Phone, engine: Engine) -> None:
    at = f"/devices/{freja.enrolled.device}"
    leader.get("/")
    leader.follow(leader.post(f"{at}/retire", {"sure": "yes"}))
    asked(freja)
    shown = leader.get(at).text
    assert "Fik besked" in shown and device_forms(shown) == [f"{at}/lost"]
    told = leader.follow(leader.post(f"{at}/lost", {"sure": "yes"})).text
    assert "Har ikke fået besked endnu" in told, "it was told to send, and not that it is lost"
    with Session(engine) as session:
        assert session.get_one(Device, freja.enrolled.device).state == "lost"


def device_forms(page: str) -> list[str]:
    return [form.path for form in forms_of(page) if form.path.startswith("/devices/")]
