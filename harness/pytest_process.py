"""pytest as a command of the harness starts it: with the plugins that a run needs, and no others.

What else is installed (Hypothesis, syrupy, whatever a machine has for other projects) would be
imported by every process of the run, and would be there on one machine and not on the next.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

from harness.node import compiled_once

#: pytest's own settings.
_NO_OTHERS: Final = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
_THESE: Final = "PYTEST_PLUGINS"

#: By their modules; xdist first, because another imports it.
PLUGINS: Final = (
    "xdist.plugin",
    "allure_pytest.plugin",
    "pytest_playwright.pytest_playwright",
    "pytest_rerunfailures",
    "pytest_timeout",
)


def command(*arguments: str) -> list[str]:
    """The command line; its process ends when whoever starts it does."""
    return [sys.executable, "-m", "harness.leash", "pytest", *arguments]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """`given` for the process and its workers.

    Further plugins are those that ``PYTEST_PLUGINS`` or ``-p`` names. Who has decided on
    ``PYTEST_DISABLE_PLUGIN_AUTOLOAD``, either way, has decided on the plugins altogether.
    """
    compiled = compiled_once(given)
    if _NO_OTHERS in given:
        return compiled
    named = [name for name in given.get(_THESE, "").split(",") if name]
    return {**compiled, _NO_OTHERS: "1", _THESE: ",".join([*PLUGINS, *named])}
