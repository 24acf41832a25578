"""The citizen's own page: in their order, dated, and nothing that is not on its list, whatever there is about them."""

from dataclasses import astuple
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.facts import Record
from fieldapp.domain.fields import Type
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.own_page import SHOWN, own_page
from fieldapp.domain.values import Dimension
from tests.domain.anything import records
from tests.examples import NOW, TODAY


def texts_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, tuple | list):
        return set().union(*map(texts_in, value))
    return set()


def marked(told: list[Record]) -> tuple[list[Record], set[str], set[str]]:
    """Every text a person wrote is a word of its own: the records, the words that may be shown, and the others."""
    mine: set[str] = set()
    other: set[str] = set()
    again = []
    for number, record in enumerate(told):
        fields = dict(record.fields)
        for field in KINDS[record.kind].fields:
            if field.type == Type.TEXT and field.name in fields:
                fields[field.name] = word = f"ord-{number}-{field.name}"
                shown = field.name in SHOWN.get(record.kind, ()) and not record.void
                (mine if shown else other).add(word)
        again.append(Record(record.kind, record.id, fields, record.author, record.at, record.void))
    return again, mine, other


@given(records(), st.randoms())
def test_whatever_is_written_only_what_is_on_the_list_is_shown(told: list[Record], random: Any) -> None:
    again, mine, other = marked(told)
    page = own_page(again, TODAY)
    said = texts_in(astuple(page))
    assert not said & other
    assert {word for word in said if word.startswith("ord-")} <= mine
    assert not {record.author for record in told} & said, "nor who wrote it"
    random.shuffle(again)
    assert texts_in(astuple(own_page(again, TODAY))) == said


def test_the_list_names_fields_that_are_there_and_never_the_professionals_column() -> None:
    for kind, names in SHOWN.items():
        assert names <= set(KINDS[kind].by_name), kind
    assert "professional_view" not in set().union(*SHOWN.values())
    assert not {"assessment_note", "contact", "attempt", "use_of_offers", "handover"} & set(SHOWN)


def a(kind: str, n: int = 0, **fields: Any) -> Record:
    return Record(kind, f"{kind}-{n}", fields, None, NOW + timedelta(minutes=n))


def test_wishes_dreams_hopes_in_that_order_the_newest_first_and_none_is_written_over() -> None:
    told = [
        a("own_words", 1, aspect="hope", text="Håb", said_on="2026-01-01"),
        a("own_words", 2, aspect="wish", text="Før", said_on="2026-01-01"),
        a("own_words", 3, aspect="wish", text="Nu", said_on="2026-02-01"),
        a("own_words", 4, aspect="wish", text="Samme dag", said_on="2026-02-01"),
        a("own_words", 5, aspect="from_a_newer_app", text="Nyt", said_on="2026-02-01"),
    ]
    assert [each.text for each in own_page(told, TODAY).words] == ["Samme dag", "Nu", "Før", "Håb", "Nyt"]


def test_goals_hold_their_steps_and_what_went_forward_and_the_rest_stands_by_itself() -> None:
    told = [
        a("goal", 1, dimension="finances", title="Åbne brevene"),
        a("goal", 2, dimension="housing", title="Et bord"),
        a("step", 1, goal="goal-1", text="Færdig", done_on="2026-01-01"),
        a("step", 2, goal="goal-1", text="Ét brev", by="citizen"),
        a("progress", 1, goal="goal-1", text="Åbnede to", noted_on="2026-01-02"),
        a("progress", 2, goal="gone", text="Sov godt", noted_on="2026-01-03"),
        a("progress", 3, text="Ringede selv", noted_on="2026-01-04"),
    ]
    page = own_page(told, TODAY)
    assert [goal.title for goal in page.goals] == ["Et bord", "Åbne brevene"]
    assert [step.text for step in page.goals[1].steps] == ["Ét brev", "Færdig"]
    assert [line.text for line in page.goals[1].forward] == ["Åbnede to"]
    assert [line.text for line in page.forward] == ["Ringede selv", "Sov godt"]


def test_the_focus_is_what_stands_today_in_the_manuals_order() -> None:
    told = [
        a("focus_area", 1, dimension="substances", from_on="2026-01-01"),
        a("focus_area", 2, dimension="housing", from_on=TODAY),
        a("focus_area", 3, dimension="finances", from_on="2026-01-01", ended_on=TODAY),
        a("focus_area", 4, text="Noget andet", from_on="2026-01-01"),
    ]
    assert own_page(told, TODAY).focus == (Dimension.HOUSING, Dimension.SUBSTANCES)


def test_the_own_number_is_a_line_over_time() -> None:
    told = [a("own_scale", 1, on="2026-03-01", value=6), a("own_scale", 2, on="2026-01-01", value=3)]
    assert [each.value for each in own_page(told, TODAY).near] == [3, 6]
    assert own_page(told, TODAY).is_empty, "a number alone is nothing to print"
