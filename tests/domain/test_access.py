"""Who may see and write what: the same rule on the server and the phone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import access
from fieldapp.domain.access import Assignment, Membership
from fieldapp.domain.kinds import KINDS

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def assigned(citizen: str, worker: str | None = None, team: str | None = None, **more: object) -> Assignment:
    defaults = {"role": "responsible", "from_at": NOW - DAY, "to_at": None}
    return Assignment(citizen, worker, team, **(defaults | more))  # type: ignore[arg-type]


def test_a_worker_sees_their_own_citizens_their_teams_themselves_and_what_is_for_all() -> None:
    assignments = [assigned("c1", "freja"), assigned("c2", team="t1"), assigned("c3", "karim")]
    seen = access.view("freja", assignments, [Membership("freja", "t1", NOW - DAY)], NOW)
    assert seen == {"all", "worker:freja", "team:t1", "citizen:c1", "citizen:c2"}


@pytest.mark.parametrize(
    ("from_at", "to_at", "sees"),
    [
        (NOW, None, True),
        (NOW + timedelta(seconds=1), None, False),
        (NOW - DAY, NOW, False),
        (NOW - DAY, NOW + timedelta(seconds=1), True),
    ],
)
def test_an_assignment_holds_from_its_first_moment_until_its_last(
    from_at: datetime, to_at: datetime, sees: bool
) -> None:
    seen = access.view("freja", [assigned("c1", "freja", from_at=from_at, to_at=to_at)], [], NOW)
    assert ("citizen:c1" in seen) is sees


def test_a_former_member_sees_nothing_of_the_team() -> None:
    left = Membership("freja", "t1", NOW - 2 * DAY, NOW - DAY)
    assert access.view("freja", [assigned("c1", team="t1")], [left], NOW) == {"all", "worker:freja"}


names = st.sampled_from(["freja", "karim", "aase"])
teams = st.sampled_from(["t1", "t2"])
moments = st.integers(-5, 5).map(lambda days: NOW + days * DAY)
some_assignments = st.builds(
    Assignment,
    citizen=st.sampled_from(["c1", "c2", "c3"]),
    worker=st.none() | names,
    team=st.none() | teams,
    role=st.just("responsible"),
    from_at=moments,
    to_at=st.none() | moments,
)
some_memberships = st.builds(Membership, worker=names, team=teams, from_at=moments, to_at=st.none() | moments)


@given(names, st.lists(some_assignments), st.lists(some_memberships))
def test_every_scope_seen_has_a_ground(
    worker: str, assignments: list[Assignment], memberships: list[Membership]
) -> None:
    mine = {m.team for m in memberships if m.worker == worker and m.from_at <= NOW and not (m.to_at and m.to_at <= NOW)}
    for scope in access.view(worker, assignments, memberships, NOW):
        kind, of = access.scope_kind(scope), access.scope_id(scope)
        match kind:
            case "citizen":
                grounds = [a for a in assignments if a.citizen == of and (a.worker == worker or a.team in mine)]
                assert any(a.from_at <= NOW and (a.to_at is None or a.to_at > NOW) for a in grounds)
            case "team":
                assert of in mine
            case "worker":
                assert of == worker
            case _:
                assert scope == "all"


def test_what_the_server_tells_no_worker_writes() -> None:
    served = {name for name, kind in KINDS.items() if kind.written_by == "server"}
    assert served == {"assignment", "conflict", "colleague", "quarantined", "notice"}
    for name in served:
        assert not access.may_write(name, f"{KINDS[name].scope}:c1", "worker")


def test_an_administrator_writes_no_record() -> None:
    assert access.may_write("contact", "citizen:c1", "worker")
    assert not access.may_write("contact", "citizen:c1", "administrator")


@pytest.mark.parametrize("scope", ["team:t1", "worker:w1", "all", "citizen:", "citizen", "", "c1", "Citizen:c1"])
def test_a_record_goes_only_into_its_own_kind_of_scope(scope: str) -> None:
    assert not access.may_write("contact", scope, "worker")


def test_a_kind_that_is_only_named_is_not_written_yet() -> None:
    assert "who5" in KINDS
    assert not access.may_write("who5", "citizen:c1", "worker")
    assert not access.may_write("never_heard_of", "citizen:c1", "worker")
