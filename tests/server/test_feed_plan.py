"""How the database finds what a device has not seen: by its scopes, however much others have written."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.server.people import Phone, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The questions for rows, as they reach the database."""
    found: list[tuple[str, Any]] = []

    def before(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if "unnest" in statement:
            found.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", before)
    yield found
    event.remove(engine, "before_cursor_execute", before)


def test_nobody_waits_for_what_others_have_written(
    engine: Engine, freja: Phone, karim: Phone, asked: list[tuple[str, Any]]
) -> None:
    """Without statistics too: they come when the database has time, and the first morning comes before."""
    for phone in (freja, karim):
        citizens = [phone.meet() for _ in range(5)]
        for citizen in citizens:
            phone.send(*(an_add("contact", citizen, MET) for _ in range(100)))
        phone.catch_up()
    asked.clear()
    karim.exchange()
    assert not asked, "nobody has written since"
    freja.meet()
    karim.exchange()
    assert asked
    for statement, parameters in asked:
        with engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute(f"EXPLAIN {statement}", parameters)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "record_feed" in plan, plan
        assert "record_seq_key" not in plan and "Seq Scan on record" not in plan, plan
