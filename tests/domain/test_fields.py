"""What a record may hold: checked alike on the phone and the server, and never quoted in an error."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.fields import NOTE, Type, check, is_id
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.kinds_citizen import CITIZEN, GOAL
from fieldapp.domain.kinds_contact import CONTACT
from fieldapp.domain.kinds_course import INTENSITY
from fieldapp.errors import RecordError
from tests import examples as eg

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def refused(kind: Any, fields: dict[str, Any], *, whole: bool = True) -> tuple[str | None, str | None]:
    with pytest.raises(RecordError) as caught:
        check(kind, fields, whole=whole)
    return caught.value.why, caught.value.field


@pytest.mark.parametrize(
    "fields",
    [
        MET,
        MET | {"own_words": "Jeg vil have et bord, hvor jeg selv bestemmer, hvem der sidder. Æøå", "sensitive": True},
        MET | {"dimensions": ["housing", "a_dimension_of_a_newer_app"], "mode": "a_new_mode"},
        MET | {"own_words": None, "corrects": eg.an_id()},
        MET | {"own_words": "x" * NOTE},
    ],
)
def test_a_well_formed_contact_is_taken(fields: dict[str, Any]) -> None:
    check(CONTACT, fields, whole=True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"occurred_at": "2026-11-25T09:00:00"}, "occurred_at"),  # no offset
        ({"occurred_at": "i går"}, "occurred_at"),
        ({"occurred_at": "9999-12-31T23:59:59-14:00"}, "occurred_at"),  # no moment in UTC
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
        ({"mode": "Met"}, "mode"),
        ({"mode": 3}, "mode"),
        ({"dimensions": "housing"}, "dimensions"),
        ({"dimensions": [1]}, "dimensions"),
        ({"dimensions": ["housing"] * 41}, "dimensions"),
        ({"own_words": "x" * (NOTE + 1)}, "own_words"),
        ({"own_words": "a\x00b"}, "own_words"),
        ({"own_words": "\ud800"}, "own_words"),
        ({"own_words": {"a": 1}}, "own_words"),
        ({"sensitive": 1}, "sensitive"),
        ({"corrects": "1"}, "corrects"),
        ({"corrects": "0199ABCD-0000-7000-8000-00000000000F"}, "corrects"),
    ],
)
def test_a_malformed_field_is_named_and_not_quoted(more: dict[str, Any], field: str) -> None:
    assert refused(CONTACT, MET | more) == ("malformed", field)


def test_a_record_needs_its_required_fields_and_a_change_only_what_it_sets() -> None:
    assert refused(GOAL, {"title": "En stol mere til bordet"}) == ("missing", "dimension")
    check(GOAL, {"title": "En stol mere til bordet"}, whole=False)
    assert refused(GOAL, {"title": None}, whole=False) == ("missing", "title")


def test_nothing_about_treatment_readiness_hours_or_cpr_is_ever_required() -> None:
    """I-7."""
    required = {(kind.name, field.name) for kind in KINDS.values() for field in kind.fields if field.required}
    assert not [name for kind, name in required if kind == "citizen"]
    forbidden = ("cpr", "treatment", "readiness", "abstinence", "hours", "minutes", "diagnosis")
    assert not [(kind, name) for kind, name in required if any(word in name for word in forbidden)]
    everything = {field.name for kind in KINDS.values() for field in kind.fields}
    assert not everything & {"status", "support", "score", "no_show", "hours", "minutes", "duration"}


def test_an_unknown_field_or_kind_is_refused() -> None:
    assert refused(CITIZEN, {"status": "closed"}) == ("unknown_field", "status")
    assert refused(CITIZEN, {"Åse Ærø": "x"}) == ("unknown_field", None), "a name is not repeated in an error"
    assert refused(KINDS["who5"], {}) == ("unknown_kind", None)


@pytest.mark.parametrize(
    ("level", "fits"), [(0, True), (5, True), (6, False), (-1, False), (True, False), ("3", False)]
)
def test_a_number_lies_within_its_limit(level: Any, fits: bool) -> None:
    fields = {"level": level, "from_on": "2026-11-25"}
    if fits:
        check(INTENSITY, fields, whole=True)
    else:
        assert refused(INTENSITY, fields) == ("malformed", "level")


@pytest.mark.parametrize("day", ["2026-13-01", "2026-11-5", "20261125", "2026-11-25T09:00", ""])
def test_a_day_is_a_day(day: str) -> None:
    assert refused(INTENSITY, {"level": 3, "from_on": day}) == ("malformed", "from_on")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.sampled_from([k for k in KINDS.values() if k.ready]), st.dictionaries(st.text(), json_values), json_values)
def test_whatever_comes_the_answer_is_yes_or_a_rules_name(kind: Any, fields: dict[str, Any], value: Any) -> None:
    for fields_ in (fields, {kind.fields[0].name: value}):
        try:
            check(kind, fields_, whole=True)
        except RecordError as error:
            assert error.why in {"unknown_field", "malformed", "missing"}


def test_every_reference_points_to_a_kind_in_the_same_sort_of_scope() -> None:
    for kind in KINDS.values():
        for field in kind.fields:
            for target in field.of:
                assert field.type is Type.REF and KINDS[target].scope == kind.scope


#: What `uuid.UUID` would read as well.
OTHERWISE = (
    "0199000000007000800000000000000A",
    "0199000000007000800000000000000a----",
    "01990000-0000-7000-8000-00000000000A",
    "{0199000000007000800000000000000a}--",
    "01990000-0000-7000-8000-00000000000a\n",
)


@pytest.mark.parametrize("text", ["", "x" * 36, "{0199}", None, 7, "01990000-0000-7000-8000-00000000000G", *OTHERWISE])
def test_an_id_is_a_uuid_in_its_usual_writing(text: object) -> None:
    assert not is_id(text)
    assert is_id(eg.an_id())
