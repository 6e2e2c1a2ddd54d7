"""Failed is not broken: which of the two an exception is, told where the exception still exists.

*Failed* says that the checkout did the wrong thing; *broken* says that nothing is known of it.
What is not clearly the checkout's doing is broken: a mistake in a scenario must not be told as a
mistake of the checkout.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from harness.errors import APIError, ConfigurationError, HarnessError, InfrastructureError
from harness.redaction import redactor
from harness.stream import Kind

#: Attribute of a report that carries the judgement from a worker to the controller.
ATTRIBUTE = "checkout_failure"

# How Playwright tells that the browser is gone, or that nobody answers at an address; it has
# one exception for these and for everything else.
_GONE = (
    "has been closed",
    "crashed",
    "Connection closed",
    "Target closed",
    "ession closed",
    "isconnected",
    "page has closed",
    "net::ERR_CONNECTION",
    "net::ERR_EMPTY_RESPONSE",
    "net::ERR_NAME_NOT_RESOLVED",
    "net::ERR_NETWORK",
    "net::ERR_ADDRESS_UNREACHABLE",
)


_CLOSED = "Target page, context or browser has been closed"


def judge(error: BaseException, when: str) -> Kind:
    """What the exception says, raised in the phase `when` (setup, call or teardown).

    An assertion is believed unless it was raised *from* a broken machine. One in the set-up is
    not: the scenario had not begun.
    """
    if isinstance(error, ConfigurationError):
        return "configuration"
    if when != "setup" and accuses_the_checkout(error):
        return "failed"
    return "broken"


def accuses_the_checkout(error: BaseException) -> bool:
    """Whether the exception says that the checkout did the wrong thing, or did nothing in time."""
    if blames_the_machine(error) or _is_overall_limit(error):
        return False
    if isinstance(error, HarnessError):
        return error.exit_code == 1
    return isinstance(error, (AssertionError, pytest.fail.Exception, PlaywrightTimeout))


def blames_the_machine(error: BaseException) -> bool:
    """Whether the exception, or one it was raised from, says that the machine or target failed."""
    return any(_is_of_the_machine(each) for each in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__


def _is_of_the_machine(error: BaseException) -> bool:
    if isinstance(error, APIError):
        return error.status >= 500 or error.status == 429
    if isinstance(error, PlaywrightError) and not isinstance(error, PlaywrightTimeout):
        return any(sign in error.message for sign in _GONE)
    if isinstance(error, AssertionError):
        # Playwright's expect() tells of a dead browser as of an expectation that was not met.
        lines = str(error).splitlines()
        told = [line for line in lines if line.startswith("Error: ")]
        return (
            any(sign in line for line in told for sign in _GONE)
            or any(
                # Its log says so too, whatever the last look at the page had found.
                line.strip(" -") == _CLOSED
                for line in lines
            )
            or _never_looked(lines)
        )
    return isinstance(error, (InfrastructureError, httpx.TransportError, OSError))


def _never_looked(lines: list[str]) -> bool:
    # Whoever looks at a page keeps a log of it, however short the time; a browser that dies just
    # then leaves an expectation with nothing found, and without one.
    return bool(lines) and lines[-1].strip() == "Actual value: None"


def _is_overall_limit(error: BaseException) -> bool:
    # Every wait has a limit of its own; when pytest-timeout strikes, it is not known who hung.
    return isinstance(error, pytest.fail.Exception) and "from pytest-timeout" in str(error)


#: What a scenario's browser asked of the target and nobody answered, a line each.
UNANSWERED = pytest.StashKey[list[str]]()


def is_unreachable(problem: str) -> bool:
    """Whether the browser says of a request that nobody was there to answer it."""
    return any(sign in problem for sign in _GONE if sign.startswith("net::"))


def _browser_is_gone(item: pytest.Item) -> bool:
    """Whether the worker's browser died: what was seen of its page then counts for nothing."""
    browser = getattr(item, "funcargs", {}).get("browser")
    return isinstance(browser, Browser) and not browser.is_connected()


_LONGEST = 4_000


class FailurePlugin:
    """Puts the judgement into every failed report, and takes secrets out of all of it."""

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Runs in the process that ran the scenario, before anything else reads the report."""
        report = yield
        if report.failed:
            error = call.excinfo.value if call.excinfo else None
            message = _message(error) if error else report.longreprtext
            # Without an exception it is an expected failure that did not happen.
            kind = judge(error, report.when) if error else "failed"
            unanswered = item.stash.get(UNANSWERED, [])
            if kind == "failed" and (unanswered or _browser_is_gone(item)):
                kind = "broken"
                message = "\n".join([*unanswered[:1], message])
            short = _cut(redactor.text(message))
            setattr(report, ATTRIBUTE, {"kind": kind, "message": short})
        _redact(report)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Tell a file that is used wrongly from one that is broken."""
        report = yield
        call: Any = getattr(report, "call", None)
        if report.failed and call is not None and call.excinfo is not None:
            refused = isinstance(call.excinfo.value, pytest.Collector.CollectError)
            kind = "configuration" if refused and "flow" in report.longreprtext else "broken"
            setattr(report, ATTRIBUTE, {"kind": kind, "message": report.longreprtext})
        return report


def _message(error: BaseException) -> str:
    name = type(error).__name__
    said = str(error).strip()
    if isinstance(error, (HarnessError, AssertionError)) and said:
        return said
    return f"{name}: {said}" if said else name


def _cut(message: str) -> str:
    """Without what Playwright appends: the browser's own log, which the details still have."""
    short = message.partition("\nBrowser logs:")[0].strip()
    return short if len(short) <= _LONGEST else f"{short[:_LONGEST]}…"


def _redact(report: pytest.TestReport) -> None:
    if report.longrepr is not None and not isinstance(report.longrepr, tuple):
        text = report.longreprtext
        clean = redactor.text(text)
        if clean != text:  # colours and links are kept where nothing had to be taken out
            report.longrepr = clean
    report.sections = [(title, redactor.text(text)) for title, text in report.sections]
