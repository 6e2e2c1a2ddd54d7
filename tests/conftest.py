"""What the tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from harness.browser import find


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that `harness run` would drive, headless, one for all tests of a process."""
    choice = find()
    browser = playwright.chromium.launch(
        executable_path=choice.executable_path, args=list(choice.args)
    )
    yield browser
    browser.close()
