"""What Playwright says when no browser opens, in one sentence and with the right exit code.

Playwright has one exception for all of it, and draws boxes around what to do for its own users.
"""

from __future__ import annotations

import re
from importlib.metadata import version

from harness.browser.choice import REMEDY
from harness.browser.endpoint import TOKEN_NAME, Endpoint
from harness.errors import BrowserMissing, BrowserServerLost, ConfigurationError, HarnessError

_MISSING = ("Executable doesn't exist", "is not found at")
_LIBRARIES = "Host system is missing dependencies"
_SERVER_VERSION = re.compile(r"server version: v?(\d+\.\d+)")
_STATUS = re.compile(r"WebSocket error: \S+ (\d{3})\b|Unexpected status (\d{3})")
# What the network says, in the words of Node.
_NETWORK = re.compile(
    r"\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)\b"
    r"|\b(socket hang up|Timeout \d+ms exceeded|certificate[^\n]*)"
)
# A debugging port and a Playwright server that were taken for each other.
_OTHER_PROTOCOL = ("is not valid JSON", "Cannot read properties of undefined", "Malformed endpoint")


def launching(message: str, name: str, engine: str) -> HarnessError:
    """Why a browser did not start on this machine; `name` is what to call it."""
    if _LIBRARIES in message:
        return BrowserMissing(
            f"{name} is installed but lacks system libraries: run "
            f"`python -m playwright install-deps {engine}`."
        )
    if any(sign in message for sign in _MISSING):
        remedy = REMEDY if engine == "chromium" and name == "Chromium" else _own_remedy(name)
        return BrowserMissing(f"{name} is not installed on this machine. {remedy}")
    return BrowserMissing(f"{name} does not start on this machine: {_first_line(message)}.")


def connecting(message: str, endpoint: Endpoint, engine: str) -> HarnessError:
    """Why a browser server gave no browser; the address is told without what lets one in."""
    server = f"The browser server at {endpoint.label}"
    theirs = _SERVER_VERSION.search(message)
    if theirs:
        ours = version("playwright")
        return ConfigurationError(
            f"{server} runs Playwright {theirs.group(1)}, and this harness {ours}: they speak to "
            f"each other only where the first two numbers are the same, so start the server with "
            f"Playwright {'.'.join(ours.split('.')[:2])}."
        )
    status = _STATUS.search(message)
    if status:
        return _refused(server, int(status.group(1) or status.group(2)))
    network = _NETWORK.search(message)
    if network:
        return BrowserServerLost(
            f"No browser server answers at {endpoint.label} ({network.group(0)}): check the "
            "address and that the server is running."
        )
    if any(sign in message for sign in _OTHER_PROTOCOL):
        return ConfigurationError(
            f"{endpoint.label} does not speak the protocol that its address promises: ws:// is for "
            "a Playwright server, http:// for a Chromium's debugging port."
        )
    if any(sign in message for sign in _MISSING):
        return BrowserMissing(
            f"{server} has no {engine} that belongs to its Playwright: install one there, or start "
            "it with --unsafe and name an executable of that machine in HARNESS_BROWSER_PATH."
        )
    return BrowserServerLost(f"{server} gave no browser: {_first_line(message)}.")


def _refused(server: str, status: int) -> HarnessError:
    if status in {401, 403}:
        return ConfigurationError(
            f"{server} lets nobody in without leave ({status}): set {TOKEN_NAME}, or put what it "
            "asks for into its address."
        )
    if status == 429 or status >= 500:
        return BrowserServerLost(f"{server} is in trouble or full: it answered {status}.")
    return ConfigurationError(
        f"{server} answered {status}: no Playwright server is at that path of it."
    )


def _own_remedy(name: str) -> str:
    return f"Run `python -m playwright install --with-deps {name.lower()}`."


def _first_line(message: str) -> str:
    # Without the name of the call, and without the address: it may hold a token.
    line = message.partition("\n")[0].partition(": ")[2] or message.partition("\n")[0]
    return re.sub(r"\b(?:wss?|https?)://\S+", "its address", line).rstrip(".")
