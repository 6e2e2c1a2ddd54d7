"""How long each scenario takes, as it was recorded and committed: `ci/durations.json`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from harness.errors import ConfigurationError

FILE: Final = Path("ci") / "durations.json"

# A scenario takes about the same in another browser, and was recorded in one.
_ENGINE = re.compile(r"\[(?:chromium|firefox|webkit)(?:-|(?=\]))")


def load(root: Path) -> dict[str, float]:
    """Seconds by scenario, whatever the browser; empty where nothing was recorded.

    Raises:
        ConfigurationError: the file is not what `make durations` writes.
    """
    file = root / FILE
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        message = f"{file} cannot be read: {error}. Make it anew with `make durations`."
        raise ConfigurationError(message) from error
    if not isinstance(content, dict) or not all(map(_is_seconds, content.values())):
        message = f"{file} holds no seconds by scenario. Make it anew with `make durations`."
        raise ConfigurationError(message)
    return {in_any_browser(scenario): float(seconds) for scenario, seconds in content.items()}


def in_any_browser(scenario: str) -> str:
    """The scenario's id without its browser: `test_a[chromium-KWD]` becomes `test_a[KWD]`."""
    return _ENGINE.sub("[", scenario).replace("[]", "")


def _is_seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
