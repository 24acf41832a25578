"""The municipality's own lists: tried first and told line by line, then taken whole or not at all."""

from starlette.responses import Response

from fieldapp.server.console import kept_lists
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.importing import Report
from fieldapp.server.list_words import sentence

#: Lines with something wrong that are shown at once.
AT_MOST = 50


def page(ask: Ask) -> Response:
    return ask.page("lists.html")


def try_citizens(ask: Ask) -> Response:
    return _try(ask, "citizens")


def try_workers(ask: Ask) -> Response:
    return _try(ask, "workers")


def take_citizens(ask: Ask) -> Response:
    return _take(ask, "citizens")


def take_workers(ask: Ask) -> Response:
    return _take(ask, "workers")


def _try(ask: Ask, what: str) -> Response:
    data = ask.file("file")
    report = _import(ask, what, data, do_it=False)
    key = ""
    if not report.problems and report.new:
        with ask.writing() as session:
            key = kept_lists.keep(session, data, what, ask.me.id, ask.now)
    return _told(ask, what, report, key)


def _take(ask: Ask, what: str) -> Response:
    """What was tried, and nothing else. Somebody may have changed something meanwhile: then it is told again."""
    with ask.writing() as session:
        data = kept_lists.take(session, ask.need("list"), what, ask.me.id, ask.now)
    report = _import(ask, what, data, do_it=True)
    return _told(ask, what, report) if report.problems else ask.to("/lists", "list")


def _import(ask: Ask, what: str, data: bytes, *, do_it: bool) -> Report:
    take = ask.office.import_citizens if what == "citizens" else ask.office.import_workers
    return take(data, ask.me.id, do_it=do_it)


def _told(ask: Ask, what: str, report: Report, key: str = "") -> Response:
    faults = [sentence(problem) for problem in report.problems]
    more = len(faults) - AT_MOST
    return ask.page("list.html", what=what, report=report, faults=faults[:AT_MOST], more=more, key=key)


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/lists", page, None),
    ("POST", "/lists/citizens", try_citizens, page),
    ("POST", "/lists/workers", try_workers, page),
    ("POST", "/lists/citizens/take", take_citizens, page),
    ("POST", "/lists/workers/take", take_workers, page),
)
