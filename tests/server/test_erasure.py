"""What is erased is gone from every table and every device, and nothing that comes late brings it back."""

import pytest

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.erasure import Ground, owners, with_belongings
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import RejectReason
from fieldapp.errors import RecordError
from tests.server.erased import a_step
from tests.server.erased import citizen as citizen
from tests.server.erased import freja as freja
from tests.server.erased import karim as karim
from tests.server.keeping import all_on, audited, everything, quarantined
from tests.sync.parts import Device, World

SECRET = "Hemmeligt"


class TestWhatGoesAlong:
    def test_what_belongs_to_it_goes_and_what_belongs_to_that(self) -> None:
        owned = {"step": {"goal"}, "conflict": {"step"}, "other": {"another"}, "goal": set[str]()}
        assert with_belongings(["goal"], owned) == {"goal", "step", "conflict"}

    def test_only_fields_that_are_declared_so(self) -> None:
        assert owners("step", {"goal": "a", "text": "b"}) == {"a"}
        assert owners("progress", {"goal": "a", "text": "b"}) == set()
        assert owners("contact", {"corrects": None}) == set()
        assert owners("from_2031", {"goal": "a"}) == set()

    def test_the_kinds_that_point_to_what_they_are_about_say_so(self) -> None:
        said = {f"{kind.name}.{field.name}" for kind in KINDS.values() for field in kind.fields if field.belongs}
        assert said >= {"contact.corrects", "attempt.corrects", "step.goal", "conflict.about"}


class TestARecord:
    def test_no_word_of_it_is_left_in_any_table(self, world: World, freja: Device, karim: Device, citizen: str) -> None:
        goal = freja.aim(citizen, f"{SECRET} mål")
        contact = freja.note(citizen, f"{SECRET} ord")
        world.converged(freja, karim)
        a_step(freja, citizen, goal, f"{SECRET} skridt")
        freja.note(citizen, f"{SECRET} rettelse", corrects=contact)
        freja.void("contact", contact, f"{SECRET} grund")
        freja.edit("goal", goal, title=f"{SECRET} mit")
        karim.edit("goal", goal, title=f"{SECRET} dit")
        stays = freja.note(citizen, "Opdigtet: det bliver")
        world.converged(freja, karim)
        karim.edit("goal", goal, title=f"{SECRET} sent")
        quarantined(world, karim, citizen)
        assert everything(world.engine).count(SECRET) >= 8

        assert sorted(record.kind for record in world.erase(goal)) == ["conflict", "goal", "quarantined", "step"]
        assert len(world.erase(contact)) == 2
        assert SECRET not in everything(world.engine)
        assert world.records()[stays].fields["own_words"] == "Opdigtet: det bliver"

    def test_what_waits_to_belong_to_it_goes_and_is_told_to_nobody(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """A step that came too late, for a goal that is erased before anybody has decided."""
        goal = freja.aim(citizen, "Opdigtet mål")
        world.converged(freja, karim)
        a_step(karim, citizen, goal, f"{SECRET} skridt")
        quarantined(world, karim, citizen)
        freja.sync()
        [waits] = freja.rows(["quarantined"])
        world.erase(goal)
        assert SECRET not in everything(world.engine)
        freja.sync()
        assert freja.rows(["quarantined"]) == {} and world.records()[waits].deleted

    def test_what_waits_to_change_what_itself_waits_goes_too(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """A step for the goal, edited and taken back: the edit names the step alone, which is nowhere yet."""
        goal = freja.aim(citizen, "Opdigtet mål")
        world.converged(freja, karim)
        step = a_step(karim, citizen, goal, f"{SECRET} skridt")
        karim.edit("step", step, text=f"{SECRET} rettet")
        karim.void("step", step, f"{SECRET} grund")
        quarantined(world, karim, citizen)
        freja.sync()
        assert SECRET in all_on(freja) and SECRET in all_on(karim)
        world.erase(goal)
        assert SECRET not in everything(world.engine)
        freja.sync(), karim.sync()
        assert SECRET not in all_on(freja) and SECRET not in all_on(karim)

    def test_what_was_left_out_goes_with_what_it_would_have_belonged_to(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        """A step that came too late and was not taken along stays readable, until its goal is erased."""
        goal = freja.aim(citizen, "Opdigtet mål")
        world.converged(freja, karim)
        a_step(karim, citizen, goal, f"{SECRET} skridt")
        quarantined(world, karim, citizen)
        freja.sync()
        [waits] = freja.rows(["quarantined"])
        world.office.reject(waits, world.leader, RejectReason.OUTDATED, "")
        assert SECRET in everything(world.engine)
        world.erase(goal)
        assert SECRET not in everything(world.engine)
        freja.sync()
        assert freja.rows(["quarantined"]) == {}

    def test_work_that_waits_can_be_erased_by_itself(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        karim.note(citizen, f"{SECRET} sent")
        quarantined(world, karim, citizen)
        freja.sync()
        [waits] = freja.rows(["quarantined"])
        assert SECRET in all_on(karim)
        world.erase(waits)
        assert SECRET not in everything(world.engine) and world.office.quarantine() == []
        freja.sync(), karim.sync()
        assert SECRET not in all_on(freja) and SECRET not in all_on(karim)

    def test_only_that_there_was_something_is_left(self, world: World, freja: Device, citizen: str) -> None:
        contact = freja.note(citizen, SECRET)
        freja.sync()
        before = world.records()[contact]
        world.clock.advance(hours=1)
        world.erase(contact)
        left = world.records()[contact]
        assert (left.fields, left.base, left.by, left.devices, left.void, left.author) == ({}, {}, {}, {}, None, None)
        assert (left.kind, left.scope, left.deleted, left.at) == ("contact", before.scope, True, world.now())
        assert left.seq > before.seq

    def test_the_audit_tells_who_and_on_which_ground(self, world: World, freja: Device, citizen: str) -> None:
        contact = freja.note(citizen, SECRET)
        freja.sync()
        world.office.erase_record(contact, world.leader, Ground.MISTAKE)
        [told] = audited(world, "erase")
        assert (told.worker, told.record, told.kind, told.why) == (world.leader, contact, "contact", "mistake")
        assert (told.scope, told.at) == (citizen_scope(citizen), world.now())

    def test_once_more_is_no_second_erasure(self, world: World, freja: Device, citizen: str) -> None:
        contact = freja.note(citizen)
        freja.sync()
        assert world.office.erase_record(contact, world.leader, Ground.REQUEST) == 1
        seq, lines = world.records()[contact].seq, len(world.register.read())
        assert world.office.erase_record(contact, world.leader, Ground.REQUEST) == 0
        assert (world.records()[contact].seq, len(world.register.read())) == (seq, lines)
        assert len(audited(world, "erase")) == 1

    def test_a_step_of_another_citizen_stays(self, world: World, freja: Device, citizen: str) -> None:
        goal, other = freja.aim(citizen), freja.meet("Ida Opfundet")
        step = a_step(freja, other, goal, "Opdigtet: en andens skridt")
        freja.sync()
        world.erase(goal)
        assert not world.records()[step].deleted

    def test_what_cannot_be_is_refused_and_changes_nothing(self, world: World, freja: Device, citizen: str) -> None:
        freja.sync()
        [assignment] = [id for id, r in world.records().items() if r.kind == "assignment" and "team" in r.fields]
        contact = freja.note(citizen)
        freja.sync()
        before = everything(world.engine)
        for id, why in ((citizen, "a_citizen"), (assignment, "not_alone"), ("abc", "unknown_record")):
            with pytest.raises(RecordError, match=why):
                world.office.erase_record(id, world.leader, Ground.REQUEST)
        with pytest.raises(RecordError, match="unknown_citizen"):
            world.office.erase_citizen(contact, world.leader, Ground.REQUEST)
        with pytest.raises(RecordError, match="not_of_the_office"):
            world.office.erase_record(contact, freja.worker, Ground.REQUEST)
        assert everything(world.engine) == before


class TestACitizen:
    def test_no_word_is_left_and_the_others_keep_theirs(
        self, world: World, freja: Device, karim: Device, citizen: str
    ) -> None:
        other = freja.meet("Ida Opfundet")
        freja.note(other, "Opdigtet: om en anden")
        freja.edit("citizen", citizen, full_name=f"{SECRET} Navn", cpr="010101-0000", address=f"{SECRET} vej")
        freja.note(citizen, f"{SECRET} ord")
        freja.aim(citizen, f"{SECRET} mål")
        world.converged(freja, karim)
        karim.note(citizen, f"{SECRET} sent")
        quarantined(world, karim, citizen)
        world.erase_citizen(citizen)
        left = everything(world.engine)
        assert SECRET not in left and "Åse" not in left and "010101" not in left
        assert "Ida Opfundet" in left and "Opdigtet: om en anden" in left
        assert all(record.deleted for record in world.records([citizen_scope(citizen)]).values())

    def test_nobody_holds_them_any_more(self, world: World, freja: Device, karim: Device, citizen: str) -> None:
        ahead = world.clock().astimezone().replace(year=2030)
        world.office.assign(citizen, worker=karim.worker, from_at=ahead)
        world.erase_citizen(citizen)
        world.clock.advance(days=4_000)
        assert citizen_scope(citizen) not in world.view(freja.worker) | world.view(karim.worker)
        with pytest.raises(RecordError, match="unknown_citizen"):
            world.share(citizen)

    def test_one_entry_in_the_audit_tells_of_it(self, world: World, freja: Device, citizen: str) -> None:
        freja.note(citizen)
        freja.sync()
        world.erase_citizen(citizen)
        [told] = audited(world, "erase")
        assert (told.record, told.kind, told.worker, told.why) == (citizen, "citizen", world.leader, "request")
