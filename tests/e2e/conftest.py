"""The browser for these tests; without a Chromium they are skipped here and fail where CI is set."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldapp.texts import use_language
from tests.browser import Browser, NoChromium, running

PICTURES = Path("shots")


@pytest.fixture(scope="session")
def one_browser() -> Iterator[Browser]:
    try:
        with running(PICTURES) as browser:
            yield browser
    except NoChromium as none:
        if os.environ.get("CI"):
            pytest.fail(str(none))
        pytest.skip(str(none))


@pytest.fixture
def browser(one_browser: Browser, request: pytest.FixtureRequest) -> Iterator[Browser]:
    use_language("da")
    yield one_browser
    if getattr(request.node, "failed_call", False):
        one_browser.keep_evidence(request.node.name)
    one_browser.close_pages()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        item.failed_call = report.failed  # type: ignore[attr-defined]
