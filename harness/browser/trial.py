"""Open the wanted browser once before anything depends on it, as every worker will."""

from __future__ import annotations

import difflib
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from harness.browser import opening, problems
from harness.browser.choice import find
from harness.browser.wanted import Wanted
from harness.errors import ConfigurationError

#: Branded builds that Playwright knows, by the names it gives them.
CHANNELS = (
    *("chromium", "chrome", "chrome-beta", "chrome-dev", "chrome-canary"),
    *("msedge", "msedge-beta", "msedge-dev", "msedge-canary"),
)
_LOADS_WITHIN_MS = 15_000
_MOST_NAMES = 10


def try_out(wishes: Sequence[Wanted]) -> None:
    """See that every browser wanted opens; the default one is only looked for, which is faster.

    Raises:
        ConfigurationError: no such device or channel, or what was asked for does not go together,
            or the browser server is none for this harness.
        BrowserMissing: a browser is not installed.
        BrowserServerLost: nobody answers at the browser server's address.
    """
    for wanted in wishes:
        _check_words(wanted)
    unusual = [wanted for wanted in wishes if not wanted.is_default]
    if len(unusual) < len(wishes):
        find(headless=wishes[0].headless)
    if not unusual:
        return
    with sync_playwright() as playwright:
        for wanted in unusual:
            _check_device(wanted, playwright.devices)
            _open_once(wanted, playwright)


def _check_words(wanted: Wanted) -> None:
    server = wanted.endpoint
    if server is not None and server.kind == "cdp" and wanted.engine != "chromium":
        message = (
            f"{server.label} is a debugging port, which is Chromium's, and --browser asks for "
            f"{wanted.engine}: leave it out, or name a Playwright server (ws://)."
        )
        raise ConfigurationError(message)
    if wanted.channel is None:
        return
    if wanted.engine != "chromium":
        message = (
            f"--browser-channel {wanted.channel} is a build of Chromium, and --browser asks for "
            f"{wanted.engine}: leave one of the two out."
        )
        raise ConfigurationError(message)
    if wanted.channel not in CHANNELS:
        raise ConfigurationError(_no_such("channel", wanted.channel, CHANNELS))


def _check_device(wanted: Wanted, devices: Mapping[str, Mapping[str, Any]]) -> None:
    if wanted.device is None:
        return
    if wanted.device not in devices:
        raise ConfigurationError(_no_such("device", wanted.device, tuple(devices)))
    if wanted.engine == "firefox" and devices[wanted.device]["is_mobile"]:
        message = (
            f"Firefox cannot play a phone or a tablet, which {wanted.device} is: leave --device "
            "out, or use chromium or webkit."
        )
        raise ConfigurationError(message)


def _no_such(kind: str, given: str, known: Sequence[str]) -> str:
    lowered = {name.lower(): name for name in known}
    near = difflib.get_close_matches(given.lower(), lowered, n=3, cutoff=0.4)
    names = [lowered[each] for each in near]
    some = f"there are {', '.join(known[:_MOST_NAMES])}" + (", …" if known[_MOST_NAMES:] else ".")
    advice = f"did you mean {' or '.join(names)}?" if names else some
    return f"No {kind} is called {given!r}: {advice}"


def _open_once(wanted: Wanted, playwright: Playwright) -> None:
    browser_type = getattr(playwright, wanted.engine)
    given: dict[str, Any] = {"headless": wanted.headless}
    if wanted.channel is not None:
        given["channel"] = wanted.channel
    options = opening.launch_options(wanted, given)
    if wanted.endpoint is None:
        try:
            browser_type.launch(**options).close()
        except PlaywrightError as error:
            raise problems.launching(error.message, wanted.name, wanted.engine) from None
        return
    browser = opening.connect(browser_type, wanted.endpoint, options)
    try:
        _reach_this_machine(browser, wanted.endpoint.label)
    finally:
        browser.close()


def _reach_this_machine(browser: Browser, label: str) -> None:
    """See that a browser elsewhere can open a page that this machine serves to itself."""
    with _page_of_ours() as (address, word):
        page = browser.new_context().new_page()
        try:
            page.goto(address, timeout=_LOADS_WITHIN_MS)
            arrived = page.inner_text("body") == word
        except PlaywrightError:
            arrived = False
    if not arrived:
        message = (
            f"The browser at {label} cannot open what listens on this machine's loopback, as the "
            "shop does: use a Playwright server (`playwright run-server`), which carries it over, "
            "or run that browser in this machine's network."
        )
        raise ConfigurationError(message)


@contextmanager
def _page_of_ours() -> Iterator[tuple[str, str]]:
    word = secrets.token_hex(8)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(word.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", word
        finally:
            server.shutdown()
            thread.join()
