"""The report of a real run with a broken checkout, opened as a reviewer opens it."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from harness.evidence import allure_report

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run leaves behind in which a passed challenge told the merchant of a cancellation."""
    folder = tmp_path_factory.mktemp("broken")
    chosen = ["--defect", "sdk/success-as-cancel", "-k", "test_a_passed_challenge_pays", "-n", "0"]
    done = subprocess.run(
        [sys.executable, "-m", "harness", "run", *chosen, "--reports", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    return folder


def test_the_diagram_of_a_challenge_shows_it_and_what_went_wrong(reports: Path) -> None:
    """The picture has the bank's page in it, and the callback that should not be in red."""
    pictures = [path.read_text() for path in (reports / "allure-results").glob("*.svg")]

    diagram = next(picture for picture in pictures if ">ACS<" in picture)
    assert "POST /acs/" in diagram
    alarm = diagram.split("cancelCallback()", 1)[0].rpartition("<text")[2]
    assert "#c81e1e" in alarm


def test_the_program_in_the_page_is_the_one_that_the_tool_brought(reports: Path) -> None:
    """So the search for secrets may pass it over, whatever release of the tool it is."""
    page = (reports / "allure-report" / "index.html").read_bytes()

    programs = list(allure_report.program())

    assert programs
    assert all(base64.b64encode(each).rstrip(b"=") in page for each in programs)


def test_the_reason_of_a_failure_is_two_clicks_away(reports: Path, chromium: Browser) -> None:
    """From the report's first page, the failed scenario and then nothing more shows the reason."""
    with chromium.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((reports / "allure-report" / "index.html").as_uri())

        page.get_by_text("a passed challenge pays it").first.click()

        expect(page.get_by_text("the success callback, once, was expected").first).to_be_visible()
        expect(page.get_by_text("What happened").first).to_be_visible()
        expect(page.get_by_text("The customer answers the bank's challenge").first).to_be_visible()

    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
