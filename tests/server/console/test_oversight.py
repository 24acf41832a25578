"""What a leader must see: who asks for another support person, how support ends, who has too much or has not heard."""

import re
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.domain.values import ClosingGround
from fieldapp.server.administration import Office
from fieldapp.server.console import pages
from fieldapp.server.tables import Device
from fieldapp.texts import speaking
from fieldapp.words import word
from tests.examples import an_id
from tests.server.console.test_pages import late_note, look
from tests.server.console.visitors import Visitor
from tests.server.people import Clock, Phone, an_add
from tests.server.test_away import away
from tests.server.test_caseload import meet


def test_who_asks_for_another_support_person_is_shown_with_the_meeting_beside_the_hand_over(
    leader: Visitor, freja: Phone, karim: Phone
) -> None:
    citizen, at = freja.meet(known_as="Ægir Opdigtet"), "/assignments?of=asked"
    assert "anden støtteperson" not in leader.get("/").text + leader.get("/assignments").text
    said = {"on": "2026-11-25", "worker": karim.enrolled.worker, "reason": "wish", "note": "Opdigtede ord"}
    assert freja.send_one(an_add("worker_change", citizen, said | {"joint_meeting_on": "2026-12-02"})) == "ok"
    for page in ("/", "/assignments"):
        shown = leader.get(page).text
        assert "Der er bedt om en anden støtteperson til 1 borger" in shown and f'"/console{at}"' in shown, page
    for page in (at, f"/assignments/{citizen}"):
        shown = leader.get(page).text
        assert "Freja Opfundet beder om, at Karim Opfundet tager over" in shown and citizen[-6:] in shown
        assert "Fælles møde 2.12.2026, ikke holdt endnu" in shown and "Ægir" not in shown and "Opdigtede" not in shown
    assert f'<option value="worker:{karim.enrolled.worker}" selected>' in leader.get(f"/assignments/{citizen}").text
    assert "Ægir Opdigtet" in look(leader, at, citizen).text
    assert freja.send_one(an_add("worker_change", citizen, said | {"held": True})) == "ok"
    assert "Det fælles møde er holdt" in leader.get(at).text
    to = {"whom": f"worker:{karim.enrolled.worker}"}
    freja.clock.advance(minutes=1)
    assert "beder om" not in leader.follow(leader.post(f"/assignments/{citizen}/hand-over", to)).text
    assert "anden støtteperson" not in leader.get("/").text


def test_what_was_asked_before_a_course_ended_is_asked_no_more_when_support_begins_anew(
    leader: Visitor, freja: Phone, karim: Phone, clock: Clock
) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    change = {"on": "2026-11-25", "worker": karim.enrolled.worker, "reason": "wish"}
    closing = {"on": "2026-11-25", "ground": "authority_decision", "leader_told": True}
    again = {"on": "2026-11-25"}
    told = ("worker_change", change, 1), ("closing", closing, 0), ("reopening", again, 0), ("worker_change", change, 1)
    for kind, said, shown in told:
        clock.advance(minutes=1)
        assert freja.send_one(an_add(kind, citizen, said, at=clock())) == "ok"
        assert leader.get("/assignments?of=asked").text.count("Freja Opfundet beder om") == shown, kind


def test_an_ending_by_the_authority_or_by_own_wish_and_a_no_reach_the_leader(
    leader: Visitor, freja: Phone, clock: Clock, office: Office, birgit: str
) -> None:
    decided, no, alone = (freja.meet(known_as=f"Ægir Opdigtet {n}") for n in range(3))
    assert "siger stop" not in leader.get("/").text + leader.get("/assignments").text
    closing = {"on": "2026-11-25", "ground": "authority_decision", "leader_told": True}
    own = closing | {"ground": "manages_own_judgement", "own_words": "Opdigtede ord"}
    thanks = {"said_on": "2026-11-25", "answer": "no_thanks", "ask_again_on": "2026-12-09", "own_words": "Opdigtede"}
    sent = an_add("closing", decided, closing), an_add("support_answer", no, thanks), an_add("closing", alone, own)
    assert {ack.result for ack in freja.send(*sent)} == {"ok"}
    for page in ("/", "/assignments"):
        assert "2 borgere, hvor myndigheden eller borgeren selv siger stop" in leader.get(page).text, page
    at = "/assignments?of=ended"
    listed = leader.get(at).text
    assert "25.11.2026, skrevet af Freja Opfundet · der står, at lederen ved det" in listed
    assert "der står ikke, at lederen ved det" in listed and alone[-6:] not in listed
    assert "Myndigheden har" not in listed and "Nej tak" not in listed, "whose will it is asks for a reason"
    shown = look(leader, at, decided, no).text
    assert "Nej tak" in shown and "Bliver spurgt igen 9.12.2026" in shown and "Opdigtede" not in shown
    with speaking("da"):
        ground = word(ClosingGround, ClosingGround.AUTHORITY_DECISION)
    assert ground in shown and ground not in listed and ground in leader.get(f"/assignments/{decided}").text
    clock.advance(days=1)
    freja.log_in()
    yes, again = {"said_on": "2026-11-26", "answer": "yes"}, {"on": "2026-11-26"}
    taken_back = (an_add("support_answer", no, yes, at=clock()), an_add("reopening", decided, again, at=clock()))
    assert {ack.result for ack in freja.send(*taken_back)} == {"ok"}
    leader.sign_in(office, birgit)
    assert "siger stop" not in leader.get("/").text and "Ingen borgere" in leader.get(at).text


def test_an_ending_that_waited_on_a_phone_stands_there_once_it_has_come(
    leader: Visitor, freja: Phone, clock: Clock
) -> None:
    closing = {"on": "2026-10-01", "ground": "authority_decision", "leader_told": True}
    long_ago = clock() - timedelta(days=55)
    assert freja.send_one(an_add("closing", freja.meet(), closing, at=long_ago)) == "ok"
    assert "siger stop" in leader.get("/").text


def test_an_ending_stands_there_for_four_weeks(
    leader: Visitor, freja: Phone, clock: Clock, office: Office, birgit: str
) -> None:
    closing = {"on": "2026-11-25", "ground": "authority_decision", "leader_told": True}
    freja.send(an_add("closing", freja.meet(), closing))
    for days, is_there in ((28, True), (1, False)):
        clock.advance(days=days)
        leader.sign_in(office, birgit)
        assert ("siger stop" in leader.get("/").text) is is_there, days


def test_of_a_long_list_the_rest_is_said_and_reached(leader: Visitor, freja: Phone) -> None:
    citizens = [id for _ in range(3) for id in meet(freja, 67, None, known_as="Ægir Opdigtet")]
    at = f"/assignments?of={freja.enrolled.worker}"
    shown = leader.get(at).text
    assert "1 borger mere efter disse" in shown and f"{at}&amp;first=200" in shown
    [last] = [citizen for citizen in citizens if f"/assignments/{citizen}" not in shown]
    rest = look(leader, f"{at}&first=200", last).text
    assert "Ægir Opdigtet" in rest and f"/assignments/{last}" in rest and "mere efter disse" not in rest
    assert leader.get(f"{at}&first=-1").status_code == 422


def test_of_late_work_that_is_cut_it_is_said_how_much_more_there_is(
    leader: Visitor, office: Office, freja: Phone, karim: Phone
) -> None:
    citizen, _note = late_note(office, freja, karim, "Opdigtede ord")
    said = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}
    for count, is_cut in ((199, False), (1, True)):
        late = [an_add("contact", citizen, said) for _ in range(count)]
        assert {ack.result for ack in karim.send(*late)} == {"quarantined"}
        assert ("1 mere efter disse" in leader.get("/waiting").text) is is_cut


def test_a_deputy_who_has_not_seen_it_is_called_until_they_have(
    leader: Visitor, freja: Phone, karim: Phone, clock: Clock, team: str, engine: Engine
) -> None:
    freja.meet()
    absence = away(freja, karim, team, clock)
    assert freja.send_one(absence) == "ok"
    shown = leader.get("/").text
    assert "Karim Opfundet har ikke åbnet borgerne fra Freja Opfundet endnu: ring" in shown
    assert f"Telefonen hos Karim Opfundet var sidst i forbindelse {pages.moment(clock())}" in shown
    with Session(engine) as session:
        session.get_one(Device, karim.enrolled.device).state = "lost"
        session.commit()
    assert "Karim Opfundet har ingen telefon i brug" in leader.get("/").text
    with Session(engine) as session:
        session.get_one(Device, karim.enrolled.device).state = "active"
        session.commit()
    seen = an_add("worker_absence_seen", an_id(), {"worker_absence": absence.id, "seen_at": clock().isoformat()})
    assert karim.send_one(seen.model_copy(update={"scope": absence.scope})) == "ok"
    assert "har ikke åbnet" not in leader.get("/").text


def test_a_deputy_who_has_stopped_stands_in_for_nobody(
    leader: Visitor, freja: Phone, karim: Phone, clock: Clock, team: str, office: Office
) -> None:
    freja.meet()
    assert freja.send_one(away(freja, karim, team, clock)) == "ok"
    alone = "Freja Opfundet er væk, og der er ingen stedfortræder"
    assert alone not in leader.get("/").text
    office.disable(karim.enrolled.worker)
    shown = leader.get("/").text
    assert alone in shown and "har ikke åbnet borgerne" not in shown


def test_how_much_each_has_stands_beside_the_name(leader: Visitor, freja: Phone) -> None:
    freja.meet(), freja.meet()
    assert re.search(r"Freja Opfundet</a></h3>\s*<span class=\"meta\">2 borgere", leader.get("/assignments").text)


def test_too_many_and_those_moving_in_are_a_sentence_under_the_name(leader: Visitor, freja: Phone) -> None:
    ids = meet(freja, 11)
    moving = {"move_in_on": "2026-11-25", "in_use": True}
    assert {ack.result for ack in freja.send(*(an_add("housing_period", id, moving) for id in ids[:3]))} == {"ok"}
    shown = leader.get("/assignments").text
    assert "11 af 10 borgere" in shown and "11 borgere, loftet er 10. Tal sammen om, hvad der kan hjælpe." in shown
    assert "3 flytter ind på samme tid. Tal sammen om færre borgere lige nu." in shown


def test_a_full_act_team_is_a_sentence_under_its_name(leader: Visitor, freja: Phone, office: Office, team: str) -> None:
    for id in meet(freja, 21, "act"):
        office.hand_over(id, team=team)
    shown = leader.get("/assignments").text
    assert (
        "21 borgere til hver medarbejder; i gennemsnit højst 8" in shown and "Mere end 8 til hver medarbejder" in shown
    )
