"""A worker who lies in what their phone sends changes nothing of others, and learns nothing from the answers."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.domain.access import citizen_scope, team_scope
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.operations import Batch, Outcome
from fieldapp.server.tables import Assignment
from fieldapp.wire import Operation, Row, view_hash
from tests.examples import an_id
from tests.server.people import Phone, a_birth, a_change, a_void, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}
GOAL = {"dimension": "housing", "title": "Opdigtet"}


class Victim:
    """Freja's citizen, a goal and a contact, and twins of all three that do not exist."""

    def __init__(self, freja: Phone) -> None:
        self.freja = freja
        self.citizen = freja.meet(known_as="Åse Opfundet")
        self.goal = an_add("goal", self.citizen, GOAL)
        self.contact = an_add("contact", self.citizen, MET)
        freja.send(self.goal, self.contact)
        self.before = dict(freja.catch_up())


@pytest.fixture
def victim(freja: Phone) -> Victim:
    return Victim(freja)


Lie = Callable[[str, str, str, str], Operation]
"""From the liar's own citizen, and a citizen, a goal and a contact that are real or not."""

LIES: dict[str, Lie] = {
    "own scope for a foreign row": lambda own, citizen, goal, contact: a_change(
        goal, own, {"title": "Løgn"}, kind="goal"
    ),
    "own scope for a foreign citizen": lambda own, citizen, goal, contact: a_change(citizen, own, {"phone": "00 66"}),
    "own scope to void a foreign row": lambda own, citizen, goal, contact: a_void(contact, own),
    "foreign change": lambda own, citizen, goal, contact: a_change(goal, citizen, {"title": "Løgn"}, kind="goal"),
    "foreign void": lambda own, citizen, goal, contact: a_void(contact, citizen),
    "foreign add": lambda own, citizen, goal, contact: an_add("contact", citizen, MET),
    "foreign reference": lambda own, citizen, goal, contact: an_add("step", own, {"goal": goal, "text": "Løgn"}),
    "foreign reference of another kind": lambda own, citizen, goal, contact: an_add(
        "step", own, {"goal": contact, "text": "Løgn"}
    ),
    "foreign step to a foreign goal": lambda own, citizen, goal, contact: an_add(
        "step", citizen, {"goal": goal, "text": "Løgn"}
    ),
    "foreign add with a foreign id": lambda own, citizen, goal, contact: an_add("goal", citizen, GOAL, id=goal),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_changes_nothing_and_sounds_the_same_about_what_exists_and_what_does_not(
    victim: Victim, stranger: Phone, lie: str
) -> None:
    own = stranger.meet()
    tell = LIES[lie]
    about_real = stranger.send_one(tell(own, victim.citizen, victim.goal.id, victim.contact.id))
    about_nothing = stranger.send_one(tell(own, an_id(), an_id(), an_id()))
    assert about_real == about_nothing
    assert about_real.split(":")[0] in ("refused", "waits")
    assert victim.freja.catch_up() == victim.before
    assert all(row.scope != citizen_scope(victim.citizen) for row in stranger.catch_up().values())


def test_an_id_that_is_taken_cannot_be_taken_over(victim: Victim, stranger: Phone) -> None:
    own = stranger.meet()
    for id, kind, fields in (
        (victim.goal.id, "goal", GOAL),
        (victim.contact.id, "contact", MET),
        (victim.citizen, "goal", GOAL),
    ):
        assert stranger.send_one(an_add(kind, own, fields, id=id)) == "refused: taken"
    assert stranger.send_one(a_birth(victim.citizen)) == "refused: taken"
    assert victim.freja.catch_up() == victim.before
    assert citizen_scope(victim.citizen) not in stranger.view


def test_a_refused_birth_opens_nothing_for_what_follows(victim: Victim, stranger: Phone, engine: Engine) -> None:
    acks = stranger.send(a_birth(victim.citizen), an_add("contact", victim.citizen, MET))
    assert [ack.result for ack in acks] == ["refused", "waits"]
    with Session(engine) as session:
        holders = session.exec(select(Assignment.worker).where(Assignment.citizen == victim.citizen)).all()
    assert holders == [victim.freja.enrolled.worker]


def test_a_claimed_view_brings_no_rows(victim: Victim, stranger: Phone) -> None:
    wanted = [citizen_scope(victim.citizen)]
    answer = stranger.exchange(view=view_hash(wanted), behind=dict.fromkeys(wanted, 0), since=0)
    assert answer.rows == [] and answer.view is not None and wanted[0] not in answer.view
    answer = stranger.exchange(behind=dict.fromkeys(wanted, 0))
    assert all(row.scope != wanted[0] for row in answer.rows)


def test_somebody_elses_operation_id_tells_nothing_of_what_became_of_it(victim: Victim, stranger: Phone) -> None:
    stolen = an_add("contact", stranger.meet(), MET).model_copy(update={"op": victim.goal.op})
    assert stranger.send_one(stolen) == "refused: taken"


def test_a_team_of_others_is_answered_like_one_that_is_none(stranger: Phone, office: Office, team: str) -> None:
    answers = set()
    for scope in (team_scope(team), team_scope(an_id())):
        operation = an_add("colleague", an_id(), {"worker": an_id(), "name": "Løgn"})
        answers.add(stranger.send_one(operation.model_copy(update={"scope": scope})))
    assert len(answers) == 1


def test_a_citizen_once_held_is_answered_alike_whatever_one_asks_for(
    victim: Victim, stranger: Phone, office: Office
) -> None:
    office.end_assignment(office.assign(victim.citizen, worker=stranger.enrolled.worker))
    stranger.catch_up()
    lies = [a_change(goal, victim.citizen, {"title": "Løgn"}, kind="goal") for goal in (victim.goal.id, an_id())] + [
        an_add("contact", victim.citizen, MET)
    ]
    assert {stranger.send_one(lie) for lie in lies} == {"quarantined"}
    assert as_written(victim.freja.catch_up()) == as_written(victim.before)


def as_written(rows: dict[str, Row]) -> dict[str, Row]:
    """What workers wrote: who has the citizen, and what waits for a decision, is the server's to tell."""
    return {id: row for id, row in rows.items() if row.row not in ("assignment", "quarantined")}


class TrustsTheScope(Batch):
    """Architecture 5 left out: the claimed scope decides whether, the id decides what."""

    def decide(self, operation: Operation) -> Outcome:
        stored = self.stored.get(operation.id)
        if stored is not None and operation.scope in self.held:
            self.held.add(stored.scope)
            operation = operation.model_copy(update={"scope": stored.scope})
        return super().decide(operation)


class TrustsReferences(Batch):
    def _check_references(self, operation: Operation) -> None:
        pass


@pytest.mark.parametrize(
    ("gullible", "lie"),
    [(TrustsTheScope, "own scope for a foreign row"), (TrustsReferences, "foreign reference")],
)
def test_with_its_guard_out_the_same_lie_goes_through(
    victim: Victim, stranger: Phone, server: InProcessServer, gullible: type[Batch], lie: str
) -> None:
    class Gullible(InProcessServer):
        batch = gullible

    own = stranger.meet()
    stranger.server = Gullible(server.engine, server.clock)
    assert stranger.send_one(LIES[lie](own, victim.citizen, victim.goal.id, victim.contact.id)) in ("ok", "conflict")
