"""What the console says is said in Danish, and it looks like the app."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from fieldapp.domain.erasure import Ground
from fieldapp.domain.sampling import Judgement
from fieldapp.server.console import app, erase, sample, sentences
from fieldapp.server.console.pages import MENU, ROLES
from fieldapp.server.console.rules import RULES
from fieldapp.server.console.why import WHY, Why
from fieldapp.server.extract_names import reason
from fieldapp.texts import _, language, ngettext, speaking, use_language
from fieldapp.views import theme
from tests.views.test_words import KEYWORDS, catalogue, strings

TEMPLATES = Path(app.__file__).parent


def test_every_word_of_a_page_is_said_in_danish() -> None:
    said = {(entry.context, strings(entry.id)[0]) for entry in catalogue() if entry.id}
    written = {
        (context, strings(message)[0])
        for _file, _line, message, _comments, context in extract_from_dir(
            TEMPLATES, [("**.html", "jinja2")], keywords=KEYWORDS
        )
    }
    assert len(written) > 100
    assert written - said == set()


def test_no_words_stand_in_a_page_but_through_the_catalogue() -> None:
    for template in TEMPLATES.glob("templates/*.html"):
        said = re.sub(r"\{% macro tied.*?endmacro %\}", "", template.read_text(), flags=re.S)  # inside a tag
        plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", said, flags=re.S)
        words = set(re.findall(r"[A-Za-zÆØÅæøå]{2,}", plain)) - {"Vedhold", "fieldapp", "admin", "login", "link"}
        assert not words, template.name


def test_what_a_page_says_is_done_is_one_of_ours() -> None:
    """Every word that a page sends along has its sentence."""
    sent = {
        word
        for module in TEMPLATES.glob("*.py")
        for word in re.findall(r'ask\.to\([^\n]*?, "(\w+)"\)', module.read_text())
    }
    assert sent and sent | {"lost", "retired"} <= set(sentences.DONE)


def test_every_choice_and_every_page_of_the_menu_has_a_name() -> None:
    assert (set(WHY), set(erase.GROUNDS), set(sample.JUDGED)) == (set(Why), set(Ground), set(Judgement))
    assert {("GET", path) for path, _name in MENU} <= set(RULES) and len(ROLES) == 3


@pytest.mark.parametrize("why", Why)
def test_the_citizen_reads_why_a_leader_looked(why: Why) -> None:
    with speaking("da"):
        assert reason(why) != why


def test_a_language_is_spoken_within_a_block_and_nowhere_else() -> None:
    before = language()
    use_language("da")
    with speaking("en"):
        assert (language(), _("Sign out"), ngettext("{count} citizen", "{count} citizens", 2)) == (
            "en",
            "Sign out",
            "2 citizens",
        )
        with speaking("xx"):
            assert _("Sign out") == "Log ud"
        assert _("Sign out") == "Sign out"
    assert _("Sign out") == "Log ud"
    use_language(before)


@pytest.mark.parametrize(("colors", "place"), [(theme.LIGHT, 0), (theme.DARK, 1)], ids=["light", "dark"])
def test_the_colours_are_the_apps(colors: dict[str, str], place: int) -> None:
    part = app.STYLE.read_text().split("@media (prefers-color-scheme: dark)")[place]
    named = re.findall(r"--([a-z-]+): (#\w{6});", part)
    assert len(named) >= 15
    assert {name.replace("-", "_"): color for name, color in named} == {
        name.replace("-", "_"): colors[name.replace("-", "_")] for name, _color in named
    }
