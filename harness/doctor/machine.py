"""This machine: its Python, its browser."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from harness import browser
from harness.doctor.finding import Finding, fine, trouble
from harness.doctor.patient import Patient

_OLDEST: Final = (3, 11)
_LAUNCHES_WITHIN_MS: Final = 30_000


def python(_patient: Patient) -> Iterator[Finding]:
    """New enough, as `pyproject.toml` asks."""
    version = platform.python_version()
    if sys.version_info >= _OLDEST:
        yield fine("Python", f"{version}, {sys.executable}")
        return
    yield trouble(
        "Python",
        f"{version} is older than 3.11.",
        "Install Python 3.11 or later and run `make setup` with it: make PYTHON=/path/to/python.",
        3,
    )


def browser_found(patient: Patient) -> Iterator[Finding]:
    """There is one, and it says its version."""
    patient.browser = browser.find()
    yield fine("browser", f"Chromium {patient.browser.version}, {patient.browser.whose}")


def browser_launches(patient: Patient) -> Iterator[Finding]:
    """It opens a page and runs a script in it."""
    if patient.browser is None:
        raise LookupError("this check needs a browser and does not say so")
    choice = patient.browser
    try:
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(
                executable_path=choice.executable_path,
                args=list(choice.args),
                timeout=_LAUNCHES_WITHIN_MS,
            )
            launched.new_page().evaluate("document.readyState")
            launched.close()
    except PlaywrightError as error:
        yield trouble(
            "browser starts",
            f"It does not: {error.message.splitlines()[0]}",
            "Run it by hand to see why; often a system library is missing, which "
            "`python -m playwright install-deps chromium` brings.",
            3,
        )
        return
    yield fine("browser starts", "opens a page and runs a script in it")
