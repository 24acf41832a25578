"""I-7: no field about treatment, abstinence, readiness, hours or CPR is ever demanded; a form saves with nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.actions import attempts, citizens, contacts, respect
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.fields import Field, Kind, check
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import OUTCOMES, ContactMode
from tests.desks import Clock, a_desk, seed

READY = [kind for kind in KINDS.values() if kind.ready]
#: What a field about one of them would be called, as a part of its name or of one of its words.
FORBIDDEN = re.compile(
    r"treat|therap|medic|abstin|sober|clean|relaps|substance|addict|ready|readi|parat|motivat|willing|complian"
    r"|hour|minut|duration|time_spent|quota|visited|granted|cpr|ssn|personal_number"
)


def demanded(kind: Kind) -> list[Field]:
    return [field for field in kind.fields if field.required]


@pytest.mark.parametrize("kind", READY, ids=lambda kind: kind.name)
def test_i_7_no_kind_demands_treatment_abstinence_readiness_hours_or_cpr(kind: Kind) -> None:
    assert [field.name for field in demanded(kind) if FORBIDDEN.search(field.name)] == []


def test_i_7_no_record_of_the_support_has_a_field_for_hours_or_targets() -> None:
    """C14, T17: the methods know no granted number of hours; when a call is welcome is another thing."""
    about_others = {"respect", "walk_in_hours"}
    found = [(k.name, f.name) for k in READY if k.name not in about_others for f in k.fields
             if re.search(r"hour|minut|duration|target|quota", f.name)]  # fmt: skip
    assert found == []


@given(kind=st.sampled_from(READY), data=st.data())
def test_i_7_whatever_is_left_out_of_what_is_not_demanded_the_record_is_whole(kind: Kind, data: st.DataObject) -> None:
    """Over all kinds: only the demanded fields are, and none of them is of the five."""
    plain = {"text": "x", "code": "x", "codes": [], "day": "2026-11-25", "clock": "10:00", "flag": True, "number": 1,
             "moment": "2026-11-25T10:00:00+01:00", "ref": "018f0000-0000-7000-8000-000000000001"}  # fmt: skip
    fields = {field.name: plain[field.type] for field in demanded(kind)}
    offered = [field for field in kind.fields if not field.required]
    for field in data.draw(st.lists(st.sampled_from(offered), max_size=3) if offered else st.just([])):
        fields[field.name] = None
    check(kind, fields, whole=True)


@pytest.fixture
def citizen(desk: Desk) -> str:
    return seed(desk)


@pytest.mark.parametrize("mode", ContactMode)
def test_i_7_a_note_saves_with_nothing_but_what_happened(desk: Desk, citizen: str, mode: ContactMode) -> None:
    assert contacts.note(desk, citizen, ContactForm(mode=mode.value)).next_step is not None


def test_i_7_a_person_is_met_with_nothing_known(desk: Desk) -> None:
    assert citizens.add(desk, citizens.NewCitizen()).next_step is not None


def test_i_7_every_way_of_reaching_out_saves_with_its_outcome_alone(desk: Desk, citizen: str) -> None:
    for way, outcomes in OUTCOMES.items():
        for outcome in outcomes:
            if way != "network":  # only with the citizen's consent, which is another rule (I-6)
                assert attempts.save(desk, citizen, way.value, outcome.value).next_step is not None
    assert respect.say(desk, citizen, ()).next_step is not None


@settings(max_examples=25, deadline=None)
@given(
    left=st.sets(st.sampled_from([name for name in vars(ContactForm()) if name not in ("mode", "corrects")])),
    mode=st.sampled_from(list(ContactMode)),
)
def test_i_7_whichever_fields_are_left_out_a_note_saves(
    tmp_path_factory: pytest.TempPathFactory, left: set[str], mode: ContactMode
) -> None:
    full = ContactForm(
        mode=mode.value, place="cafe", place_text="Café", with_whom="En bror", dimensions=("housing",),
        content=("talk",), act_dimensions=("health",), focus_areas=("trust",), tools=("fit",), own_words="Ja",
        professional_view="Rolig", progress="Sov", sensitive=True, supervision=True, to_case_system=True, intensity=2,
        intensity_reasons=("Krise",), intensity_why="Få ord", assess_on="2026-12-01", next_on="2026-11-30",
    )  # fmt: skip
    form = ContactForm(**(vars(full) | {name: getattr(ContactForm(), name) for name in left}))
    with a_desk(tmp_path_factory.mktemp("left out"), Clock()) as desk:
        assert contacts.note(desk, seed(desk), form).next_step is not None
