"""What a leader and an administrator do in the console, page by page, as the phones then see it."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import pytest
import segno
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.domain import invitation
from fieldapp.server.administration import Office
from fieldapp.server.console import pages
from fieldapp.server.tables import Audit, Device, Record
from fieldapp.texts import speaking
from tests.examples import an_id
from tests.server.console.forms import forms_of
from tests.server.console.visitors import HOST, Visitor
from tests.server.people import Clock, Phone, a_birth, an_add

LOOKED = {"why": "sharing"}


def look(leader: Visitor, back: str, *citizens: str, why: str = "sharing") -> httpx.Response:
    return leader.follow(leader.post("/look", {"why": why, "back": back, "citizen": list(citizens)}))


def late_note(office: Office, freja: Phone, karim: Phone, words: str) -> tuple[str, str]:
    """A citizen of Freja's, and a note of Karim's that came too late."""
    citizen = freja.meet(known_as="Ægir Opdigtet")
    office.end_assignment(office.assign(citizen, worker=karim.enrolled.worker))
    karim.catch_up()
    note = an_add("contact", citizen, {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met", "own_words": words})
    assert [ack.result for ack in karim.send(note)] == ["quarantined"]
    return citizen, note.op


def test_a_team_and_a_worker_are_made(leader: Visitor, office: Office) -> None:
    assert "Teamet er oprettet" in leader.follow(leader.post("/people/team", {"name": "Team Æ"})).text
    team = next(one.id for one in office.teams() if one.name == "Team Æ")
    form = {"name": "  Åse Opfundet ", "job": "CTI", "phone": "00 00 00 09", "team": team}
    made = leader.follow(leader.post("/people/worker", form))
    assert "Medarbejderen er oprettet" in made.text and "Team Æ" in made.text
    [worker] = [one for one in office.workers() if one.name == "Åse Opfundet"]
    assert (worker.role, worker.job, worker.phone) == ("worker", "CTI", "00 00 00 09")


def test_only_an_administrator_makes_accounts_that_open_the_console(
    leader: Visitor, administrator: Visitor, office: Office
) -> None:
    for role in ("leader", "administrator", "king"):
        refused = leader.post("/people/worker", {"name": "Opfundet", "role": role})
        assert refused.status_code == 422 and "Kun en administrator" in refused.text
    assert administrator.post("/people/worker", {"name": "Ny Opfundet", "role": "leader"}).status_code == 303
    assert [one.role for one in office.workers() if one.name == "Ny Opfundet"] == ["leader"]


def test_only_an_administrator_stops_renames_or_wipes_whoever_opens_the_console(
    leader: Visitor,
    administrator: Visitor,
    office: Office,
    birgit: str,
    poul: str,
    team: str,
    new_phone: Callable[[str], Phone],
) -> None:
    else_ = office.add_worker("Else Opfundet", role="leader", team=team)
    for account in (poul, else_):
        phone = new_phone(account).enrolled.device
        pages_ = {f"/people/{account}": ("/stop", "/describe"), f"/devices/{phone}": ("/retire", "/lost")}
        for at, acts in pages_.items():
            shown = leader.get(at).text
            assert "Den her konto hører under en administrator" in shown
            assert not {form.path for form in forms_of(shown)} & {at + act for act in acts}
            for act in acts:
                refused = leader.post(at + act, {"sure": "yes", "name": "Omdøbt Opfundet"})
                assert refused.status_code == 422 and "Det kan kun en administrator" in refused.text, act
    with Session(office.engine) as session:
        assert {one.state for one in session.exec(select(Device))} == {"active"}
    assert not [one for one in office.workers() if one.disabled_at or one.name == "Omdøbt Opfundet"]
    assert leader.post(f"/people/{birgit}/describe", {"name": "Birgit Opfundet"}).status_code == 303, "oneself"
    administrator.get("/")
    assert administrator.post(f"/people/{else_}/stop", {"sure": "yes"}).status_code == 303


def test_what_was_typed_is_kept_and_the_fault_is_tied_to_its_field(leader: Visitor, office: Office) -> None:
    refused = leader.post("/people/worker", {"form": "worker", "name": "", "job": "Opfundet stilling"})
    assert refused.status_code == 422
    assert 'value="Opfundet stilling"' in refused.text
    [field] = re.findall(r'<input[^>]*id="worker-name"[^>]*>', refused.text)
    assert 'aria-invalid="true"' in field and "worker-name-wrong" in field
    assert 'id="worker-name-wrong">Skriv noget her.' in refused.text and 'href="#worker-name"' in refused.text
    assert 'id="team-name-wrong"' not in refused.text


def test_a_worker_joins_leaves_and_stops(leader: Visitor, office: Office, freja: Phone, team: str) -> None:
    worker, citizen = freja.enrolled.worker, freja.meet()
    other = office.add_team("Andet opfundet team")
    assert "Andet opfundet team" in leader.follow(leader.post(f"/people/{worker}/join", {"team": other})).text
    leader.follow(leader.post(f"/people/{worker}/leave", {"team": other}))
    refused = leader.post(f"/people/{worker}/leave", {"team": other, "form": "leave"})
    assert "Medarbejderen er ikke i det team" in refused.text
    assert "Sæt først krydset" in leader.post(f"/people/{worker}/stop", {"form": "stop"}).text
    assert "er stoppet" in leader.follow(leader.post(f"/people/{worker}/stop", {"sure": "yes"})).text
    assert [one.citizen for one in office.in_need()] == [citizen]
    assert "1 borger har ingen støtteperson" in leader.get("/").text


def test_what_colleagues_know_is_written_and_taken_off(
    leader: Visitor, freja: Phone, karim: Phone, office: Office
) -> None:
    id = freja.enrolled.worker
    form = {"name": "Freja Nyopfundet", "job": "CTI", "phone": "", "role": "peer", "deputy": karim.enrolled.worker}
    told = leader.follow(leader.post(f"/people/{id}/describe", form))
    assert "Teamets telefoner får det" in told.text and 'value="Freja Nyopfundet"' in told.text
    [row] = [row for row in karim.catch_up().values() if row.row == "colleague" and row.fields["worker"] == id]
    assert (row.fields["name"], row.fields["role"], row.fields["deputy"]) == (form["name"], "peer", form["deputy"])
    for wrong in ({"name": ""}, {"role": "king"}, {"deputy": id}, {"deputy": an_id()}):
        assert leader.post(f"/people/{id}/describe", form | wrong | {"form": "describe"}).status_code == 422, wrong
    leader.follow(leader.post(f"/people/{id}/describe", {"name": "Freja Nyopfundet"}))
    [worker] = [one for one in office.workers() if one.id == id]
    assert (worker.job, worker.team_role, worker.deputy) == (None, None, None)


def test_methods_and_units_are_written(leader: Visitor, freja: Phone, office: Office, team: str) -> None:
    at = f"/people/{freja.enrolled.worker}"
    page = leader.follow(leader.post(f"{at}/method", {"method": "cti", "course": "2026-03-02"})).text
    assert "(kursus 2.3.2026)" in page
    for wrong in ({"method": ""}, {"method": "king"}, {"method": "cti", "course": "i går"}):
        assert leader.post(f"{at}/method", wrong | {"form": "method"}).status_code == 422
    leader.follow(leader.post(f"{at}/no-method", {"method": "cti"}))
    assert office.methods() == []
    assert "Opfundet enhed" in leader.follow(leader.post(f"/teams/{team}/unit", {"unit": "Opfundet enhed"})).text
    assert [one.unit for one in office.teams() if one.id == team] == ["Opfundet enhed"]
    assert leader.post(f"/teams/{an_id()}/unit", {"unit": "x"}).status_code == 422


def test_a_login_is_one_persons(administrator: Visitor, office: Office, birgit: str, poul: str) -> None:
    assert administrator.post(f"/people/{birgit}/login", {"login": "birgit@by.test"}).status_code == 303
    again = administrator.post(f"/people/{poul}/login", {"login": "birgit@by.test", "form": "login"})
    assert again.status_code == 422 and "En anden har det navn" in again.text
    assert administrator.post(f"/people/{birgit}/login", {"login": ""}).status_code == 303
    assert administrator.post(f"/people/{poul}/login", {"login": "birgit@by.test"}).status_code == 303


def test_a_code_is_shown_once_as_letters_and_as_a_picture(
    leader: Visitor, office: Office, freja: Phone, engine: Engine
) -> None:
    shown = leader.post("/codes", {"worker": freja.enrolled.worker})
    [first, second] = re.findall(r'class="code">(\w{4}) (\w{4})<', shown.text)[0]
    assert shown.status_code == 200 and 'src="data:image/svg+xml' in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert first + second not in leader.get("/codes").text and "Freja Opfundet" in leader.get("/codes").text
    assert "En kode til Freja Opfundet er i omløb" in leader.get("/").text


def test_a_code_for_nobody_is_refused(leader: Visitor) -> None:
    for nobody in ("", an_id(), "x"):
        assert leader.post("/codes", {"worker": nobody}).status_code == 422


def test_what_waits_on_a_phone_is_said_with_when_it_was_told(leader: Visitor, freja: Phone, clock: Clock) -> None:
    assert "meldt" not in leader.get("/devices").text
    freja.exchange(waiting=3)
    at = clock().astimezone()
    shown = [leader.get(path).text for path in ("/devices", f"/devices/{freja.enrolled.device}")]
    assert all(f"3 venter, meldt i dag {at.hour}.{at:%M}" in page for page in shown)
    freja.exchange(waiting=0)
    assert "Intet venter, meldt i dag" in leader.get("/devices").text


@pytest.mark.parametrize(("days", "said"), [(0, "i dag 8.05"), (1, "i går 8.05"), (2, "25.11.2026 8.05")])
def test_a_moment_of_lately_is_said_by_its_day(days: int, said: str) -> None:
    at = datetime(2026, 11, 25, 8, 5).astimezone()
    with speaking("da"):
        assert pages.lately(at, at + timedelta(days=days)) == said


def test_yes_to_a_forgotten_code_needs_a_reason(leader: Visitor, freja: Phone) -> None:
    form = {"worker": freja.enrolled.worker, "form": "recovery"}
    assert "Skriv noget her" in leader.post("/devices/recovery", form).text
    assert "Du har sagt ja" in leader.follow(leader.post("/devices/recovery", form | {"reason": "Glemt i ferien"})).text


def test_a_phone_that_is_silent_is_on_the_front_page(
    leader: Visitor, freja: Phone, clock: Clock, office: Office
) -> None:
    clock.advance(days=8)
    later = leader.sign_in(office, next(one.id for one in office.workers() if one.role == "leader"))
    assert "Telefonen hos Freja Opfundet har ikke været i forbindelse" in later.get("/").text


def test_a_citizen_is_handed_over(leader: Visitor, freja: Phone, karim: Phone, team: str) -> None:
    citizen = freja.meet()
    to = {"whom": f"worker:{karim.enrolled.worker}"}
    assert "Overdraget" in leader.follow(leader.post(f"/assignments/{citizen}/hand-over", to)).text
    assert citizen in karim.catch_up() and citizen not in freja.catch_up()
    leader.follow(leader.post(f"/assignments/{citizen}/hand-over", {"whom": f"team:{team}"}))
    assert citizen in freja.catch_up()
    for nobody in ("", "worker:", f"king:{an_id()}", f"worker:{an_id()}"):
        refused = leader.post(f"/assignments/{citizen}/hand-over", {"whom": nobody, "form": "hand-over"})
        assert refused.status_code == 422, nobody


def test_somebody_stands_in_and_it_ends(leader: Visitor, freja: Phone, karim: Phone, office: Office) -> None:
    citizen = freja.meet()
    form = {"worker": freja.enrolled.worker, "deputy": karim.enrolled.worker, "from": "", "to": "2026-12-24"}
    assert "Stedfortræderen har borgerne" in leader.follow(leader.post("/assignments/deputy", form)).text
    assert citizen in karim.catch_up()
    [standing] = [one for one in office.assignments() if one.role == "deputy"]
    leader.follow(leader.post(f"/assignments/{citizen}/end", {"assignment": standing.id}))
    assert citizen not in karim.catch_up()
    for wrong in (
        {"to": ""},
        {"to": "i morgen"},
        {"to": "2020-01-01"},
        {"to": "9999-12-31"},
        {"deputy": form["worker"]},
    ):
        assert leader.post("/assignments/deputy", form | wrong).status_code == 422, wrong


def test_one_more_is_entrusted_from_a_day_to_another(
    leader: Visitor, freja: Phone, karim: Phone, office: Office
) -> None:
    citizen = freja.meet()
    whom = {"whom": f"worker:{karim.enrolled.worker}"}
    backwards = leader.post(f"/assignments/{citizen}/add", whom | {"from": "2026-12-02", "to": "2026-12-01"})
    assert backwards.status_code == 422
    leader.follow(leader.post(f"/assignments/{citizen}/add", whom | {"from": "2026-12-01", "to": "2026-12-02"}))
    [one] = [one for one in office.assignments() if one.role == "deputy"]
    assert one.to_at is not None and (one.to_at - one.from_at).days == 2


def test_late_work_is_read_with_a_reason_and_taken_along(
    leader: Visitor, office: Office, freja: Phone, karim: Phone, birgit: str
) -> None:
    citizen, note = late_note(office, freja, karim, "Opdigtede ord")
    listed = leader.get("/waiting").text + leader.get(f"/waiting/{note}").text
    assert "Karim Opfundet" in listed and "Opdigtede" not in listed and "Ægir" not in listed
    shown = look(leader, f"/waiting/{note}", citizen, why="late_work")
    assert "Opdigtede ord" in shown.text and "Ægir Opdigtet" in shown.text
    assert "Taget med" in leader.follow(leader.post(f"/waiting/{note}/accept")).text
    assert freja.catch_up()[note].fields["decided_by"] == birgit
    assert leader.post(f"/waiting/{note}/reject", {"reason": "other"}).status_code == 422


def test_late_work_is_left_out_with_a_reason(leader: Visitor, office: Office, freja: Phone, karim: Phone) -> None:
    _citizen, note = late_note(office, freja, karim, "Opdigtede ord")
    for none in ("", "gone", "king"):
        assert leader.post(f"/waiting/{note}/reject", {"reason": none, "form": "reject"}).status_code == 422
    assert "Ikke taget med" in leader.follow(leader.post(f"/waiting/{note}/reject", {"reason": "outdated"})).text
    assert freja.catch_up()[note].fields["reason"] == "outdated"


def test_two_who_look_alike_are_one_or_two(leader: Visitor, freja: Phone, karim: Phone, engine: Engine) -> None:
    one, other = freja.meet(known_as="Ægir Opdigtet"), karim.meet(known_as="Aegir Opdigtet")
    page = leader.get("/doubles").text
    assert one[-6:] in page and "Ægir" not in page and "Den samme" not in page
    assert "Den samme: behold Ægir Opdigtet" in look(leader, "/doubles", one, other, why="twice").text
    leader.follow(leader.post("/doubles/two", {"one": other, "other": one}))
    assert one[-6:] not in leader.get("/doubles").text
    third = freja.meet(phone="11 22 33 44"), karim.meet(phone="+45 11223344", known_as="Bo")
    assert third[0][-6:] in leader.get("/doubles").text
    leader.follow(leader.post("/doubles/same", {"one": third[0], "other": third[1], "kept": third[0]}))
    with Session(engine) as session:
        [merge] = session.exec(select(Record).where(Record.kind == "citizen_merge")).all()
    assert (merge.scope, merge.fields["same_as"]) == (f"citizen:{third[1]}", third[0])
    assert third[1] in freja.catch_up() and leader.get("/doubles").text.count("card wide") == 0
    elsewhere = {"one": one, "other": other, "kept": third[0]}
    assert leader.post("/doubles/same", elsewhere).status_code == 422


def test_erasing_counts_first_and_asks_once(leader: Visitor, freja: Phone, office: Office) -> None:
    citizen = freja.meet()
    asked = leader.post("/erase/count", {"what": "citizen", "id": citizen, "ground": "request"})
    assert asked.status_code == 200 and re.search(r"\d+ .*slettes", asked.text)
    form = {"what": "citizen", "id": citizen, "ground": "request"}
    assert "Sæt først krydset" in leader.post("/erase", form | {"form": "sure"}).text
    assert citizen in freja.catch_up()
    assert "Slettet her" in leader.follow(leader.post("/erase", form | {"sure": "yes"})).text
    assert freja.catch_up()[citizen].deleted
    for wrong in ({"id": an_id()}, {"id": "x"}, {"ground": ""}, {"ground": "king"}, {"what": "record", "id": citizen}):
        refused = leader.post("/erase/count", form | wrong | {"form": "erase"})
        assert refused.status_code == 422 and 'value="' + str((form | wrong)["id"]) in refused.text


def test_insight_comes_as_a_file_whose_name_says_nothing(
    leader: Visitor, freja: Phone, birgit: str, engine: Engine
) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    for none in ({}, {"why": ""}, {"why": "sharing"}, {"why": "king"}):
        refused = leader.post("/extract", {"id": citizen, "form": "extract"} | none)
        assert refused.status_code == 422 and "Ægir" not in refused.text and 'id="extract-why-wrong"' in refused.text
    answer = leader.post("/extract", {"id": citizen, "why": "insight"})
    assert answer.headers["content-disposition"] == 'attachment; filename="vedhold-indsigt.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert sorted(packed.namelist()) == ["extract.json", "extract.txt"]
        assert "Ægir Opdigtet" in packed.read("extract.txt").decode()
    with Session(engine) as session:
        told = session.exec(select(Audit).where(Audit.do == "extract")).one()
    assert (told.worker, told.record, told.why) == (birgit, citizen, "insight")


@pytest.mark.parametrize("id", ["../../etc/passwd", "..%2f..", "/etc/passwd", "C:\\x", "x\x00y", "a\r\nb", ""])
def test_no_path_leads_out_of_an_extract(leader: Visitor, id: str) -> None:
    answer = leader.post("/extract", {"id": id, "why": "insight", "form": "extract"})
    assert answer.status_code == 422 and "content-disposition" not in answer.headers


def test_a_reason_is_asked_kept_in_the_log_and_good_for_a_quarter_of_an_hour(
    leader: Visitor, freja: Phone, birgit: str, engine: Engine, clock: Clock
) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    at = f"/assignments/{citizen}"
    assert "Ægir" not in leader.get(at).text
    for none in ("", "king", "fordi"):
        assert leader.post("/look", {"why": none, "back": at, "citizen": citizen}).status_code == 422
    assert "Ægir" not in leader.get(at).text
    assert "Ægir Opdigtet" in look(leader, at, citizen, why="concern").text
    with Session(engine) as session:
        told = session.exec(select(Audit).where(Audit.do == "look")).one()
    assert (told.worker, told.record, told.why, told.scope) == (birgit, citizen, "concern", f"citizen:{citizen}")
    clock.advance(minutes=15)
    assert "Ægir" not in leader.get(at).text


def test_what_one_leader_looked_at_another_must_ask_for(
    leader: Visitor, visitor: Callable[[], Visitor], office: Office, freja: Phone
) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    look(leader, f"/assignments/{citizen}", citizen)
    other = visitor().sign_in(office, office.add_worker("Else Opfundet", role="leader"))
    assert "Ægir" not in other.get(f"/assignments/{citizen}").text


def test_of_two_who_are_one_the_list_shows_one(leader: Visitor, freja: Phone) -> None:
    one, other = freja.meet(), freja.meet()
    leader.get("/doubles")
    leader.follow(leader.post("/doubles/same", {"one": one, "other": other, "kept": one}))
    shown = leader.get(f"/assignments?of={freja.enrolled.worker}").text
    assert one[-6:] in shown and f"/{other}" not in shown


def test_who_opened_whom_is_judged_one_by_one(
    leader: Visitor, freja: Phone, clock: Clock, office: Office, birgit: str
) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    assert freja.send_one(an_add("access", citizen, {"opened_at": clock().isoformat()})) == "ok"
    assert "Ingen i dine teams" in leader.get("/sample").text
    assert leader.get("/sample?week=2026-W48").status_code == 422
    for none in ("x", "2026", "' OR 1=1"):
        assert leader.get("/sample", params={"week": none}).status_code == 422
    clock.advance(days=7)
    first = leader.sign_in(office, birgit).get("/").text
    assert "1 åbning i ugens stikprøve venter på dig" in first and 'href="/console/sample"' in first
    page = leader.get("/sample")
    assert "Freja Opfundet åbnede Borger" in page.text and "Ægir" not in page.text
    [form, *_] = [one for one in forms_of(page.text) if one.path == "/sample"]
    asked = form.fields | {"judgement": "ask", "text": ""}
    assert "Skriv noget her" in leader.post("/sample", asked | {"token": leader.token}).text
    told = leader.follow(leader.post("/sample", asked | {"text": "Opdigtede ord", "token": leader.token}))
    assert "Jeg spørger medarbejderen hvorfor" in told.text and "Opdigtede ord" not in told.text
    assert leader.post("/sample", asked | {"access": an_id(), "text": "x", "token": leader.token}).status_code == 422
    assert "ugens stikprøve venter" not in leader.get("/").text
    shown = look(leader, "/sample?week=2026-W48", citizen, why="sample").text
    assert "Ægir Opdigtet" in shown and "Opdigtede ord" in shown


def test_the_picture_of_a_code_says_where_and_whose_key_it_is(leader: Visitor, freja: Phone, engine: Engine) -> None:
    """What the phone would read, made anew from what the page says: the same picture."""
    shown = leader.post("/codes", {"worker": freja.enrolled.worker}).text
    code = "".join(re.findall(r'class="code">(\w{4}) (\w{4})<', shown)[0])
    key = invitation.fingerprint(freja.enrolled.server_key)
    link = invitation.link(invitation.Invitation(f"http://{HOST}", code, key))
    assert html.escape(segno.make(link, error="m").svg_data_uri(scale=4, border=4)) in shown
    assert f'<p class="line">{html.escape(link)}</p>' in shown, "to paste, where no camera reads it"


def test_a_birth_shows_no_name_before_somebody_asks(leader: Visitor, freja: Phone) -> None:
    freja.send_one(a_birth(full_name="Rikke Opdigtet", phone="99 88 77 66"))
    shown = [leader.get(path).text for path in ("/", "/assignments", f"/assignments?of={freja.enrolled.worker}")]
    assert not [page for page in shown if "Rikke" in page or "99 88" in page or "Åse" in page]
