"""Fixtures that tests of several folders share, and the order of tests."""

from pathlib import Path

import pytest

from tests.devices import device, now, office, server, worker
from tests.postgres import database_url, engine, postgres, statements

pytest_plugins = ["tests.leaks.plugin"]
__all__ = ["database_url", "device", "engine", "now", "office", "postgres", "server", "statements", "worker"]
E2E = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: Playwright leaves an event loop running in the thread of the tests."""
    for item in items:
        if item.path.is_relative_to(E2E):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
