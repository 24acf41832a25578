"""Fixtures that tests of several folders share."""

from tests.postgres import database_url, engine, postgres

__all__ = ["database_url", "engine", "postgres"]
