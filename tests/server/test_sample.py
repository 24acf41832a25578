"""The weekly sample of who opened whom: fair, foreseen by nobody, the same for whoever draws it, and looked at."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.erasure import Ground
from fieldapp.domain.sampling import DRAWN, Judgement, Week, draw, week_before, week_from, week_of
from fieldapp.errors import RecordError
from fieldapp.server import sample
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Audit
from fieldapp.server.tables_log import SampleMark
from tests.examples import an_id
from tests.server.people import Clock, Phone, an_add

LAST = Week(2026, 48)


@pytest.fixture
def leader(office: Office, team: str) -> str:
    return office.add_worker("Birgit Opfundet", role="leader", team=team)


@pytest.fixture
def opened(freja: Phone, clock: Clock) -> str:
    """Freja has opened a citizen's page fifteen times in the week of 25 November; then it is Monday. The citizen."""
    citizen = freja.meet()
    freja.send(*(an_opening(citizen, clock() + timedelta(minutes=n)) for n in range(15)))
    clock.now = LAST.ends
    return citizen


def an_opening(citizen: str, at: datetime) -> object:
    return an_add("access", citizen, {"opened_at": at.isoformat()}, at=at)


class TestWhichAreDrawn:
    @given(ids=st.lists(st.uuids().map(str), unique=True, max_size=40), key=st.binary(min_size=1), turned=st.randoms())
    def test_the_same_in_any_order_and_never_more_than_there_are(
        self, ids: list[str], key: bytes, turned: object
    ) -> None:
        chosen = draw(ids, key, LAST)
        again = list(ids)
        turned.shuffle(again)  # type: ignore[attr-defined]
        assert draw(again, key, LAST) == chosen
        assert len(chosen) == min(len(ids), DRAWN) and set(chosen) <= set(ids)

    def test_others_with_another_key_or_in_another_week(self) -> None:
        ids = [an_id() for _ in range(60)]
        chosen = [set(draw(ids, key, week)) for key in (b"a", b"b") for week in (LAST, Week(2026, 49))]
        assert all(one != other for one in chosen for other in chosen if one is not other)

    def test_each_is_as_likely_as_the_others(self) -> None:
        ids = [an_id() for _ in range(20)]
        count = dict.fromkeys(ids, 0)
        for year in range(2000, 2100):
            for number in range(1, 53):
                for id in draw(ids, b"key", Week(year, number)):
                    count[id] += 1
        assert all(2_400 < times < 2_800 for times in count.values()), count

    @pytest.mark.parametrize("text", ["", "2026", "2026-W54", "2026-W00", "9999-W52", "0001-W01", "2026-W48-1"])
    def test_what_is_no_week_of_ours_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"year|match|week|remains|format|Week"):
            week_from(text)

    @pytest.mark.parametrize(
        ("at", "week"), [("2026-11-25", "2026-W48"), ("2027-01-03", "2026-W53"), ("2024-12-30", "2025-W01")]
    )
    def test_a_week_is_iso(self, at: str, week: str) -> None:
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        assert str(week_of(moment)) == week and week_from(week) == week_of(moment)
        assert week_of(moment).begins <= moment < week_of(moment).ends
        assert week_before(moment).ends == week_of(moment).begins

    @pytest.mark.parametrize("text", ["2026-W54", "2026-48", "W48", "'; DROP TABLE record", ""])
    def test_what_is_no_week_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError):
            week_from(text)


class TestWhoIsIn:
    def test_ten_of_them_with_worker_and_time_and_the_citizens_id_alone(
        self, office: Office, leader: str, freja: Phone, opened: str
    ) -> None:
        openings = office.sample(leader, LAST)
        assert len({one.id for one in openings}) == DRAWN
        assert {(one.worker, one.worker_name, one.citizen) for one in openings} == {
            (freja.enrolled.worker, "Freja Opfundet", opened)
        }
        assert [one.opened_at for one in openings] == sorted(one.opened_at for one in openings)
        assert "Åse" not in str(openings) and {one.mark for one in openings} == {None}
        assert office.sample(leader, LAST) == openings

    def test_each_server_draws_others(
        self, office: Office, leader: str, opened: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = office.sample(leader, LAST)
        monkeypatch.setattr(sample.identity, "signing_key", lambda session: "another")
        assert office.sample(leader, LAST) != here

    def test_none_of_another_team_none_of_the_leaders_own_none_of_another_week(
        self,
        office: Office,
        leader: str,
        team: str,
        opened: str,
        stranger: Phone,
        new_phone: Callable[[str], Phone],
        clock: Clock,
    ) -> None:
        clock.now = LAST.begins
        own = new_phone(leader)
        for phone in (stranger, own):
            citizen = phone.meet()
            phone.send(*(an_opening(citizen, clock()) for _ in range(5)))
        clock.now = LAST.ends
        assert {one.citizen for one in office.sample(leader, LAST)} == {opened}
        assert office.sample(leader, week_before(LAST.begins)) == []
        elsewhere = office.add_worker("Ida Opfundet", role="leader", team=office.add_team("Et andet"))
        assert office.sample(elsewhere, LAST) == []

    def test_who_has_left_the_team_since_is_in(
        self, office: Office, leader: str, team: str, freja: Phone, opened: str
    ) -> None:
        office.leave(freja.enrolled.worker, team)
        assert len(office.sample(leader, LAST)) == DRAWN

    def test_a_week_that_is_not_over_has_no_sample_yet(
        self, office: Office, leader: str, opened: str, clock: Clock
    ) -> None:
        clock.now = LAST.ends - timedelta(seconds=1)
        with pytest.raises(RecordError, match="week_not_over"):
            office.sample(leader, LAST)

    @pytest.mark.parametrize("role", ["worker", "administrator"])
    def test_nobody_but_a_leader_sees_it(self, office: Office, team: str, opened: str, role: str) -> None:
        other = office.add_worker("Åse Opdigtet", role=role, team=team)  # type: ignore[arg-type]
        for who in (other, an_id(), "x"):
            with pytest.raises(RecordError, match="not_a_leader"):
                office.sample(who, LAST)


class TestWhatIsSaid:
    def test_it_stays_with_who_said_it_and_when_and_the_log_tells(
        self, office: Office, leader: str, opened: str, engine: Engine, clock: Clock
    ) -> None:
        first, second, *rest = office.sample(leader, LAST)
        office.judge(leader, LAST, first.id, Judgement.FINE)
        office.judge(leader, LAST, second.id, Judgement.ASK, " Jeg spørger i morgen ")
        looked = {one.id: one.mark for one in office.sample(leader, LAST)}
        assert looked[first.id] == sample.Mark(Judgement.FINE, None, leader, clock())
        assert looked[second.id] == sample.Mark(Judgement.ASK, "Jeg spørger i morgen", leader, clock())
        assert {looked[one.id] for one in rest} == {None}
        with Session(engine) as session:
            told = session.exec(select(Audit).where(Audit.do == "judge").order_by(Audit.no)).all()  # type: ignore[arg-type]
        assert [(one.record, one.worker, one.why) for one in told] == [
            (first.id, leader, "fine"),
            (second.id, leader, "ask"),
        ]
        assert {one.scope for one in told} == {citizen_scope(opened)}
        assert "spørger" not in str([one.model_dump() for one in told])

    def test_the_last_word_counts_and_the_first_is_kept(
        self, office: Office, leader: str, opened: str, engine: Engine, clock: Clock
    ) -> None:
        id = office.sample(leader, LAST)[0].id
        office.judge(leader, LAST, id, Judgement.NOT_FINE, "Ingen grund til det")
        clock.advance(hours=1)
        office.judge(leader, LAST, id, Judgement.FINE)
        mark = office.sample(leader, LAST)[0].mark
        assert mark is not None and mark.judgement == Judgement.FINE
        with Session(engine) as session:
            assert len(session.exec(select(SampleMark)).all()) == 2

    @pytest.mark.parametrize(
        ("judgement", "text", "why"),
        [("ask", " ", "missing"), ("not_fine", "", "missing"), ("ask", "x" * 501, "too_long")],
    )
    def test_a_doubt_needs_words(self, office: Office, leader: str, opened: str, judgement: str, text: str, why: str):
        id = office.sample(leader, LAST)[0].id
        with pytest.raises(RecordError, match=why):
            office.judge(leader, LAST, id, Judgement(judgement), text)
        assert office.sample(leader, LAST)[0].mark is None

    def test_only_of_what_was_drawn(self, office: Office, leader: str, opened: str, engine: Engine) -> None:
        chosen = {one.id for one in office.sample(leader, LAST)}
        with Session(engine) as session:
            others = [one.record for one in session.exec(select(Audit).where(Audit.kind == "access"))]
        for id in ({*others} - chosen).pop(), an_id(), "x' OR 1=1 --":
            with pytest.raises(RecordError, match="unknown_record"):
                office.judge(leader, LAST, id, Judgement.FINE)

    def test_the_words_go_with_the_citizen(
        self, office: Office, leader: str, opened: str, engine: Engine, server: InProcessServer
    ) -> None:
        for one in office.sample(leader, LAST):
            office.judge(leader, LAST, one.id, Judgement.ASK, "Opdigtet: hvorfor?")
        office.erase_citizen(opened, leader, Ground.REQUEST)
        with Session(engine) as session:
            assert session.exec(select(SampleMark)).all() == []
        assert len(office.sample(leader, LAST)) == DRAWN  # the log tells still that somebody opened
