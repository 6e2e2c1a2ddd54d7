"""The browser and the device that a run asks for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harness.browser.endpoint import Endpoint

#: Capabilities of a browser, as scenarios ask for them (`needs`).
APPLE_PAY: Final = "apple_pay"
NO_APPLE_PAY: Final = "no_apple_pay"
CAPABILITIES: Final = frozenset({APPLE_PAY, NO_APPLE_PAY})

_NAMES = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKit"}
_APPLE_DEVICES = ("iPhone", "iPad", "Desktop Safari")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for; None where the choice is the harness's.

    `engine` is chromium, firefox or webkit; `channel` is a branded build of Chromium (chrome,
    msedge, …); `device` is one of Playwright's, by name; `endpoint` is where the browser stands.
    """

    engine: str = "chromium"
    channel: str | None = None
    device: str | None = None
    headless: bool = True
    endpoint: Endpoint | None = None

    @property
    def name(self) -> str:
        """What to call it."""
        return self.channel or _NAMES.get(self.engine, self.engine)

    @property
    def is_default(self) -> bool:
        """Whether it is the Chromium that set-up found, and no device in particular."""
        return self == Wanted(headless=self.headless)

    def lacks(self) -> Iterator[tuple[str, str]]:
        """The capabilities it does not have, each with the reason.

        Apple's documentation has Apple Pay on the Web in Safari alone. Where nobody asked for
        another browser or device, Chromium plays the Apple device, as WebKit does.
        """
        apple = self.device is not None and self.device.startswith(_APPLE_DEVICES)
        if self.device is not None and not apple:
            yield APPLE_PAY, f"{self.device} is no Apple device"
        elif self.engine == "firefox" or self.channel is not None:
            yield APPLE_PAY, f"{self.name} has no Apple Pay, which is Safari's alone"
        if apple:
            yield NO_APPLE_PAY, f"{self.device} is an Apple device"
        elif self.engine == "webkit" and sys.platform == "darwin":
            yield NO_APPLE_PAY, "WebKit on a Mac may bring an Apple Pay of its own"
