"""Every code and every reason has words in both languages, and none that the manual would not use."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from fieldapp.domain import values, values_day, values_life
from fieldapp.domain.facts import Reason, Why
from fieldapp.domain.words_to_avoid import find
from fieldapp.texts import ASSETS, citizen_texts, language, use_language
from fieldapp.views import days
from fieldapp.views.reasons import sentence, since
from fieldapp.words import INTENSITY, WORDS, intensity, word
from tests.examples import CET, TODAY

KEYWORDS = {"_": None, "P_": ((1, "c"), 2), "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
ENUMS = [
    each
    for module in (values, values_day, values_life)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
]
#: What a reason of any kind may hold; each kind takes what it needs.
FULL = Reason(Why.NEW, days=12, count=4, on=TODAY, at=time(10, 30), word="try_out", text="Kaffe", place="Kilden")


@pytest.fixture(autouse=True)
def danish_first() -> Iterator[None]:
    before = language()
    use_language("da")
    yield
    use_language(before)


@pytest.fixture(params=["da", "en"])
def spoken(request: pytest.FixtureRequest) -> str:
    use_language(request.param)
    return str(request.param)


def catalogue() -> Catalog:
    with (ASSETS / "locale/da/LC_MESSAGES/fieldapp.po").open("rb") as file:
        return read_po(file, locale="da", abort_invalid=True)


def danish(catalog: Catalog) -> list[str]:
    return [text for entry in catalog if entry.id for text in strings(entry.string)]


def strings(said: str | tuple[str, ...] | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


@pytest.mark.parametrize("of", ENUMS, ids=lambda of: of.__name__)
def test_every_code_has_a_name_and_no_two_share_it(of: type[StrEnum], spoken: str) -> None:
    names = [word(of, code) for code in of]

    assert all(names)
    assert len(set(names)) == len(names)


def test_a_code_from_a_newer_app_has_a_name_too(spoken: str) -> None:
    newer = {"da": "Andet (nyere version)", "en": "Other (newer version)"}[spoken]

    assert {word(of, "from_2031") for of in WORDS} == {newer}
    assert word(values.Dimension, None) == newer
    assert intensity(9) == newer


def test_intensity_has_five_words() -> None:
    assert len({intensity(level) for level in range(1, 6)}) == len(INTENSITY) == 5


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_a_sentence_with_all_that_it_may_know_and_with_nothing(why: Why, spoken: str) -> None:
    full = sentence(Reason(**(vars(FULL) | {"why": why})), TODAY)
    bare = sentence(Reason(why), TODAY)

    assert full and bare
    assert "None" not in full + bare and "{" not in full + bare


@pytest.mark.parametrize("count", [0, 1, 2, 11])
@pytest.mark.parametrize("why", Why)
def test_every_reason_says_any_number_of_days(why: Why, count: int) -> None:
    assert " 1 dage" not in sentence(Reason(why, days=count, word="try_out"), TODAY)


def test_the_eight_dimensions_stand_in_the_manuals_words_and_order() -> None:
    assert [word(values.Dimension, code).lower() for code in values.Dimension] == [
        "bolig",
        "psykisk helbred",
        "fysisk helbred",
        "økonomi",
        "daglige aktiviteter",
        "netværk og sociale relationer",
        "brug af rusmidler",
        "uddannelse og beskæftigelse",
    ]


@pytest.mark.parametrize(
    ("ahead", "past", "coming", "bare"),
    [
        (0, "i dag", "i dag", "i dag"),
        (1, "i går", "i morgen", "i morgen"),
        (2, "i mandags", "på fredag", "fredag"),
        (6, "i torsdags", "på tirsdag", "tirsdag"),
        (7, "den 18. november", "den 2. december", "den 2. december"),
        (400, "den 21. oktober 2025", "den 30. december 2027", "den 30. december 2027"),
    ],
)
def test_a_day_phrase_brings_its_own_preposition(ahead: int, past: str, coming: str, bare: str) -> None:
    span = timedelta(days=ahead)

    assert days.past(TODAY - span, TODAY) == past
    assert days.coming(TODAY + span, TODAY) == coming
    assert days.bare(TODAY + span, TODAY) == bare


def test_times_and_dates_look_danish() -> None:
    now = datetime(2026, 11, 25, 9, 0, tzinfo=CET)

    assert days.clock(time(10, 30)) == "10.30"
    assert days.clock(time(7, 5)) == "7.05"
    assert days.short_date(date(2026, 10, 29)) == "29. okt."
    assert days.capital(days.full_day(TODAY)) == "Onsdag 25. november"
    assert days.moment(now - timedelta(days=1), now) == "i går kl. 9.00"


def test_reasons_read_as_the_microcopy_does() -> None:
    thursday = TODAY - timedelta(days=6)

    assert sentence(Reason(Why.AGREED_TIME, at=time(10, 0)), TODAY) == "Aftalt i dag kl. 10.00."
    assert sentence(Reason(Why.FIRST_SILENCE, on=thursday), TODAY) == (
        "Svarede ikke i torsdags. Prøv på en anden måde i dag."
    )
    assert sentence(Reason(Why.UNCONFIRMED, on=thursday), TODAY) == (
        "Sms'en fra torsdag er ikke bekræftet. Blev den sendt?"
    )
    assert sentence(Reason(Why.SILENCE_LONG, days=11, count=3), TODAY) == (
        "11 dage siden I talte. I har rakt ud 3 gange."
    )
    assert sentence(Reason(Why.PHASE_ENDS, days=12, word="try_out"), TODAY) == (
        "2. fase slutter om 12 dage. Tal sammen om det næste."
    )
    assert sentence(Reason(Why.RHYTHM, days=7), TODAY) == "I plejer at tales ved cirka hver 7. dag."
    assert since(Reason(Why.DAYS_SINCE, days=11), TODAY) == "11 dage siden I talte"
    assert since(None, TODAY) == ""


def test_every_message_in_the_code_is_said_in_danish() -> None:
    said = {(entry.context, strings(entry.id)[0]) for entry in catalogue() if entry.id}
    written = {
        (context, strings(message)[0])
        for _, _, message, _, context in extract_from_dir(
            ASSETS.parent / "fieldapp", [("**.py", "python")], keywords=KEYWORDS
        )
    }

    assert written - said == set()


def test_the_danish_is_whole() -> None:
    catalog = catalogue()

    assert [entry.id for entry in catalog if entry.fuzzy and entry.id] == []
    assert [entry.id for entry in catalog if entry.id and not all(strings(entry.string))] == []
    names = re.compile(r"\{(\w+)\}")
    for entry in catalog:
        for text in strings(entry.string) if entry.id else []:
            assert set(names.findall(text)) <= set(names.findall(" ".join(strings(entry.id)))), text


def test_acceptance_22_every_text_of_the_app_passes_its_own_language_help() -> None:
    """But the page *Ord*, whose rows are the words themselves: they are data of the domain, no text."""
    said = [*danish(catalogue()), *citizen_texts().values()]

    assert [(text, found.said) for text in said for found in find(text)] == []


def test_t4_there_is_no_word_for_chronic() -> None:
    said = [*danish(catalogue()), *citizen_texts().values()]

    assert [text for text in said if "kronisk" in text.lower()] == []


def test_no_text_hides_within_an_f_string() -> None:
    """There the catalogue does not find it, and a Danish row says half a sentence in English."""
    hidden = [
        f"{path}:{node.lineno}"
        for path in sorted(Path("fieldapp").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    ]
    assert hidden == []
