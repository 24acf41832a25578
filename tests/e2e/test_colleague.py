"""The whole way in a browser: one worker writes a citizen's words down, a colleague's phone shows them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from fieldapp.demo import PIN, NoPlatform, Phone
from fieldapp.trial import Trial
from tests.browser import UI, Browser

CITIZEN = "Ægir"
OWN_WORDS = "Opfundne ord om en stol mere ved bordet"


def enrolled(trial: Trial, folder: Path, worker: str) -> Phone:
    """A worker's phone that has been switched on once: its citizens are there, and it is locked."""
    phone = Phone(folder, practice=True)

    async def first_day() -> None:
        app = await phone.app(NoPlatform())
        await app.enrol(trial.address, trial.office.make_code(worker))
        await app.choose_secret(PIN)
        await app.sync_now()
        app.lock()
        await app.closed()

    with ThreadPoolExecutor(1) as apart:  # Playwright's loop runs in this thread
        apart.submit(lambda: asyncio.run(first_day())).result()
    return phone


def unlocked(browser: Browser, phone: Phone) -> UI:
    ui = browser.open_page(phone.screen)
    for digit in PIN:
        ui.tap(digit)
    return ui.tap("Færdig").is_headed("I dag")


def test_a_colleague_sees_what_was_noted(browser: Browser, tmp_path: Path) -> None:
    with Trial(tmp_path / "server", durable=False) as trial:
        now = datetime.now().astimezone()
        team = trial.office.add_team("Opfundet team")
        freja = trial.office.add_worker("Freja Opfundet", team=team)
        karim = trial.office.add_worker("Karim Opfundet", team=team)
        trial.citizen(CITIZEN, freja, now)
        trial.share_all(freja, karim, now)
        hers, his = enrolled(trial, tmp_path / "a", freja), enrolled(trial, tmp_path / "b", karim)

        ui = unlocked(browser, hers)
        ui.tap(f"Notér: {CITIZEN}").tap("note-met").write("own-words", OWN_WORDS).tap("save").sees("Gemt")
        ui.until(lambda: sent(hers)).tap("hide")

        ui = unlocked(browser, his)
        ui.tap("go-citizens").is_headed("Borgere").tap(CITIZEN).tap("Tidslinje").sees(OWN_WORDS).sees("Freja").tap(
            "hide"
        )


def sent(phone: Phone) -> bool:
    return phone.sending.state == "there" and phone.sending.waiting == 0
