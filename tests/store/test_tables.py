"""The tables are the kinds, a moment keeps its offset, and rows and what travels are the same thing."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlmodel import SQLModel

from fieldapp.domain.fields import Type
from fieldapp.domain.kinds import KINDS
from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.store.columns import Moment, Table
from fieldapp.store.rows import from_fields, to_fields, to_wire
from fieldapp.store.tables import TABLES, ContactRow, Synced
from tests.examples import NOW
from tests.store.rows import a_row, moments

COLUMN_TYPES = {
    Type.CODES: "JSON",
    Type.DAY: "DATE",
    Type.FLAG: "BOOLEAN",
    Type.NUMBER: "INTEGER",
}  # all others are text
SQLITE = SQLiteDialect_pysqlite()
READY = sorted(kind for kind, declared in KINDS.items() if declared.ready)


def test_there_is_a_table_for_each_kind_that_is_ready():
    assert sorted(TABLES) == READY


@pytest.mark.parametrize("kind", READY)
def test_a_table_has_the_fields_of_its_kind_and_no_others(kind: str):
    columns = Table.metadata.tables[kind].columns
    assert set(columns.keys()) - set(Synced.model_fields) == set(KINDS[kind].by_name)
    for field in KINDS[kind].fields:
        assert columns[field.name].type.compile(SQLITE) == COLUMN_TYPES.get(field.type, "VARCHAR"), field.name
        assert isinstance(columns[field.name].type, Moment) == (field.type is Type.MOMENT), field.name
        assert columns[field.name].nullable != (field.required or field.type is Type.CODES), field.name


def test_no_field_has_the_name_of_a_column_every_row_has():
    assert not {field.name for kind in KINDS.values() for field in kind.fields} & {*Synced.model_fields, "kind"}


def test_the_device_s_tables_are_not_among_the_server_s():
    assert not set(SQLModel.metadata.tables.values()) & set(Table.metadata.tables.values())


def test_a_row_shows_nothing_of_its_content():
    shown = f"{a_row('contact')!r}{a_row('citizen')}{OutboxRow(op='x', fields={'text': 'Åkanden'})!r}"
    assert "kanden" not in shown
    assert "10:30" not in shown


@given(moments)
def test_a_moment_keeps_its_time_and_its_offset(moment: datetime):
    kept = _through_the_column(moment)
    assert kept == moment
    assert kept.utcoffset() == moment.utcoffset()


@given(moments, moments)
def test_moments_sort_as_text_as_they_do_in_time(one: datetime, other: datetime):
    if one < other:
        assert _text(one) < _text(other)


def test_a_moment_without_an_offset_is_refused_without_saying_which():
    with pytest.raises(TypeError) as refused:
        _text(datetime(2026, 11, 25, 9))  # noqa: DTZ001
    assert "2026" not in str(refused.value)


@pytest.mark.parametrize("kind", READY)
def test_what_travels_comes_back_as_the_same_row(kind: str):
    row = a_row(kind)
    read = from_fields(kind, to_fields(row))
    assert read is not None
    columns, more = read
    assert columns == {name: getattr(row, name) for name in KINDS[kind].by_name}
    assert more == {}


def test_only_what_is_set_travels():
    assert to_fields(ContactRow(occurred_at=NOW, mode="met")) == {"occurred_at": NOW.isoformat(), "mode": "met"}


def test_an_empty_list_travels_only_where_it_says_something():
    assert "wishes" in to_fields(TABLES["respect"](wishes=[], said_on=date(2026, 11, 25)))
    assert "dimensions" not in to_fields(ContactRow(occurred_at=NOW, mode="met", dimensions=[]))


json_values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=3)


@given(st.sampled_from(READY), st.data())
def test_a_field_that_cannot_be_held_is_kept_as_it_came(kind: str, data: st.DataObject):
    names = st.sampled_from([*KINDS[kind].by_name, "from_a_newer_app"])
    fields = data.draw(st.dictionaries(names, json_values))
    read = from_fields(kind, to_fields(a_row(kind)) | fields)
    columns, more = read or ({}, fields)
    for name, value in fields.items():
        assert more.get(name) == value or to_wire(columns[name]) == value or (value is None and columns[name] == [])


def _text(moment: datetime) -> str:
    text = Moment().process_bind_param(moment, SQLITE)
    assert text is not None
    return text


def _through_the_column(moment: datetime) -> datetime:
    kept = Moment().process_result_value(_text(moment), SQLITE)
    assert kept is not None
    return kept
