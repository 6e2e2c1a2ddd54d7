"""Open the browser that a run wants: start it here, or connect to where it stands."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser, BrowserType
from playwright.sync_api import Error as PlaywrightError

from harness.browser.choice import ENVIRONMENT_NAME, find
from harness.browser.endpoint import Endpoint
from harness.browser.problems import connecting
from harness.browser.wanted import Wanted

#: The shop and an embedded sandbox listen on this machine; a browser elsewhere reaches them
#: through the connection to it.
_EXPOSED = "<loopback>"
_CONNECTS_WITHIN_MS = 30_000


def launch_options(wanted: Wanted, given: Mapping[str, Any]) -> dict[str, Any]:
    """Playwright's options for starting the browser; `given` outweighs what is found.

    On a browser server, what was found on this machine counts for nothing; an executable that
    the environment names is meant for the machine on which the browser starts.

    Raises:
        ConfigurationError, BrowserMissing: as `find`.
    """
    options = dict(given)
    if wanted.engine != "chromium" or wanted.channel or options.get("executable_path"):
        return options
    if wanted.endpoint is not None:
        named = os.environ.get(ENVIRONMENT_NAME)
        return {**options, "executable_path": named} if named else options
    choice = find(headless=wanted.headless)
    args = [*options.get("args", ()), *choice.args]
    return {**options, "executable_path": choice.executable_path, "args": args}


def connect(browser_type: BrowserType, endpoint: Endpoint, options: Mapping[str, Any]) -> Browser:
    """Connect to a browser server, which starts a browser with `options` where it does so.

    Raises:
        ConfigurationError: the server is none for us: another version, no leave, another path.
        BrowserServerLost: nobody answers there.
        BrowserMissing: the server has no such browser.
    """
    try:
        if endpoint.kind == "cdp":
            return browser_type.connect_over_cdp(
                endpoint.url, headers=endpoint.headers, timeout=_CONNECTS_WITHIN_MS
            )
        told = {_camel_case(name): value for name, value in options.items()}
        headers = {"x-playwright-launch-options": json.dumps(told, default=str)}
        return browser_type.connect(
            endpoint.url,
            headers={**headers, **endpoint.headers},
            expose_network=_EXPOSED,
            timeout=_CONNECTS_WITHIN_MS,
        )
    except PlaywrightError as error:
        # Not chained: Playwright repeats the address, which may hold a token.
        raise connecting(error.message, endpoint, browser_type.name) from None


def _camel_case(name: str) -> str:
    # The server reads them as Playwright for Node writes them, and passes over what it does not
    # know without a word.
    return re.sub(r"_([a-z])", lambda match: match.group(1).upper(), name)
