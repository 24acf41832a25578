"""Every act of the office stands in the log once, under the name of whoever sat at the desk. Nobody here exists."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from fieldapp.domain.erasure import Ground
from fieldapp.domain.sampling import Judgement, week_of
from fieldapp.errors import RecordError
from fieldapp.server.administration import Office
from fieldapp.server.console.why import Why
from fieldapp.server.tables import Audit, RecoveryApproval
from tests.server.people import Clock, Phone, an_add

#: What only reads.
READS = {"teams", "workers", "methods", "devices", "assignments", "quarantine", "overview", "caseload", "in_need"}
READS |= {"changes_asked", "count", "sample"}
MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met", "own_words": "Opdigtede ord"}


@dataclass
class There:
    """Who and what an act is tried on; `desk` is the office with the leader at it."""

    desk: Office
    leader: str
    freja: Phone
    karim: Phone
    team: str
    folder: Path
    clock: Clock

    @property
    def worker(self) -> str:
        return self.freja.enrolled.worker

    @property
    def other(self) -> str:
        return self.karim.enrolled.worker

    def late(self) -> str:
        citizen = self.freja.meet()
        Office(self.desk.engine, self.clock).end_assignment(self.desk.assign(citizen, worker=self.other))
        self.karim.catch_up()
        note = an_add("contact", citizen, MET)
        self.karim.send(note)
        return note.op

    def two(self) -> tuple[str, str]:
        return self.freja.meet(), self.freja.meet()

    def note(self) -> str:
        note = an_add("contact", self.freja.meet(), MET)
        self.freja.send(note)
        return note.id

    def opened(self) -> str:
        opening = an_add("access", self.freja.meet(), {"opened_at": self.clock().isoformat()})
        self.freja.send(opening)
        return opening.id

    def assigned(self) -> str:
        return Office(self.desk.engine, self.clock).assign(self.freja.meet(), worker=self.other)


@pytest.fixture
def there(office: Office, engine: Engine, clock: Clock, team: str, freja: Phone, karim: Phone, tmp_path: Path) -> There:
    leader = office.add_worker("Birgit Opfundet", role="leader", team=team)
    return There(Office(engine, clock, by=leader), leader, freja, karim, team, tmp_path, clock)


Act = Callable[[], object]


def _judge(there: There) -> Act:
    access, week = there.opened(), week_of(there.clock())
    there.clock.now = week.ends + timedelta(hours=1)
    return lambda: there.desk.judge(there.leader, week, access, Judgement.FINE)


def _deputize_again(there: There) -> Act:
    """It was taken back, and is said once more."""
    there.freja.meet()
    begin = there.clock()
    end = begin + timedelta(days=7)
    quiet = Office(there.desk.engine, there.clock)
    [made] = quiet.deputize(there.worker, there.other, begin, end)
    quiet.end_assignment(made)
    return lambda: there.desk.deputize(there.worker, there.other, begin, end)


def _import(what: str, there: There) -> Act:
    lines = {
        "import_citizens": f"nummer;kaldenavn;medarbejder\nB-1;Opdigtet;{there.worker}\n",
        "import_workers": "nummer;navn\nM-9;Ny Opfundet\n",
    }
    return lambda: getattr(there.desk, what)(lines[what].encode(), there.leader, do_it=True)


#: Each act: what is there before it, and it.
ACTS: dict[str, Callable[[There], Act]] = {
    "add_team": lambda t: lambda: t.desk.add_team("Nyt opfundet team"),
    "add_worker": lambda t: lambda: t.desk.add_worker("Ny Opfundet"),
    "describe": lambda t: lambda: t.desk.describe(t.worker, job="Opfundet stilling"),
    "work_by": lambda t: lambda: t.desk.work_by(t.worker, "cti"),
    "not_by": lambda t: lambda: t.desk.not_by(t.worker, "cti"),
    "place": lambda t: lambda: t.desk.place(t.team, "Opfundet afdeling"),
    "import_citizens": lambda t: _import("import_citizens", t),
    "import_workers": lambda t: _import("import_workers", t),
    "join": lambda t: lambda: t.desk.join(t.worker, t.team),
    "leave": lambda t: lambda: t.desk.leave(t.worker, t.team),
    "disable": lambda t: lambda: t.desk.disable(t.worker),
    "assign": lambda t: (lambda citizen: lambda: t.desk.assign(citizen, worker=t.other))(t.freja.meet()),
    "end_assignment": lambda t: (lambda one: lambda: t.desk.end_assignment(one))(t.assigned()),
    "hand_over": lambda t: (lambda citizen: lambda: t.desk.hand_over(citizen, worker=t.other))(t.freja.meet()),
    "deputize": _deputize_again,
    "accept": lambda t: (lambda late: lambda: t.desk.accept(late, t.leader))(t.late()),
    "reject": lambda t: (lambda late: lambda: t.desk.reject(late, t.leader))(t.late()),
    "say_same": lambda t: (lambda two: lambda: t.desk.say_same(*two))(t.two()),
    "say_two": lambda t: (lambda two: lambda: t.desk.say_two(*two))(t.two()),
    "make_code": lambda t: lambda: t.desk.make_code(t.worker),
    "invite": lambda t: lambda: t.desk.invite(t.worker, "https://opfundet.example"),
    "login_link": lambda t: lambda: t.desk.login_link(t.leader),
    "set_login": lambda t: lambda: t.desk.set_login(t.worker, "opfundet"),
    "revoke": lambda t: lambda: t.desk.revoke(t.freja.enrolled.device, lost=True),
    "erase_record": lambda t: (lambda note: lambda: t.desk.erase_record(note, t.leader, Ground.MISTAKE))(t.note()),
    "erase_citizen": lambda t: (lambda id: lambda: t.desk.erase_citizen(id, t.leader, Ground.MISTAKE))(t.freja.meet()),
    "extract": lambda t: (lambda id: lambda: t.desk.extract(id, t.leader, t.folder / "udtraek", Why.INSIGHT))(
        t.freja.meet()
    ),
    "approve_recovery": lambda t: lambda: t.desk.approve_recovery(t.worker, "opfundet"),
    "judge": _judge,
}


def last(engine: Engine) -> int:
    with Session(engine) as session:
        return session.exec(select(func.max(Audit.no))).one() or 0


def since(engine: Engine, no: int) -> list[Audit]:
    with Session(engine) as session:
        return list(session.exec(select(Audit).where(col(Audit.no) > no)))


def test_each_act_there_is_is_tried_here() -> None:
    public = {name for name, _ in inspect.getmembers(Office, inspect.isfunction) if not name.startswith("_")}
    assert public - READS == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_it_is_in_the_log_once_and_by_the_one_who_did_it(act: str, there: There, engine: Engine) -> None:
    do = ACTS[act](there)
    before = last(engine)
    do()
    assert [row.worker for row in since(engine, before)] == [there.leader]


def test_a_link_that_the_server_makes_is_not_the_leaders_own_doing(there: There, engine: Engine) -> None:
    before = last(engine)
    Office(engine, there.clock).login_link(there.leader)
    [row] = since(engine, before)
    assert (row.do, row.record, row.worker) == ("login_link", there.leader, row.device)


class TestAYesToAForgottenCode:
    def test_whoever_sits_at_the_desk_has_said_it(self, there: There, engine: Engine) -> None:
        there.desk.approve_recovery(there.worker, "opfundet")
        with Session(engine) as session:
            assert session.exec(select(RecoveryApproval.by)).one() == there.leader

    def test_nobody_says_it_to_themselves(self, there: There) -> None:
        with pytest.raises(RecordError, match="not_a_leader"):
            there.desk.approve_recovery(there.leader, "opfundet")
