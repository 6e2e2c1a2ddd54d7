"""How many scenarios a process has under way at once."""

from __future__ import annotations

import pytest

from harness.errors import ConfigurationError
from harness.plugin import browsers

OPTION = "--lanes"


def check(config: pytest.Config) -> None:
    """Refuse a number of lanes that cannot be.

    Raises:
        ConfigurationError: it is less than one.
    """
    asked: int = config.getoption(OPTION)
    if asked < 1:
        raise ConfigurationError(f"{OPTION}={asked}: a process runs one scenario or more at once.")


def count(config: pytest.Config) -> int:
    """As many as were asked for; one, where scenarios could not share what they run on.

    A second browser takes the place of the first in pytest's fixtures, so no two of their
    scenarios may be under way; and what is replayed is recorded step by step.
    """
    asked: int = config.getoption(OPTION)
    alone = len(browsers.engines(config)) > 1 or bool(config.getoption("--replayed"))
    return 1 if alone else asked
