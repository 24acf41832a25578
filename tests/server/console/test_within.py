"""A leader sees their own teams, and what no leader has: in every list, and through every address and form."""

import re
from dataclasses import dataclass
from itertools import cycle

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.server.administration import Office
from fieldapp.server.console.app import ROUTES
from fieldapp.server.console.rules import RULES
from fieldapp.server.console.within import FREE
from fieldapp.server.tables import Audit, Worker
from tests.examples import an_id
from tests.server.console.conftest import New
from tests.server.console.test_lists import tried
from tests.server.console.visitors import Visitor
from tests.server.people import Clock, Phone, an_add

LEADERS = [(method, path) for method, path, *_ in ROUTES if RULES[method, path] & {"leader"} and path != "/sign-out"]
LEADERS = [(method, path) for method, path in LEADERS if "nobody" not in RULES[method, path]]
LISTS = [path for method, path in LEADERS if method == "GET" and "{" not in path]
LISTS += [f"/assignments?of={of}" for of in ("nobody", "asked", "ended")]
FIELDS = ("worker", "deputy", "team", "whom", "id", "citizen", "one", "other", "kept", "assignment", "access", "list")
MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met", "own_words": "Opdigtede ord"}


@dataclass(frozen=True)
class Elsewhere:
    """What Else leads, and nobody else sees: a worker with a phone, two citizens who look alike, a note too late."""

    leader: str
    team: str
    worker: str
    device: str
    citizens: tuple[str, str]
    assignment: str
    late: str

    @property
    def ids(self) -> tuple[str, ...]:
        return self.worker, self.team, self.device, *self.citizens, self.assignment, self.late


@pytest.fixture
def elsewhere(office: Office, new_phone: object, leader: Visitor, freja: Phone) -> Elsewhere:
    team = office.add_team("Udeteamet")
    els = office.add_worker("Else Udefra", role="leader", team=team)
    ida = new_phone(office.add_worker("Ida Udefra", team=team))  # type: ignore[operator]
    bo = new_phone(office.add_worker("Bo Udefra", team=team))  # type: ignore[operator]
    one, two = ida.meet(known_as="Ægir Opdigtet"), ida.meet(known_as="Aegir Opdigtet")
    office.end_assignment(office.assign(one, worker=bo.enrolled.worker))
    bo.catch_up()
    note = an_add("contact", one, MET)
    assert [ack.result for ack in bo.send(note)] == ["quarantined"]
    change = {"on": "2026-11-25", "worker": bo.enrolled.worker, "reason": "wish"}
    no = {"said_on": "2026-11-25", "answer": "no_thanks"}
    for asked in (an_add("worker_change", one, change), an_add("support_answer", two, no)):
        assert ida.send_one(asked) == "ok"
    office.make_code(ida.enrolled.worker)
    assignment = next(each.id for each in office.assignments() if each.citizen == one and each.to_at is None)
    return Elsewhere(els, team, ida.enrolled.worker, ida.enrolled.device, (one, two), assignment, note.op)


def other_leader(visitor: New, office: Office, elsewhere: Elsewhere) -> Visitor:
    return visitor().sign_in(office, elsewhere.leader)


@pytest.mark.parametrize("path", LISTS)
def test_no_list_shows_another_teams(
    leader: Visitor, visitor: New, office: Office, elsewhere: Elsewhere, path: str
) -> None:
    page = leader.get(path)
    shown = page.text.replace(f">{'Teamet Udeteamet'}<", "")
    names = [name for name in ("Ida Udefra", "Bo Udefra", "Else Udefra") if name in shown]
    names += [id for id in (*elsewhere.ids, elsewhere.leader) if id in shown]
    names += [citizen[-6:] for citizen in elsewhere.citizens if f"…{citizen[-6:]}" in shown]
    assert names == []
    assert not re.search(r"støtteperson til \d|\d borgere?, hvor", shown), "nor is it counted"


def test_the_other_leader_sees_all_of_it(visitor: New, office: Office, elsewhere: Elsewhere) -> None:
    one = other_leader(visitor, office, elsewhere)
    shown = {
        path: one.get(path).text for path in ("/people", "/devices", "/codes", "/assignments", "/waiting", "/doubles")
    }
    assert all("Ida Udefra" in shown[path] for path in ("/people", "/devices", "/codes", "/assignments"))
    assert elsewhere.late in shown["/waiting"] and elsewhere.citizens[0] in shown["/doubles"]
    first = one.get("/").text
    said = ("1 notat kom for sent", "anden støtteperson til 1 borger", "1 borger, hvor myndigheden eller borgeren")
    assert all(words in first for words in said)
    assert "Ida Udefra" in one.get("/assignments?of=asked").text + one.get("/assignments?of=ended").text
    assert "Freja Opfundet" not in "".join(shown.values())


@pytest.mark.parametrize(("method", "path"), LEADERS)
def test_no_id_of_another_team_gets_through(
    leader: Visitor, elsewhere: Elsewhere, engine: Engine, method: str, path: str
) -> None:
    """In the address, or in any field: 403, and nothing is done."""

    def refused(path: str, form: dict[str, str]) -> bool:
        said = leader.get(path) if method == "GET" else leader.post(path, form)
        return said.status_code == 403 and "Det er ikke din side" in said.text

    before, mine = acts(engine), re.sub(r"\{\w+\}", an_id(), path)
    leader.get("/lists")
    for id in elsewhere.ids if "{" in path else ():
        assert refused(re.sub(r"\{\w+\}", id, path), {}), id
    for field, id in zip(FIELDS, cycle(elsewhere.ids), strict=False):
        if (path, field) in FREE:
            continue
        if method == "GET":
            assert refused(f"{mine}?{field}={id}", {}), (field, id)
        else:
            assert refused(mine, {field: f"worker:{id}" if field == "whom" else id}), (field, id)
    assert acts(engine) == before


def acts(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [entry.do for entry in session.exec(select(Audit))]


def test_a_reason_opens_nobody_of_another_team(
    leader: Visitor, elsewhere: Elsewhere, freja: Phone, engine: Engine
) -> None:
    mine = freja.meet(known_as="Åse Opdigtet")
    leader.get("/")
    asked = {"why": "twice", "back": "/doubles", "citizen": [mine, *elsewhere.citizens]}
    assert leader.post("/look", asked).status_code == 303
    with Session(engine) as session:
        assert [entry.record for entry in session.exec(select(Audit).where(Audit.do == "look"))] == [mine]


def test_a_citizen_who_goes_to_another_team_is_seen_no_more(
    leader: Visitor, elsewhere: Elsewhere, freja: Phone
) -> None:
    citizen = freja.meet(known_as="Åse Opdigtet")
    leader.get("/")
    leader.post("/look", {"why": "sharing", "back": f"/assignments/{citizen}", "citizen": citizen})
    page = leader.get(f"/assignments/{citizen}")
    assert "Åse Opdigtet" in page.text and "Ida Udefra" not in page.text
    given = leader.post(f"/assignments/{citizen}/hand-over", {"whom": f"team:{elsewhere.team}"})
    assert "Overdraget" in leader.follow(given).text, "and not on a page that is another's now"
    assert leader.get(f"/assignments/{citizen}").status_code == 403


def test_a_worker_of_two_teams_who_leaves_ones_own_is_the_other_leaders(
    leader: Visitor, office: Office, elsewhere: Elsewhere, freja: Phone, team: str
) -> None:
    worker = freja.enrolled.worker
    office.join(worker, elsewhere.team)
    assert "Udeteamet" not in leader.get(f"/people/{worker}").text
    left = leader.follow(leader.post(f"/people/{worker}/leave", {"team": team}))
    assert left.status_code == 200 and "Freja Opfundet" not in left.text
    assert leader.get(f"/people/{worker}").status_code == 403


def test_whom_no_leader_has_every_leader_sees(
    leader: Visitor, visitor: New, office: Office, elsewhere: Elsewhere, new_phone: object, clock: Clock
) -> None:
    alone = new_phone(office.add_worker("Alma Uden Team"))  # type: ignore[operator]
    citizen = alone.meet()
    for one in (leader, other_leader(visitor, office, elsewhere)):
        assert "Alma Uden Team" in one.get("/assignments").text
        assert one.get(f"/assignments/{citizen}").status_code == 200
    office.disable(alone.enrolled.worker)
    assert f"…{citizen[-6:]}" in leader.get("/assignments?of=nobody").text


def test_a_leader_in_no_team_sees_only_whom_no_leader_has(
    visitor: New, office: Office, elsewhere: Elsewhere, freja: Phone
) -> None:
    citizen = freja.meet()
    one = visitor().sign_in(office, office.add_worker("Ny Opfundet", role="leader"))
    assert "Freja Opfundet" not in one.get("/people").text and "Udefra" not in one.get("/people").text
    assert one.get(f"/assignments/{citizen}").status_code == 403
    one.follow(one.post("/people/team", {"name": "Nyt opfundet team"}))
    assert "1 medarbejder" in one.get("/people").text, "who makes a team is in it"


def test_when_a_leader_stops_others_see_what_was_theirs(leader: Visitor, office: Office, elsewhere: Elsewhere) -> None:
    office.disable(elsewhere.leader)
    assert "Ida Udefra" in leader.get("/people").text
    assert leader.get(f"/assignments/{elsewhere.citizens[0]}").status_code == 200


def test_a_list_gives_citizens_to_nobody_else(leader: Visitor, elsewhere: Elsewhere) -> None:
    said = "nummer;kaldenavn;medarbejder;team\nB-1;Bo;Ida Udefra;\nB-2;Bo;;Udeteamet\n"
    page = tried(leader, "citizens", said).text
    assert "Linje 2, medarbejder" in page and "Linje 3, team" in page


def test_an_administrator_sees_all_workers_and_no_citizen(administrator: Visitor, elsewhere: Elsewhere) -> None:
    assert "Ida Udefra" in administrator.get("/people").text
    assert administrator.get(f"/assignments/{elsewhere.citizens[0]}").status_code == 403


def test_a_leader_is_told_who_wrote_their_name_at_the_sign_in(
    leader: Visitor, administrator: Visitor, birgit: str, poul: str, new_phone: object, engine: Engine
) -> None:
    phone = new_phone(birgit)  # type: ignore[operator]
    words = "Poul Opfundet har skrevet, hvad du hedder i kommunens login"
    assert words not in leader.get("/").text
    administrator.get("/people")
    administrator.follow(administrator.post(f"/people/{birgit}/login", {"login": "ny@by.test"}))
    assert words in leader.get("/").text
    [told] = [row for row in phone.catch_up().values() if row.row == "notice"]
    assert (told.fields["what"], told.fields["name"]) == ("login", "Poul Opfundet")
    with Session(engine) as session:
        said = session.exec(select(Audit).where(Audit.do == "set_login")).one()
    assert (said.worker, said.record) == (poul, birgit) and "ny@by.test" not in str(said)


def test_what_was_ever_an_administrators_name_is_nobody_elses(
    administrator: Visitor, birgit: str, poul: str, engine: Engine
) -> None:
    for login in ("poul@by.test", ""):
        administrator.get("/people")
        administrator.follow(administrator.post(f"/people/{poul}/login", {"login": login}))
    for login in ("poul@by.test", "Poul@By.test"):
        refused = administrator.post(f"/people/{birgit}/login", {"login": login, "form": "login"})
        assert refused.status_code == 422 and "En anden har det navn" in refused.text
    with Session(engine) as session:
        assert session.get_one(Worker, birgit).login is None
    assert administrator.post(f"/people/{poul}/login", {"login": "poul@by.test"}).status_code == 303
