"""Vedhold: an offline-first field app for the people who visit citizens in homelessness."""

__version__ = "0.0.1"
