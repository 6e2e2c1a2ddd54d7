"""The report in a browser: it opens from a file, and asks nobody for anything."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from harness.errors import InfrastructureError
from harness.evidence import allure_report


def _result(folder: Path, name: str, status: str, message: str = "") -> None:
    folder.mkdir(exist_ok=True)
    key = str(uuid.uuid4())
    result = {
        "uuid": key,
        "historyId": name,
        "testCaseId": name,
        "name": name,
        "fullName": f"scenarios.{name}",
        "status": status,
        "statusDetails": {"message": message},
        "stage": "finished",
        "start": 1_770_000_000_000,
        "stop": 1_770_000_001_000,
        "labels": [{"name": "feature", "value": "Card"}, {"name": "story", "value": "card/paid"}],
    }
    (folder / f"{key}-result.json").write_text(json.dumps(result))


@pytest.fixture(scope="module")
def page_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    _result(folder / "allure-results", "A card pays", "passed")
    _result(folder / "allure-results", "A card is turned down", "failed", "cancel was due")
    allure_report.describe(folder / "allure-results", {"Target": "a made-up one"})
    return allure_report.build([folder / "allure-results"], folder)


def test_it_calls_nobody(page_on_disk: Path, chromium: Browser) -> None:
    """Opened from disk, the page shows the scenarios and sends no request anywhere."""
    with chromium.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        page.goto(page_on_disk.as_uri())
        expect(page.get_by_text("A card is turned down")).to_be_visible()
        expect(page.get_by_text("a made-up one")).to_be_visible()
        page.get_by_text("A card is turned down").click()
        expect(page.get_by_text("cancel was due").first).to_be_visible()

    elsewhere = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert elsewhere == []


def test_it_remembers(page_on_disk: Path) -> None:
    """Every report leaves a line for the next one, beside the page and not in it."""
    history = page_on_disk.parents[1] / allure_report.HISTORY

    assert len(history.read_text().splitlines()) == 1


def test_the_page_may_not_call_anybody(page_on_disk: Path, chromium: Browser) -> None:
    """Even a script that tries is held back by the page's own policy."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(page_on_disk.as_uri())

        outcome = page.evaluate(
            "() => fetch('http://127.0.0.1:9/').then(() => 'asked', (error) => `${error}`)"
        )
        loaded = page.evaluate(
            "() => new Promise((done) => {"
            "  const script = document.createElement('script');"
            "  document.addEventListener('securitypolicyviolation', (e) => done(e.blockedURI));"
            "  script.src = 'http://127.0.0.1:9/gtag.js'; document.head.append(script); })"
        )

    assert outcome == "TypeError: Failed to fetch"
    assert loaded == "http://127.0.0.1:9/gtag.js"


def test_another_page_than_the_one_we_know_is_left_out() -> None:
    """A later release of the tool that calls home in another way is not passed on."""
    html = '<html><head></head><script>load("//www.googletagmanager.com/x")</script></html>'

    with pytest.raises(InfrastructureError, match="calling home; the report was left out"):
        allure_report._silenced(html)


def test_a_tool_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the tool, the command that brings it is named."""
    monkeypatch.setattr(allure_report, "_SCRIPT", tmp_path / "report.mjs")

    with pytest.raises(InfrastructureError, match="`make setup` installs it"):
        allure_report.build([tmp_path], tmp_path)


def test_a_tool_that_died_meanwhile(tmp_path: Path) -> None:
    """What was ready at the run's start may be gone at its end: a sentence, and no page."""
    _result(tmp_path / "allure-results", "A card pays", "passed")

    with allure_report.Page() as page:
        tool = page._tool
        assert tool is not None
        tool.kill()
        tool.wait()
        with pytest.raises(InfrastructureError, match="tool is gone"):
            page.begin([tmp_path / "allure-results"], tmp_path)


def test_a_tool_that_fails(tmp_path: Path) -> None:
    """Its own error is passed on: here, that its history cannot be read."""
    _result(tmp_path / "allure-results", "A card pays", "passed")
    (tmp_path / allure_report.HISTORY).mkdir()

    with pytest.raises(InfrastructureError, match=r"could not be made: .*EISDIR"):
        allure_report.build([tmp_path / "allure-results"], tmp_path)


def test_a_tool_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that ends well without a page is told as one that failed, not as a missing file."""
    _result(tmp_path / "allure-results", "A card pays", "passed")
    idle = tmp_path / "idle.mjs"
    idle.write_text("for await (const line of process.stdin) {}")
    monkeypatch.setattr(allure_report, "_SCRIPT", idle)

    with pytest.raises(InfrastructureError, match="could not be made: nothing was said"):
        allure_report.build([tmp_path / "allure-results"], tmp_path)


def test_a_page_that_nobody_wants() -> None:
    """A tool that was never asked ends with the block, at once."""
    with allure_report.Page() as page:
        tool = page._tool
        assert tool is not None
        assert tool.poll() is None

    assert tool.poll() is not None


def test_a_tool_whose_starter_is_gone() -> None:
    """Its input ends: whoever would have asked is dead, so it goes by itself and says nothing."""
    with allure_report.Page() as page:
        tool = page._tool
        assert tool is not None
        assert tool.stdin is not None
        tool.stdin.close()

        assert tool.wait(30) == 0
