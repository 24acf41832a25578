"""What a worker waits for on screen, with 100 citizens and 10,000 contacts, one of them of ten years: in Chromium, and
in Python alone.

*Painted* is two frames after what was waited for is there, counted in the browser from the finger's own event. The
browser draws with software here, and everything but the worker's finger is the real thing: app, encrypted store, wire.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import flet as ft

from fieldapp.actions.desk import Desk
from fieldapp.texts import use_language
from fieldapp.views.root import root
from tests.benchmarks.table import Measure
from tests.browser import BEFORE_CODE, UI, Browser, NoChromium, running
from tests.desks import seed_many, ten_years
from tests.fake_client import FakeClient
from tests.gates import PIN, Door
from tests.views.people import agreed, due

START, PAINTED, SAVED, RENDERED = 2_000.0, 150.0, 100.0, 30.0
#: From the first touch or key after it is called until `id` is there and two frames have gone by.
WATCH = """id => { window.seen = new Promise(done => {
  let begun = null;
  const start = event => { begun ??= event.timeStamp; };
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, start, {capture: true});
  const look = () => {
    const there = begun !== null && document.querySelector(`[flt-semantics-identifier="${id}"]`);
    if (!there) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
  };
  look();
}); }"""


class NoBrowser(Exception):
    """It cannot be measured here."""


def measure(runs: int) -> Iterator[Measure]:
    """Each run is a new page: nothing of the one before is in the app's memory."""
    use_language("da")
    try:
        with (
            tempfile.TemporaryDirectory() as name,
            running(Path(name)) as browser,
            _door(Path(name), runs) as (door, ids),
        ):
            taken: dict[str, list[float]] = {}
            for run in range(runs):
                for what, milliseconds in _day(browser, door, ids[f"agreed {run}"], ids["due"], ids["years"]):
                    taken.setdefault(what, []).append(milliseconds)
                browser.close_pages()
    except NoChromium as none:
        raise NoBrowser(str(none)) from None
    targets = {"start until I dag, once unlocked": START, "save": SAVED}
    for what, samples in taken.items():
        yield _measure(f"{what}, painted", samples, targets.get(what, PAINTED))
    yield from rendered(runs)


def _measure(name: str, samples: list[float], target: float) -> Measure:
    """Judged by its p95, as the target is; the median stands beside it."""
    return Measure(
        name, "ms", _p95(samples), target, (min(samples), max(samples)), beside=("median", statistics.median(samples))
    )


def _p95(samples: list[float]) -> float:
    return sorted(samples)[round(0.95 * (len(samples) - 1))]


@contextmanager
def _door(folder: Path, runs: int = 1) -> Iterator[tuple[Door, dict[str, str]]]:
    """An appointment for each run: once noted, it is gone from I dag."""
    ids: dict[str, str] = {}

    def seed(desk: Desk) -> None:
        ids["due"] = due(desk)
        ids.update((f"agreed {run}", agreed(desk, f"Bent {run}")) for run in range(runs))
        ids["years"] = ten_years(desk)
        seed_many(desk)

    door = Door(folder / "vault").begin("open", seed=seed)
    door.lock()
    yield door, ids
    door.close()


def _day(browser: Browser, door: Door, met: str, sought: str, years: str) -> Iterator[tuple[str, float]]:
    def main(page: ft.Page) -> None:
        root(page, door)

    ui = browser.open_page(main)
    ui.find("key-1").wait_for(state="attached")
    ui.page.wait_for_timeout(BEFORE_CODE)
    ui.keys(*PIN)
    yield "start until I dag, once unlocked", _waited(ui, f"row-{met}", lambda: ui.keys("Enter"))
    ui.page.wait_for_timeout(500)
    yield "open a citizen", _waited(ui, "tab-timeline", lambda: ui.tap(f"row-{met}"))
    ui.back().find(f"note-{met}").wait_for(state="attached")
    yield "note: what happened", _waited(ui, "note-met", lambda: ui.tap(f"note-{met}"))
    yield "note: the form", _waited(ui, "save", lambda: ui.tap("note-met"))
    yield "save", _waited(ui, "go-citizens", lambda: ui.tap("save"))
    ui.tap("go-citizens").is_headed("Borgere")
    ui.focus("search")
    yield "search, after the letter", _waited(ui, f"row-{sought}", lambda: ui.type("Åse"))
    ui.write("search", "Yrsa").find(f"row-{years}").wait_for(state="attached")
    ui.page.wait_for_timeout(500)
    yield "open a citizen of ten years", _waited(ui, "tab-timeline", lambda: ui.tap(f"row-{years}"))
    door.lock()


def _waited(ui: UI, id: str, do: Callable[[], object]) -> float:
    ui.page.evaluate(WATCH, id)
    do()
    return float(ui.page.evaluate("Promise.race([window.seen, new Promise((_, no) => setTimeout(no, 20_000))])"))


#: Each screen by name and route; `{met}` is a citizen.
SCREENS = {
    "I dag": "/",
    "Borgere": "/citizens",
    "a citizen": "/citizen/{met}",
    "Notér": "/citizen/{met}/note",
    "the note form": "/citizen/{met}/note/met",
    "Ræk ud": "/citizen/{met}/reach",
    "texts": "/citizen/{met}/reach/text",
    "new person": "/new",
    "next step": "/citizen/{met}/next",
    "settings": "/settings",
    "a citizen of ten years": "/citizen/{years}",
    "the own page of ten years": "/citizen/{years}/own",
}


def rendered(runs: int, only: str = "") -> Iterator[Measure]:
    """Processor time of this process from the route to the last patch, in Python: reading, drawing, packing.

    `only`: the screens whose name has this in it.
    """
    screens = {what: route for what, route in SCREENS.items() if only in what}
    with tempfile.TemporaryDirectory() as name, _door(Path(name)) as (door, ids):
        taken = asyncio.run(_render(door, ids, runs, screens))
    for what, samples in taken.items():
        yield _measure(f"{what}, drawn in Python", samples, RENDERED)


async def _render(door: Door, ids: dict[str, str], runs: int, screens: dict[str, str]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {what: [] for what in screens}
    door.begin("open")

    def main(page: ft.Page) -> None:
        root(page, door)

    async with FakeClient(main, "/more") as app:
        for _run in range(runs + 1):
            for what, route in screens.items():
                await app.go("/more" if route in ("/", "/citizens") else "/")  # the list it opens from is there already
                begun = time.process_time()
                await app.go(route.format(met=ids["agreed 0"], years=ids["years"]))
                taken[what].append((time.process_time() - begun) * 1e3)
    return {what: samples[1:] for what, samples in taken.items()}
