"""What fixtures leave behind for the report."""

from __future__ import annotations

import json

import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
import allure, pytest
from harness.evidence import redacted_results

redacted_results.install()

@pytest.fixture(scope="session")
def site():
    yield

@pytest.fixture
def quiet(site):
    yield

@pytest.fixture
def attaching(site):
    allure.attach("text", "a note")
    yield

@pytest.fixture
def failing_at_the_end(site):
    yield
    raise RuntimeError("the shop would not close")

@pytest.fixture
def failing(site):
    raise RuntimeError("the shop would not open")
"""


@pytest.mark.parametrize(
    ("fixture", "told"),
    [
        ("quiet", []),
        ("attaching", ["attaching"]),
        ("failing", ["failing"]),
        ("failing_at_the_end", ["failing_at_the_end"]),
    ],
)
def test_only_a_fixture_with_something_to_tell_leaves_a_file(
    pytester: pytest.Pytester, fixture: str, told: list[str]
) -> None:
    """Thirty that went well are said by the scenario itself; one that did not is in the report."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(f"def test_it({fixture}): pass")

    pytester.runpytest_subprocess("-p", "allure_pytest", "--alluredir=results")

    files = (pytester.path / "results").glob("*-container.json")
    containers = [json.loads(file.read_text("utf-8")) for file in files]
    assert [container["befores"][0]["name"] for container in containers] == told
