"""What pytest still holds of a scenario that is over."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
import pytest
from harness.plugin.finished_items import FinishedItemsPlugin

NOTED, KNOWN = pytest.StashKey[str](), pytest.StashKey[str]()
REPORTS = []

def pytest_configure(config):
    config.pluginmanager.register(FinishedItemsPlugin())

def pytest_collection_modifyitems(items):
    for item in items:
        item.known = "at collection"
        if item.name == "test_known":
            item.stash[KNOWN] = "at collection"

def pytest_runtest_setup(item):
    item.noted = item.stash[NOTED] = "while it ran"

def pytest_runtest_logreport(report):
    REPORTS.append(report)

def pytest_sessionfinish(session):
    for item in session.items:
        noted, known = item.stash.get(NOTED, "nothing"), item.stash.get(KNOWN, "nothing")
        print(item.name, sorted({"known", "noted"} & vars(item).keys()), noted, known)
    for name in ("test_plain", "test_marked"):
        keywords = [r.keywords for r in REPORTS if name in r.nodeid]
        print(name, len({id(each) for each in keywords}), ["slow" in each for each in keywords])
"""
SCENARIOS = """
import pytest

def test_plain(): pass
def test_known(): pass
def test_marked(request): request.node.add_marker("slow")
"""


def test_an_item_that_is_over_has_what_it_had_before_it_ran(pytester: pytest.Pytester) -> None:
    """What was noted while it ran is gone; its reports share keywords, where they are the same."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_it=SCENARIOS)
    done = pytester.runpytest_subprocess(
        "-s", "-q", "-W", "ignore::pytest.PytestUnknownMarkWarning"
    )

    done.assert_outcomes(passed=3)
    assert [line.lstrip(".") for line in done.outlines if "test_" in line] == [
        "test_plain ['known'] nothing nothing",
        "test_known ['known'] while it ran at collection",
        "test_marked ['known'] nothing nothing",
        "test_plain 1 [False, False, False]",
        "test_marked 2 [False, True, True]",
    ]
