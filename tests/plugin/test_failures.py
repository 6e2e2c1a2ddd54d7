"""Which exceptions accuse the checkout, and which say that nothing is known of it."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from harness.errors import (
    APIError,
    BrowserMissing,
    ConfigurationError,
    EvidenceLost,
    NeverHappened,
    TargetUnreachable,
)
from harness.plugin.failures import judge
from harness.plugin.reruns import OnlyTheMachine

GONE = "Target page, context or browser has been closed"


def _raised_from(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def _raised_while(error: Exception, context: Exception) -> Exception:
    error.__context__ = context
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (AssertionError("cancel was due, success fired"), "failed"),
        (NeverHappened("no callback came within 5 s"), "failed"),
        (PlaywrightTimeout("Locator.click: Timeout 5000ms exceeded."), "failed"),
        (pytest.fail.Exception("the challenge did not come"), "failed"),
        (APIError(400, {"amount": ["too small"]}), "failed"),
        (APIError(502), "broken"),
        (APIError(429), "broken"),
        (TargetUnreachable("nobody answers"), "broken"),
        (EvidenceLost("2 of 3 events arrived"), "broken"),
        (BrowserMissing("no Chromium"), "broken"),
        (httpx.ConnectError("refused"), "broken"),
        (PlaywrightError(f"Page.click: {GONE}"), "broken"),
        (PlaywrightError("Page.goto: net::ERR_CONNECTION_REFUSED at http://x"), "broken"),
        (PlaywrightError("Page.goto: Page crashed"), "broken"),
        (AssertionError(f"Locator expected to be visible\nError: {GONE}\n"), "broken"),
        (pytest.fail.Exception("Timeout (>60.0s) from pytest-timeout."), "broken"),
        (KeyError("a mistake in the scenario"), "broken"),
        (_raised_from(AssertionError("no callback"), TargetUnreachable("gone")), "broken"),
        (_raised_while(AssertionError("no callback"), TargetUnreachable("gone")), "failed"),
        (ConfigurationError("OTTU_API_KEY is not set"), "configuration"),
    ],
)
def test_what_an_exception_says(error: Exception, kind: str) -> None:
    """Only what is clearly the checkout's doing is failed; a dead machine is broken."""
    assert judge(error, "call") == kind


def test_a_page_that_talks_of_crashes_is_still_accused() -> None:
    """Words of a page in an assertion's message do not pass for a browser's death."""
    error = AssertionError("expected 'Paid', got 'The bank has been closed'")

    assert judge(error, "call") == "failed"


def test_an_expectation_without_a_log_never_looked_at_the_page() -> None:
    """A browser that dies as Playwright begins to look leaves no log; every real look has one."""
    unseen = "Locator expected to be visible\nActual value: None"

    assert judge(AssertionError(f"{unseen} "), "call") == "broken"
    log = 'Call log:\n  - Expect "to_be_visible" get_by_text("paid") with timeout 1ms\n'
    assert (
        judge(AssertionError(f"{unseen}\nError: element(s) not found \n{log}"), "call") == "failed"
    )


@pytest.mark.parametrize("timeout_ms", [1, 200])
def test_a_real_expectation_that_is_not_met_is_believed(chromium: Browser, timeout_ms: int) -> None:
    """However short the time, what Playwright looked for and did not find accuses the checkout."""
    page = chromium.new_page()
    with pytest.raises(AssertionError) as caught:
        expect(page.get_by_text("paid")).to_be_visible(timeout=timeout_ms)
    page.close()

    assert judge(caught.value, "call") == "failed"


def test_an_assertion_in_the_set_up_is_not_believed() -> None:
    """Before the scenario began, nothing was asked of the checkout; afterwards it was."""
    assert judge(AssertionError("no session"), "setup") == "broken"
    assert judge(AssertionError("a second callback"), "teardown") == "failed"


def test_only_the_machine_earns_another_try() -> None:
    """An accusation settles it: what breaks in the teardown after it cannot hide it."""
    machine, checkout = TargetUnreachable("gone"), AssertionError("no callback")

    assert OnlyTheMachine()(machine)
    assert not OnlyTheMachine()(KeyError("a mistake in the scenario"))
    assert not OnlyTheMachine()(None)
    after = OnlyTheMachine()
    assert not after(checkout)
    assert not after(machine)
