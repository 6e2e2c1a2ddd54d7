"""Browsers that stand elsewhere: real servers, in other processes and other networks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.servers import (
    DRIVER,
    Network,
    Server,
    debugging_port,
    network_of_its_own,
    playwright_server,
)
from tests.runs.project import ROOT, SETTINGS, Outcome, Project, environment
from tests.runs.target import little_target

CONFTEST = 'pytest_plugins = ["harness.plugin", "fixtures.browser"]\n'
DRIVES_BROWSERS = SETTINGS.replace('"-pxdist"', '"-pxdist", "-pplaywright"').replace(
    '["error"]',
    # What pytest-playwright does itself; see pyproject.toml.
    '["error", "ignore:Session-scoped fixtures defined:pytest.PytestRemovedIn10Warning"]',
)

LOOKS = """
@flow("card/paid")
def test_looks(page):
    page.set_content("<h1>paid</h1>")
    assert page.inner_text("h1") == "paid"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with playwright_server() as started:
        yield started


@pytest.fixture
def network() -> Iterator[Network]:
    """Another network, joined to this one by a wire; a machine may forbid to make one."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("another network namespace needs Linux, root and ip")
    with network_of_its_own() as other:
        if other is None:
            pytest.skip("this machine's kernel makes no network namespace for us")
        yield other


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project that drives browsers, with a little target of its own."""
    with little_target() as target:
        made = Project(tmp_path, environment(**target))
        made.write("conftest.py", CONFTEST)
        made.write("pytest.toml", DRIVES_BROWSERS)
        yield made


def _pay_through(server: Server, reports: Path) -> Outcome:
    """Two of the real scenarios, on the embedded sandbox."""
    chosen = (
        "scenarios/test_card.py::test_a_card_pays",
        "scenarios/test_apple_pay.py::test_an_authorised_sheet_pays",
    )
    command = [sys.executable, "-m", "harness", "run", "--no-report", "--no-replay", "-n0"]
    done = subprocess.run(
        [*command, f"--reports={reports}", "--patience=30", *chosen],
        cwd=ROOT,
        env={**environment(), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "", **server.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr, reports)


def test_scenarios_pass_through_a_server_in_another_process(server: Server, tmp_path: Path) -> None:
    """A card and an Apple Pay sheet pay in a browser that the harness did not start."""
    outcome = _pay_through(server, tmp_path)

    assert outcome.code == 0, outcome.out
    assert list(outcome.statuses.values()) == ["passed", "passed"]


def test_scenarios_pass_through_a_server_in_another_network(
    network: Network, tmp_path: Path
) -> None:
    """A browser with no way to this machine's loopback reaches shop and sandbox all the same."""
    with playwright_server(network.address, within=network.within) as server:
        outcome = _pay_through(server, tmp_path)

    assert outcome.code == 0, outcome.out
    assert list(outcome.statuses.values()) == ["passed", "passed"]


def test_a_debugging_port_in_another_network_is_of_no_use(
    network: Network, project: Project
) -> None:
    """Nothing carries this machine's loopback to a bare Chromium: said before anything runs."""
    project.scenarios(LOOKS)
    with debugging_port(network) as url:
        outcome = project.run(f"--browser-endpoint={url}")

    assert outcome.code == 2
    assert "cannot open what listens on this machine's loopback" in outcome.reasons


def test_a_debugging_port_on_this_machine(project: Project) -> None:
    """Two workers share a Chromium that somebody started by hand."""
    project.scenarios(LOOKS + LOOKS.replace("test_looks", "test_looks_again"))
    with debugging_port() as url:
        outcome = project.run(f"--browser-endpoint={url}", "-n2")

    assert outcome.code == 0, outcome.out
    assert list(outcome.statuses.values()) == ["passed", "passed"]


def test_a_server_that_dies_in_mid_run(project: Project) -> None:
    """The run ends there, inconclusive, and names the server; nobody accuses the checkout."""
    with playwright_server() as server:
        project.scenarios(
            LOOKS
            + f"""
from playwright.sync_api import expect

@flow("card/declined")
def test_shot(page):
    os.kill({server.process.pid}, signal.SIGKILL)
    expect(page.get_by_text("declined")).to_be_visible()

@flow("redirect/paid")
def test_never_begun(page): pass
"""
        )
        outcome = project.run(environment=server.environment)

    assert outcome.code == 3
    assert f"The browser server at {server.url.rstrip('/')} went away during" in outcome.reasons
    assert outcome.statuses == {
        "test_looks[chromium]": "passed",
        "test_shot[chromium]": "broken",
        "test_never_begun[chromium]": "missing",
    }
    assert "Traceback" not in outcome.err


def test_a_browser_that_dies_is_replaced(project: Project, server: Server) -> None:
    """A scenario whose browser died is tried again in another one, and shows as flaky."""
    project.scenarios(
        """
@flow("card/paid")
def test_shot(page, request):
    if request.node.execution_count == 1:
        page.context.browser.close()
    page.set_content("paid")
"""
        + LOOKS
    )

    outcome = project.run(environment=server.environment)

    assert outcome.code == 0, outcome.out
    assert outcome.statuses == {"test_shot[chromium]": "flaky", "test_looks[chromium]": "passed"}


def test_another_version_of_playwright(project: Project, tmp_path: Path) -> None:
    """A server of another version is wrong configuration, and both versions are named."""
    project.scenarios(LOOKS)
    package = tmp_path / "older"
    shutil.copytree(DRIVER / "package", package)
    described = json.loads((package / "package.json").read_text())
    described["version"] = "1.40.7"
    (package / "package.json").write_text(json.dumps(described))

    with playwright_server(package=package) as server:
        outcome = project.run(environment=server.environment)

    assert outcome.code == 2
    assert "runs Playwright 1.40, and this harness 1." in outcome.reasons
    assert "Playwright Team" not in outcome.out + outcome.err


def test_nobody_at_the_address(project: Project) -> None:
    """A server that is not there leaves nothing known; what was in its address is not told."""
    project.scenarios(LOOKS)

    outcome = project.run(
        "--browser-endpoint=ws://someone:password77@127.0.0.1:9/hidden?token=secret-77"
    )

    assert outcome.code == 3
    assert "No browser server answers at ws://127.0.0.1:9 (ECONNREFUSED)" in outcome.reasons
    told = outcome.out + outcome.err + (outcome.reports / "stream.jsonl").read_text()
    assert not [secret for secret in ("password77", "hidden", "secret-77") if secret in told]


@pytest.mark.parametrize(
    ("path", "said"),
    [("wrong", "answered 400: no Playwright server is at that path"), ("", "does not speak")],
    ids=["another-path", "another-protocol"],
)
def test_an_address_of_something_else(
    project: Project, server: Server, path: str, said: str
) -> None:
    """A wrong path, or the wrong protocol, is wrong configuration in one sentence."""
    project.scenarios(LOOKS)
    url = server.url + path if path else server.url.replace("ws://", "http://")

    outcome = project.run(f"--browser-endpoint={url}")

    assert outcome.code == 2
    assert said in outcome.reasons


def test_a_server_without_the_browser(project: Project, server: Server) -> None:
    """A server that has no such browser is told what to do there."""
    project.scenarios(LOOKS)

    outcome = project.run(f"--browser-endpoint={server.url}", "--browser=webkit")

    assert outcome.code == 3
    assert "has no webkit that belongs to its Playwright: install one there" in outcome.reasons
