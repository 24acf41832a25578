"""Old and new apps on one server: each gets what it can read, and neither changes what it does not know."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from fieldapp.errors import VersionMismatch
from fieldapp.server import schemas
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.schemas import Schemas
from fieldapp.sync.http import HttpServer
from fieldapp.wire import SCHEMA, Operation, Row
from tests.examples import an_id, an_operation
from tests.planted import SECOND, THIRD, upgrade
from tests.server.http import listening
from tests.server.people import Phone, a_birth, a_change, a_void, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}
GOAL = {"dimension": "housing", "title": "Opdigtet"}


def test_todays_schema_is_the_one_that_travels() -> None:
    assert schemas.TODAY.newest == SCHEMA
    assert schemas.TODAY.oldest == max(1, SCHEMA - 2)


class Aged:
    """A phone whose app is of one schema for ever."""

    def __init__(self, phone: Phone, schema: int) -> None:
        self.phone = phone
        self.schema = schema

    def send(self, *operations: Operation) -> list[str]:
        said = self.phone.exchange(*operations, schema_=self.schema)
        return [ack.result if ack.why is None else f"{ack.result}: {ack.why}" for ack in said.acks]

    def see(self, id: str) -> Row:
        while self.phone.exchange(schema_=self.schema).more:
            pass
        return self.phone.rows[id]


@pytest.fixture(params=["in process", "over HTTP"])
def there(request: pytest.FixtureRequest, server: InProcessServer) -> Any:
    if request.param == "in process":
        yield server
        return
    with listening(create_app(server)) as address, HttpServer(address) as http:
        yield http


@pytest.fixture
def old(freja: Phone, there: Any) -> Aged:
    freja.server = there
    return Aged(freja, 1)


@pytest.fixture
def new(karim: Phone, there: Any, office: Any, team: str) -> Aged:
    karim.server = there
    return Aged(karim, 3)


@pytest.fixture
def shared(old: Aged, new: Aged, office: Any, team: str, server: InProcessServer, monkeypatch: Any) -> str:
    """A citizen of both, written by the old app to a server of the third schema."""
    upgrade(server, 3, monkeypatch)
    citizen = an_id()
    assert old.send(a_birth(citizen, phone="00 11", full_name="Åse Mia Opfundet")) == ["ok"]
    office.assign(citizen, team=team)
    return citizen


def test_each_app_sees_the_fields_it_knows(old: Aged, new: Aged, shared: str) -> None:
    now = new.see(shared)
    assert now.fields == {
        "known_as": "Åse Opfundet",
        "telephone": "00 11",
        "first_name": "Åse Mia",
        "last_name": "Opfundet",
    }
    before = old.see(shared)
    assert before.fields == {"known_as": "Åse Opfundet", "phone": "00 11", "full_name": "Åse Mia Opfundet"}
    assert before.base.keys() == before.by.keys() == before.fields.keys()
    assert set(before.base.values()) == set(now.base.values()) == {before.seq}


def test_an_app_of_the_schema_between_sees_its_own(old: Aged, new: Aged, shared: str) -> None:
    middle = Aged(new.phone, 2)
    assert middle.see(shared).fields.keys() == {"known_as", "telephone", "full_name"}


def test_edits_travel_both_ways_and_a_seen_value_is_no_conflict(old: Aged, new: Aged, shared: str) -> None:
    seen = old.see(shared)
    change = a_change(shared, shared, {"phone": "00 22"}, {"phone": seen.base["phone"]})
    assert old.send(change) == ["ok"]
    now = new.see(shared)
    assert now.fields["telephone"] == "00 22" and now.fields["first_name"] == "Åse Mia"
    names = {"first_name": "Åse", "last_name": "Ægir"}
    assert new.send(a_change(shared, shared, names, {name: now.base[name] for name in names})) == ["ok"]
    seen = old.see(shared)
    assert (seen.fields["full_name"], seen.fields["phone"]) == ("Åse Ægir", "00 22")
    rename = a_change(shared, shared, {"full_name": "Åse Opdigtet"}, {"full_name": seen.base["full_name"]})
    assert old.send(rename) == ["ok"]
    assert new.see(shared).fields["last_name"] == "Opdigtet"


def test_an_unseen_value_is_kept_and_each_app_is_told_of_its_own_field(old: Aged, new: Aged, shared: str) -> None:
    old.see(shared)
    now = new.see(shared)
    base = old.phone.rows[shared].base["phone"]
    assert new.send(a_change(shared, shared, {"telephone": "00 33"}, {"telephone": now.base["telephone"]})) == ["ok"]
    assert old.send(a_change(shared, shared, {"phone": "00 44"}, {"phone": base})) == ["conflict"]

    def field_of(app: Aged) -> object:
        app.see(shared)
        [conflict] = [row for row in app.phone.rows.values() if row.row == "conflict"]
        return conflict.fields["field"]

    assert (field_of(old), field_of(new)) == ("phone", "telephone")


def test_an_old_app_never_changes_a_field_it_does_not_know(old: Aged, new: Aged, shared: str) -> None:
    goal = an_add("goal", shared, GOAL | {"colour": "blue", "horizon": "soon"})
    assert new.send(goal) == ["ok"]
    seen = old.see(goal.id)
    assert seen.fields["colour"] == "blue"  # it keeps what it cannot show
    assert old.send(a_change(goal.id, shared, {"title": "Andet"}, {"title": seen.base["title"]}, kind="goal")) == ["ok"]
    assert new.see(goal.id).fields == goal.fields | {"title": "Andet"}


def test_a_field_that_is_newly_required_has_a_value_for_old_apps(old: Aged, new: Aged, shared: str) -> None:
    goal = an_add("goal", shared, GOAL)
    assert new.send(goal.model_copy(update={"op": an_id(), "id": an_id()})) == ["refused: missing"]
    assert old.send(goal) == ["ok"]
    assert new.see(goal.id).fields["horizon"] == "later"


def test_a_record_of_a_kind_the_old_app_does_not_know_is_sent_as_it_is(old: Aged, new: Aged, shared: str) -> None:
    hologram = an_add("hologram", shared, {"light": "blå"})
    assert new.send(hologram) == ["ok"]
    assert old.see(hologram.id).fields == {"light": "blå"}


def test_an_operation_that_waited_through_an_update_of_the_app_is_of_the_schema_it_was_written_in(
    new: Aged, shared: str
) -> None:
    new.see(shared)
    birth = a_birth(phone="00 55")
    assert new.send(birth) == ["refused: unknown_field"]
    waited = birth.model_copy(update={"op": an_id(), "schema_": 1})
    assert new.send(waited) == ["ok"]
    assert new.see(birth.id).fields["telephone"] == "00 55"


def test_a_void_carries_no_fields_of_a_kind(old: Aged, shared: str) -> None:
    contact = an_add("contact", shared, MET)
    assert old.send(contact, a_void(contact.id, shared)) == ["ok", "ok"]


def test_the_same_operation_from_an_old_app_again_is_the_same(old: Aged, new: Aged, shared: str) -> None:
    change = a_change(shared, shared, {"full_name": "Åse Én"}, {"full_name": old.see(shared).base["full_name"]})
    assert old.send(change) == old.send(change) == ["ok"]


def test_an_app_too_old_for_rows_may_still_send_and_is_told(
    old: Aged, shared: str, server: InProcessServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.see(shared)
    upgrade(server, 5, monkeypatch)
    contact = an_add("contact", shared, MET)
    change = a_change(shared, shared, {"phone": "00 66"}, {"phone": old.phone.rows[shared].base["phone"]})
    answer = old.phone.server.exchange(old.phone.token, old.phone.request(contact, change, schema_=1))
    assert [ack.result for ack in answer.acks] == ["ok", "ok"]
    assert (answer.min_schema, answer.rows, answer.more, answer.reset) == (3, [], False, None)
    assert Aged(old.phone, 3).see(shared).fields["telephone"] == "00 66"


def test_an_app_too_old_for_rows_loses_what_is_no_longer_theirs_all_the_same(
    old: Aged, shared: str, server: InProcessServer, monkeypatch: pytest.MonkeyPatch, office: Any
) -> None:
    old.see(shared)
    upgrade(server, 5, monkeypatch)
    for assignment in office.assignments():
        office.end_assignment(assignment.id)
    answer = old.phone.exchange(schema_=1)
    assert answer.view is not None and shared not in old.phone.rows


def test_an_app_newer_than_the_server_is_told_so_and_nothing_of_it_is_decided(freja: Phone, engine: Engine) -> None:
    birth = an_operation("add", "hologram", fields={"light": "blå"})
    for _ in range(2):
        with pytest.raises(VersionMismatch) as told:
            freja.exchange(birth, schema_=SCHEMA + 1)
        assert told.value.why == "server_old"
    with engine.connect() as connection:
        assert (
            connection.execute(text("SELECT count(*) FROM audit WHERE \"do\" IN ('add', 'change', 'void')")).scalar()
            == 0
        )


def test_an_unknown_kind_under_a_schema_the_server_has_is_a_fault(freja: Phone) -> None:
    assert freja.send_one(an_add("hologram", freja.meet(), {"light": "blå"})) == "refused: unknown_kind"


values = st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
both = Schemas((SECOND, THIRD))


@given(
    st.sampled_from(["citizen", "goal", "conflict", "unheard_of"]),
    st.sampled_from(["add", "change", "void"]),
    st.dictionaries(st.sampled_from(["phone", "full_name", "title", "about_kind", "field", "x"]), values),
)
def test_whatever_an_old_app_sends_is_brought_up_or_left_for_the_check(
    kind: str, do: str, fields: dict[str, Any]
) -> None:
    operation = an_operation(do, kind, fields=fields, base=dict.fromkeys(fields, 3))
    up = both.up(operation, 1)
    assert (up.op, up.id, up.do, up.kind, up.at) == (operation.op, operation.id, operation.do, kind, operation.at)
    assert both.up(up, 3) == up
    if do == "void":
        assert up.fields == fields


@given(st.dictionaries(st.sampled_from(["phone", "known_as", "newer"]), st.text(max_size=5) | st.none()))
def test_a_renamed_field_comes_back_as_it_was(fields: dict[str, str | None]) -> None:
    only = Schemas((SECOND,))
    row = Row(
        row="citizen",
        id=an_id(),
        scope="all",
        seq=5,
        fields=fields,
        base=dict.fromkeys(fields, 4),
        by=dict.fromkeys(fields, an_id()),
    )
    operation = an_operation("add", "citizen", fields=fields)
    up = row.model_copy(update={"fields": only.up(operation, 1).fields})
    names = {"phone": "telephone"}
    up = up.model_copy(
        update={
            "base": {names.get(name, name): seq for name, seq in row.base.items()},
            "by": {names.get(name, name): who for name, who in row.by.items()},
        }
    )
    assert only.down(up, 1) == row
    assert only.down(row, 2) == row
