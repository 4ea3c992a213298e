"""Fixtures of the whole line, and the rule that every test module declares exactly one tier."""

import pytest

pytest_plugins = ["tests.support.stack"]

TIERS = {"unit", "contract", "replay", "component", "browser", "telephony", "benchmark"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        tiers = {mark.name for mark in item.iter_markers()} & TIERS
        if len(tiers) != 1:
            raise pytest.UsageError(f"{item.nodeid}: a test module declares exactly one of {', '.join(sorted(TIERS))}")
