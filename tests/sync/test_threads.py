"""A short run of the crowd in every test run; `python -m tests.sync.threads` runs as long as you like."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.server import feed, scopes
from tests.sync.threads import Crowd

pytestmark = pytest.mark.proof


def test_a_crowd_loses_skips_and_shows_nothing(engine: Engine) -> None:
    crowd = Crowd(engine, commits=120, seed=1)
    crowd.run()
    assert crowd.edits == 240
    assert (crowd.skipped, crowd.overwritten, crowd.strayed) == (set(), [], [])
    assert len(crowd.stays) > 1, "citizens were moved about"


@dataclass(frozen=True)
class Forever(scopes.Reach):
    """Once theirs, always theirs."""

    def at(self, moment: datetime) -> frozenset[str]:
        return super().at(moment) | self.citizens_ever


def test_rows_of_a_citizen_who_is_theirs_no_more_are_noticed(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def reach(session: Session, worker: str) -> scopes.Reach:
        return Forever(**vars(scopes.reach(session, worker)))

    monkeypatch.setattr(feed, "reach", reach)
    crowd = Crowd(engine, commits=300, seed=1)
    crowd.run()
    assert crowd.strayed
