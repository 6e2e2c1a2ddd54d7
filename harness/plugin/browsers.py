"""The browsers that a run asks for, and which scenarios are beyond one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from harness.browser.endpoint import Endpoint, endpoint
from harness.browser.wanted import Wanted
from harness.plugin.failures import ATTRIBUTE
from harness.redaction import redactor

OPTION: Final = "--browser-endpoint"


def asked_for(config: pytest.Config) -> Endpoint | None:
    """The browser server of this run, None where browsers start on this machine.

    Raises:
        ConfigurationError: what was given is no address of one.
    """
    return endpoint(config.getoption(OPTION))


def kept_secret(config: pytest.Config) -> Endpoint | None:
    """The same, after what lets us in there was made known to this process as secret.

    Raises:
        ConfigurationError: as `asked_for`, or a secret is too short to be kept.
    """
    server = asked_for(config)
    if server is not None:
        redactor.register(*server.secrets())
    return server


def wanted(config: pytest.Config, engine: str) -> Wanted:
    """Everything that was asked for of the browser of one engine.

    Raises:
        ConfigurationError: as `asked_for`.
    """
    return Wanted(
        engine=engine,
        channel=config.getoption("--browser-channel", None),
        device=config.getoption("--device", None),
        headless=not config.getoption("--headed", default=False),
        endpoint=asked_for(config),
    )


def engines(config: pytest.Config) -> list[str]:
    """By name; none in a run that does not drive browsers by pytest-playwright."""
    asked: list[str] | None = config.getoption("--browser", None)
    if asked is None:
        return []  # without pytest-playwright there is no such option
    return list(dict.fromkeys(asked or ["chromium"]))


def all_wanted(config: pytest.Config) -> list[Wanted]:
    """One for each engine.

    Raises:
        ConfigurationError: as `asked_for`.
    """
    return [wanted(config, engine) for engine in engines(config)]


def beyond(item: pytest.Item) -> str:
    """Why the scenario's browser cannot do what it needs; empty where it can."""
    needed = {name for mark in item.iter_markers("needs") for name in mark.args}
    callspec = getattr(item, "callspec", None)
    engine = callspec.params.get("browser_name", "chromium") if callspec else "chromium"
    lacking = [
        f"{capability} ({reason})"
        for capability, reason in wanted(item.config, engine).lacks()
        if capability in needed
    ]
    return f"the browser cannot do this: {', '.join(lacking)}" if lacking else ""


class BrowserServerPlugin:
    """On the controller: asks the browser server, at each thing that goes wrong, if it is there.

    `on_loss` is told once, in a sentence that names the server.
    """

    def __init__(self, server: Endpoint, on_loss: Callable[[str], None]) -> None:
        self._server = server
        self._on_loss = on_loss
        self._lost = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A phase has ended."""
        if self._lost or not getattr(report, ATTRIBUTE, None) or self._server.answers():
            return
        self._lost = True
        self._on_loss(
            f"The browser server at {self._server.label} went away during the run: nobody "
            "answers there any more."
        )
