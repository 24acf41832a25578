"""What is written about a citizen who was handed on: it waits where they are now, and is decided there."""

from datetime import UTC, timedelta

import pytest
from sqlmodel import Session

from fieldapp.domain.access import citizen_scope
from fieldapp.server import notices
from fieldapp.server.records import commit_changes
from fieldapp.store import drafts
from fieldapp.store.tables import QuarantineDecisionRow
from tests.server.keeping import all_on
from tests.sync.parts import Device, World, lost_answer
from tests.sync.test_exchange import citizen as citizen
from tests.sync.test_exchange import lose as lose
from tests.sync.test_exchange import told as told


class TestHandedOn:
    """Work of a worker who has lost the citizen goes to those who have them, and its fate comes back."""

    def late(self, world: World, freja: Device, karim: Device, citizen: str) -> str:
        """Karim has the citizen no longer and does not know it: what he writes now is Freja's to decide."""
        [own] = [a.id for a in world.office.assignments() if a.citizen == citizen and a.team]
        world.clock.advance(minutes=1)
        world.office.end_assignment(own)
        world.clock.advance(minutes=1)
        karim.befall(lost_answer).fails()
        world.clock.advance(minutes=1)
        late = karim.note(citizen, "Opdigtet: skrevet for sent")
        karim.sync()
        freja.sync()
        return late

    @pytest.mark.parametrize(("decision", "taken"), [("accept", True), ("reject", False)])
    def test_it_is_decided_offline_carried_out_when_sent_and_its_writer_is_told(
        self, world: World, freja: Device, karim: Device, citizen: str, decision: str, taken: bool
    ) -> None:
        late = self.late(world, freja, karim, citizen)
        assert karim.get("contact", late) is None and citizen_scope(citizen) not in karim.state().view
        assert [row.record for row in karim.outbox("quarantined")] == [late]
        assert sorted(told(karim)) == ["gained", "lost", "quarantined"]

        [waits] = freja.rows(["quarantined"]).items()
        decided = QuarantineDecisionRow(quarantined=waits[0], decision=decision, scope=citizen_scope(citizen))
        freja.add(decided)
        world.converged(freja, karim)
        assert (freja.get("contact", late) is not None) is taken
        assert freja.get("quarantined", waits[0]).decision == decision
        assert karim.outbox("quarantined", "waiting", "refused") == []
        assert "accepted" in told(karim) if taken else "rejected" in told(karim)
        assert all("Opdigtet: skrevet for sent" not in str(row) for row in karim.rows().values())

    def test_a_draft_about_what_was_handed_on_leaves_with_the_citizen(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """Its key names the goal and not the citizen, and the goal has never been on the server."""
        world.clock.advance(minutes=1)
        lose(world, citizen)
        world.clock.advance(minutes=1)
        karim.befall(lost_answer).fails()
        goal = karim.aim(citizen)
        with karim.store.transaction() as tx:
            drafts.keep(tx, f"step:{goal}", {"text": "Opdigtet kladde"}, karim.clock())
        karim.sync()
        assert [row.record for row in karim.outbox("quarantined")] == [goal]
        assert "Opdigtet kladde" not in all_on(karim)

    def test_what_is_saved_in_a_form_after_the_citizen_left_does_not_stay_behind(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        self.late(world, freja, karim, citizen)
        world.clock.advance(minutes=1)
        later = karim.note(citizen, "Opdigtet: formularen stod åben")
        assert karim.get("contact", later) is not None, "until it is sent"
        karim.sync()
        assert karim.get("contact", later) is None
        assert later in {row.record for row in karim.outbox("quarantined")}

    @pytest.mark.parametrize("decided", [True, False])
    def test_when_it_leaves_the_vault_is_written_again_under_another_key(
        self, world: World, freja: Device, karim: Device, citizen: str, decided: bool
    ) -> None:
        self.late(world, freja, karim, citizen)
        karim.store.vault.close()
        karim.start()
        assert karim.state().erased_in != karim.store.vault.generation
        if decided:
            [waits] = freja.rows(["quarantined"])
            freja.add(QuarantineDecisionRow(quarantined=waits, decision="reject", scope=citizen_scope(citizen)))
            freja.sync()
        else:
            with world.engine.begin() as tx:
                tx.exec_driver_sql("UPDATE sync_clock SET durable = seq + 1")
        karim.sync()
        assert karim.outbox("quarantined") == []
        assert karim.state().erased_in == karim.store.vault.generation

    @pytest.mark.parametrize("decision", ["accept", "reject"])
    def test_it_is_not_shown_as_done_on_a_phone_that_has_the_citizen_again(
        self, world: World, freja: Device, karim: Device, citizen: str, decision: str
    ) -> None:
        """Karim's phone heard neither that the citizen had left nor what became of his work."""
        [own] = [a.id for a in world.office.assignments() if a.citizen == citizen and a.team]
        world.clock.advance(minutes=1)
        world.office.end_assignment(own)
        world.clock.advance(minutes=1)
        karim.befall(lost_answer).fails()
        world.clock.advance(minutes=1)
        late = karim.note(citizen, "Opdigtet: skrevet for sent")
        karim.edit("citizen", citizen, phone="00000009")
        karim.befall(lost_answer).fails()
        world.clock.advance(minutes=1)
        world.share(citizen)
        karim.sync()
        assert len(karim.outbox("quarantined")) == 2
        assert karim.get("contact", late) is None and karim.get("citizen", citizen).phone is None
        freja.sync()
        for waits in freja.rows(["quarantined"]):
            freja.add(QuarantineDecisionRow(quarantined=waits, decision=decision, scope=citizen_scope(citizen)))
        freja.sync(), karim.sync()
        for device in (freja, karim):
            assert (device.get("contact", late) is not None) is (decision == "accept")
            assert device.get("citizen", citizen).phone == ("00000009" if decision == "accept" else None)

    def test_what_is_taken_in_pieces_leaves_with_the_citizen(
        self, world: World, karim: Device, freja: Device, citizen: str
    ) -> None:
        """The citizen has left when the later pieces are sent, and they are taken still: he could not know."""
        for _ in range(70):
            karim.note(citizen, "x" * 15_900)
        world.clock.advance(minutes=1)
        lose(world, citizen)
        world.clock.advance(minutes=1)
        karim.client.exchange()
        assert karim.get("citizen", citizen) is None and karim.outbox("waiting")
        late = karim.note(citizen, "Opdigtet: formularen stod åben")
        karim.sync()
        assert late in world.records() and karim.get("contact", late) is None
        assert karim.outbox("waiting", "kept", "quarantined") == []

    def test_a_citizen_who_is_erased_meanwhile_leaves_nothing_waiting_anywhere(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        late = self.late(world, freja, karim, citizen)
        with Session(world.engine, autoflush=False) as tx:
            for row in notices.about(tx, citizen):
                row.fields, row.base, row.deleted = {}, {}, True
            commit_changes(tx)
        karim.sync()
        assert karim.outbox("quarantined") == [] and told(karim) == []
        assert late not in {row.record for row in karim.outbox("waiting", "kept", "refused")}

    def test_a_deputy_has_the_citizen_until_the_day_it_ends_and_not_after(
        self, world: World, freja: Device, stranger: Device
    ) -> None:
        citizen = freja.meet()
        freja.sync()
        until = world.clock().astimezone(UTC) + timedelta(days=2)
        world.office.deputize(freja.worker, stranger.worker, world.clock().astimezone(UTC), until)
        stranger.sync()
        assert stranger.get("citizen", citizen) is not None
        world.clock.advance(days=2)
        assert stranger.get("citizen", citizen) is not None, "a phone without network does not know"
        freja.sync(), stranger.sync()
        assert stranger.get("citizen", citizen) is None and freja.get("citizen", citizen) is not None
        world.converged(freja, stranger)
