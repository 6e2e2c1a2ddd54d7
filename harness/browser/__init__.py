"""Which browser the scenarios are driven in, and how a machine comes by one.

Playwright's own headless shell comes first, because Playwright is tested with exactly that
build; then the system's `chromium-headless-shell`, which starts in a ninth of the time a whole
Chromium takes; then a whole one.
"""

from harness.browser.choice import BrowserChoice, find
from harness.browser.installation import install

__all__ = ["BrowserChoice", "find", "install"]
