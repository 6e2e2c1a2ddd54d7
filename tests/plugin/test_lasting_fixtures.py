"""What a scenario leaves in pytest when it is over."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
import pytest
from harness.plugin.lasting_fixtures import LastingFixturesPlugin

def pytest_addoption(parser):
    parser.addoption("--forgets", action="store_true")

def pytest_configure(config):
    if config.getoption("--forgets"):
        config.pluginmanager.register(LastingFixturesPlugin())

@pytest.fixture(scope="session", params=["one", "other"])
def shop(request):
    print("opened", request.param)
    yield
    print("closed", request.param)

@pytest.fixture(scope="session")
def till(shop, request):
    yield request._fixturedef._finalizers
    print("till emptied")

@pytest.fixture
def order(till):
    yield
    print("order closed")
"""
SCENARIOS = """
import pytest

@pytest.mark.parametrize("turn", range(20))
def test_an_order(till, order, turn):
    if turn == 19:
        print("noted", len(till))
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """Forty scenarios on two shops, one after the other."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_orders=SCENARIOS)
    return pytester


def _said(project: pytest.Pytester, *options: str) -> list[str]:
    done = project.runpytest_subprocess("-s", "-q", "--no-header", *options)
    done.assert_outcomes(passed=40)
    words = ("noted", "opened", "closed", "till", "order")
    lines = (line.lstrip(".") for line in done.outlines)
    return [line for line in lines if line.startswith(words)]


def test_a_fixture_of_the_session_forgets_scenarios_that_are_over(
    project: pytest.Pytester,
) -> None:
    """What pytest notes of a scenario on what outlives it is struck out at its end."""
    grown = {line for line in _said(project) if line.startswith("noted")}
    kept = {line for line in _said(project, "--forgets") if line.startswith("noted")}

    # The first number is pytest's own; where it does not grow any more, the plugin may go.
    assert grown == {"noted 22"}
    assert kept == {"noted 3"}


def test_what_is_still_due_is_done_in_its_order(project: pytest.Pytester) -> None:
    """A scenario's fixtures end before those that they were made from, with it as without."""
    told = [line for line in _said(project, "--forgets") if not line.startswith("noted")]

    assert told == [line for line in _said(project) if not line.startswith("noted")]
    assert told[-3:] == ["order closed", "till emptied", "closed other"]
