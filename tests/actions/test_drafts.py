"""Drafts, and the worker's own settings."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.actions import drafts, settings
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.goals import GoalForm
from fieldapp.errors import RecordError
from fieldapp.store.bookkeeping import SettingRow
from tests.desks import Clock
from tests.examples import CET, NOW, TODAY

_forms = st.builds(
    ContactForm,
    mode=st.text(),
    place=st.none() | st.text(),
    own_words=st.text(),
    occurred_at=st.none() | st.datetimes(timezones=st.just(CET)),
    dimensions=st.lists(st.text()).map(tuple),
    sensitive=st.booleans(),
    next_on=st.none() | st.dates().map(date.isoformat),
)


@given(_forms)
def test_a_form_comes_back_as_it_was_typed(form: ContactForm) -> None:
    assert drafts.restored(ContactForm, drafts.values_of(form)) == form


def test_a_draft_is_kept_read_and_discarded(desk: Desk, clock: Clock) -> None:
    drafts.keep(desk, "contact:a", {"own_words": "Åh"})
    drafts.keep(desk, "contact:a", {"own_words": "Åh ja"})
    clock.move(minutes=1)
    drafts.keep(desk, "goal:a", drafts.values_of(GoalForm(step_due_on=TODAY)))
    clock.move(minutes=1)
    drafts.keep(desk, "citizen:new", {})
    assert [draft.key for draft in drafts.read_all(desk)] == ["citizen:new", "goal:a", "contact:a"]
    found = drafts.read(desk, "contact:a")
    assert found is not None
    assert (found.values, found.saved_at) == ({"own_words": "Åh ja"}, NOW)
    drafts.discard(desk, "contact:a")
    drafts.discard(desk, "contact:a")
    assert drafts.read(desk, "contact:a") is None
    goal = drafts.read(desk, "goal:a")
    assert goal is not None
    assert drafts.restored(GoalForm, goal.values).step_due_on == TODAY


def test_what_another_version_of_the_app_kept_does_not_stop_the_form() -> None:
    values = {
        "mode": "talked",
        "occurred_at": "yesterday",
        "sensitive": "yes",
        "dimensions": "housing",
        "colour": "red",
    }
    assert drafts.restored(ContactForm, values) == ContactForm(mode="talked")


def test_a_time_of_day_comes_back_too() -> None:
    @dataclass
    class _Form:
        at: time | None = None
        when: datetime | None = None

    form = _Form(time(9, 30), NOW)
    assert drafts.restored(_Form, drafts.values_of(form)) == form


def test_settings_are_the_defaults_until_the_worker_chooses(desk: Desk) -> None:
    assert settings.read(desk) == settings.OwnSettings("da", "auto", 120)
    kept = settings.keep(desk, language="en", idle=60)
    assert kept == settings.read(desk) == settings.OwnSettings("en", "auto", 60)
    assert settings.keep(desk, theme="dark") == replace(kept, theme="dark")


@pytest.mark.parametrize(
    "change", [{"idle": 5}, {"idle": 10_000}, {"idle": "60"}, {"theme": "red"}, {"language": "xx"}]
)
def test_a_setting_that_makes_no_sense_is_refused(desk: Desk, change: dict[str, object]) -> None:
    with pytest.raises(RecordError, match="malformed"):
        settings.keep(desk, **change)
    assert settings.read(desk) == settings.OwnSettings()


def test_an_unknown_setting_is_refused_and_a_spoilt_one_is_passed_over(desk: Desk) -> None:
    with pytest.raises(RecordError, match="malformed"):
        settings.keep(desk, colour="red")
    with desk.store.transaction() as session:
        session.merge(SettingRow(name="own.idle", value="soon"))
    assert settings.read(desk) == settings.OwnSettings()
