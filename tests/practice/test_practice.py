"""The invented town: whole, alike every time, and showing on the list what the cast promises."""

import dataclasses
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from fieldapp.domain import cti
from fieldapp.domain.facts import Facts, Record, Why
from fieldapp.domain.fields import Type, check, is_id
from fieldapp.domain.gather import gather
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.methods import phase_ends_on
from fieldapp.domain.next_step import next_step
from fieldapp.domain.reach import beads
from fieldapp.domain.standing import standing
from fieldapp.domain.today import Day, the_day
from fieldapp.domain.workdays import is_workday
from fieldapp.practice.cast import CAST, TEAMS, WORKERS
from fieldapp.practice.history import History, history, team_ids, unsent, worker_ids
from fieldapp.practice.later import LATER
from fieldapp.practice.moments import danish, made_id
from fieldapp.practice.sentences import OWN_WORDS, PROFESSIONAL_VIEWS, PROGRESS
from tests.examples import TODAY

TOWN = history(TODAY)
BY_KEY = {one.citizen.key: one for one in TOWN}
FACTS = {one.citizen.key: gather(one.id, one.everything(), TODAY) for one in TOWN}
A_WEEK = [TODAY + timedelta(days=days) for days in range(7)]


def records(one: History, kind: str) -> list[Record]:
    return [record for record in one.everything() if record.kind == kind]


def latest(one: History, kind: str) -> dict[str, Any]:
    return dict(records(one, kind)[-1].fields)


def texts(value: object) -> Iterator[str]:
    """Every text in the cast, however deep."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        yield from texts([getattr(value, f.name) for f in dataclasses.fields(value)])
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def todays(worker: str, today: date = TODAY) -> tuple[Day, dict[str, str]]:
    """The worker's list, and the cast's key by citizen."""
    town = history(today)
    facts = [gather(one.id, one.everything(), today) for one in town]
    return the_day(facts, today, worker_ids()[worker]), {one.id: one.citizen.key for one in town}


class TestInvented:
    def test_there_are_32_citizens_and_each_worker_has_their_own(self) -> None:
        count = {worker.key: sum(c.responsible == worker.key for c in CAST) for worker in WORKERS}
        assert count == {"freja": 10, "karim": 7, "aase": 8, "jonas": 7, "birgit": 0}
        assert LATER.keys() <= {citizen.key for citizen in CAST}

    def test_no_number_can_reach_anybody(self) -> None:
        phones = [p.phone for p in (*WORKERS, *CAST) if p.phone]
        phones += [each.phone for citizen in CAST for each in citizen.professionals]
        assert len(phones) > 30
        assert len(set(phones)) == len(phones)
        assert all(re.fullmatch(r"00( \d\d){3}", phone) for phone in phones)

    def test_nobody_has_a_cpr_number(self) -> None:
        told = [*texts(list(CAST)), *texts(list(WORKERS)), *texts(dict(LATER)), *OWN_WORDS, *PROFESSIONAL_VIEWS]
        assert not [text for text in told if re.search(r"\d{6}-?\d{4}", text)]
        assert not [r for one in TOWN for r in records(one, "citizen") if "cpr" in r.fields]

    def test_nobody_is_spoken_of_as_the_manual_does_not_want_it(self) -> None:
        told = " ".join(
            [*texts(list(CAST)), *texts(dict(LATER)), *OWN_WORDS, *PROFESSIONAL_VIEWS, *PROGRESS]
        ).casefold()
        for word in ("udeblev", "forgæves", "hjemløs", "misbrug", "klient", "umotiveret", "tilbagefald", "afviser"):
            assert word not in told

    def test_a_citizen_without_a_name_is_called_by_place_and_date(self) -> None:
        assert latest(BY_KEY["ny_banegaarden"], "citizen")["label"] == "Ny ved Banegården, 23.11."
        assert "known_as" not in latest(BY_KEY["ny_banegaarden"], "citizen")


class TestRecords:
    def test_every_record_is_one_the_rules_let_through(self) -> None:
        for one in TOWN:
            for record in one.everything():
                check(KINDS[record.kind], record.fields, whole=True)
                assert is_id(record.id)

    def test_ids_are_made_at_the_moment_and_none_comes_twice(self) -> None:
        everything = [record for one in TOWN for record in one.everything()]
        assert len({record.id for record in everything}) == len(everything)
        for record in everything:
            assert UUID(record.id).version == 7
            assert UUID(record.id).int >> 80 == int(record.at.timestamp() * 1000)

    def test_every_reference_leads_to_a_record_of_the_same_citizen_or_to_a_worker_or_team(self) -> None:
        people = {*worker_ids().values(), *team_ids().values()}
        for one in TOWN:
            own = {record.id: record.kind for record in one.everything()}
            for record in one.everything():
                assert record.author in people or record.author is None
                for field in KINDS[record.kind].fields:
                    value = record.fields.get(field.name)
                    if field.type is Type.REF and value is not None:
                        assert value in people or own[value] in (field.of or KINDS)

    def test_what_a_record_belongs_to_was_written_before_it(self) -> None:
        for one in TOWN:
            place = {record.id: n for n, record in enumerate(one.records)}
            for record in one.records:
                for field in KINDS[record.kind].fields:
                    if field.of and record.fields.get(field.name) in place:
                        assert place[record.fields[field.name]] < place[record.id], record.kind

    def test_the_workers_wrote_what_workers_may_write_and_the_server_the_rest(self) -> None:
        for one in TOWN:
            assert all(r.author for r in one.records)
            assert {KINDS[r.kind].written_by for r in one.records} == {"worker"}
            assert {r.kind for r in (*one.assignments, *one.conflicts)} <= {"assignment", "conflict"}
            assert one.records[0].kind == "citizen"
            assert one.records[0].id == one.id

    @pytest.mark.parametrize("today", A_WEEK, ids=str)
    def test_on_any_day_nothing_was_written_later_than_that_day_or_out_of_order(self, today: date) -> None:
        for one in history(today):
            written = [record.at for record in one.records]
            assert written == sorted(written)
            assert written[-1] < danish(today, time(0, 0))

    def test_the_same_day_gives_the_same_town(self) -> None:
        assert history(TODAY) == TOWN
        assert history(TODAY + timedelta(days=1)) != TOWN

    def test_a_server_may_bring_its_own_ids(self) -> None:
        workers = {key: made_id(datetime(2025, 1, 1, tzinfo=UTC), key) for key in worker_ids()}
        (bent,) = history(TODAY, CAST[:1], workers=workers)
        assert {r.author for r in bent.records} <= set(workers.values())

    def test_the_longest_known_have_two_years_behind_them(self) -> None:
        assert FACTS["anker"].known_since == TODAY - timedelta(days=720)
        assert 70 < len(FACTS["anker"].contacts) < 120
        assert 100 < len(FACTS["gitte"].contacts) + len(FACTS["gitte"].attempts) < 300
        assert len(FACTS["preben"].contacts) < 60
        assert FACTS["ny_banegaarden"].known_since == TODAY - timedelta(days=2)

    def test_what_lies_far_back_happened_on_workdays(self) -> None:
        far = [c.at.date() for f in FACTS.values() for c in f.contacts if c.at.date() < TODAY - timedelta(days=90)]
        assert len(far) > 500
        assert all(is_workday(day) for day in far)

    def test_what_lies_ahead_is_on_a_workday(self) -> None:
        for today in A_WEEK:
            for one in history(today, CAST[:12]):
                on = date.fromisoformat(latest(one, "next_step")["on"])
                assert on == today or is_workday(on)


class TestMustShow:
    """The states the cast promises, as far as there are kinds of record to say them."""

    @pytest.mark.parametrize(
        ("key", "phase", "days"),
        [
            ("bent", "transition", 85),
            ("signe", "transition", 48),
            ("joergen", "try_out", 12),
            ("naja", "try_out", 60),
            ("michael", "handover", 26),
            ("fatima", "handover", 40),
            ("kaare", "contact_period", None),
        ],
    )
    def test_cti_stands_where_the_cast_says(self, key: str, phase: str, days: int | None) -> None:
        facts = FACTS[key]
        assert facts.phase == phase
        assert cti.ends_on(facts) == (None if days is None else TODAY + timedelta(days=days))

    def test_each_phase_began_when_the_one_before_it_ended(self) -> None:
        found = [record.fields for record in records(BY_KEY["michael"], "phase")]
        assert [f["phase"] for f in found] == ["contact_period", "transition", "try_out", "handover"]
        days = [date.fromisoformat(f["from_on"]) for f in found]
        assert [phase_ends_on("transition", days[1]), phase_ends_on("try_out", days[2], days[1])] == days[2:]

    def test_who_is_paused_who_came_back_and_everybody_else_is_active(self) -> None:
        states = {key: standing(facts, TODAY).support for key, facts in FACTS.items()}
        assert [key for key, state in states.items() if state != "active"] == ["ahmad"]
        assert standing(FACTS["ahmad"], TODAY).review_on == TODAY + timedelta(days=20)
        assert standing(FACTS["mona"], TODAY).since_on == TODAY - timedelta(days=4)
        assert len(FACTS["mona"].closings) == 1

    def test_the_homes(self) -> None:
        assert FACTS["bent"].move_in_on == TODAY - timedelta(days=6)
        assert FACTS["leyla"].move_in_on == TODAY + timedelta(days=8)
        assert FACTS["kaare"].move_in_on == TODAY + timedelta(days=17)
        assert FACTS["yrsa"].lost_home_on == TODAY - timedelta(days=9)
        assert (FACTS["inger"].home_in_use, FACTS["inger"].situation) == (False, "functional")
        assert FACTS["carsten"].situation == "car"
        assert FACTS["ida"].situation == "family_friends"

    def test_who_is_elsewhere(self) -> None:
        away = {key: f.absence.place for key, f in FACTS.items() if f.absence}
        assert away == {
            "dennis": "prison",
            "ahmad": "prison",
            "rikke": "hospital",
            "hans": "hospital",
            "mille": "treatment",
        }
        assert FACTS["hans"].absence.home_on == TODAY + timedelta(days=2)
        assert FACTS["rikke"].absence.known_on == TODAY - timedelta(days=2)

    def test_who_may_be_told_and_who_has_not_been_asked(self) -> None:
        """Dennis is in prison with a yes and they know; Rikke is in hospital and has not been asked."""
        asked = {key: f.absence.asked for key, f in FACTS.items() if f.absence}
        assert [key for key, was in asked.items() if not was] == ["rikke"]
        told = [record.fields for record in records(BY_KEY["dennis"], "inform_step")]
        assert [fields["to"] for fields in told] == ["Socialrådgiver i arresten"]
        yes = {r.id: r.fields["about"] for r in records(BY_KEY["dennis"], "consent")}
        assert yes[told[0]["consent"]] == "prison" and "money" in yes.values()
        assert {key for key, one in BY_KEY.items() if records(one, "inform_step")} == {"dennis", "hans"}

    def test_what_is_to_be_done_before_they_come_home(self) -> None:
        tasks = [record.fields for record in records(BY_KEY["dennis"], "absence_task")]
        done = {fields["item"] for fields in tasks if fields.get("done_on")}
        assert done == {"rent", "power_heating", "keys"}
        assert {f["list"] for f in tasks if f.get("due_on")} == {"coming_home", "release"}
        assert [r.fields["sector"] for r in records(BY_KEY["rikke"], "professional")] == ["region"]

    def test_how_they_want_to_be_reached(self) -> None:
        assert {key for key, f in FACTS.items() if "text_only" in f.wishes} == {"signe", "ida"}
        assert (FACTS["flemming"].peace_until, next_step(FACTS["flemming"], TODAY).on) == (
            TODAY + timedelta(days=18),
            TODAY + timedelta(days=19),
        )
        assert not FACTS["kim"].phone_works
        assert FACTS["fatima"].protected_address
        assert latest(BY_KEY["marek"], "citizen")["needs_interpreter"]
        assert latest(BY_KEY["elvis"], "citizen")["name_asked"] == "chose_own"

    def test_two_wrote_about_the_same_step_and_both_texts_are_there(self) -> None:
        (conflict,) = BY_KEY["lone"].conflicts
        step = next(r for r in BY_KEY["lone"].records if r.id == conflict.fields["about"])
        assert json.loads(conflict.fields["stored"]) == step.fields["text"]
        assert json.loads(conflict.fields["kept"]) == "Lægen kommer på hjemmebesøg fredag kl. 10"
        assert conflict.fields["kept_by"] == worker_ids()["karim"]

    def test_act_shows_its_three_dimensions(self) -> None:
        found = [r.fields.get("act_dimensions", []) for r in records(BY_KEY["poulerik"], "contact")[-2:]]
        assert {code for codes in found for code in codes} == {"health", "social_practical", "administrative"}
        team = [r.fields["team"] for r in BY_KEY["poulerik"].assignments if r.fields["role"] == "team"]
        assert team == [team_ids()["act"]]

    def test_a_goal_is_in_the_citizens_words_with_steps_and_small_progress(self) -> None:
        anker = BY_KEY["anker"]
        goal = records(anker, "goal")[0]
        assert (goal.fields["title"], goal.fields["outcome"]) == ("Ikke mere end sidste år", "as_before")
        assert [r.fields["text"] for r in records(anker, "progress") if r.fields.get("goal") == goal.id] == [
            "Som før. Det er også godt."
        ]
        assert {r.fields["goal"] for r in records(anker, "step")} == {goal.id}

    def test_two_records_of_this_morning_still_wait_on_frejas_phone(self) -> None:
        waiting = unsent(TODAY)
        assert [(key, record.kind) for key, record in waiting] == [("naja", "progress"), ("bent", "strength")]
        assert all(record.at.date() == TODAY for _, record in waiting)
        assert all(record.author == worker_ids()["freja"] for _, record in waiting)

    def test_the_thread_of_tommy_is_a_talk_and_four_rings(self) -> None:
        assert beads(FACTS["tommy"])[-5:] == ("m", "a", "a", "a", "a")
        assert FACTS["tommy"].attempts[-4].text.startswith("Hej Tommy, det er Freja.")


class TestToday:
    @pytest.mark.parametrize("today", A_WEEK, ids=str)
    def test_frejas_list_is_sensible_on_any_day(self, today: date) -> None:
        day, key = todays("freja", today)
        assert [(key[row.citizen], row.at) for row in day.agreed] == [("sanne", time(9, 30)), ("bent", time(10))]
        reach = {key[row.citizen]: row for row in day.reach}
        assert list(reach)[:1] == ["tommy"]
        assert (reach["tommy"].reason.why, reach["tommy"].reason.days, reach["tommy"].reason.count) == (
            Why.SILENCE_LONG,
            11,
            4,
        )
        assert reach["signe"].reason.why is Why.UNCONFIRMED
        assert day.citizens == 10
        assert len(day.agreed) + len(day.reach) + len(day.later) <= 8

    def test_karims_list_has_the_longest_silence_and_the_pause(self) -> None:
        day, key = todays("karim")
        reach = {key[row.citizen]: row.reason for row in day.reach}
        assert (reach["preben"].why, reach["preben"].days, reach["preben"].count) == (Why.SILENCE_LEADER, 70, None)
        assert [key[row.citizen] for row in day.paused] == ["ahmad"]
        assert [key[row.citizen] for row in day.elsewhere] == ["dennis"]
        assert "flemming" not in {key[row.citizen] for row in (*day.agreed, *day.reach, *day.later)}

    def test_aases_list_knows_where_kim_is_and_when_hans_comes_home(self) -> None:
        day, key = todays("aase")
        assert {key[row.citizen]: row.reason.why for row in day.reach} == {
            "kim": Why.PHONE_BAD,
            "gitte": Why.FIRST_SILENCE,
        }
        found = {key[row.citizen]: row.reason.why for row in day.home}
        assert found == {"hans": Why.HOME_SOON, "leyla": Why.MOVING_SOON}
        assert {key[row.citizen]: row.reason.why for row in day.elsewhere} == {"mille": Why.ELSEWHERE}

    def test_jonas_sees_who_he_is_getting_to_know(self) -> None:
        day, key = todays("jonas")
        assert [key[row.citizen] for row in day.agreed] == ["mona", "carsten"]
        assert {key[row.citizen] for row in day.contact_making} == {"marek", "elvis", "ida", "henvendelse_boligselskab"}

    def test_eleven_in_town_have_something_agreed_or_planned_today(self) -> None:
        facts: list[Facts] = list(FACTS.values())
        assert sum(next_step(one, TODAY).on == TODAY for one in facts) == 11


def test_danish_clocks_go_forward_in_march_and_back_in_october() -> None:
    def offset(day: str) -> int:
        return int(danish(date.fromisoformat(day), time(12)).utcoffset().total_seconds() // 3600)

    assert [offset(day) for day in ("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25")] == [1, 2, 2, 1]


def test_the_teams_are_named() -> None:
    assert {worker.team for worker in WORKERS} | {c.team for c in CAST if c.team} == {team.key for team in TEAMS}
