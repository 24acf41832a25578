"""Work by somebody who no longer supports the citizen waits here for a decision."""

from datetime import timedelta

import pytest

from fieldapp.actions import outbox, quarantine
from fieldapp.actions.desk import Desk
from fieldapp.errors import RecordError
from fieldapp.store import outbox as sent
from fieldapp.store.tables import QuarantinedRow
from fieldapp.wire import Ack
from tests.desks import FREJA, KARIM, a_row, an_assignment, arrive, kept_work, seed
from tests.examples import NOW, an_id

SAID = {"occurred_at": NOW, "mode": "met", "own_words": "Opfundne ord"}


def operations(desk: Desk) -> list[dict[str, object]]:
    with desk.store.reading() as session:
        return [each.fields for each in sent.waiting(session)]


def test_it_says_what_was_written_by_whom_and_when(desk: Desk) -> None:
    citizen = seed(desk, "Åse")
    row = kept_work(citizen, **SAID)
    arrive(desk, row)
    [kept] = quarantine.waiting(desk)
    assert (kept.id, kept.citizen, kept.name, kept.kind, kept.do) == (row.id, citizen, "Åse", "contact", "add")
    assert (kept.who, kept.at, kept.word, kept.mine) == ("Karim Lyngå", NOW, "met", True)
    assert kept.words == (("occurred_at", NOW.isoformat()), ("mode", "met"), ("own_words", "Opfundne ord"))


def test_the_first_written_is_first(desk: Desk) -> None:
    citizen = seed(desk)
    later, earlier = kept_work(citizen, at=NOW), kept_work(citizen, at=NOW - timedelta(hours=1))
    arrive(desk, later, earlier)
    assert [kept.id for kept in quarantine.waiting(desk)] == [earlier.id, later.id]


def test_of_a_change_what_stands_is_said_beside_it(desk: Desk) -> None:
    citizen = seed(desk, phone="00 11", language="dansk")
    arrive(desk, kept_work(citizen, "citizen", "change", about=citizen, phone="00 22", a_newer_field="?"))
    [kept] = quarantine.waiting(desk)
    assert kept.words == (("phone", "00 22"), ("a_newer_field", "?"))
    assert kept.stands == (("phone", "00 11"),)


def test_a_cpr_number_is_never_shown(desk: Desk) -> None:
    citizen = seed(desk, cpr="010203-0000")
    arrive(desk, kept_work(citizen, "citizen", "change", about=citizen, cpr="010203-0001"))
    [kept] = quarantine.waiting(desk)
    assert (kept.words, kept.stands) == ((("cpr", "010203-****"),), (("cpr", "010203-****"),))


@pytest.mark.parametrize("kind", ["a_newer_kind", "contact"])
@pytest.mark.parametrize("words", ["not json", "[1]", '{"newer": {"deep": 1}}'])
def test_what_a_newer_app_wrote_can_be_decided_too(desk: Desk, kind: str, words: str) -> None:
    row = kept_work(seed(desk), kind)
    arrive(desk, row.model_copy(update={"fields": row.fields | {"words": words}}))
    [kept] = quarantine.waiting(desk)
    quarantine.accept(desk, [kept])
    assert quarantine.waiting(desk) == ()


def test_a_decision_is_made_offline_and_sent(desk: Desk) -> None:
    citizen = seed(desk)
    rows = [kept_work(citizen, **SAID) for _ in range(3)]
    arrive(desk, *rows)
    yes, also, no = quarantine.waiting(desk)
    quarantine.accept(desk, [yes, also])
    quarantine.reject(desk, [no], "already_there", "  Det stod der  ")
    assert quarantine.waiting(desk) == ()
    assert operations(desk) == [
        {"quarantined": yes.id, "decision": "accept"},
        {"quarantined": also.id, "decision": "accept"},
        {"quarantined": no.id, "decision": "reject", "reason": "already_there", "text": "Det stod der"},
    ]
    assert [line.kind for line in outbox.waiting(desk)] == ["quarantine_decision"] * 3


@pytest.mark.parametrize("reason", ["gone", "because", ""])
def test_a_reason_is_one_of_the_words(desk: Desk, reason: str) -> None:
    arrive(desk, kept_work(seed(desk)))
    with pytest.raises(RecordError, match="malformed"):
        quarantine.reject(desk, quarantine.waiting(desk), reason)
    assert operations(desk) == []


def test_what_somebody_decided_asks_nobody_more(desk: Desk) -> None:
    row = kept_work(seed(desk))
    arrive(desk, row)
    [kept] = quarantine.waiting(desk)
    arrive(desk, row.model_copy(update={"fields": row.fields | {"decision": "reject"}}))
    assert quarantine.waiting(desk) == ()
    arrive(desk, row.model_copy(update={"deleted": True, "fields": {}}))
    with pytest.raises(RecordError, match="gone"):
        quarantine.accept(desk, [kept])


def test_what_was_left_out_stays_readable_and_what_was_taken_along_stands_elsewhere(desk: Desk) -> None:
    citizen = seed(desk)
    rows = [kept_work(citizen, at=NOW - timedelta(hours=n), **SAID) for n in (3, 2, 1)]
    arrive(desk, *rows)
    taken, mine, theirs = quarantine.waiting(desk)
    quarantine.accept(desk, [taken])
    quarantine.reject(desk, [mine], "outdated", "Aftalt")
    told = rows[2].fields | {"decision": "reject", "reason": "other_person"}
    decision = {"quarantined": theirs.id, "decision": "reject", "text": "Skrevet af en kollega"}
    arrive(desk, rows[2].model_copy(update={"fields": told}), a_row("quarantine_decision", citizen, **decision))
    assert [(kept.id, kept.reason, kept.text) for kept in quarantine.left_out(desk)] == [
        (theirs.id, "other_person", "Skrevet af en kollega"),
        (mine.id, "outdated", "Aftalt"),
    ]
    assert dict(quarantine.left_out(desk)[0].words)["own_words"] == "Opfundne ord"


def test_a_decision_the_server_refused_is_shown_and_let_go_it_waits_again(desk: Desk) -> None:
    arrive(desk, kept_work(seed(desk)))
    quarantine.accept(desk, quarantine.waiting(desk))
    with desk.store.transaction() as session:
        acks = [Ack(ack=each.op, result="refused", why="unknown_reference") for each in sent.waiting(session)]
        sent.settle(session, acks)
    [line] = outbox.waiting(desk)
    assert (line.state, line.why) == ("needs_you", "unknown_reference")
    outbox.let_go(desk, line)
    assert len(quarantine.waiting(desk)) == 1


@pytest.mark.parametrize(("responsible", "covers", "mine"), [
    (FREJA, False, True), (KARIM, False, False), (KARIM, True, True),
])  # fmt: skip
def test_it_is_for_the_responsible_worker_or_who_stands_in(
    desk: Desk, responsible: str, covers: bool, mine: bool
) -> None:
    citizen = seed(desk, responsible=responsible)
    if covers:
        arrive(desk, an_assignment(citizen, FREJA, NOW, NOW + timedelta(days=2), role="deputy"))
    arrive(desk, kept_work(citizen))
    assert [kept.mine for kept in quarantine.waiting(desk)] == [mine]


def test_when_a_team_has_the_citizen_it_is_for_everybody_in_it(desk: Desk) -> None:
    citizen = seed(desk, responsible=None)
    arrive(desk, a_row("assignment", citizen, team=an_id(), name="Opfundet team", role="team", from_at=NOW))
    arrive(desk, kept_work(citizen))
    assert [kept.mine for kept in quarantine.waiting(desk)] == [True]


def test_it_is_erased_with_the_record_it_is_about(desk: Desk) -> None:
    citizen = seed(desk)
    goal = a_row("goal", citizen, dimension="housing", title="Et bord")
    row = kept_work(citizen, "goal", "change", about=goal.id, title="Opfundet")
    arrive(desk, goal, row)
    arrive(desk, goal.model_copy(update={"deleted": True, "fields": {}}))
    with desk.store.reading() as session:
        assert session.get(QuarantinedRow, row.id) is None
