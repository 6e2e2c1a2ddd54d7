"""What may be asked for of a browser, and what follows from it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.browser.endpoint import Endpoint, endpoint
from harness.browser.problems import connecting, launching
from harness.browser.trial import try_out
from harness.browser.wanted import APPLE_PAY, NO_APPLE_PAY, Wanted
from harness.errors import BrowserMissing, ConfigurationError

PLAYWRIGHT = Endpoint("wss://grid.example/session?os=linux&access_key=sesame-7", "playwright")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("ws://127.0.0.1:3000/", "playwright"),
        ("wss://grid.example/session?token=sesame-7", "playwright"),
        ("http://127.0.0.1:9222", "cdp"),
        ("wss://grid.example/devtools/browser/7", "cdp"),
    ],
)
def test_the_address_says_what_is_spoken_there(url: str, kind: str) -> None:
    """ws:// is a Playwright server, http:// and Chromium's own sockets are debugging ports."""
    found = endpoint(url, {})

    assert found is not None
    assert found.kind == kind


def test_the_option_outweighs_the_environment() -> None:
    """An option is taken first, then the variable, and an empty one counts as unset."""
    variable = {"HARNESS_BROWSER_ENDPOINT": "ws://there/"}

    assert endpoint("ws://here/", variable) == Endpoint("ws://here/", "playwright")
    assert endpoint(None, variable) == Endpoint("ws://there/", "playwright")
    assert endpoint(None, {"HARNESS_BROWSER_ENDPOINT": ""}) is None


@pytest.mark.parametrize(
    "url", ["sesame-7", "ftp://host/", "ws:///path", "ws://host:port/", "ws://[::"]
)
def test_what_is_no_address(url: str) -> None:
    """It is told which setting is wrong, and not what stood in it."""
    with pytest.raises(ConfigurationError, match=r"^HARNESS_BROWSER_ENDPOINT is no") as told:
        endpoint(None, {"HARNESS_BROWSER_ENDPOINT": url})

    assert url not in told.value.message


def test_what_lets_us_in_is_secret() -> None:
    """Token, password and keys in the query are known as secrets, and stand in no description."""
    found = endpoint(
        "wss://me:pass-word@grid.example:8443/path?os=linux&access_key=sesame-7",
        {"HARNESS_BROWSER_TOKEN": "bearer-7"},
    )

    assert found is not None
    assert set(found.secrets()) == {"pass-word", "sesame-7", "bearer-7"}
    assert found.label == "wss://grid.example:8443"
    assert not [each for each in found.secrets() if each in repr(found)]
    assert found.headers == {"Authorization": "Bearer bearer-7"}


@pytest.mark.parametrize(
    ("wanted", "lacking"),
    [
        (Wanted(), set()),
        (Wanted("firefox"), {APPLE_PAY}),
        (Wanted(channel="msedge"), {APPLE_PAY}),
        (Wanted(device="Pixel 7"), {APPLE_PAY}),
        (Wanted(device="iPhone 15"), {NO_APPLE_PAY}),
        (Wanted("webkit", device="iPad Mini"), {NO_APPLE_PAY}),
    ],
    ids=["usual", "Firefox", "Edge", "Android", "iPhone", "iPad"],
)
def test_apple_pay_is_for_apples_own(wanted: Wanted, lacking: set[str]) -> None:
    """A browser or device that was asked for by name has Apple Pay where Apple says it has."""
    assert {capability for capability, _ in wanted.lacks()} == lacking


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(device="iphone 15 pro maxx"), "did you mean iPhone 15 Pro Max or"),
        (Wanted(device="Zork"), "No device is called 'Zork': there are Blackberry PlayBook, "),
        (Wanted(channel="crome"), "No channel is called 'crome': did you mean chrome or"),
        (Wanted("firefox", channel="chrome"), "leave one of the two out"),
        (Wanted("firefox", device="Pixel 7"), "Firefox cannot play a phone or a tablet"),
        (Wanted("firefox", endpoint=Endpoint("http://h:1", "cdp")), "is Chromium's"),
    ],
    ids=["near", "far", "channel", "together", "phone", "debugging"],
)
def test_what_cannot_be(wanted: Wanted, said: str) -> None:
    """A name that is none, and things that do not go together, are told before anything runs."""
    with pytest.raises(ConfigurationError) as told:
        try_out([wanted])

    assert said in told.value.message
    assert len(told.value.message) < 300


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_a_browser_that_is_not_installed(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a lack of this machine, with the command that mends it."""
    monkeypatch.setitem(os.environ, "PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))

    with pytest.raises(BrowserMissing, match=f"playwright install --with-deps {engine}`"):
        try_out([Wanted(engine)])


def test_a_branded_browser_that_is_not_installed() -> None:
    """The words of Playwright for a channel that is missing come out as a lack of this machine."""
    said = "BrowserType.launch: Chromium distribution 'msedge' is not found at /opt/edge\nRun …"

    assert str(launching(said, "msedge", "chromium")).startswith("msedge is not installed on this")


@pytest.mark.parametrize(
    ("status", "exit_code"), [(401, 2), (403, 2), (404, 2), (429, 3), (503, 3)]
)
def test_a_grid_that_refuses(status: int, exit_code: int) -> None:
    """No leave and no such path are ours to mend; full or in trouble is not."""
    told = connecting(f"WebSocket error: {PLAYWRIGHT.url} {status} Nope", PLAYWRIGHT, "chromium")

    assert told.exit_code == exit_code
    assert str(status) in told.message
    assert "sesame-7" not in told.message


def test_words_of_playwright_that_nobody_knows() -> None:
    """What it says is passed on in one line, without the address."""
    told = connecting(f"X: odd at {PLAYWRIGHT.url} today\nCall log:", PLAYWRIGHT, "chromium")

    assert told.exit_code == 3
    assert told.message == (
        "The browser server at wss://grid.example gave no browser: odd at its address today."
    )
