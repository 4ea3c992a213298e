"""Fixtures of the whole line, the rule that every test module declares exactly one tier, time for generated tests."""

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.support.stack"]

TIERS = {"unit", "contract", "replay", "component", "browser", "telephony", "benchmark"}

# How long one example takes says something about the machine only. The profile in force (CI has one) stays the parent.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PATIENCE_SECONDS = 1200
"""With generated tests: their limit strikes amid drawing, and Hypothesis would report it as inconsistent generation."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        tiers = {mark.name for mark in item.iter_markers()} & TIERS
        if len(tiers) != 1:
            raise pytest.UsageError(f"{item.nodeid}: a test module declares exactly one of {', '.join(sorted(TIERS))}")
        if item.get_closest_marker("hypothesis") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(PATIENCE_SECONDS))
