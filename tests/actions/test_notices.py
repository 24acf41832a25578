"""What the worker is told because somebody else decided it, and whom they stand in for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from fieldapp.actions import notices, outbox
from fieldapp.actions.desk import Desk
from fieldapp.store import outbox as kept
from fieldapp.store import records
from fieldapp.store.tables import NoticeRow
from tests.desks import FREJA, KARIM, Clock, a_notice, a_row, an_assignment, arrive, seed
from tests.examples import NOW, an_id


def words(desk: Desk) -> list[tuple[str, int, list[str]]]:
    return [(each.what, each.count, [name for _, name in each.citizens]) for each in notices.read(desk)]


def test_a_citizen_gained_is_told_by_name_and_one_lost_without(desk: Desk) -> None:
    aase, gone = seed(desk, "Åse"), an_id()
    arrive(desk, a_notice("gained", aase, role="responsible"), a_notice("lost", gone, name="Karim Lyngå", worker=KARIM))
    told = {each.what: each for each in notices.read(desk)}
    assert told["gained"].citizens == ((aase, "Åse"),)
    assert (told["lost"].citizens, told["lost"].count, told["lost"].who) == ((), 1, "Karim Lyngå")


def test_what_is_the_same_is_said_together(desk: Desk) -> None:
    citizens = [seed(desk, name) for name in ("Åse", "Bo")]
    arrive(desk, *(a_notice("gained", each, role="team") for each in citizens))
    arrive(desk, *(a_notice("lost", an_id(), name="Karim Lyngå") for _ in range(3)), a_notice("lost", an_id()))
    arrive(desk, *(a_notice("quarantined", citizens[0], name="Karim Lyngå", about=an_id(), about_kind="contact")
                   for _ in range(2)))  # fmt: skip
    assert sorted(words(desk)) == [
        ("gained", 2, ["Åse", "Bo"]),
        ("lost", 1, []),
        ("lost", 3, []),
        ("quarantined", 2, ["Åse"]),
    ]


def test_a_single_piece_of_work_says_what_it_is_and_when_it_was_written(desk: Desk) -> None:
    written = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    piece = {"about": an_id(), "about_kind": "contact", "written_at": written, "reason": "outdated"}
    arrive(desk, a_notice("rejected", an_id(), **piece))
    [told] = notices.read(desk)
    assert (told.kind, told.written, told.reason) == ("contact", written, "outdated")
    assert told.written is not None and told.written.utcoffset() == NOW.utcoffset()


def test_what_is_about_the_worker_alone_names_no_citizen_and_is_said_by_itself(desk: Desk) -> None:
    arrive(desk, *(a_notice("recovered", None, NOW, name="Birgit Opfundet", worker=FREJA) for _ in range(2)))
    told = notices.read(desk)
    assert [(each.what, each.who, each.citizens, each.count) for each in told] == [
        ("recovered", "Birgit Opfundet", (), 1)
    ] * 2


def test_nothing_is_told_before_it_is_so(desk: Desk, clock: Clock) -> None:
    arrive(desk, a_notice("lost", an_id(), NOW + timedelta(days=2)))
    assert words(desk) == []
    clock.move(days=2)
    assert words(desk) == [("lost", 1, [])]


def test_what_is_not_so_any_more_is_not_told(desk: Desk) -> None:
    still_here = seed(desk, "Åse")
    arrive(desk, a_notice("lost", still_here), a_notice("gained", an_id(), role="responsible"))
    assert words(desk) == []


def test_a_word_from_a_newer_server_is_kept_and_not_told(desk: Desk) -> None:
    arrive(desk, a_notice("promoted", an_id()))
    assert words(desk) == []


def test_what_was_read_is_told_no_more_here_or_on_the_workers_other_device(desk: Desk) -> None:
    notice = a_notice("lost", an_id())
    arrive(desk, notice, a_notice("lost", an_id()), a_notice("rejected", an_id(), about=an_id(), reason="other"))
    notices.mark_read(desk, [each for each in notices.read(desk) if each.what == "lost"])
    assert [each.what for each in notices.read(desk)] == ["rejected"]
    with desk.store.reading() as session:
        sent = kept.waiting(session)
    assert {(each.kind, each.scope) for each in sent} == {("notice_read", f"worker:{FREJA}")}
    assert notice.id in {each.fields["notice"] for each in sent}
    assert outbox.waiting(desk) == (), "nobody wrote it"
    last = notices.read(desk)[0].ids[0]
    read = a_row("notice_read", an_id(), notice=last).model_copy(update={"scope": notice.scope})
    arrive(desk, read)
    assert notices.read(desk) == ()


def test_what_was_told_of_a_citizen_is_erased_with_them(desk: Desk) -> None:
    erased, other = seed(desk, "Åse"), an_id()
    arrive(desk, a_notice("gained", erased, role="responsible"), a_notice("lost", other))
    row = a_row("citizen", erased, id=erased).model_copy(update={"deleted": True, "fields": {}})
    arrive(desk, row)
    with desk.store.reading() as session:
        assert [told.citizen for told in session.exec(select(NoticeRow))] == [other]
    assert words(desk) == [("lost", 1, [])]


def test_the_server_alone_writes_a_notice(desk: Desk) -> None:
    with pytest.raises(Exception, match="written_by_server"), desk.store.transaction() as session:
        records.add(session, NoticeRow(what="lost", citizen=an_id(), from_at=NOW, scope=f"worker:{FREJA}"), NOW)


class TestCovers:
    def a_deputy_of_karim(self, desk: Desk, from_at: datetime, to_at: datetime | None, name: str = "Åse") -> str:
        citizen = seed(desk, name, responsible=KARIM)
        arrive(desk, an_assignment(citizen, FREJA, from_at, to_at, role="deputy"))
        return citizen

    def test_it_says_whom_and_until_which_day(self, desk: Desk) -> None:
        midnight = datetime(2026, 12, 3, 23, tzinfo=UTC)  # in Denmark the end of the 3rd
        for name in ("Åse", "Bo"):
            self.a_deputy_of_karim(desk, NOW - timedelta(days=1), midnight, name)
        [cover] = notices.covers(desk)
        assert (cover.name, cover.until, cover.citizens) == ("Karim Lyngå", date(2026, 12, 3), 2)

    def test_only_while_it_lasts_and_only_with_an_end(self, desk: Desk, clock: Clock) -> None:
        self.a_deputy_of_karim(desk, NOW + timedelta(days=1), NOW + timedelta(days=2))
        self.a_deputy_of_karim(desk, NOW - timedelta(days=1), None)
        seen = []
        for _ in range(4):
            seen.append(len(notices.covers(desk)))
            clock.move(hours=18)
        assert seen == [0, 0, 1, 0]

    def test_the_notice_of_it_is_said_by_it(self, desk: Desk) -> None:
        until = NOW + timedelta(days=2)
        citizen = self.a_deputy_of_karim(desk, NOW, until)
        arrive(desk, a_notice("gained", citizen, role="deputy", to_at=until))
        assert notices.read(desk) == () and len(notices.covers(desk)) == 1

    def test_ones_own_citizen_is_not_covered(self, desk: Desk) -> None:
        citizen = self.a_deputy_of_karim(desk, NOW, NOW + timedelta(days=2))
        arrive(desk, an_assignment(citizen, FREJA, NOW))
        assert notices.covers(desk) == ()
