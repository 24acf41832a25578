"""Short histories, each made for one fault: it holds without it and fails with it."""

import contextlib
import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from fieldapp.errors import NoConnection, ServerTrouble
from fieldapp.server import feed
from fieldapp.store import outbox
from fieldapp.sync import answer, comparing
from fieldapp.wire import Operation
from tests.examples import an_id
from tests.sync import faults
from tests.sync.parts import Backup, Device, World, instead, lost_answer, meanwhile, raise_floor

Holds = Callable[[World, Device, Device, str], None]


@contextmanager
def small_steps() -> Iterator[None]:
    """Answers and transactions of a few rows, so that a short history has many of them."""
    with patch.object(answer, "PIECE", 2), patch.object(feed, "ANSWER_SIZE", 500):
        yield


def run(engine: Engine, holds: Holds) -> None:
    """Freja and Karim, and a citizen whom their whole team has, with a note. Raises AssertionError or SyncError."""
    with tempfile.TemporaryDirectory(prefix="vedhold-history-") as folder, small_steps():
        world = World(engine, Path(folder))
        try:
            freja, karim = world.colleague("Freja Opfundet"), world.colleague("Karim Opfundet")
            citizen = freja.meet()
            freja.note(citizen)
            freja.sync()
            world.share(citizen)
            freja.sync()
            karim.sync()
            holds(world, freja, karim, citizen)
        finally:
            world.close()


def what_is_written_meanwhile_is_sent(world: World, freja: Device, karim: Device, citizen: str) -> None:
    written: list[str] = []
    freja.note(citizen)
    freja.befall(meanwhile(lambda: written.append(freja.note(citizen)))).sync()
    freja.sync()
    assert written[0] in world.records()


def a_kill_between_pieces_loses_no_row(world: World, freja: Device, karim: Device, citizen: str) -> None:
    for _ in range(5):
        freja.note(citizen)
    freja.sync()
    karim.killed_after(1)
    world.converged(freja, karim)


def a_lost_answer_between_pages_loses_no_row(world: World, freja: Device, karim: Device, citizen: str) -> None:
    for _ in range(4):
        freja.note(citizen, "Opdigtet " + "lang " * 50)
    freja.sync()
    karim.client.exchange()
    karim.befall(lost_answer).fails()
    world.converged(freja, karim)


def a_lost_citizen_leaves(world: World, freja: Device, karim: Device, citizen: str) -> None:
    for assignment in world.office.assignments():
        world.office.end_assignment(assignment.id)
    world.clock.advance(seconds=1)
    world.converged(freja, karim)


def a_new_citizen_comes_with_all_its_past(world: World, freja: Device, karim: Device, citizen: str) -> None:
    other = freja.meet()
    freja.note(other)
    freja.sync()
    karim.meet()
    karim.sync()
    world.office.assign(other, worker=karim.worker)
    world.converged(freja, karim)


def both_texts_survive(world: World, freja: Device, karim: Device, citizen: str) -> None:
    freja.edit("citizen", citizen, most_important="Opdigtet: hunden")
    karim.edit("citizen", citizen, most_important="Opdigtet: arbejdet")
    world.converged(freja, karim)
    texts = {json.loads(conflict.kept or "") for conflict in freja.conflicts()}
    assert texts | {karim.get("citizen", citizen).most_important} == {"Opdigtet: hunden", "Opdigtet: arbejdet"}


def a_late_answer_changes_nothing(world: World, freja: Device, karim: Device, citizen: str) -> None:
    karim.edit("citizen", citizen, phone="00000001")
    karim.sync()
    freja.befall(lost_answer).fails()
    late = freja.way.answers[-1]
    karim.edit("citizen", citizen, phone="00000002")
    karim.sync()
    freja.sync()
    with contextlib.suppress(NoConnection):
        freja.befall(instead(late)).sync()
    world.converged(freja, karim)


def an_own_edit_stays_in_sight(world: World, freja: Device, karim: Device, citizen: str) -> None:
    karim.edit("citizen", citizen, phone="00000009")
    karim.sync()
    freja.befall(meanwhile(lambda: freja.edit("citizen", citizen, phone="00000001")))
    freja.client.exchange()
    assert freja.get("citizen", citizen).phone == "00000001"


def a_restored_server_gets_back_what_it_lost(world: World, freja: Device, karim: Device, citizen: str) -> None:
    backup = Backup(world)
    contact = freja.note(citizen)
    freja.sync()
    backup.restore()
    world.converged(freja, karim)
    assert contact in world.records()


def a_reset_leaves_everything_readable(world: World, freja: Device, karim: Device, citizen: str) -> None:
    Backup(world).restore()
    shown = freja.rows().keys()
    freja.client.exchange()
    assert freja.rows().keys() == shown


def a_reset_ends_with_what_the_server_has(world: World, freja: Device, karim: Device, citizen: str) -> None:
    backup = Backup(world)
    world.office.assign(citizen, worker=karim.worker)
    world.converged(freja, karim)
    backup.restore()
    world.converged(freja, karim)


def a_refused_operation_blocks_nothing(world: World, freja: Device, karim: Device, citizen: str) -> None:
    poison = Operation(op=an_id(), do="add", kind="contact", id=an_id(), scope=f"citizen:{citizen}", at=world.clock())
    with freja.store.transaction() as tx:
        outbox.put(tx, poison)
    freja.sync()
    assert freja.outbox() == []
    assert [row.op for row in freja.outbox("refused")] == [poison.op]


def a_request_that_comes_twice_happens_once(world: World, freja: Device, karim: Device, citizen: str) -> None:
    contact = freja.note(citizen)
    freja.befall(lost_answer).fails()
    freja.sync()
    assert freja.outbox("refused") == []
    assert contact in world.records()


def what_is_erased_stays_erased(world: World, freja: Device, karim: Device, citizen: str) -> None:
    goal = freja.aim(citizen)
    world.converged(freja, karim)
    karim.edit("goal", goal, title="Opdigtet: en anden dør")
    world.erase(goal)
    world.converged(freja, karim)
    assert world.records()[goal].deleted


def a_number_seen_before_a_restore_is_no_number_after_it(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    """Freja edits what Karim's lost phone had written; meanwhile somebody else has written in its place."""
    lis = world.colleague("Lis Opfundet")
    world.converged(freja, karim, lis)
    backup = Backup(world)
    karim.edit("citizen", citizen, phone="00000001")
    karim.sync()
    freja.sync()
    freja.edit("citizen", citizen, phone="00000003")
    backup.restore()
    lis.edit("citizen", citizen, phone="00000002")
    lis.sync()
    world.converged(freja, lis)
    assert {json.loads(conflict.kept or "") for conflict in lis.conflicts()} == {"00000002"}


def what_a_restore_brings_back_is_not_taken_for_seen(world: World, freja: Device, karim: Device, citizen: str) -> None:
    """Freja saw only what Lis wrote over it; that is gone with the restore, and Lis's phone is too."""
    lis = world.colleague("Lis Opfundet")
    world.converged(freja, karim, lis)
    karim.edit("citizen", citizen, phone="00000001")
    karim.sync()
    backup = Backup(world)
    lis.edit("citizen", citizen, phone="00000002")
    lis.sync()
    freja.sync()
    freja.edit("citizen", citizen, phone="00000003")
    backup.restore()
    world.converged(freja, karim)
    assert {json.loads(conflict.kept or "") for conflict in karim.conflicts()} == {"00000001"}


def a_liar_changes_nothing(world: World, freja: Device, karim: Device, citizen: str) -> None:
    goal = freja.aim(citizen, "Opdigtet: min egen dør")
    world.converged(freja, karim)
    liar = world.device(world.worker("Søren Opfundet"))
    mine = liar.meet()
    liar.sync()
    claim = Operation(
        op=an_id(), do="change", kind="goal", id=goal, scope=f"citizen:{mine}", fields={"title": "x"}, at=world.clock()
    )
    with liar.store.transaction() as tx:
        outbox.put(tx, claim)
    liar.sync()
    assert world.records()[goal].fields["title"] == "Opdigtet: min egen dør"


def what_is_written_while_an_answer_is_made_comes_with_the_next(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    freja.note(citizen)
    freja.sync()  # so that Karim is told of rows at all
    freja.note(citizen)
    still = [freja]

    def meanwhile(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if "unnest" in statement and still:  # the rows of the answer have just been read
            still.pop().sync()

    event.listen(world.engine, "after_cursor_execute", meanwhile)
    karim.client.exchange()
    assert not still
    world.converged(freja, karim)


def two_who_edit_at_the_same_moment_both_survive(world: World, freja: Device, karim: Device, citizen: str) -> None:
    freja.edit("citizen", citizen, most_important="Opdigtet: hunden")
    karim.edit("citizen", citizen, most_important="Opdigtet: arbejdet")
    other = threading.Thread(target=freja.sync)
    lock = world.server.lock

    def meanwhile(session: Any, operations: Any) -> Any:
        found = lock(session, operations)
        if not other.ident:
            other.start()
            other.join(0.5)  # with the rows locked, it waits for this transaction to end
        return found

    karim.way.server.lock = meanwhile  # type: ignore[attr-defined]
    karim.sync()
    other.join()
    world.converged(freja, karim)
    texts = {json.loads(conflict.kept or "") for conflict in freja.conflicts()}
    assert texts | {karim.get("citizen", citizen).most_important} == {"Opdigtet: hunden", "Opdigtet: arbejdet"}


#: A database that says no at the very commit, until the table is empty again.
NO_COMMIT = """
CREATE TABLE no_commit AS SELECT 1;
CREATE FUNCTION no_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF EXISTS (SELECT FROM no_commit) THEN RAISE EXCEPTION 'opfundet'; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER no_commit AFTER INSERT ON record DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION no_commit();
"""


def a_commit_that_fails_is_not_acknowledged(world: World, freja: Device, karim: Device, citizen: str) -> None:
    contact = freja.note(citizen)
    with world.engine.begin() as tx:
        tx.exec_driver_sql(NO_COMMIT)
    with contextlib.suppress(ServerTrouble):
        freja.sync()
    with world.engine.begin() as tx:
        tx.exec_driver_sql("DROP TRIGGER no_commit ON record; DROP FUNCTION no_commit; DROP TABLE no_commit")
    freja.sync()
    assert contact in world.records()


def nothing_erased_is_kept_to_be_offered_again(world: World, freja: Device, karim: Device, citizen: str) -> None:
    contact = freja.note(citizen)
    freja.sync()
    assert contact in {row.record for row in freja.outbox("kept")}
    world.erase(contact)
    world.converged(freja, karim)
    assert contact not in {row.record for row in freja.outbox("waiting", "kept", "refused", "quarantined")}


def what_a_waiting_edit_hides_is_not_seen(world: World, freja: Device, karim: Device, citizen: str) -> None:
    """Karim's edit was carried out before the backup, and is offered again; Freja has written over it since."""
    for _ in range(12):
        karim.note(citizen)
    karim.edit("citizen", citizen, phone="00000001")
    world.converged(freja, karim)
    backup = Backup(world)
    backup.restore()
    freja.sync()
    freja.edit("citizen", citizen, phone="00000002")
    freja.sync()
    karim.client._batch = 1
    before = karim.get("citizen", citizen).base["phone"]
    while karim.get("citizen", citizen).base["phone"] == before:
        karim.client.exchange()
    assert karim.get("citizen", citizen).phone == "00000001", "his own stands on top of hers"
    karim.edit("citizen", citizen, phone="00000003")
    world.converged(freja, karim)
    assert {json.loads(conflict.kept or "") for conflict in karim.conflicts()} == {"00000002"}


def a_lost_row_comes_back(world: World, freja: Device, karim: Device, citizen: str) -> None:
    [contact] = [id for id, row in karim.rows().items() if row["kind"] == "contact"]
    karim.lose("contact", contact)
    world.clock.advance(days=2)
    karim.sync()
    assert karim.get("contact", contact) is not None


def what_is_unsent_differs_from_nothing(world: World, freja: Device, karim: Device, citizen: str) -> None:
    freja.sync()
    world.clock.advance(days=2)
    freja.befall(meanwhile(lambda: freja.note(citizen))).client.exchange()
    assert not comparing.compare(freja.store, partial(freja.way.digest, freja.client._login.token()))


def what_was_erased_while_away_leaves(world: World, freja: Device, karim: Device, citizen: str) -> None:
    [contact] = [id for id, row in karim.rows().items() if row["kind"] == "contact"]
    world.erase(contact)
    raise_floor(world.engine)
    karim.sync()
    assert karim.get("contact", contact) is None
    world.converged(freja, karim)


CAUGHT: dict[faults.Plant, Holds] = {
    faults.deaf: a_lost_row_comes_back,
    faults.unsent_counts: what_is_unsent_differs_from_nothing,
    faults.no_floor: what_was_erased_while_away_leaves,
    faults.blanket_ack: what_is_written_meanwhile_is_sent,
    faults.cursor_first: a_kill_between_pieces_loses_no_row,
    faults.end_too_early: a_lost_answer_between_pages_loses_no_row,
    faults.no_drop: a_lost_citizen_leaves,
    faults.no_snapshot: a_new_citizen_comes_with_all_its_past,
    faults.lww: both_texts_survive,
    faults.stale_ok: a_late_answer_changes_nothing,
    faults.overwrites_pending: an_own_edit_stays_in_sight,
    faults.no_keep: a_restored_server_gets_back_what_it_lost,
    faults.empty_reset: a_reset_leaves_everything_readable,
    faults.never_drops_stale: a_reset_ends_with_what_the_server_has,
    faults.refusal_blocks: a_refused_operation_blocks_nothing,
    faults.skipped_row: a_kill_between_pieces_loses_no_row,
    faults.no_dedupe: a_request_that_comes_twice_happens_once,
    faults.no_gone: what_is_erased_stays_erased,
    faults.seq_reused: a_number_seen_before_a_restore_is_no_number_after_it,
    faults.base_le: what_a_restore_brings_back_is_not_taken_for_seen,
    faults.trusts_client_scope: a_liar_changes_nothing,
    faults.upto_after_rows: what_is_written_while_an_answer_is_made_comes_with_the_next,
    faults.no_row_lock: two_who_edit_at_the_same_moment_both_survive,
    faults.ack_before_commit: a_commit_that_fails_is_not_acknowledged,
    faults.kept_after_erase: nothing_erased_is_kept_to_be_offered_again,
    faults.hidden_is_seen: what_a_waiting_edit_hides_is_not_seen,
}
