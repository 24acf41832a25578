"""`make shots`: a picture of every page of the console, on a phone and a desktop, light and dark.

    python -m tests.shots_console [part of a name ...]

The server is practice mode's; everybody on the pictures is invented.
"""

import sys
import tempfile
from datetime import datetime
from pathlib import Path

from playwright.sync_api import FilePayload, Page

from fieldapp.practice.cast import WORKERS
from fieldapp.texts import use_language
from fieldapp.trial import Trial, fill_with_practice
from tests.browser import NoChromium
from tests.server.console.browsing import SIZES, console, opened, running, sign_in, walk

PICTURES = Path("shots")


def main(wanted: list[str]) -> int:
    use_language("da")
    PICTURES.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="vedhold-") as name, Trial(Path(name), durable=False) as trial:
            workers = fill_with_practice(trial, datetime.now().astimezone())
            leader = next(workers[one.key] for one in WORKERS if one.role == "leader")
            freja = workers["freja"]
            trial.office.add_worker("Poul Opfundet", role="administrator", job="IT")
            trial.office.make_code(freja)
            with running() as browser, console(trial.server) as address:
                for size in SIZES:
                    with opened(browser, address, size) as page:
                        page.goto(f"{address}/sign-in")
                        _shot(page, f"sign_in_{size.name}", wanted)
                        sign_in(page, address, trial.office, leader)
                        for name_ in walk(page, address):
                            _shot(page, f"{name_}_{size.name}", wanted)
                        _acts(page, address, freja, size.name, wanted)
    except NoChromium as none:
        print(none)
        return 1
    return 0


def _acts(page: Page, address: str, worker: str, size: str, wanted: list[str]) -> None:
    """What only shows after something was done."""
    page.goto(f"{address}/assignments?of={worker}")
    if page.locator("#look-why").count():
        page.locator("#look-why").select_option(value="sharing")
        page.locator("#look button").click()
    _shot(page, f"assignments_named_{size}", wanted)
    page.locator(".rows a").first.click()
    _shot(page, f"assignment_named_{size}", wanted)
    page.goto(f"{address}/doubles")
    if page.locator("#look-why").count():
        page.locator("#look-why").select_option(value="twice")
        page.locator("#look button").click()
    _shot(page, f"doubles_named_{size}", wanted)
    page.goto(f"{address}/codes?worker={worker}")
    page.locator("#code button").click()
    _shot(page, f"code_{size}", wanted)
    page.goto(f"{address}/people/{worker}")
    _shot(page, f"worker_{size}", wanted)
    for content, name in (
        ("nummer;kaldenavn;medarbejder\nB-1;Bo;Freja Sivmose\n", "list"),
        ("nummer;kaldenavn;medarbejder\nB-1;;\n;Bo;Ib\n", "faults"),
    ):
        page.goto(f"{address}/lists")
        file: FilePayload = {"name": "opdigtet.csv", "mimeType": "text/csv", "buffer": content.encode()}
        page.locator("#citizens-file").set_input_files(file)
        page.locator("#citizens button").click()
        _shot(page, f"{name}_{size}", wanted)
    page.goto(f"{address}/people")
    page.locator("#worker button").evaluate("button => button.form.noValidate = true")
    page.locator("#worker button").click()
    _shot(page, f"people_wrong_{size}", wanted)
    if "phone" in size:
        page.locator("summary").first.click()
        _shot(page, f"menu_{size}", wanted)


def _shot(page: Page, name: str, wanted: list[str]) -> None:
    if not wanted or any(part in name for part in wanted):
        path = PICTURES / f"console_{name}.png"
        page.screenshot(path=path, full_page=True)
        print(path, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
