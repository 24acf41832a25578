"""Two workers' phones in a browser: both write in the same goal without a network; and a citizen goes to another."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from uuid6 import uuid7

from fieldapp.demo import OutOfReach, Phone
from fieldapp.domain.access import citizen_scope
from fieldapp.sync.http import HttpServer
from fieldapp.trial import Trial, added
from tests.browser import UI, Browser
from tests.e2e.test_colleague import enrolled, sent, unlocked

CITIZEN, GOAL = "Ægir", "En stol mere ved bordet"
HERS, HIS = "En stol til gæster", "En bænk i haven"


@dataclass
class Town:
    """A server, two colleagues with a phone each, and a citizen with a goal who is on both."""

    trial: Trial
    freja: str
    karim: str
    citizen: str
    hers: Phone
    his: Phone


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    with Trial(folder / "server", durable=False) as trial:
        now = datetime.now().astimezone()
        team = trial.office.add_team("Opfundet team")
        freja, karim = (trial.office.add_worker(f"{name} Opfundet", team=team) for name in ("Freja", "Karim"))
        citizen = trial.citizen(CITIZEN, freja, now)
        goal = {"dimension": "housing", "title": GOAL, "decided_by": "citizen"}
        trial.send(freja, [added("goal", str(uuid7()), citizen_scope(citizen), goal, now)])
        trial.share_all(freja, karim, now)
        hers, his = enrolled(trial, folder / "a", freja), enrolled(trial, folder / "b", karim)
        yield Town(trial, freja, karim, citizen, hers, his)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_town(tmp_path) as town:
        yield town


def to_the_goal(ui: UI, title: str) -> UI:
    return ui.tap("go-citizens").is_headed("Borgere").tap(CITIZEN).tap("tab-goals").tap(f"“{title}”")


def writes_anew(ui: UI, before: str, words: str) -> None:
    to_the_goal(ui, before).tap("change-title").write("say", words).tap("save").sees(f"“{words}”")


def test_two_write_in_the_same_goal_offline_and_one_chooses(browser: Browser, town: Town) -> None:
    for phone, words in ((town.hers, HERS), (town.his, HIS)):
        phone.connect = OutOfReach
        ui = unlocked(browser, phone)
        writes_anew(ui, GOAL, words)
        ui.until(lambda phone=phone: phone.sending.why == "no_connection").tap("hide")  # type: ignore[misc]

    for phone in (town.hers, town.his):
        phone.connect = HttpServer
        ui = unlocked(browser, phone)
        ui.until(lambda phone=phone: phone.sending.waiting == 0).tap("hide")  # type: ignore[misc]

    ui = unlocked(browser, town.hers)
    to_the_goal(ui, HIS).sees("To har skrevet om det samme").tap("see-both")
    ui.sees(HERS).sees(HIS).sees("Freja (dig)").sees("Karim Opfundet")
    ui.tap("version-mine").tap("keep").sees("Gemt. Den anden tekst er også gemt.")
    ui.until(lambda: sent(town.hers)).tap("hide")

    ui = unlocked(browser, town.his)
    ui.until(lambda: sent(town.his))
    to_the_goal(ui, HERS).sees_not("To har skrevet om det samme").tap("hide")


def test_a_citizen_who_goes_to_another_is_gone_from_the_first_phone_and_both_are_told(
    browser: Browser, town: Town
) -> None:
    ui = unlocked(browser, town.hers)
    ui.tap("go-citizens").sees(CITIZEN).tap("hide")
    for assignment in town.trial.office.assignments():
        if assignment.role == "deputy":
            town.trial.office.end_assignment(assignment.id)
    town.trial.office.hand_over(town.citizen, worker=town.karim)

    ui = unlocked(browser, town.hers)
    ui.sees("Nyt til dig").sees("Karim Opfundet støtter borgeren nu. Oplysningerne er fjernet fra din telefon.")
    ui.tap("Set: En borger").sees_not("Nyt til dig")
    ui.tap("go-citizens").sees_not(CITIZEN).sees("Her er ingen borgere endnu").tap("hide")

    ui = unlocked(browser, town.his)
    ui.sees("Du er støtteperson nu.").tap("go-citizens").sees(CITIZEN).tap("hide")
